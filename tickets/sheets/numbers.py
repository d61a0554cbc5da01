"""Ticket numbers as people type them into sheets (R2, C1)."""

import re
from datetime import date

from tickets.case.values import Number

_CUT_SHORT = re.compile(r"\d(?:[.,]\d+)?E\+\d+", re.IGNORECASE)
_NUMBER = re.compile(r"(\d{8})(\d{3,6})")


def as_number(text: str) -> Number | None:
    """Read a number of this desk's kind: a day and a serial of at least three digits; None of any other."""
    found = _NUMBER.fullmatch(text.strip())
    if found is None:
        return None
    day, serial = found.groups()
    try:
        date(int(day[:4]), int(day[4:6]), int(day[6:]))
    except ValueError:
        return None
    widened = len(serial) > 3 and serial.startswith("0")
    return None if widened or not int(serial) else Number(day + serial)


def cut_short(text: str) -> bool:
    """Tell of a number as a spreadsheet shows a long one, 2.02E+10: its digits are gone, and many look the same."""
    return bool(_CUT_SHORT.fullmatch(text.strip()))
