"""试运行效果分析报告: a period before and one after, figure by figure, against what was aimed at (R107, R108)."""

from collections.abc import Iterator
from dataclasses import dataclass

from tickets.insight.figures import By, Counted, Figure, Length, Lengths, Spread
from tickets.insight.goals import Goals
from tickets.insight.overview import Board
from tickets.insight.spans import Span

FASTER, SATISFIED = -30, 90  # percent; R107, where desk.yml sets no goal of its own
_SHARES = (
    Figure.FIRST_RESPONSE,
    Figure.SOLVED,
    Figure.SATISFACTION,
    Figure.REPEATS,
    Figure.RECOVERY,
    Figure.PROMISES,
    Figure.ANSWERS,
)
_LENGTHS = (Length.RESPONSE, Length.HANDLING, Length.ANSWERING)
_COUNTS = (Figure.TOTAL, Figure.OVERDUE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Longer:
    """A length of time before and after, in whole minutes; None: there was nothing to measure."""

    length: Length
    before: Lengths
    after: Lengths
    goal: int | None = None  # a change of the mean in percent, at most

    @property
    def change(self) -> int | None:
        """Give the change of the mean in whole percent, by the clock."""
        return _change(self.before.clock, self.after.clock, median=False)

    @property
    def median_change(self) -> int | None:
        """Give the change of the median."""
        return _change(self.before.clock, self.after.clock, median=True)

    @property
    def is_reached(self) -> bool | None:
        """Tell whether the goal is reached; None where there is no goal, or nothing to tell it by."""
        if self.goal is None or self.change is None:
            return None
        return self.change <= self.goal


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """A share before and after; its change is in percentage points."""

    figure: Figure
    before: Counted
    after: Counted
    goal: int | None = None  # percent at least; of repeats at most

    @property
    def change(self) -> int | None:
        """Give the change in percentage points."""
        before, after = self.before.percent, self.after.percent
        return None if before is None or after is None else after - before

    @property
    def is_reached(self) -> bool | None:
        """Tell whether the goal is reached after; None where there is no goal, or nothing to tell it by."""
        after = self.after.percent
        if self.goal is None or after is None:
            return None
        return after <= self.goal if self.figure is Figure.REPEATS else after >= self.goal


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbered:
    """A bare number before and after."""

    figure: Figure
    before: int
    after: int

    @property
    def change(self) -> int | None:
        """Give the change in whole percent: none at all where it stayed, None where it began with nothing."""
        return 0 if self.after == self.before else change_of(self.before, self.after)


Change = Longer | Shared | Numbered


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Two periods side by side: of all somebody may count, and of each group there is in either."""

    before: Span
    after: Span
    by: By | None
    whole: tuple[Change, ...]
    groups: tuple[tuple[str, tuple[Change, ...]], ...] = ()


def compared(before: Board, after: Board, goals: Goals) -> tuple[Change, ...]:
    """Compare two boards, figure by figure, in the order a report is read."""
    return tuple(_compared(before, after, goals))


def change_of(before: int, after: int) -> int | None:
    """Give a change in whole percent, half up; None where there was nothing before."""
    if before <= 0:
        return None
    return (200 * (after - before) + before) // (2 * before)


def _compared(before: Board, after: Board, goals: Goals) -> Iterator[Change]:
    for figure in _COUNTS:
        yield Numbered(
            figure=figure, before=before.count(figure).part, after=after.count(figure).part
        )
    for length in _LENGTHS:
        yield Longer(
            length=length,
            before=before.length(length),
            after=after.length(length),
            goal=_faster(goals) if length is Length.RESPONSE else None,
        )
    aims = _aims(goals)
    for figure in _SHARES:
        yield Shared(
            figure=figure,
            before=before.count(figure),
            after=after.count(figure),
            goal=aims.get(figure),
        )


def _faster(goals: Goals) -> int:
    return FASTER if goals.response_change is None else goals.response_change


def _aims(goals: Goals) -> dict[Figure, int | None]:
    return {
        Figure.FIRST_RESPONSE: goals.response_rate,
        Figure.SOLVED: goals.solved_rate,
        Figure.SATISFACTION: SATISFIED if goals.satisfaction is None else goals.satisfaction,
        Figure.REPEATS: goals.repeats,
        Figure.RECOVERY: goals.recovery,
        Figure.PROMISES: goals.promises,
        Figure.ANSWERS: goals.answers,
    }


def _change(before: Spread | None, after: Spread | None, *, median: bool) -> int | None:
    if before is None or after is None:
        return None
    if median:
        return change_of(before.median, after.median)
    return change_of(before.mean, after.mean)
