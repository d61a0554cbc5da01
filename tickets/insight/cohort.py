"""The cases a figure is about, as they stood at its moment; figures are computed from these alone (C16)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from tickets.case.values import LateCause, Number, Text


class Standing(StrEnum):
    """How a case stood at the moment a figure was taken."""

    OPEN = "open"  # still to be solved
    SOLVED = "solved"  # resolved, and no other round begun
    INVALID = "invalid"
    MERGED = "merged"


@dataclass(frozen=True, slots=True, kw_only=True)
class Clocked:
    """How a case did against one kind of deadline of its first round."""

    starts_at: datetime
    due_at: datetime | None
    met_at: datetime | None

    @property
    def is_in_time(self) -> bool:
        """Tell whether it was met by its due moment."""
        return self.met_at is not None and (self.due_at is None or self.met_at <= self.due_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One case of a period; what came after the moment of the figure is left out."""

    number: Number
    department: str
    category: str
    received_at: datetime
    standing: Standing
    solved_at: datetime | None = None  # of the last round
    response: Clocked | None = None  # None: no policy asks for one
    reached_at: datetime | None = None  # the first contact where no policy asks for one
    resolution: Clocked | None = None
    scores: tuple[int, ...] = ()  # one a round

    @property
    def contacted_at(self) -> datetime | None:
        """Tell when the customer was first reached, promised or not."""
        return self.response.met_at if self.response else self.reached_at

    @property
    def counts(self) -> bool:
        """Tell a case from what turned out to be none, and from one that went on under another number."""
        return self.standing in {Standing.OPEN, Standing.SOLVED}


@dataclass(frozen=True, slots=True, kw_only=True)
class Lateness:
    """Why a case is late, as somebody said: a cause, or only words."""

    number: Number
    at: datetime
    cause: LateCause | None
    words: Text | None
