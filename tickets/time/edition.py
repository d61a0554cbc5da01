"""A short name for all that deadlines are reckoned by, the same as long as nothing of it changes."""

import json
from collections.abc import Mapping, Set
from dataclasses import fields, is_dataclass
from hashlib import sha256

from tickets.handbook import Handbook

_WHERE_IT_STANDS = "line"  # moving a row down the file changes nothing


class Editions:
    """Names editions; each tick asks about the handbook in force, so the last answer is kept."""

    def __init__(self) -> None:
        """Know none yet."""
        self._last: tuple[Handbook, str] | None = None

    def of(self, handbook: Handbook) -> str:
        """Name a handbook's edition."""
        last = self._last
        if last is not None and last[0] is handbook:
            return last[1]
        name = edition_of(handbook)
        self._last = handbook, name
        return name


def edition_of(handbook: Handbook) -> str:
    """Name policies, pauses and calendar in 12 hexadecimal digits.

    Unlike the revision of the file it changes when the holidays of a year become known by an
    upgrade, and does not when only people or words change. Takes about 2 ms.
    """
    parts = (handbook.policies, sorted(handbook.pauses), handbook.calendar)
    canonical = json.dumps([_plain(part) for part in parts], separators=(",", ":"))
    return sha256(canonical.encode()).hexdigest()[:12]


def _plain(value: object) -> object:
    """Write a value down in one order whatever the order it was made in."""
    if is_dataclass(value):
        names = (one.name for one in fields(value) if one.name != _WHERE_IT_STANDS)
        return {name: _plain(getattr(value, name)) for name in names}
    if isinstance(value, Mapping):
        return sorted([str(key), _plain(kept)] for key, kept in value.items())
    if isinstance(value, Set):
        return sorted(str(one) for one in value)
    if isinstance(value, tuple | list):
        return [_plain(one) for one in value]
    return str(value)
