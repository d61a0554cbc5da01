"""Putting intake fields right: which may be corrected, and how a typed value becomes the field's (DESK.md 7)."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from tickets.case.facts import Logged
from tickets.case.values import ContactChannel, Emotion, Impact, Kind, Text

_READERS: dict[str, Callable[[str], object]] = {
    "description": Text,
    "when": Text,
    "where": Text,
    "expectation": Text,
    "product": Text,
    "order_no": Text,
    "remarks": Text,
    "category": str,
    "kind": Kind,
    "contact_channel": ContactChannel,
    "emotion": Emotion,
    "complaint_type": str,
    "impact": Impact,
}

IDENTITY = frozenset({"name", "phone", "email"})
"""Of the customer, not of the case: put right in the customer's record; the log keeps masks."""

CORRECTABLE = frozenset(_READERS) | IDENTITY


def is_readable(field: str, value: str) -> bool:
    """Tell whether a field can hold this value; only texts can be emptied."""
    reader = _READERS.get(field, Text)
    if reader is Text:
        return True
    try:
        return bool(value) and reader(value) is not None
    except ValueError:
        return False


def corrected(intake: Logged, field: str, value: Text | None) -> Logged:
    """Give the intake with one field put right; None empties a text."""
    if field in IDENTITY:
        reachable = intake.has_contact or (field != "name" and value is not None)
        return replace(intake, has_contact=reachable)
    change: dict[str, Any] = {
        field: None if value is None else _READERS[field](value)
    }  # typed by the table
    return replace(intake, **change)
