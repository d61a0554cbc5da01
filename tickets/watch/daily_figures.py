"""The figures of a day, after closing: R105's row, frozen as of its moment."""

from collections.abc import Iterable
from dataclasses import replace

from tickets.desk.context import Desk
from tickets.desk.figures import relative_goal
from tickets.insight.daily import DayFigures, day_figures
from tickets.insight.goals import read_goals
from tickets.notices import Notice
from tickets.ports import Unit
from tickets.watch.occasion import Occasion
from tickets.watch.posting import channel_of, digest_papers, digest_posts
from tickets.watch.reasons import main_cause_of
from tickets.watch.report import Report

JOB = "daily_figures"


def figures_of(desk: Desk, unit: Unit, occasion: Occasion) -> DayFigures:
    """Take a day's figures as of its moment; a late report says what it would have said then."""
    period = occasion.period
    late = unit.insight.missed(period.start, period.end)
    goals = read_goals(desk.handbook().goals)
    figures = day_figures(
        unit.insight.taken_down(period.start, period.end, as_of=period.due_at),
        start=period.start,
        end=period.end,
        overdue=len(late),
        cause=main_cause_of(desk, unit, late, as_of=period.due_at),
        goals=goals,
    )
    return replace(figures, relative_goal=relative_goal(desk, unit, goals))


def posts_of(desk: Desk, figures: DayFigures, occasion: Occasion) -> Iterable[Notice]:
    """Plan the post of a day, its picture and its table; an empty day says so and has neither."""
    place = channel_of(desk, JOB)
    yield from digest_posts(occasion, place)
    if figures.answered.total:
        yield from digest_papers(occasion, place)


REPORT = Report(DayFigures, figures_of, posts_of)
