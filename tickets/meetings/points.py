"""The agenda of the monthly meeting, out of the frozen report: kinds with a low solve rate first, then figures
against their goal, advice, new problems (R84)."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from tickets.insight.figures import Figure, Length
from tickets.insight.findings import Advice, NewProblem
from tickets.insight.goals import Goals
from tickets.insight.monthly import CategoryShare, MonthFigures


class Part(StrEnum):
    """A part of the agenda, which is a page of the report."""

    KINDS = "kinds"
    GOALS = "goals"
    ADVICE = "advice"
    PROBLEMS = "problems"


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A figure beside its goal; None: there is nothing to take it of, or nobody set a goal."""

    name: str
    value: int | None
    goal: int | None
    at_most: bool = False  # a time, or a share that is better small
    is_time: bool = False  # minutes, not percent

    @property
    def is_missed(self) -> bool:
        """Tell whether it is known not to hold its goal."""
        if self.value is None or self.goal is None:
            return False
        return self.value > self.goal if self.at_most else self.value < self.goal


Matter = CategoryShare | Held | Advice | NewProblem


@dataclass(frozen=True, slots=True)
class Point:
    """One line of the agenda; its key says what it is about, for ever."""

    part: Part
    key: str
    matter: Matter


OTHER = "other"
"""What is decided on no line of the agenda."""


def points_of(figures: MonthFigures) -> tuple[Point, ...]:
    """List all points of a month, part by part, in their order."""
    return tuple(_points(figures))


def of_part(figures: MonthFigures, part: Part) -> tuple[Point, ...]:
    """List the points of one part."""
    return tuple(one for one in points_of(figures) if one.part is part)


def find_point(figures: MonthFigures, key: str) -> Point | None:
    """Find a point by its key."""
    return next((one for one in points_of(figures) if one.key == key), None)


def place_of(figures: MonthFigures, key: str) -> tuple[Part, int] | None:
    """Tell in which part a point stands and at which place, from 1; None of what is no point."""
    found = find_point(figures, key)
    if found is None:
        return None
    return found.part, of_part(figures, found.part).index(found) + 1


def _points(figures: MonthFigures) -> Iterator[Point]:
    for share in sorted(figures.categories, key=_low_first):
        yield Point(Part.KINDS, f"kind:{share.category}", share)
    for held in held_of(figures):
        yield Point(Part.GOALS, f"goal:{held.name}", held)
    for advice in figures.findings.advice:
        yield Point(Part.ADVICE, f"advice:{advice.number}:{advice.seq}", advice)
    for problem in figures.findings.problems:
        yield Point(Part.PROBLEMS, f"problem:{problem.parent or problem.category}", problem)


def held_of(figures: MonthFigures) -> tuple[Held, ...]:
    """Hold a month's figures against the goals of its moment, those that miss theirs first."""
    goals: Goals = figures.goals
    said = figures.answered
    held = (
        Held(name="response_rate", value=said.response_rate, goal=goals.response_rate),
        Held(name="solved_rate", value=said.solved_rate, goal=goals.solved_rate),
        Held(name="satisfaction", value=figures.satisfaction, goal=goals.satisfaction),
        Held(
            name="response_time",
            value=said.response_minutes,
            goal=figures.response_goal,
            at_most=True,
            is_time=True,
        ),
        *_handled(figures),
        *_counted(figures),
    )
    return tuple(sorted(held, key=lambda one: (not one.is_missed, one.goal is None)))


def _handled(figures: MonthFigures) -> Iterator[Held]:
    """Hold the handling time against its goal where there is one; else the policies are its measure."""
    goal = figures.goals.handling_minutes
    length = figures.more.whole.length(Length.HANDLING).clock if figures.more else None
    if goal is not None:
        value = length.mean if length else None
        yield Held(name="handling_time", value=value, goal=goal, at_most=True, is_time=True)


HELD = (Figure.REPEATS, Figure.RECOVERY, Figure.PROMISES, Figure.ANSWERS)
"""What goals may be set for besides the report's own figures."""


def _counted(figures: MonthFigures) -> Iterator[Held]:
    """Hold the others against their goals; one of nothing that has no goal either is left out."""
    goals = figures.goals
    aims = (goals.repeats, goals.recovery, goals.promises, goals.answers)
    for figure, goal in zip(HELD, aims, strict=True):
        value = figures.more.whole.count(figure).percent if figures.more else None
        if value is not None or goal is not None:
            is_worse_high = figure is Figure.REPEATS
            yield Held(name=str(figure), value=value, goal=goal, at_most=is_worse_high)


def _low_first(share: CategoryShare) -> tuple[int, int, str]:
    """Order kinds by their solve rate; of equals the one with more cases first."""
    solved = 101 if share.solved_rate is None else share.solved_rate
    return solved, -share.count, share.category
