"""Retrospectives by their rules: dates, causes, targets, occasions, when somebody is asked."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tickets.handbooks import a_handbook
from tickets.case.values import CauseDimension, Number, PersonId, Priority, Text
from tickets.errors import IllegalMove, Incomplete
from tickets.meetings.improvement import Improvement, Source
from tickets.retrospectives import causes
from tickets.retrospectives.chasing import next_look, next_look_at
from tickets.retrospectives.dates import earliest, is_sooner, minutes_by, pack_at
from tickets.retrospectives.occasions import (
    Liked,
    Sign,
    SignKind,
    falls,
    offers,
    quarter_key,
    start_of_quarter,
)
from tickets.retrospectives.pursuit import (
    Check,
    Direction,
    Figure,
    Pursued,
    Pursuit,
    Target,
    Verdict,
    checked,
    judged,
)
from tickets.retrospectives.retrospective import (
    Occasion,
    Retrospective,
    Standing,
    require,
)
from tickets.retrospectives.rules import RetrospectiveRules
from tickets.time.calendar import Calendar

TUESDAY = datetime(2025, 9, 23, 2, 0, tzinfo=UTC)  # 10:00 in Shanghai
EVE = PersonId("U0ENG1")
DAY = timedelta(days=1)
CALENDAR = Calendar(a_handbook().calendar)


def local(moment: datetime) -> str:
    return f"{CALENDAR.local(moment):%m-%d %H:%M}"


# --- dates --------------------------------------------------------------------------------------------


def test_three_working_days_ahead_leave_today_and_the_weekend_out() -> None:
    assert earliest(CALENDAR, TUESDAY) == date(2025, 9, 26)
    assert earliest(CALENDAR, TUESDAY + 2 * DAY) == date(
        2025, 9, 29
    )  # Fri, Sun 28 is a make-up day, Mon


@given(st.integers(0, 120), st.integers(0, 40))
def test_the_pack_goes_out_on_the_last_day_that_is_no_sooner(day: int, ahead: int) -> None:
    """One called at the pack's moment is not sooner; one called a working day later is."""
    held = TUESDAY + day * DAY + ahead * timedelta(hours=1)
    sent = pack_at(CALENDAR, held)

    assert sent < held
    assert not is_sooner(CALENDAR, held, sent)
    next_day = CALENDAR.working_days_after(CALENDAR.date_of(sent), 1)[0]
    assert is_sooner(CALENDAR, held, CALENDAR.start_of(next_day))


@pytest.mark.requirement(64, 122)
def test_minutes_are_owed_at_the_close_of_the_second_working_day() -> None:
    friday = TUESDAY + 3 * DAY

    assert local(minutes_by(CALENDAR, TUESDAY)) == "09-25 18:00"
    assert minutes_by(CALENDAR, friday) > friday + 2 * DAY


# --- causes -------------------------------------------------------------------------------------------


def grown(depth: int) -> tuple[causes.Cause, ...]:
    known: tuple[causes.Cause, ...] = ()
    for place in range(depth):
        known = causes.with_cause(
            known,
            Text(f"{place}"),
            dimension=CauseDimension.PROCESS,
            under=place or None,
            place=place + 1,
        )
    return known


@pytest.mark.requirement(119)
def test_why_is_asked_five_times_and_no_more() -> None:
    five = grown(5)

    assert [one.depth for one in causes.tree(five)] == [1, 2, 3, 4, 5]
    with pytest.raises(Incomplete) as refused:
        causes.with_cause(five, Text("x"), dimension=None, under=5, place=6)
    assert set(refused.value.problems) == {"under"}
    assert [one.place for one in causes.roots_of(five)] == [5]


def test_a_branch_needs_its_dimension_and_an_answer_takes_the_one_above() -> None:
    with pytest.raises(Incomplete):
        causes.with_cause((), Text("x"), dimension=None, under=None, place=1)
    known = causes.with_cause((), Text("x"), dimension=CauseDimension.EXTERNAL, under=None, place=1)

    below = causes.with_cause(known, Text("y"), dimension=CauseDimension.SYSTEM, under=1, place=2)

    assert below[1].dimension is CauseDimension.EXTERNAL


