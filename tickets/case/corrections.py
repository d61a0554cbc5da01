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
    "impact": Impact,
}

CORRECTABLE = frozenset(_READERS)


def is_readable(field: str, value: str) -> bool:
    """Tell whether a field can hold this value; only texts can be emptied."""
    reader = _READERS[field]
    if reader is Text:
        return True
    try:
        return bool(value) and reader(value) is not None
    except ValueError:
        return False


def corrected(intake: Logged, field: str, value: Text | None) -> Logged:
    """Give the intake with one field put right; None empties a text."""
    change: dict[str, Any] = {
        field: None if value is None else _READERS[field](value)
    }  # typed by the table
    return replace(intake, **change)
