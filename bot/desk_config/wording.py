"""Pydantic's errors in the operator's words, each at its place in the file."""

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from bot.desk_config.misfit import shown, suggestion
from bot.desk_config.problems import Path, Problem
from bot.desk_config.tree import Document

EXPECTED = {
    "string_type": "text",
    "string_too_short": "text",
    "bool_parsing": "true or false",
    "bool_type": "true or false",
    "int_parsing": "a whole number",
    "int_type": "a whole number",
    "list_type": "a list",
    "tuple_type": "a list",
    "dict_type": "a mapping (lines of 'key: value')",
    "model_type": "a mapping (lines of 'key: value')",
    "model_attributes_type": "a mapping (lines of 'key: value')",
}
KEY_ERRORS = {"desk_key", "extra_forbidden"}


def problems_of(
    error: ValidationError, document: Document, schema: dict[str, Any]
) -> list[Problem]:
    """Translate a validation error; `schema` is the JSON Schema that knows the keys there are."""
    details = error.errors(include_url=False)
    bad_keys = {_path(detail) for detail in details if _is_about_key(detail)}
    return [
        _problem(detail, document, schema)
        for detail in details
        if _is_about_key(detail)
        or not (_path(detail) in bad_keys or _is_misspelt(detail, bad_keys))
    ]


def _is_misspelt(detail: ErrorDetails, bad_keys: set[Path]) -> bool:
    """Tell whether a missing key stands there after all, with a slip that is told already."""
    path = _path(detail)
    beside = [str(bad[-1]) for bad in bad_keys if bad[:-1] == path[:-1]]
    return detail["type"] == "missing" and any(suggestion(key, [str(path[-1])]) for key in beside)


def _is_about_key(detail: ErrorDetails) -> bool:
    return detail["type"] in KEY_ERRORS or detail["loc"][-1:] == ("[key]",)


def _path(detail: ErrorDetails) -> Path:
    return tuple(step for step in detail["loc"] if step != "[key]")


def _problem(detail: ErrorDetails, document: Document, schema: dict[str, Any]) -> Problem:
    path = _path(detail)
    if detail["type"] == "missing":
        text = f"expected the key '{path[-1]}' here"
        return document.problem(document.mark(path[:-1]), text)
    mark = document.key_mark(path) if _is_about_key(detail) else document.mark(path)
    if detail["type"] == "extra_forbidden":
        return document.problem(mark, _unknown_key(path, schema))
    return document.problem(mark, _text(detail))


def _text(detail: ErrorDetails) -> str:
    kind, context = detail["type"], detail.get("ctx", {})
    got = shown(detail["input"])
    if kind.startswith("desk"):
        return str(context["wrong"])
    if kind in EXPECTED:
        return f"expected {EXPECTED[kind]}, got {got}"
    if kind in {"enum", "literal_error"}:
        known = str(context["expected"]).replace("'", "").replace(" or ", ", ").split(", ")
        hint = suggestion(str(detail["input"]), known)
        return f"expected one of {', '.join(known)}, got {got}{hint}"
    return f"expected {_limit(kind, context) or detail['msg']}, got {got}"


def _limit(kind: str, context: Mapping[str, Any]) -> str:
    limits = {
        "too_short": "at least {min_length} entry",
        "string_too_long": "at most {max_length} characters",
        "greater_than_equal": "a number from {ge} up",
        "less_than_equal": "a number up to {le}",
        "string_pattern_mismatch": "a figure such as 95%, -30% or 30m, or a month such as 2026-01",
    }
    return limits.get(kind, "").format(**context)


def _unknown_key(path: Path, schema: dict[str, Any]) -> str:
    key = str(path[-1])
    known = sorted(_keys_at(schema, path[:-1]))
    hint = suggestion(key, known)
    if not hint and 0 < len(known) <= 12:
        hint = f"; expected one of {', '.join(known)}"
    return f"unknown key '{key}'{hint}"


def _keys_at(schema: dict[str, Any], path: Path) -> set[str]:
    """Find the keys that may stand at a path, following the JSON Schema."""
    nodes = [schema]
    for step in path:
        nodes = [deeper for node in nodes for deeper in _steps(schema, node, step)]
    return {
        key
        for node in nodes
        for variant in _variants(schema, node)
        for key in variant.get("properties", {})
    }


def _steps(
    schema: dict[str, Any], node: dict[str, Any], step: str | int
) -> Iterator[dict[str, Any]]:
    for variant in _variants(schema, node):
        if isinstance(step, int):
            yield variant.get("items", {})
        elif step in variant.get("properties", {}):
            yield variant["properties"][step]
        elif isinstance(variant.get("additionalProperties"), dict):
            yield variant["additionalProperties"]


def _variants(schema: dict[str, Any], node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Give a schema's alternatives, references followed."""
    if "$ref" in node:
        yield from _variants(schema, schema["$defs"][node["$ref"].rpartition("/")[2]])
    elif "anyOf" in node:
        for option in node["anyOf"]:
            yield from _variants(schema, option)
    else:
        yield node
