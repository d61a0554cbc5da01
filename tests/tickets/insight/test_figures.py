"""The definitions of the figures: R105's printed rows by C16, rounding, causes, goals."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tickets.case.values import LateCause, Number, Text
from tickets.insight.arithmetic import mean_minutes, percent
from tickets.insight.causes import MainCause, main_cause
from tickets.insight.cohort import Case, Clocked, Lateness, Standing
from tickets.insight.daily import DayFigures, day_figures
from tickets.insight.figures import Counted
from tickets.insight.frozen import freeze, thaw
from tickets.insight.goals import Goals, read_goals, unread_goals
from tickets.insight.monthly import MonthFigures, month_figures
from tickets.insight.overview import Board
from tickets.insight.response import answered

NINE = datetime(2024, 3, 1, 1, 0, tzinfo=UTC)
STANDINGS = st.sampled_from(Standing)


def a_case(
    place: int = 0,
    *,
    standing: Standing = Standing.OPEN,
    waited: float | None = None,
    allowed: float = 60,
    handled: float | None = None,
    scores: tuple[int, ...] = (),
    category: str = "after_sales/fault",
    department: str = "tech",
) -> Case:
    """A case; lengths are minutes."""
    met = None if waited is None else NINE + timedelta(minutes=waited)
    return Case(
        number=Number(f"20240301{place:03}"),
        department=department,
        category=category,
        received_at=NINE,
        standing=standing,
        solved_at=None if handled is None else NINE + timedelta(minutes=handled),
        response=Clocked(starts_at=NINE, due_at=NINE + timedelta(minutes=allowed), met_at=met),
        resolution=Clocked(starts_at=NINE, due_at=NINE + timedelta(hours=24), met_at=None),
        scores=scores,
    )


def a_day(total: int, in_time: int, solved: int, minutes: int) -> list[Case]:
    """A day of so many cases; those not contacted in time were not contacted at all."""
    return [
        a_case(
            place,
            standing=Standing.SOLVED if place < solved else Standing.OPEN,
            waited=minutes if place < in_time else None,
        )
        for place in range(total)
    ]


@pytest.mark.requirement(105)
@pytest.mark.parametrize(
    ("total", "in_time", "solved", "minutes", "rates", "overdue", "words"),
    [
        (120, 114, 110, 15, (95, 92), 8, "客服人手不足(3人请假)"),
        (135, 132, 128, 12, (98, 95), 3, "客户信息不全(需核实身份)"),
    ],
)
def test_the_printed_rows_come_out(  # R105's row has as many columns
    total: int,
    in_time: int,
    solved: int,
    minutes: int,
    rates: tuple[int, int],
    overdue: int,
    words: str,
) -> None:
    said = [
        Lateness(number=Number(f"{place}"), at=NINE, cause=None, words=Text(words))
        for place in range(overdue)
    ]
    cause = main_cause(said, redacted={one.number: str(one.words) for one in said})

    row = day_figures(
        a_day(total, in_time, solved, minutes),
        start=NINE,
        end=NINE,
        overdue=overdue,
        cause=cause,
        goals=Goals(),
    )

    assert (row.answered.total, row.answered.response_minutes) == (total, minutes)
    assert (row.answered.response_rate, row.answered.solved_rate) == rates
    assert row.overdue == overdue
    assert row.cause == MainCause(cause=None, words=words, count=overdue, explained=overdue)


def test_half_a_percent_is_rounded_up() -> None:
    assert (percent(1, 200), percent(1, 201), percent(0, 0)) == (1, 0, None)
    assert percent(110, 120) == 92


def test_half_a_minute_is_rounded_up() -> None:
    seconds = [timedelta(seconds=30), timedelta(seconds=29)]

    assert mean_minutes([seconds[0]]) == 1
    assert mean_minutes([seconds[1]]) == 0
    assert mean_minutes([]) is None


@given(st.integers(0, 10_000), st.integers(1, 10_000))
def test_a_share_is_within_half_a_percent(part: int, whole: int) -> None:
    share = percent(part, whole)

    assert share is not None
    assert -50 * whole <= 100 * part - share * whole < 50 * whole


def test_a_contact_at_the_very_due_moment_is_in_time() -> None:
    figures = answered([a_case(waited=60), a_case(waited=60.1)])

    assert (figures.in_time, figures.contacted) == (1, 2)


def test_what_is_no_case_is_counted_beside() -> None:
    cases = [a_case(standing=one) for one in Standing]

    row = day_figures(cases, start=NINE, end=NINE, overdue=0, cause=None, goals=Goals())

    assert (row.answered.total, row.invalid, row.merged) == (2, 1, 1)


def test_the_cause_said_most_often_is_the_main_one_with_its_last_words() -> None:
    def said(place: int, cause: LateCause, words: str = "") -> Lateness:
        moment = NINE + timedelta(minutes=place)
        return Lateness(
            number=Number(str(place)), at=moment, cause=cause, words=Text(words) if words else None
        )

    reasons = [
        said(1, LateCause.UNDERSTAFFED, "2人请假"),
        said(2, LateCause.UNDERSTAFFED, "3人请假"),
        said(3, LateCause.NO_PARTS, "压缩机缺货"),
        said(4, LateCause.UNDERSTAFFED),
    ]
    redacted = {one.number: str(one.words or "") for one in reasons}

    assert main_cause(reasons, redacted=redacted) == MainCause(
        cause=LateCause.UNDERSTAFFED, words="3人请假", count=3, explained=4
    )
    assert main_cause([], redacted={}) is None


def test_of_causes_said_equally_often_the_last_one_is_the_main_one() -> None:
    reasons = [
        Lateness(number=Number("1"), at=NINE, cause=LateCause.EXTERNAL, words=None),
        Lateness(number=Number("2"), at=NINE + timedelta(1), cause=LateCause.NO_PARTS, words=None),
    ]

    found = main_cause(reasons, redacted={})

    assert found
    assert found.cause is LateCause.NO_PARTS


def test_goals_are_levels_and_a_change_is_none() -> None:
    goals = read_goals(
        {
            "response_rate": "95%",
            "satisfaction": "90",
            "response_time": "1.5h",
            "solved_rate": "-30%",
        }
    )

    assert goals == Goals(response_rate=95, satisfaction=90, response_minutes=90)


@pytest.mark.requirement(107)
def test_a_change_is_held_against_the_baseline_month() -> None:
    goals = read_goals(
        {"response_time": "-30%", "baseline": "2026-01", "repeats": "5%", "promises": "95%"}
    )

    assert goals == Goals(response_change=-30, baseline="2026-01", repeats=5, promises=95)
    assert read_goals({"baseline": "2026-13"}) == Goals()


@pytest.mark.requirement(106, 107)
def test_lengths_and_the_rates_of_orders_have_goals_and_what_nobody_reads_is_named() -> None:
    written = {
        "handling_time": "26h",
        "answering_time": "2h",
        "repurchase": "30%",
        "complaints": "2%",
        "churn": "10",
        "solve_rate": "92%",
    }

    assert read_goals(written) == Goals(
        handling_minutes=26 * 60,
        answering_minutes=120,
        repurchase=30,
        complaints=2,
        churn=10,
        solved_rate=92,
    )
    assert unread_goals(written) == ()
    assert unread_goals({"satisfied": "90%", "churn": "2h", "repeats": "5%"}) == (
        "satisfied",
        "churn",
    )


@pytest.mark.requirement(102, 103)
def test_a_month_has_shares_by_category_and_times_by_department() -> None:
    cases = [
        a_case(1, standing=Standing.SOLVED, waited=20, handled=26 * 60, scores=(5,)),
        a_case(2, standing=Standing.SOLVED, waited=40, handled=26 * 60, scores=(3, 4)),
        a_case(3, category="inquiry/usage", department="service"),
        a_case(4, category="inquiry/usage", department="service"),
        a_case(5, category="inquiry/pricing", department="service"),
    ]

    month = month_figures(cases, start=NINE, end=NINE, overdue=0, cause=None, goals=Goals())

    shares = [(one.category, one.count, one.share) for one in month.categories]
    assert shares[:2] == [("after_sales/fault", 2, 40), ("inquiry/usage", 2, 40)]
    assert (month.satisfaction, month.scored) == (67, 3)
    tech = next(one for one in month.departments if one.department == "tech")
    assert (tech.response_minutes, tech.handling_minutes, tech.allowed_minutes) == (
        30,
        26 * 60,
        24 * 60,
    )


@given(standings=st.lists(st.tuples(STANDINGS, st.none() | st.floats(0, 900)), max_size=20))
def test_frozen_figures_say_the_same(standings: list[tuple[Standing, float | None]]) -> None:
    cases = [
        a_case(place, standing=one, waited=waited, handled=waited, scores=(4,))
        for place, (one, waited) in enumerate(standings)
    ]
    cause = MainCause(cause=LateCause.OTHER, words="x", count=1, explained=2)
    goals = Goals(satisfaction=90)

    day = day_figures(cases, start=NINE, end=NINE, overdue=1, cause=cause, goals=goals)
    month = month_figures(cases, start=NINE, end=NINE, overdue=1, cause=None, goals=goals)

    assert thaw(DayFigures, freeze(day)) == day
    assert thaw(MonthFigures, freeze(month)) == month


@pytest.mark.requirement(105)
@pytest.mark.parametrize(
    ("said", "main"),
    [
        ({LateCause.OTHER: 9, LateCause.NO_PARTS: 2}, (LateCause.NO_PARTS, Counted(2, 11))),
        ({LateCause.OTHER: 9}, (LateCause.OTHER, Counted(9, 9))),
        ({}, None),
    ],
)
def test_other_is_the_main_reason_only_where_nothing_else_is_said(
    said: dict[LateCause, int], main: tuple[LateCause, Counted] | None
) -> None:
    assert Board(late_causes=said).main_late_cause == main
