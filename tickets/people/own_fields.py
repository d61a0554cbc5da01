"""The trade's own fields on a customer's record: what may stand in them, what of it is shown (R130)."""

import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation

from tickets.errors import Incomplete
from tickets.handbook import CustomerField
from tickets.message import Message, say

EMPTY = "-"
"""Typed into a private field to empty it; left empty, what is on record stays."""


def read_own(field: CustomerField, typed: str) -> str:
    """Give the value a field keeps of what was typed. Raises Incomplete, under the field's key."""
    text = typed.strip()
    if not text:
        return ""
    match field.type:
        case "number":
            return _number(field.key, text)
        case "date":
            return _date(field.key, text)
        case "choice":
            if text not in field.choices:
                raise Incomplete({field.key: say("field.pick_one")})
            return text
        case _:
            return text


def merged(
    fields: Iterable[CustomerField], kept: Mapping[str, str], typed: Mapping[str, str]
) -> dict[str, str]:
    """Give the fields as they are after a form; fields the desk file no longer names stay as they were.

    Raises Incomplete, all fields at once.
    """
    after, wrong = dict(kept), dict[str, Message]()
    for field in (one for one in fields if one.key in typed):
        text = typed[field.key].strip()
        if field.private and not text:
            continue
        try:
            after[field.key] = "" if text == EMPTY else read_own(field, text)
        except Incomplete as problem:
            wrong |= problem.problems
    if wrong:
        raise Incomplete(wrong)
    return {key: value for key, value in after.items() if value}


def _number(key: str, text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).replace(",", "").replace(" ", "")
    try:
        number = Decimal(plain)
    except InvalidOperation:
        raise Incomplete({key: say("profile.not_a_number")}) from None
    if not number.is_finite():
        raise Incomplete({key: say("profile.not_a_number")})
    return plain


def _date(key: str, text: str) -> str:
    try:
        return date.fromisoformat(text.replace("/", "-")).isoformat()
    except ValueError:
        raise Incomplete({key: say("profile.not_a_date")}) from None
