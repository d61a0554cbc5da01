"""Slack's blocks as text for a terminal: a line a line, buttons in brackets."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from tickets.case.values import PersonId

Json = dict[str, Any]
Names = Callable[[PersonId], str]


def text_of(blocks: Iterable[Json], names: Names) -> str:
    """Write a message's blocks out."""
    return "\n".join(line for block in blocks for line in _lines(block, names))


def _lines(block: Json, names: Names) -> Iterator[str]:
    match block["type"]:
        case "rich_text":
            for section in block["elements"]:
                yield from _run(section.get("elements", ()), names).split("\n")
        case "actions":
            yield "  ".join(f"[{_label(one)}]" for one in block["elements"])
        case "context":
            yield " ".join(str(one.get("text", "")) for one in block["elements"])
        case "divider":
            yield "─" * 20
        case "section" | "header":
            yield from _section(block)
        case other:
            yield f"({other})"


def _section(block: Json) -> Iterator[str]:
    said = block.get("text")
    button = block.get("accessory")
    label = f"  [{_label(button)}]" if button else ""
    if said:
        yield f"{said['text']}{label}"
    yield from (str(field["text"]) for field in block.get("fields", ()))


def _run(elements: Iterable[Json], names: Names) -> str:
    return "".join(_element(one, names) for one in elements)


def _element(one: Json, names: Names) -> str:
    match one["type"]:
        case "user":
            return f"@{names(PersonId(one['user_id']))}"
        case "date":
            return str(one.get("fallback", ""))
        case "rich_text_section":
            return _run(one["elements"], names)
        case _:
            return str(one.get("text") or one.get("url") or "")


def _label(one: Json) -> str:
    label = one.get("text") or one.get("placeholder") or {}
    return str(label.get("text", one.get("type", "")))