@given(st.lists(st.tuples(st.sampled_from(list(CauseDimension)), st.integers(0, 12)), max_size=20))
def test_a_tree_holds_every_cause_once_and_loses_a_branch_whole(
    said: list[tuple[CauseDimension, int]],
) -> None:
    known: tuple[causes.Cause, ...] = ()
    for place, (dimension, under) in enumerate(said, start=1):
        try:
            known = causes.with_cause(
                known, Text("x"), dimension=dimension, under=under or None, place=place
            )
        except Incomplete:
            continue
    places = [one.cause.place for one in causes.tree(known)]
    assert sorted(places) == sorted(one.place for one in known)
    for place in places:
        left = causes.without(known, place)
        assert place not in {one.place for one in left}
        there = {one.place for one in left}
        assert all(one.under is None or one.under in there for one in left)


# --- targets ------------------------------------------------------------------------------------------


@pytest.mark.requirement(124)
@pytest.mark.parametrize(
    ("was", "goal", "value", "verdict"),
    [
        (60, 85, 85, Verdict.PROVED),
        (60, 85, 84, Verdict.NOT_PROVED),
        (60, 85, 60, Verdict.NOT_PROVED),
        (60, 85, 59, Verdict.WORSE),
        (30, 10, 10, Verdict.PROVED),
        (30, 10, 11, Verdict.NOT_PROVED),
        (30, 10, 31, Verdict.WORSE),
        (60, 85, None, None),
        (None, 85, 90, None),
    ],
)
def test_a_figure_measured_again_is_judged_by_where_it_was_to_go(
    was: int | None, goal: int, value: int | None, verdict: Verdict | None
) -> None:
    assert judged(Target(figure=Figure.CASES, was=was, goal=goal), value) is verdict


def test_where_a_figure_is_to_stay_its_kind_says_which_way_is_better() -> None:
    held = Target(figure=Figure.SATISFACTION, was=90, goal=90)
    few = Target(figure=Figure.OVERDUE, was=3, goal=3)

    assert (judged(held, 95), judged(held, 80)) == (Verdict.PROVED, Verdict.WORSE)
    assert (judged(few, 2), judged(few, 9)) == (Verdict.PROVED, Verdict.WORSE)


@pytest.mark.parametrize(
    ("figure", "was", "goal", "is_backwards"),
    [
        (Figure.SATISFACTION, 90, 80, True),
        (Figure.SATISFACTION, 90, 90, False),
        (Figure.SATISFACTION, 60, 85, False),
        (Figure.HANDLING_MINUTES, 20, 30, True),
        (Figure.OVERDUE, 3, 0, False),
        (Figure.CASES, 3, 9, False),  # fewer cases, or more of them: either may be wished for
        (Figure.SATISFACTION, None, 80, False),
        (None, None, None, False),
    ],
)
def test_a_target_that_would_be_worse_is_known_beforehand(
    figure: Figure | None, was: int | None, goal: int | None, is_backwards: bool
) -> None:
    assert Target(figure=figure, was=was, goal=goal).is_backwards is is_backwards


@given(st.integers(0, 100), st.integers(0, 100), st.integers(0, 100))
def test_a_better_value_is_never_judged_worse(was: int, goal: int, value: int) -> None:
    order = [Verdict.WORSE, Verdict.NOT_PROVED, Verdict.PROVED]
    target = Target(figure=Figure.CASES, was=was, goal=goal)
    step = 1 if goal > was else -1

    here, further = judged(target, value), judged(target, value + step)

    assert here and further
    assert order.index(further) >= order.index(here)


# --- chasing ------------------------------------------------------------------------------------------


def pursued(**changes: object) -> Pursued:
    item = Improvement(
        id="i1",
        source=Source.RETROSPECTIVE,
        pain=Text("x"),
        action=Text("x"),
        goal=Text("x"),
        priority=Priority.P2,
        department="tech",
        owner=EVE,
        due_at=CALENDAR.close_of(date(2025, 9, 26)),
        decided_at=TUESDAY,
        decided_by=EVE,
    )
    pursuit = Pursuit(item="i1", retro="r1", place=1, direction=Direction.PROCESS, target=Target())
    own = {name: value for name, value in changes.items() if hasattr(pursuit, name)}
    rest = {name: value for name, value in changes.items() if name not in own}
    return Pursued(replace(item, **rest), replace(pursuit, **own))  # type: ignore[arg-type]


def test_an_improvement_is_asked_for_on_its_day_past_it_and_then_higher_up() -> None:
    asked = [next_look(pursued(chased=times), CALENDAR) for times in range(5)]

    said = [local(one) for one in asked if one]
    assert said == ["09-26 08:00", "09-26 18:00", "09-29 18:00", "10-06 18:00", "10-13 18:00"]


def test_what_is_due_at_midnight_is_asked_for_on_the_day_that_ends_then() -> None:
    saturday_over = datetime(2025, 9, 27, 16, 0, tzinfo=UTC)

    asked = next_look(pursued(due_at=saturday_over), CALENDAR)

    assert asked and local(asked) == "09-27 09:00"


