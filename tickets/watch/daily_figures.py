"""The figures of a day, after closing: R105's row, frozen as of its moment."""

from tickets.desk.context import Desk
from tickets.insight.daily import DayFigures, day_figures
from tickets.insight.frozen import freeze
from tickets.insight.goals import read_goals
from tickets.ports import Unit
from tickets.time.periods import Period
from tickets.watch.occasion import Occasion
from tickets.watch.posting import channel_of, digest_posts
from tickets.watch.reasons import main_cause_of

JOB = "daily_figures"


def report_day(desk: Desk, unit: Unit, occasion: Occasion) -> None:
    """Freeze a day's figures and plan their post; an empty day says so."""
    unit.periods.freeze(occasion.period, freeze(figures_of(desk, unit, occasion.period)))
    unit.notices.plan(tuple(digest_posts(occasion, channel_of(desk, JOB))))


def figures_of(desk: Desk, unit: Unit, period: Period) -> DayFigures:
    """Take a day's figures as of its moment; a late report says what it would have said then."""
    late = unit.insight.missed(period.start, period.end)
    return day_figures(
        unit.insight.taken_down(period.start, period.end, as_of=period.due_at),
        start=period.start,
        end=period.end,
        overdue=len(late),
        cause=main_cause_of(desk, unit, late, as_of=period.due_at),
        goals=read_goals(desk.handbook().goals),
    )
