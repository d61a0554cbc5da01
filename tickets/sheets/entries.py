"""Running records in one cell: each entry begins with its moment, on a line or behind a semicolon of its own."""

import re
from collections.abc import Iterator
from datetime import date, datetime
from zoneinfo import ZoneInfo

from tickets.sheets.moments import at, read_typed
from tickets.sheets.row import Entry

_BEGIN = (
    r"(?:\d{4}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}\s*日?(?:\s*\d{1,2}\s*[:：时點点]\s*\d{0,2}\s*分?)?"
    r"|\d{1,2}\s*月\s*\d{1,2}\s*日?\s*\d{1,2}\s*[:：时點点]\s*\d{0,2}\s*分?"
    r"|\d{1,2}\s*[:：]\s*\d{2})"
)
_CUT = re.compile(rf"(?:\n+|[;；]\s*(?={_BEGIN}))")
_HEAD = re.compile(rf"\s*(?:\d+[.、)]\s*)?({_BEGIN})[\s,，:：\-—]*")
MOST = 200  # entries of one cell


def read_entries(text: str, day: date, zone: ZoneInfo) -> tuple[Entry, ...]:
    """Read the entries of a cell in order; an hour alone, or a day without its year, goes by the entry before."""
    return tuple(_entries(text, day, zone))[:MOST]


def _entries(text: str, day: date, zone: ZoneInfo) -> Iterator[Entry]:
    moment: datetime | None = None
    for part in _CUT.split(text):
        said = part.strip()
        if not said:
            continue
        found = _HEAD.match(said)
        typed = read_typed(found[1], day) if found else None
        if found is None or typed is None or not said[found.end() :].strip():
            yield Entry(moment, said)
            continue
        day = typed.day or day
        moment = at(day, typed.minute, zone) if typed.minute is not None else at(day, 0, zone)
        yield Entry(moment, said[found.end() :].strip())
