"""The monthly report on the first workday: last month's counts, shares, rates and times, frozen (R84, R102–R105)."""

from collections.abc import Iterable
from dataclasses import replace

from tickets.desk.context import Desk
from tickets.desk.figures import month_in, times_by_department
from tickets.desk.trade import trade_in
from tickets.insight.goals import read_goals
from tickets.insight.monthly import MonthFigures, by_round, month_figures
from tickets.meetings.points import Part, of_part
from tickets.notices import Notice
from tickets.ports import Unit
from tickets.watch.monthly_findings import findings_of
from tickets.watch.occasion import Occasion
from tickets.watch.posting import channel_of, digest_papers, digest_posts
from tickets.watch.reasons import main_cause_of
from tickets.watch.report import Report

JOB = "monthly_report"


def figures_of(desk: Desk, unit: Unit, occasion: Occasion) -> MonthFigures:
    """Take a month's figures as of the report's moment.

    Times by department, the rates of orders and the page of all figures are as of when they are taken: a
    late report, which says that it is late, holds there what came in meanwhile.
    """
    period = occasion.period
    late = unit.insight.missed(period.start, period.end)
    figures = month_figures(
        unit.insight.taken_down(period.start, period.end, as_of=period.due_at),
        start=period.start,
        end=period.end,
        overdue=len(late),
        cause=main_cause_of(desk, unit, late, as_of=period.due_at),
        goals=read_goals(desk.handbook().goals),
    )
    times = times_by_department(desk, unit, period.start, period.end)
    return replace(
        figures,
        departments=by_round(figures.departments, times),
        findings=findings_of(desk, unit, occasion),
        trade=trade_in(desk, unit, period.start, period.end).whole,
        more=month_in(desk, unit, period.start, period.end),
    )


def posts_of(desk: Desk, figures: MonthFigures, occasion: Occasion) -> Iterable[Notice]:
    """Plan the head the monthly meeting is run from, and in its thread the tables and the agenda."""
    lists = (
        ("categories", len(figures.categories)),
        ("departments", len(figures.departments)),
        ("figures", 1 if figures.more and figures.answered.total else 0),
        ("before", len(figures.findings.before)),
        *((part, len(of_part(figures, part))) for part in Part),
    )
    place = channel_of(desk, JOB)
    yield from digest_posts(occasion, place, lists)
    if figures.answered.total:
        yield from digest_papers(occasion, place)


REPORT = Report(MonthFigures, figures_of, posts_of)