def test_what_is_done_is_measured_30_and_90_days_after_its_due_or_its_end() -> None:
    due = pursued().item.due_at
    early, late = pursued(done_at=due - 2 * DAY), pursued(done_at=due + 5 * DAY)

    assert next_look(early, CALENDAR) == due + 30 * DAY
    assert next_look(late, CALENDAR) == due + 35 * DAY
    once = Pursued(
        late.item, checked(late.pursuit, Check(after=30, at=due, verdict=Verdict.PROVED))
    )
    assert next_look(once, CALENDAR) == due + 95 * DAY
    waits = Pursued(late.item, checked(late.pursuit, Check(after=30, at=due)))
    assert next_look(waits, CALENDAR) == due + 95 * DAY  # whether or not somebody answers
    twice = Pursued(
        once.item, checked(once.pursuit, Check(after=90, at=due, verdict=Verdict.WORSE))
    )
    assert next_look(twice, CALENDAR) is None
    assert twice.pursuit.verdict is Verdict.WORSE


def test_minutes_are_asked_for_once_they_are_owed_and_no_longer() -> None:
    held = a_retro(Standing.HELD, closed_at=TUESDAY)

    first = next_look_at(held, CALENDAR)
    late = next_look_at(replace(held, asked=1), CALENDAR)

    assert first and late
    assert first < late == minutes_by(CALENDAR, TUESDAY)
    assert next_look_at(replace(held, standing=Standing.SUBMITTED), CALENDAR) is None


# --- occasions ----------------------------------------------------------------------------------------


def a_retro(standing: Standing = Standing.CALLED, **changes: object) -> Retrospective:
    made = Retrospective(
        id="r1", occasion=Occasion.CALLED, key="r1", standing=standing, made_at=TUESDAY
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def a_sign(kind: SignKind, **changes: object) -> Sign:
    made = Sign(kind=kind, number=Number("20250922001"), at=TUESDAY, priority=Priority.P3, round=1)
    return replace(made, **changes)  # type: ignore[arg-type]


@pytest.mark.requirement(118)
@pytest.mark.parametrize(
    ("sign", "occasion"),
    [
        (a_sign(SignKind.CLOSED, priority=Priority.P1), Occasion.MAJOR),
        (a_sign(SignKind.CLOSED, priority=Priority.P2), Occasion.MAJOR),
        (a_sign(SignKind.CLOSED), None),
        (a_sign(SignKind.SCORED, score=3), Occasion.LOW_SCORE),
        (a_sign(SignKind.SCORED, score=4), None),
        (a_sign(SignKind.TOLD_AGAIN), Occasion.REPEAT),
    ],
)
def test_what_is_an_occasion(sign: Sign, occasion: Occasion | None) -> None:
    found = [one.occasion for one in offers([sign], RetrospectiveRules())]

    assert found == ([occasion] if occasion else [])


def test_a_desk_may_want_fewer_occasions() -> None:
    quiet = RetrospectiveRules(priorities=frozenset(), low_score=0, repeats=False, falling=0)
    signs = [
        a_sign(SignKind.CLOSED, priority=Priority.P1),
        a_sign(SignKind.SCORED, score=1),
        a_sign(SignKind.TOLD_AGAIN),
    ]

    assert list(offers(signs, quiet)) == []
    assert not falls(Liked(90, 50), Liked(10, 50), quiet)


def test_satisfaction_falls_on_enough_scores_only() -> None:
    rules = RetrospectiveRules()

    assert falls(Liked(90, 5), Liked(80, 5), rules)
    assert not falls(Liked(90, 5), Liked(81, 5), rules)
    assert not falls(Liked(90, 4), Liked(10, 5), rules)
    assert not falls(Liked(None, 0), Liked(10, 5), rules)


@given(st.dates(date(2020, 1, 1), date(2040, 12, 31)))
def test_a_quarter_begins_on_the_first_of_its_first_month(day: date) -> None:
    first = start_of_quarter(day)

    assert first <= day < first + timedelta(days=93)
    assert first.day == 1 and first.month in {1, 4, 7, 10}
    assert quarter_key(first) == quarter_key(day)


def test_what_it_has_not_come_to_is_refused_in_words_that_say_how_far_it_is() -> None:
    with pytest.raises(IllegalMove) as refused:
        require(a_retro(Standing.APPROVED), Standing.CALLED)

    assert refused.value.message.id == "retro.not_now"
