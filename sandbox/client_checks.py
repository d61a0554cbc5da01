"""What Slack's own client refuses before a form is sent, in the words it shows."""

import re
from datetime import date, time
from decimal import Decimal, InvalidOperation

from sandbox.inputs import SHAPES, elements_of
from sandbox.wire import Json

LONGEST_TEXT = 3_000
LARGEST_FILE = 10 * 1024 * 1024
_FORMS = {
    "email_text_input": (
        re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+"),
        "Please enter a valid email address.",
    ),
    "url_text_input": (re.compile(r"https?://\S+"), "Please enter a valid URL."),
}


def refusals(blocks: list[Json], values: dict[str, Json]) -> dict[str, str]:
    """Give what stands under which field, by block_id; empty if the form may be sent."""
    errors: dict[str, str] = {}
    for placed in elements_of(blocks):
        if placed.block["type"] != "input":
            continue
        entry = values[placed.block_id][placed.action_id]
        value = entry[SHAPES[str(placed.element["type"])][0]]
        given = value not in (None, "", [])
        trouble = _wrong(placed.element, value) if given else _missing(placed.block)
        if trouble:
            errors[placed.block_id] = trouble
    return errors


def _missing(block: Json) -> str | None:
    return None if block.get("optional") else "Please complete this required field."


def _wrong(element: Json, value: object) -> str | None:
    kind, text = element["type"], str(value)
    if kind == "plain_text_input":
        return _wrong_length(element, text)
    if kind == "number_input":
        return _wrong_number(element, text)
    if kind in _FORMS:
        form, sentence = _FORMS[kind]
        return None if form.fullmatch(text) else sentence
    if kind == "file_input" and isinstance(value, list):
        return _too_many(element, value) or _wrong_files(element, value)
    if kind in {"datepicker", "timepicker"}:
        return _wrong_moment(kind, text)
    return _too_many(element, value)


def _wrong_length(element: Json, text: str) -> str | None:
    lowest, most = element.get("min_length", 0), element.get("max_length", LONGEST_TEXT)
    if len(text) < lowest:
        return f"Please use at least {lowest} characters."
    return f"Please use at most {most} characters." if len(text) > most else None


def _wrong_number(element: Json, text: str) -> str | None:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return "Please enter a number."
    if not element.get("is_decimal_allowed") and number != number.to_integral_value():
        return "Please enter a whole number."
    if "min_value" in element and number < Decimal(element["min_value"]):
        return f"Please enter {element['min_value']} or more."
    if "max_value" in element and number > Decimal(element["max_value"]):
        return f"Please enter {element['max_value']} or less."
    return None


def _wrong_moment(kind: str, text: str) -> str | None:
    try:
        if kind == "datepicker":
            date.fromisoformat(text)
        else:
            time.fromisoformat(text)
    except ValueError:
        return "Please pick a date." if kind == "datepicker" else "Please pick a time."
    return None


def _too_many(element: Json, value: object) -> str | None:
    most = element.get("max_selected_items") or element.get("max_files")
    if most and isinstance(value, list) and len(value) > most:
        return f"Please choose at most {most}."
    return None


def _wrong_files(element: Json, files: list[Json]) -> str | None:
    allowed = element.get("filetypes")
    if any(file["size"] > LARGEST_FILE for file in files):
        return "Please choose files of at most 10 MB."
    if allowed and any(file["filetype"] not in allowed for file in files):
        return f"Please choose files of these types: {', '.join(allowed)}."
    return None
