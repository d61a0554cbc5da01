"""The stages of a deadline: one minute before, at, and after; who hears of each; when nobody is disturbed."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tickets.time.plans import a_plan
from tickets.handbook import Duration, EscalationStep, Span
from tickets.time.calendar import Calendar
from tickets.time.deadline import BREACH, WARNING, Deadline, DeadlineKind, Look, Said
from tickets.time.watching import (
    AT_BREACH,
    AT_WARNING,
    after_quiet,
    may_be_said_at,
    next_look,
    reached,
    tell_at,
)

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
NINE = datetime(2025, 9, 22, 1, 0, tzinfo=UTC)  # a Monday, 09:00 in Shanghai
DUE = NINE + 6 * HOUR
CALENDAR = Calendar(a_plan())
LADDER = (
    EscalationStep(None, ("assignee", "lead", "supervisors")),
    EscalationStep(Duration(1, "h"), ("directors",)),
    EscalationStep(Duration(4, "wh"), ("U0BOSS", "lead")),
)


def a_deadline(**changes: object) -> Deadline:
    plain = Deadline(
        kind=DeadlineKind.RESOLUTION,
        round=1,
        starts_at=NINE,
        due_at=DUE,
        warn_at=DUE - 2 * HOUR,
        ladder=LADDER,
    )
    return plain._replace(**changes)  # type: ignore[arg-type]


def test_first_comes_the_warning() -> None:
    assert next_look(a_deadline(), None, CALENDAR) == Look(WARNING, DUE - 2 * HOUR)


def test_without_a_moment_for_a_warning_first_comes_the_breach() -> None:
    assert next_look(a_deadline(warn_at=None), None, CALENDAR) == Look(BREACH, DUE)


def test_then_come_the_breach_and_the_rungs_and_then_nothing() -> None:
    one = a_deadline()

    looks = [next_look(one, Said(stage, DUE), CALENDAR) for stage in range(4)]

    in_working_time = CALENDAR.add_working(DUE, 4 * HOUR)
    assert looks == [Look(1, DUE), Look(2, DUE + HOUR), Look(3, in_working_time), None]


def test_a_rung_never_comes_before_the_one_below_it() -> None:
    crossed = (
        EscalationStep(Duration(5, "h"), ("lead",)),
        EscalationStep(Duration(1, "h"), ("x",)),
    )

    assert next_look(a_deadline(ladder=crossed), Said(2, DUE), CALENDAR) == Look(3, DUE + 5 * HOUR)


@pytest.mark.parametrize(
    "settled",
    [{"met_at": NINE}, {"void": True}, {"due_at": None, "paused_since": NINE}],
)
def test_nothing_is_said_of_what_is_met_ended_or_stopped(settled: dict[str, object]) -> None:
    one = a_deadline(**settled)

    assert next_look(one, None, CALENDAR) is None
    assert reached(one, DUE + 9 * HOUR, CALENDAR) == ()


@pytest.mark.parametrize(
    ("minutes", "stages"),
    [(-121, ()), (-120, (0,)), (-1, (0,)), (0, (0, 1)), (59, (0, 1)), (60, (0, 1, 2))],
)
def test_a_stage_is_reached_at_its_moment_not_a_minute_before(
    minutes: int, stages: tuple[int, ...]
) -> None:
    assert reached(a_deadline(), DUE + minutes * MINUTE, CALENDAR) == stages


def test_what_was_said_is_not_reached_again() -> None:
    one = a_deadline(said=Said(BREACH, DUE))

    assert reached(one, DUE, CALENDAR) == ()
    assert reached(one, DUE + HOUR, CALENDAR) == (2,)


@pytest.mark.parametrize(("moved", "again"), [(59, False), (60, True), (-59, False), (-60, True)])
def test_a_stage_is_said_again_only_where_the_due_moved_by_an_hour(moved: int, again: bool) -> None:
    due_at = DUE + moved * MINUTE
    one = a_deadline(due_at=due_at, warn_at=due_at - 2 * HOUR)

    look = next_look(one, Said(WARNING, DUE), CALENDAR)

    assert look == (Look(WARNING, due_at - 2 * HOUR) if again else Look(BREACH, due_at))


def test_what_was_late_before_it_was_logged_is_said_once_and_climbs_no_ladder() -> None:
    one = a_deadline(warn_at=None, backfilled=True)

    assert next_look(one, None, CALENDAR) == Look(BREACH, DUE)
    assert next_look(one, Said(BREACH, DUE), CALENDAR) is None


@pytest.mark.parametrize(
    ("stages", "told"),
    [
        ((WARNING,), AT_WARNING),
        ((BREACH,), ("assignee", "lead", "supervisors")),
        ((WARNING, BREACH), ("assignee", "lead", "supervisors")),
        ((2,), ("directors",)),
        ((1, 2, 3), ("assignee", "lead", "supervisors", "directors", "U0BOSS")),
        ((2, 3), ("directors", "U0BOSS", "lead")),
    ],
)
def test_each_stage_is_told_to_those_the_policy_names(
    stages: tuple[int, ...], told: tuple[str, ...]
) -> None:
    assert tell_at(a_deadline(), stages) == told


def test_a_policy_that_says_nothing_of_the_breach_tells_the_usual_people() -> None:
    rungs = a_deadline(ladder=LADDER[1:])

    assert tell_at(rungs, (BREACH,)) == AT_BREACH
    assert tell_at(rungs, (2,)) == ("directors",)
    assert tell_at(a_deadline(ladder=()), (BREACH,)) == AT_BREACH


def test_a_policy_may_tell_others_of_the_breach() -> None:
    one = a_deadline(ladder=(EscalationStep(None, ("U0BOSS",)),))

    assert tell_at(one, (BREACH,)) == ("U0BOSS",)


@pytest.mark.parametrize(
    ("clock", "urgent", "stage", "said_at"),
    [
        ("11:59", False, BREACH, "11:59"),
        ("12:00", False, BREACH, "14:00"),  # closing time is closed
        ("12:00", True, BREACH, "12:00"),
        ("12:00", False, WARNING, "12:00"),  # late, and of use only at once
        ("12:00", False, 2, "14:00"),
        ("14:00", False, BREACH, "14:00"),
        ("23:00", True, 3, "23:00"),
    ],
)
def test_a_breach_waits_for_the_next_opening_unless_it_is_urgent(
    clock: str, urgent: bool, stage: int, said_at: str
) -> None:
    def at(text: str) -> datetime:
        return datetime.fromisoformat(f"2025-09-22T{text}+08:00")

    assert may_be_said_at(stage, at(clock), CALENDAR, urgent=urgent) == at(said_at)


NIGHT = (Span(0, 7 * 60), Span(12 * 60, 14 * 60), Span(22 * 60, 24 * 60))


@pytest.mark.parametrize(
    ("at", "until"),
    [
        ("2025-09-22T21:59", "2025-09-22T21:59"),
        ("2025-09-22T22:00", "2025-09-23T07:00"),  # through midnight
        ("2025-09-22T06:59", "2025-09-22T07:00"),
        ("2025-09-22T07:00", "2025-09-22T07:00"),
        ("2025-09-22T12:30", "2025-09-22T14:00"),
    ],
)
def test_nobody_is_written_to_in_a_quiet_span(at: str, until: str) -> None:
    moment, end = (datetime.fromisoformat(f"{one}+08:00") for one in (at, until))

    assert after_quiet(moment, NIGHT, CALENDAR, urgent=False) == end
    assert after_quiet(moment, NIGHT, CALENDAR, urgent=True) == moment


@pytest.mark.parametrize(
    ("at", "until"),
    [
        # Berlin skips 02:00–03:00 on 29 March 2026 and has it twice on 25 October.
        ("2026-03-29T00:30+01:00", "2026-03-29T03:30+02:00"),
        ("2026-10-25T01:00+02:00", "2026-10-25T02:30+02:00"),
    ],
)
def test_a_quiet_span_ends_when_the_clock_on_the_wall_says_so(at: str, until: str) -> None:
    berlin = Calendar(a_plan(timezone="Europe/Berlin"))
    quiet = (Span(0, 2 * 60 + 30),)

    ended = after_quiet(datetime.fromisoformat(at), quiet, berlin, urgent=False)

    assert ended == datetime.fromisoformat(until)


@given(
    late=st.integers(min_value=-500, max_value=5000),
    said=st.none() | st.integers(min_value=0, max_value=3),
)
def test_what_is_reached_is_said_and_the_next_look_lies_ahead(late: int, said: int | None) -> None:
    now = DUE + late * MINUTE
    one = a_deadline(said=None if said is None else Said(said, DUE))

    stages = reached(one, now, CALENDAR)
    look = next_look(one, Said(stages[-1], DUE) if stages else one.said, CALENDAR)

    assert look is None or look.at > now
    assert not stages or stages == tuple(range(stages[0], stages[-1] + 1))


@given(amount=st.integers(1, 200), unit=st.sampled_from(["m", "h", "d", "wh", "wd"]))
def test_a_rung_comes_after_the_breach_it_counts_from(amount: int, unit: str) -> None:
    one = a_deadline(ladder=(EscalationStep(Duration(amount, unit), ("directors",)),))

    look = next_look(one, Said(BREACH, DUE), CALENDAR)

    assert look
    assert look.at > DUE
