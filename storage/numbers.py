"""Ticket numbers as integers that sort as the numbers do (R2, C1, F39)."""

from datetime import date
from functools import lru_cache

from tickets.case.values import Number
from tickets.errors import NotFound

_SERIALS = 1_000_000  # room for the serials of one day
_DAY_DIGITS = 8


def make_key(day: date, serial: int) -> int:
    """Give the key of a day's ticket."""
    return int(f"{day:%Y%m%d}") * _SERIALS + serial


def number_of(key: int) -> Number:
    """Write a key as people do: the day and at least three digits."""
    day, serial = divmod(key, _SERIALS)
    return Number(f"{day:0{_DAY_DIGITS}d}{serial:03d}")


@lru_cache(maxsize=4096)  # one transaction asks for the same few again and again
def find_key(number: str) -> int | None:
    """Read a number; None of what can be no ticket's number."""
    if not (number.isascii() and number.isdigit() and len(number) > _DAY_DIGITS):
        return None
    key = int(number[:_DAY_DIGITS]) * _SERIALS + int(number[_DAY_DIGITS:])
    return key if number_of(key) == number else None


def key_of(number: Number) -> int:
    """Read the number of a ticket that should exist. Raises NotFound of what can be none."""
    key = find_key(number)
    if key is None:
        raise NotFound("records.no_ticket", number=number)
    return key
