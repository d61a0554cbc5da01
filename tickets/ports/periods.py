"""Which period of which scheduled job was done, and the figures it said, frozen (RELIABILITY.md F26)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from tickets.time.periods import Period

Json = str | int | float | bool | None | Sequence["Json"] | Mapping[str, "Json"]
"""What frozen figures are made of: numbers, ids, moments as text, redacted words."""

Figures = Mapping[str, Json]


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """A period that needs no more work: run, or passed over for a newer one."""

    period: Period
    done_at: datetime
    was_run: bool
    figures: Figures


class Periods(Protocol):
    """The periods of scheduled jobs; one row each, for ever."""

    def newest(self) -> Mapping[str, Settled]:
        """Give the last settled period of every job."""
        ...

    def settle(self, period: Period, *, at: datetime, was_run: bool) -> bool:
        """Mark a period as settled; False when it was already, by whomever."""
        ...

    def freeze(self, period: Period, figures: Figures) -> None:
        """Keep what a settled period says."""
        ...

    def recent(self, job: str, until: datetime, *, most: int) -> Sequence[Settled]:
        """Give the last periods of a job that were run up to a moment, the oldest first."""
        ...

    def find(self, job: str, key: str) -> Settled | None:
        """Find a settled period."""
        ...
