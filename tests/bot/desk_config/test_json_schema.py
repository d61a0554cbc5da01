"""The published JSON Schema is the one the code makes, and editors can use it."""

import json
from typing import get_args

import jsonschema
import pytest
from ruamel.yaml import YAML

from bot.desk_config.json_schema import TARGET, as_text, json_schema
from bot.desk_config.schema_rules import TARGET_KINDS, DeadlineRow, LongTarget, RiskWord
from tests.bot.desk_config.files import EXAMPLE_FILE, SANDBOX_FILE, changed
from tickets.case.values import Risk


def plain(value):
    if isinstance(value, dict):
        return {str(key): plain(inner) for key, inner in value.items()}
    return [plain(inner) for inner in value] if isinstance(value, list) else value


def errors_in(text):
    """Check a text as an editor does: numbers and truth values are told apart, dates are text."""
    content = json.loads(json.dumps(plain(YAML(typ="safe", pure=True).load(text)), default=str))
    validator = jsonschema.Draft202012Validator(json_schema())
    return [error.message for error in validator.iter_errors(content)]


def test_the_published_file_is_up_to_date():
    assert TARGET.read_text(encoding="utf-8") == as_text(), (
        "run: python -m bot.desk_config.json_schema"
    )


@pytest.mark.parametrize("path", [EXAMPLE_FILE, SANDBOX_FILE], ids=["example", "sandbox"])
def test_the_published_desks_fit_the_schema(path):
    jsonschema.Draft202012Validator.check_schema(json_schema())

    assert errors_in(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("response: 1h", "response: soon"),
        ("goals:  ", "golas:  "),
        ("kind: inquiry\n", "kind: inqiry\n"),
        ("raise: 1", "raise: 5"),
        ("    lead: U0LEAD\n", ""),
    ],
)
def test_an_editor_marks_what_the_desk_would_refuse(old, new):
    assert errors_in(changed((old, new)))


def test_an_editor_takes_a_usual_type_without_words_of_its_own():
    types = "complaints: {types: {product: , privacy: {zh: 隐私保护, en: Privacy}}}\n"

    assert errors_in(changed() + "\n" + types) == []
    assert errors_in(changed() + "\n" + types.replace("product: ", "product: 5")) != []


def test_sections_say_what_they_are_for():
    for name, section in json_schema()["$defs"].items():
        assert section.get("description"), name


def test_the_words_of_the_schema_are_those_of_the_model():
    assert set(get_args(RiskWord)) == {"any", *Risk}
    assert set(TARGET_KINDS) == {
        name
        for name, field in DeadlineRow.model_fields.items()
        if LongTarget in _types(field.annotation)
    }


def _types(annotation):
    found = {annotation}
    for inner in get_args(annotation):
        found |= _types(inner)
    return found
