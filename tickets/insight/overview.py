"""All figures of a period side by side: of everything somebody may count, of each group, of the baseline month."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from tickets.case.values import CauseDimension, CustomerId, LateCause, Text
from tickets.insight.figures import NO_LENGTHS, NONE, By, Counted, Figure, Length, Lengths
from tickets.insight.goals import Goals
from tickets.insight.spans import Span

Named = TypeVar("Named", CauseDimension, LateCause)


@dataclass(frozen=True, slots=True)
class Mostly:
    """What was written most often, and of how many."""

    words: str
    counted: Counted


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """The figures of one group; what is missing is taken of nothing."""

    group: str = ""
    counts: Mapping[Figure, Counted] = field(default_factory=dict)
    lengths: Mapping[Length, Lengths] = field(default_factory=dict)
    causes: Mapping[CauseDimension, int] = field(default_factory=dict)
    late_causes: Mapping[LateCause, int] = field(default_factory=dict)
    said_cause: Mostly | None = None  # in words, redacted; of how many looked at

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
        """Name why most of what was overdue was late, and of how many with a reason; "other" where nothing else is said."""
        said = self.late_causes
        named: Mapping[LateCause, int] = {
            one: n for one, n in said.items() if one is not LateCause.OTHER
        }
        found = _most(named or said)
        return (found[0], Counted(found[1].part, sum(said.values()))) if found else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """What a month's report adds to its head: every figure, busy and idle hours, what classes came from."""

    whole: Board
    baseline: Board | None = None
    bands: tuple[Board, ...] = ()  # 忙时, 闲时 (R4)
    causes: Mapping[str, Mostly] = field(default_factory=dict)  # of the largest classes, by key
    promises: Mapping[str, Counted] = field(default_factory=dict)  # 承诺兑现, by department
    satisfied: Mapping[str, Counted] = field(default_factory=dict)  # 满意度, by kind (R104)


@dataclass(frozen=True, slots=True)
class SaidCause:
    """原因初判 as somebody wrote it down with a result, and of whose case."""

    customer: CustomerId
    words: Text


def said_most(causes: Sequence[str]) -> Mostly | None:
    """Find what was written most often, newest first; of equals the newest, as it was written last."""
    counted = Counter(map(_plainly, causes))
    if not counted:
        return None
    most = max(counted.values())
    said = next(one for one in causes if counted[_plainly(one)] == most)
    return Mostly(said, Counted(most, len(causes)))


def _plainly(words: str) -> str:
    return " ".join(words.split()).casefold().rstrip("。.!！")


@dataclass(frozen=True, slots=True, kw_only=True)
class Against:
    """What figures are held against: the whole, the goals, and the month that the goals name (R104, R107)."""

    whole: Board
    goals: Goals
    baseline: Board | None = None  # counted for the same person


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """What somebody sees of a period."""

    span: Span
    by: By | None
    against: Against
    groups: tuple[Board, ...]  # of `by`, those with most cases first

    @property
    def whole(self) -> Board:
        """Give the figures of everything."""
        return self.against.whole


def response_goal(goals: Goals, baseline: Board | None) -> int | None:
    """Give the minutes aimed at: as the desk says, or by so much less than in the baseline month (R107)."""
    if goals.response_minutes is not None or goals.response_change is None or baseline is None:
        return goals.response_minutes
    then = baseline.length(Length.RESPONSE).clock
    return then.mean * (100 + goals.response_change) // 100 if then else None


def _most(counted: Mapping[Named, int]) -> tuple[Named, Counted] | None:
    if not counted:
        return None
    name = max(sorted(counted), key=lambda one: counted[one])
    return name, Counted(counted[name], sum(counted.values()))
