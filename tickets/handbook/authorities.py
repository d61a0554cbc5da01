"""Authorities outside, and the days they leave."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from tickets.handbook.clocks import Duration


@dataclass(frozen=True, slots=True)
class Authority:
    """An authority outside that complaints come through or go to, and how long it gives for an answer."""

    key: str
    within: Duration
    words: Mapping[str, str] = field(default_factory=dict)  # the desk's own, by language


AUTHORITIES: Mapping[str, Authority] = {
    one.key: one
    for one in (
        Authority("12315", Duration(5, "wd", "close")),
        Authority("12345", Duration(5, "wd", "close")),
        Authority("platform", Duration(48, "h")),
        Authority("regulator", Duration(15, "wd", "close")),
    )
}
"""Those a desk knows that names none; the dates in their letters go before these days."""
