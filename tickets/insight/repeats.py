"""Repeat calls of a period: how many, why, about what (R79, R109)."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from tickets.case.values import Number, RepeatCause


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeat:
    """One call about what was answered before."""

    number: Number
    category: str
    at: datetime
    cause: RepeatCause


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeats:
    """Repeat calls, counted."""

    total: int
    cases: int  # that they were about
    by_cause: Mapping[RepeatCause, int] = field(default_factory=dict)
    by_category: Mapping[str, int] = field(default_factory=dict)


def count_repeats(repeats: Sequence[Repeat]) -> Repeats:
    """Count repeat calls by cause and by category."""
    return Repeats(
        total=len(repeats),
        cases=len({one.number for one in repeats}),
        by_cause=dict(Counter(one.cause for one in repeats)),
        by_category=dict(Counter(one.category for one in repeats)),
    )
