"""All figures of a period side by side: of everything somebody may count, of each group, of the baseline month."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from tickets.case.values import CauseDimension, LateCause
from tickets.insight.figures import NO_LENGTHS, NONE, By, Counted, Figure, Length, Lengths
from tickets.insight.goals import Goals
from tickets.insight.spans import Span

Named = TypeVar("Named", CauseDimension, LateCause)


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """The figures of one group; what is missing is taken of nothing."""

    group: str = ""
    counts: Mapping[Figure, Counted] = field(default_factory=dict)
    lengths: Mapping[Length, Lengths] = field(default_factory=dict)
    causes: Mapping[CauseDimension, int] = field(default_factory=dict)
    late_causes: Mapping[LateCause, int] = field(default_factory=dict)

    def count(self, figure: Figure) -> Counted:
        """Give a count; 0 of 0 where there is nothing."""
        return self.counts.get(figure, NONE)

    def length(self, length: Length) -> Lengths:
        """Give how long something takes."""
        return self.lengths.get(length, NO_LENGTHS)

    @property
    def main_cause(self) -> tuple[CauseDimension, Counted] | None:
        """Name what most of what was solved came from, and of how many with a cause."""
        return _most(self.causes)

    @property
    def main_late_cause(self) -> tuple[LateCause, Counted] | None:
        """Name why most of what was overdue was late, and of how many with a reason."""
        return _most(self.late_causes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """What somebody sees of a period."""

    span: Span
    by: By | None
    whole: Board
    groups: tuple[Board, ...]  # of `by`, those with most cases first
    goals: Goals
    baseline: Board | None = None  # of the month the goals name, counted for the same person


def _most(counted: Mapping[Named, int]) -> tuple[Named, Counted] | None:
    if not counted:
        return None
    name = max(sorted(counted), key=lambda one: counted[one])
    return name, Counted(counted[name], sum(counted.values()))
