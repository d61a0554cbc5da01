"""The monthly report on the first workday: last month's counts, shares, rates and times, frozen (R84, R102–R105)."""

from tickets.desk.context import Desk
from tickets.insight.frozen import freeze
from tickets.insight.goals import read_goals
from tickets.insight.monthly import MonthFigures, month_figures
from tickets.ports import Unit
from tickets.time.periods import Period
from tickets.watch.occasion import Occasion
from tickets.watch.posting import channel_of, digest_posts
from tickets.watch.reasons import main_cause_of

JOB = "monthly_report"


def report_month(desk: Desk, unit: Unit, occasion: Occasion) -> None:
    """Freeze a month's figures and plan their posts: the head, and the tables in its thread."""
    figures = figures_of(desk, unit, occasion.period)
    unit.periods.freeze(occasion.period, freeze(figures))
    lists = (("categories", len(figures.categories)), ("departments", len(figures.departments)))
    unit.notices.plan(tuple(digest_posts(occasion, channel_of(desk, JOB), lists)))


def figures_of(desk: Desk, unit: Unit, period: Period) -> MonthFigures:
    """Take a month's figures as of the report's moment."""
    late = unit.insight.missed(period.start, period.end)
    return month_figures(
        unit.insight.taken_down(period.start, period.end, as_of=period.due_at),
        start=period.start,
        end=period.end,
        overdue=len(late),
        cause=main_cause_of(desk, unit, late, as_of=period.due_at),
        goals=read_goals(desk.handbook().goals),
    )
