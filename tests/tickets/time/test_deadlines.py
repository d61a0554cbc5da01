"""What starts, meets and ends each kind of clock (DESK.md 2, 3)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.tickets.time.plans import at
from tests.tickets.time.stories import (
    ACCEPTED,
    ANN,
    BEN,
    CALLED,
    CHINA,
    CLOSED,
    DESK_POLICY,
    ENG,
    PAUSES,
    REOPENED,
    RESOLVED,
    SECOND_ROUND,
    SUE,
    WAITING,
    WORDS,
    Story,
    assigned,
    contacted,
    logged,
    plan,
    promised,
    row,
    scored,
    told,
    tried,
    workaround,
)
from tickets.case import facts as f
from tickets.case.fold import fold
from tickets.case.log import DESK
from tickets.case.values import AssignCause, ContactOutcome, Number, Priority, Status
from tickets.handbook import PolicyRow
from tickets.time.deadline import Deadline, DeadlineKind
from tickets.time.deadlines import Reckoning, next_due

K = DeadlineKind
START = "2025-10-13 10:00"  # a Monday


def a_story(priority: Priority = Priority.P2) -> Story:
    return Story(START, logged(START, priority))


def kinds_owed(story: Story) -> list[str]:
    return [f"{one.kind}{one.round}" for one in story.owes() if one.is_owed]


def test_a_new_case_owes_what_its_policies_name():
    assert kinds_owed(a_story()) == ["accept1", "response1", "workaround1", "plan1", "resolution1"]
    assert [one.policy for one in a_story().owes()] == [4, 2, 2, 4, 2]


# --- accept -------------------------------------------------------------------------------------


def test_accepting_meets_accept():
    story = a_story().then("2025-10-13 10:20", ACCEPTED)

    assert story.clock(K.ACCEPT).met_at == at("2025-10-13 10:20")


def test_anything_the_assignee_does_meets_accept_and_what_others_do_does_not():
    story = a_story().then("2025-10-13 10:10", f.Noted(text=WORDS), by=SUE)
    assert story.clock(K.ACCEPT).is_owed

    story.then("2025-10-13 10:20", f.Noted(text=WORDS), by=ENG)
    assert story.clock(K.ACCEPT).met_at == at("2025-10-13 10:20")


def test_each_new_pair_of_hands_has_its_own_accept():
    story = a_story().then("2025-10-13 11:00", assigned(BEN, cause=AssignCause.PERSON), by=SUE)
    story.then("2025-10-13 11:30", ACCEPTED, by=BEN)

    first, second = story.clock(K.ACCEPT), story.clock(K.ACCEPT, detail="2")

    assert (first.void, first.met_at, first.breached_at) == (True, None, None)
    assert (second.starts_at, second.met_at) == (at("2025-10-13 11:00"), at("2025-10-13 11:30"))


def test_an_accept_that_was_late_when_the_ticket_moved_on_stays_a_breach():
    story = a_story().then("2025-10-13 15:00", assigned(BEN, cause=AssignCause.PERSON), by=SUE)

    first = story.clock(K.ACCEPT)

    assert (first.void, first.breached_at) == (True, at("2025-10-13 12:00"))
    assert not first.is_owed
    assert first.is_breached(at("2025-10-14 10:00"))


def test_handing_back_is_something_done_and_the_next_hands_have_their_own_time():
    story = a_story().then("2025-10-13 10:30", f.HandedBack(reason=WORDS))
    story.then("2025-10-13 10:30", assigned(ANN, "service", AssignCause.HAND_BACK), by=SUE)

    assert story.clock(K.ACCEPT).met_at == at("2025-10-13 10:30")
    assert story.clock(K.ACCEPT, detail="2").due_at == at("2025-10-13 12:30")


def test_a_deputy_goes_on_with_the_same_clocks():
    story = a_story().then("2025-10-13 11:00", assigned(BEN, cause=AssignCause.DEPUTY), by=SUE)

    assert story.clock(K.ACCEPT).due_at == at("2025-10-13 12:00")
    assert kinds_owed(story).count("accept1") == 1


def test_taking_a_ticket_oneself_needs_no_accepting():
    story = a_story().then("2025-10-13 11:00", assigned(BEN, cause=AssignCause.PERSON), by=BEN)

    assert story.clock(K.ACCEPT, detail="2").met_at == at("2025-10-13 11:00")


# --- response -----------------------------------------------------------------------------------


def test_the_first_contact_meets_response_at_the_time_it_happened():
    story = a_story().then("2025-10-13 16:00", contacted("2025-10-13 11:00"))
    story.then("2025-10-13 17:00", contacted("2025-10-13 17:00"))

    response = story.clock(K.RESPONSE)

    assert (response.met_at, response.breached_at) == (at("2025-10-13 11:00"), None)


def test_an_attempt_is_not_yet_a_contact():
    story = a_story().then(
        "2025-10-13 11:00", contacted("2025-10-13 11:00", ContactOutcome.NO_ANSWER)
    )

    assert story.clock(K.RESPONSE).is_owed


def test_an_answer_on_the_spot_meets_everything_but_the_callback():
    story = Story(START, logged(START), routed=False)
    story.then(START, assigned(ANN, "service", AssignCause.ON_THE_SPOT), by=ANN)
    story.then(START, replace(RESOLVED, on_the_spot=True), by=ANN)

    assert kinds_owed(story) == ["callback1"]
    assert story.clock(K.RESPONSE).met_at == at(START)
    assert story.clock(K.CUSTOMER_FEEDBACK).met_at == at(START)
    assert story.clock(K.PLAN).void


@pytest.mark.requirement(66)
def test_the_response_clock_never_pauses():
    story = a_story().then("2025-10-13 10:30", WAITING)

    assert story.clock(K.RESPONSE).due_at == at("2025-10-13 14:00")
    assert story.clock(K.RESPONSE).paused_since is None
    assert story.clock(K.PLAN).paused_since == at("2025-10-13 10:30")


# --- workaround, plan, resolution -----------------------------------------------------------------


@pytest.mark.requirement(54, 74)
def test_a_workaround_counts_once_the_customer_knows_it():
    story = a_story().then("2025-10-13 11:00", workaround(told=False))
    assert story.clock(K.WORKAROUND).is_owed

    story.then("2025-10-13 15:00", contacted("2025-10-13 14:50"))
    assert story.clock(K.WORKAROUND).met_at == at("2025-10-13 15:00")

    at_once = a_story().then("2025-10-13 11:00", workaround(told=True))
    assert at_once.clock(K.WORKAROUND).met_at == at("2025-10-13 11:00")
    assert at_once.clock(K.RESPONSE).met_at == at("2025-10-13 11:00")


def test_a_plan_stands_when_the_ticket_changes_hands():
    story = a_story().then("2025-10-13 11:00", plan())
    story.then("2025-10-13 12:00", assigned(BEN, cause=AssignCause.PERSON), by=SUE)

    assert story.clock(K.PLAN).met_at == at("2025-10-13 11:00")
    assert "plan1" not in kinds_owed(story)


def test_a_plan_not_yet_made_is_owed_anew_by_the_next_department():
    story = a_story().then("2025-10-14 11:00", assigned(BEN, "operations"), by=SUE)

    assert story.clock(K.PLAN).void
    assert story.clock(K.PLAN, detail="2").due_at == at("2025-10-15 18:00")


def test_resolving_voids_an_unmet_plan_and_workaround():
    story = a_story().then("2025-10-13 15:00", RESOLVED)

    assert story.clock(K.RESOLUTION).met_at == at("2025-10-13 15:00")
    assert story.clock(K.PLAN).void
    assert story.clock(K.WORKAROUND).void
    assert story.clock(K.PLAN).breached_at is None
    assert kinds_owed(story) == ["response1", "customer_feedback1", "callback1"]


def test_a_breach_stays_a_breach_when_resolving_voids_the_plan():
    story = a_story().then("2025-10-15 15:00", RESOLVED)

    assert story.clock(K.PLAN).void
    assert story.clock(K.PLAN).breached_at == at("2025-10-14 18:00")


def test_due_means_now_and_met_at_the_due_minute_is_in_time():
    due = at("2025-10-13 14:00")
    running = a_story().clock(K.RESPONSE)

    assert not running.is_breached(due - timedelta(seconds=1))
    assert running.is_breached(due)
    assert a_story().then(due, contacted("2025-10-13 14:00")).clock(K.RESPONSE).breached_at is None
    late = a_story().then(due, contacted("2025-10-13 14:01")).clock(K.RESPONSE)
    assert late.breached_at == due


# --- the customer -------------------------------------------------------------------------------


@pytest.mark.requirement(59)
def test_the_result_is_owed_to_the_customer_within_a_day():
    story = a_story().then("2025-10-13 15:00", RESOLVED)
    assert story.clock(K.CUSTOMER_FEEDBACK).due_at == at("2025-10-14 15:00")

    story.then("2025-10-13 16:00", told("2025-10-13 16:00"), by=ANN)
    assert story.clock(K.CUSTOMER_FEEDBACK).met_at == at("2025-10-13 16:00")


@pytest.mark.requirement(60, 61)
def test_the_callback_counts_from_the_result_told_else_from_the_result():
    story = a_story().then("2025-10-13 15:00", RESOLVED)
    assert story.clock(K.CALLBACK).due_at == at("2025-10-14 18:00")  # C8

    story.then("2025-10-15 16:00", told("2025-10-15 16:00"), by=ANN)
    assert story.clock(K.CALLBACK).starts_at == at("2025-10-15 16:00")
    assert story.clock(K.CALLBACK).due_at == at("2025-10-16 18:00")


@pytest.mark.parametrize(
    "facts",
    [
        (scored(5),),
        (tried(), tried(), tried()),
        (tried(ContactOutcome.REFUSED),),
        (tried(ContactOutcome.UNREACHABLE),),
        (f.Closed(refusal=WORDS),),
    ],
)
def test_a_score_three_attempts_or_a_refusal_meet_the_callback(facts):
    story = a_story().then("2025-10-13 15:00", RESOLVED)
    story.then("2025-10-13 16:00", *facts, by=ANN)

    assert story.clock(K.CALLBACK).met_at == at("2025-10-13 16:00")


def test_two_attempts_do_not():
    story = a_story().then("2025-10-13 15:00", RESOLVED).then("2025-10-13 16:00", tried(), tried())

    assert story.clock(K.CALLBACK).is_owed


def test_a_policy_may_start_a_clock_from_another_moment():
    policy = PolicyRow(1, row().when, row(callback="24h").targets, {"callback": "confirmed"})
    story = a_story().then("2025-10-13 15:00", RESOLVED)

    assert story.owes(policy) == ()

    story.then("2025-10-13 17:00", f.Confirmed())
    assert story.clock(K.CALLBACK, policy).due_at == at("2025-10-14 17:00")


# --- rounds -------------------------------------------------------------------------------------


@pytest.mark.requirement(62, 87)
def test_a_low_score_begins_a_round_with_its_own_clocks_and_a_supervisors_call():
    story = a_story(Priority.P3).then("2025-10-13 15:00", RESOLVED)
    story.then("2025-10-13 16:00", told("2025-10-13 16:00"), by=ANN)
    story.then(
        "2025-10-14 09:00",
        scored(2),
        SECOND_ROUND,
        f.PriorityChanged(was=Priority.P3, now=Priority.P2),
        assigned(BEN, cause=AssignCause.LOW_SCORE),
        by=ANN,
    )

    call = story.clock(K.SUPERVISOR_CALLBACK, round_=2)

    assert call.due_at == at("2025-10-15 09:00")
    assert story.clock(K.RESOLUTION, round_=2).due_at == at("2025-10-17 09:00")
    assert story.clock(K.RESPONSE, round_=2).due_at == at("2025-10-14 13:00")
    assert story.clock(K.RESOLUTION).due_at == at("2025-10-20 18:00")  # met as P3: never changes
    assert not any(one.is_owed for one in story.owes() if one.round == 1)

    story.then("2025-10-14 10:00", CALLED, by=SUE)
    assert story.clock(K.SUPERVISOR_CALLBACK, round_=2).met_at == at("2025-10-14 10:00")


def test_reopening_voids_what_the_old_round_still_owed_and_starts_afresh():
    story = a_story().then("2025-10-13 15:00", RESOLVED).then("2025-10-13 16:00", REOPENED, by=SUE)

    assert story.clock(K.CALLBACK).void
    assert story.clock(K.RESOLUTION, round_=2).due_at == at("2025-10-16 16:00")
    assert kinds_owed(story) == ["response2", "workaround2", "resolution2"]  # nobody has it yet


def test_a_closed_ticket_owes_nothing_and_a_reopened_one_again():
    story = a_story().then("2025-10-13 15:00", RESOLVED, CLOSED)
    assert kinds_owed(story) == []

    story.then("2025-10-20 10:00", REOPENED, by=SUE)
    assert story.clock(K.RESPONSE, round_=2).starts_at == at("2025-10-20 10:00")


@pytest.mark.parametrize(
    "end", [f.Merged(survivor=Number("20251013002")), f.MarkedInvalid(note=WORDS)]
)
def test_merged_and_invalid_tickets_owe_nothing(end):
    story = a_story().then("2025-10-13 11:00", end, by=ANN)

    assert kinds_owed(story) == []
    assert all(one.breached_at is None for one in story.owes())


def test_an_invalid_mark_taken_back_brings_the_clocks_back():
    story = a_story().then("2025-10-13 11:00", f.MarkedInvalid(note=WORDS), by=ANN)
    story.then("2025-10-13 11:30", f.InvalidTakenBack(reason=WORDS), by=SUE)

    assert story.clock(K.RESPONSE).due_at == at("2025-10-13 14:00")
    assert story.clock(K.RESPONSE).is_owed


def test_the_survivor_of_a_merger_takes_the_earlier_moment_but_what_was_met_stays():
    story = a_story().then("2025-10-13 10:30", contacted("2025-10-13 10:30"))
    story.then(
        "2025-10-13 11:00",
        f.Absorbed(other=Number("20251012001"), received_at=at("2025-10-12 09:00")),
        by=SUE,
    )

    assert story.clock(K.RESOLUTION).due_at == at("2025-10-15 09:00")
    assert story.clock(K.RESPONSE).starts_at == at(START)


def test_what_an_import_says_of_the_status_is_no_breach():
    story = a_story().then("2026-03-02 10:00", f.StatusSaid(status=Status.CLOSED), by=SUE)

    assert kinds_owed(story) == []
    assert all(one.void and one.breached_at is None for one in story.owes())


# --- watch, internal, promise ---------------------------------------------------------------------


@pytest.mark.requirement(65)
def test_a_watch_lasts_to_its_date_and_is_met_by_ending_it():
    story = a_story().then("2025-10-13 15:00", RESOLVED)
    story.then("2025-10-13 16:00", f.FollowedUp(until=at("2025-10-20 16:00")), by=ANN)
    watch = story.clock(K.WATCH, detail="1")
    assert (watch.due_at, watch.is_owed) == (at("2025-10-20 16:00"), True)

    story.then("2025-10-20 10:00", f.FollowUpEnded(), by=ANN)
    assert story.clock(K.WATCH, detail="1").met_at == at("2025-10-20 10:00")


def test_a_watch_that_ends_in_reopening_is_met():
    story = a_story().then("2025-10-13 15:00", RESOLVED)
    story.then("2025-10-13 16:00", f.FollowedUp(until=at("2025-10-20 16:00")), by=ANN)
    story.then("2025-10-16 10:00", REOPENED, by=SUE)

    assert story.clock(K.WATCH, detail="1").met_at == at("2025-10-16 10:00")


@pytest.mark.requirement(44)
def test_a_question_to_another_department_has_the_clock_of_that_department():
    story = a_story().then("2025-10-13 10:30", f.Asked(department="operations", question=WORDS))
    story.then("2025-10-13 10:40", f.Asked(department="tech", question=WORDS))
    story.then("2025-10-13 10:40", f.Asked(department="unknown", question=WORDS))
    story.then("2025-10-13 11:00", f.Answered(department="tech", reply=WORDS))

    asked = story.clock(K.INTERNAL, detail="operations")
    answered = story.clock(K.INTERNAL, detail="tech")

    assert (asked.due_at, asked.is_owed) == (at("2025-10-14 10:30"), True)
    assert (answered.due_at, answered.met_at) == (at("2025-10-13 12:40"), at("2025-10-13 11:00"))


def test_a_second_question_to_a_department_is_another_clock():
    question = f.Asked(department="tech", question=WORDS)
    story = a_story().then("2025-10-13 10:30", question)
    story.then("2025-10-13 11:00", f.Answered(department="tech", reply=WORDS))
    story.then("2025-10-13 15:00", question)

    assert story.clock(K.INTERNAL, detail="tech#2").due_at == at("2025-10-13 17:00")


def test_a_promise_told_anew_is_met_and_moves_no_other_deadline():
    before = {one.kind: one.due_at for one in a_story().owes()}
    story = a_story().then("2025-10-13 11:00", promised("2025-10-14 12:00"))
    story.then("2025-10-14 09:00", promised("2025-10-16 12:00"))

    first, second = (story.clock(K.PROMISE, detail=n) for n in "12")

    assert (first.met_at, first.breached_at) == (at("2025-10-14 09:00"), None)
    assert second.is_owed
    assert {one.kind: one.due_at for one in story.owes() if one.kind is not K.PROMISE} == before


def test_a_promise_and_an_answer_never_stop():
    story = a_story().then("2025-10-13 11:00", promised("2025-10-14 12:00"))
    story.then("2025-10-13 11:00", f.Asked(department="tech", question=WORDS), WAITING)

    assert story.clock(K.PROMISE, detail="1").due_at == at("2025-10-14 12:00")
    assert story.clock(K.INTERNAL, detail="tech").due_at == at("2025-10-13 13:00")


# --- changes ------------------------------------------------------------------------------------


def test_a_changed_priority_counts_from_the_start_and_leaves_what_was_met():
    story = a_story(Priority.P3).then("2025-10-13 12:00", contacted("2025-10-13 12:00"))
    story.then("2025-10-13 15:00", f.PriorityChanged(was=Priority.P3, now=Priority.P1), by=SUE)

    assert story.clock(K.RESOLUTION).due_at == at("2025-10-14 10:00")
    assert story.clock(K.RESPONSE).due_at == at("2025-10-14 10:00")
    assert story.clock(K.RESPONSE).breached_at is None  # within P1's hour it was not: met before


def test_a_due_time_moved_into_the_past_is_a_breach_and_one_moved_ahead_is_none():
    story = a_story(Priority.P3)
    now = at("2025-10-15 10:00")
    assert not story.clock(K.RESOLUTION).is_breached(now)

    story.then("2025-10-15 09:00", f.PriorityChanged(was=Priority.P3, now=Priority.P1), by=SUE)
    assert story.clock(K.RESOLUTION).is_breached(now)

    story.then("2025-10-15 09:30", f.PriorityChanged(was=Priority.P1, now=Priority.P3), by=SUE)
    assert not story.clock(K.RESOLUTION).is_breached(now)


def test_a_corrected_category_counts_from_then_on():
    faults = PolicyRow(
        1,
        replace(row().when, categories=frozenset({"after_sales/returns"})),
        row(resolution="1wd").targets,
    )
    story = a_story().then(
        "2025-10-13 11:00",
        f.Corrected(field="category", was=None, now="after_sales/returns"),
        by=ANN,
    )

    assert story.clock(K.RESOLUTION, faults, *DESK_POLICY).due_at == at("2025-10-14 18:00")


def test_changed_policies_leave_what_was_met():
    story = a_story().then("2025-10-13 12:00", contacted("2025-10-13 12:00"))
    before = story.owes()

    rules = Reckoning((row(response="1h", resolution="24h"),), CHINA, pauses=PAUSES)
    after = rules.anew(story.log, before)

    by_kind = {one.kind: one for one in after}
    assert by_kind[K.RESPONSE].due_at == at("2025-10-13 14:00")
    assert by_kind[K.RESOLUTION].due_at == at("2025-10-14 10:00")
    assert by_kind[K.ACCEPT] in before  # met by the contact; no policy names it any more
    assert K.PLAN not in by_kind


def test_what_was_met_and_is_owed_again_is_counted_anew():
    invalid, taken_back = f.MarkedInvalid(note=WORDS), f.InvalidTakenBack(reason=WORDS)
    story = a_story().then("2025-10-13 11:00", invalid, by=ANN)
    ended = story.owes()
    story.then("2025-10-13 12:00", taken_back, by=SUE)

    after = Reckoning(DESK_POLICY, CHINA, pauses=PAUSES).anew(story.log, ended)

    assert not any(one.is_owed for one in ended)
    assert after == story.owes()
    assert all(one.is_owed for one in after)


# --- what is owed next ----------------------------------------------------------------------------


def test_the_next_thing_owed_is_the_longest_overdue_then_the_next_due_then_what_is_stopped():
    story = a_story().then("2025-10-13 10:30", ACCEPTED, WAITING)
    assert next_due(story.owes()).kind is K.RESPONSE

    story.then("2025-10-13 11:00", contacted("2025-10-13 11:00"))
    assert next_due(story.owes()).paused_since == at("2025-10-13 10:30")
    assert next_due(()) is None
    assert next_due(a_story().then("2025-10-13 15:00", RESOLVED, CLOSED).owes()) is None


def test_a_log_that_does_not_begin_with_the_case_is_refused():
    story = a_story()
    del story.log[0]

    with pytest.raises(ValueError, match="does not begin with Logged"):
        story.owes()


def test_deadlines_are_values():
    one = a_story().clock(K.RESPONSE)

    assert isinstance(one, Deadline)
    assert one == a_story().clock(K.RESPONSE)


def low_score() -> Story:
    """A case scored 2 on the 13th at 11:00; the second round is solved, told and scored well."""
    story = a_story()
    story.then("2025-10-13 10:30", RESOLVED).then("2025-10-13 10:45", told("2025-10-13 10:45"))
    story.then("2025-10-13 11:00", scored(2), SECOND_ROUND, assigned())
    return story.then("2025-10-13 12:00", RESOLVED, told("2025-10-13 12:00"), scored(5))


@pytest.mark.requirement(62)
def test_closing_a_case_leaves_the_supervisors_call_owed() -> None:
    story = low_score().then("2025-10-13 13:00", CLOSED)

    call = story.clock(K.SUPERVISOR_CALLBACK, round_=2)
    assert (call.is_owed, call.due_at) == (True, at("2025-10-14 11:00"))

    story.then("2025-10-14 10:00", CALLED, by=SUE)
    assert story.clock(K.SUPERVISOR_CALLBACK, round_=2).met_at == at("2025-10-14 10:00")


@pytest.mark.requirement(62)
@pytest.mark.parametrize("closed", [(), (CLOSED,)])
def test_reopening_a_case_takes_the_supervisors_call_along(closed: tuple[f.Fact, ...]) -> None:
    story = low_score().then("2025-10-13 13:00", *closed)

    story.then("2025-10-13 14:00", replace(REOPENED, round=3), assigned(), by=SUE)

    call = story.clock(K.SUPERVISOR_CALLBACK, round_=3)
    assert (call.is_owed, call.starts_at) == (True, at("2025-10-13 11:00"))
    assert call.due_at == at("2025-10-14 11:00")
    calls = [one for one in story.owes() if one.kind is K.SUPERVISOR_CALLBACK]
    assert [one.round for one in calls] == [3]


@pytest.mark.requirement(62)
def test_what_was_said_of_a_call_is_not_said_again_after_reopening() -> None:
    due = at("2025-10-14 11:00")
    breach = f.StageReached(
        kind=K.SUPERVISOR_CALLBACK, round=2, stage=1, due_at=due, missed_warning=False
    )
    story = low_score().then(due, breach, by=DESK)

    story.then("2025-10-14 14:00", replace(REOPENED, round=3), assigned(), by=SUE)

    call = story.clock(K.SUPERVISOR_CALLBACK, round_=3)
    assert call.said is not None
    assert call.said.stage == 1


@pytest.mark.requirement(62)
@pytest.mark.parametrize(
    ("outcome", "owed"),
    [
        (ContactOutcome.REACHED, False),
        (ContactOutcome.REFUSED, False),
        (ContactOutcome.UNREACHABLE, False),
        (ContactOutcome.NO_ANSWER, True),
    ],
)
def test_a_call_is_over_once_it_is_made_or_cannot_be(outcome: ContactOutcome, owed: bool) -> None:
    story = low_score().then(
        "2025-10-13 15:00", f.SupervisorCalled(note=WORDS, outcome=outcome), by=SUE
    )

    assert story.clock(K.SUPERVISOR_CALLBACK, round_=2).is_owed is owed
    assert fold(story.log).owes_supervisor_call is owed


@pytest.mark.requirement(62)
def test_a_second_low_score_leaves_one_call_and_merging_none() -> None:
    story = a_story()
    story.then("2025-10-13 10:30", RESOLVED, told("2025-10-13 10:30"))
    story.then("2025-10-13 11:00", scored(2), SECOND_ROUND, assigned())
    story.then("2025-10-13 12:00", RESOLVED, told("2025-10-13 12:00"))
    story.then("2025-10-13 13:00", scored(1), replace(SECOND_ROUND, round=3), assigned())

    calls = [one for one in story.owes() if one.kind is K.SUPERVISOR_CALLBACK]
    assert [(one.round, one.is_owed) for one in calls] == [(2, False), (3, True)]

    story.then("2025-10-13 14:00", f.Merged(survivor=Number("20251013009")))
    assert not story.clock(K.SUPERVISOR_CALLBACK, round_=3).is_owed
