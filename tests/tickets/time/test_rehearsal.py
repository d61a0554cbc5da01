"""A log lived through under two desks: what differs, and what cannot."""

from dataclasses import replace

from hypothesis import given, settings

from tests.tickets.handbooks import a_handbook
from tests.tickets.time.plans import at
from tests.tickets.time.stories import (
    RESOLVED,
    RESUMED,
    WAITING,
    Story,
    assigned,
    contacted,
    for_priority,
    logged,
    row,
)
from tests.tickets.time.test_pauses import any_story
from tickets.case import facts as f
from tickets.case.log import DESK
from tickets.case.values import AssignCause, CustomerType, Kind, Priority
from tickets.handbook import AssignWay, Condition, PriorityRule, RoutingRule
from tickets.time.deadline import DeadlineKind
from tickets.time.rehearsal import Difference, Rehearsal
from tickets.time.tally import Tally

BOOK = a_handbook()
LATER = at("2025-10-20 12:00")
RESPONSE, SOLVE = DeadlineKind.RESPONSE, DeadlineKind.RESOLUTION


def difference(story, then, now=BOOK, at_=LATER):
    fates = (Rehearsal(book).fate(story.log, now=at_) for book in (now, then))
    return Difference(story.log[0].number, *fates)


def targets(**keys):
    return replace(BOOK, policies=(row(**keys), *BOOK.policies))


def only(**keys):
    return replace(BOOK, policies=(row(**keys),))


FOUR_HOURS = only(response="4h")


def answered(when="2025-10-13 13:00"):
    return Story("2025-10-13 10:00").then(when, contacted(when))


def test_a_stricter_target_makes_late_what_was_in_time():
    found = difference(answered(), only(response="2h"), FOUR_HOURS)

    ((place, now, then),) = found.clocks
    assert place == (RESPONSE, 1, "")
    assert (now.is_late, now.due_at) == (False, at("2025-10-13 14:00"))
    assert (then.is_late, then.due_at) == (True, at("2025-10-13 12:00"))
    assert found.then.is_late
    assert not found.now.is_late


def test_a_longer_target_saves_the_warning():
    found = difference(answered(), targets(response="8h"))

    ((_, now, then),) = found.clocks
    assert (now.was_warned, then.was_warned) == (True, False)  # 4 h warn after 2


def test_what_was_done_before_its_warning_was_not_warned_of_but_what_came_to_it_was():
    def was_warned(when):
        return Rehearsal(FOUR_HOURS).fate(answered(when).log, now=LATER).was_warned

    assert not was_warned("2025-10-13 11:58")
    assert not was_warned("2025-10-13 11:59")  # the last open minute before half the time
    assert was_warned("2025-10-13 12:00")


def test_a_deadline_still_running_is_judged_by_the_moment():
    story = Story("2025-10-13 10:00")

    early = difference(story, targets(response="30m"), at_=at("2025-10-13 10:29"))
    late = difference(story, targets(response="30m"), at_=at("2025-10-13 10:30"))

    assert not early.then.is_late
    assert late.then.is_late


def test_a_pause_that_no_longer_stops_the_clock_makes_late():
    story = Story("2025-10-13 10:00").then("2025-10-13 11:00", f.Accepted(), WAITING)
    story.then("2025-10-15 11:00", RESUMED).then("2025-10-17 11:00", RESOLVED)

    found = difference(story, replace(BOOK, pauses=frozenset()))

    assert [place[0] for place, _, _ in found.clocks] == [SOLVE]


def test_priority_rules_grade_anew_and_bring_their_targets():
    rule = PriorityRule(Condition(kinds=frozenset({Kind.AFTER_SALES})), set_to=Priority.P1)
    found = difference(answered(), replace(BOOK, priority_rules=(rule,)))

    assert (found.now.priority, found.then.priority) == (Priority.P2, Priority.P1)
    assert found.then.clocks[RESPONSE, 1, ""].due_at == at("2025-10-13 11:00")


def test_the_present_desk_grades_too_so_that_only_the_rules_differ():
    vip = logged("2025-10-13 10:00", Priority.P3, customer=CustomerType.VIP)
    story = Story("2025-10-13 10:00", vip)  # logged before the desk raised anybody

    assert not difference(story, BOOK).is_any
    assert Rehearsal(BOOK).fate(story.log, now=LATER).priority is Priority.P2


def test_a_priority_that_a_person_set_stays():
    story = Story("2025-10-13 10:00")
    story.then("2025-10-13 10:05", f.PriorityChanged(was=Priority.P2, now=Priority.P3))
    rule = PriorityRule(Condition(), set_to=Priority.P1)

    found = difference(story, replace(BOOK, priority_rules=(rule,)))

    due = {
        one.due_at
        for one in (found.now.clocks[RESPONSE, 1, ""], found.then.clocks[RESPONSE, 1, ""])
    }
    assert due == {at("2025-10-14 10:00")}


def test_another_rule_sends_the_case_elsewhere_and_its_departments_targets_count():
    first = RoutingRule(1, Condition(categories=frozenset({"after_sales/fault"})), "operations")
    slow = row(when=Condition(departments=frozenset({"operations"})), response="5h")
    book = replace(BOOK, routing=(first, *BOOK.routing), policies=(slow, *BOOK.policies))

    found = difference(answered(), book)

    assert found.is_sent_elsewhere
    assert (found.now.sent.department, found.then.sent.department) == ("tech", "operations")
    assert (found.now.sent.way, found.now.sent.person) == (AssignWay.ROUND_ROBIN, None)
    assert (found.then.sent.way, found.then.sent.person) == (AssignWay.LEAD, "U0OPS")
    assert found.then.clocks[RESPONSE, 1, ""].due_at == at("2025-10-13 15:00")


def test_another_place_in_the_list_of_rules_is_no_difference():
    never = RoutingRule(1, Condition(levels=frozenset({"nobody"})), "operations")
    moved = tuple(replace(rule, place=rule.place + 1) for rule in BOOK.routing)

    assert not difference(answered(), replace(BOOK, routing=(never, *moved))).is_any


def test_what_a_person_sent_elsewhere_stays_there_and_what_came_back_goes_where_the_rules_say():
    story = Story("2025-10-13 10:00")
    story.then("2025-10-13 11:00", assigned("U0AGENT1", "service", AssignCause.PERSON))
    story.then("2025-10-14 11:00", f.RoundBegun(round=2, by_low_score=False, reason="x"))
    story.then("2025-10-14 11:00", assigned("U0ENG2", "tech", AssignCause.REOPENED), by=DESK)
    first = RoutingRule(1, Condition(), "operations")
    slow = row(when=Condition(departments=frozenset({"operations"})), response="5h")
    fast = row(when=Condition(departments=frozenset({"service"})), response="3h")
    book = replace(BOOK, routing=(first,), policies=(slow, fast, *BOOK.policies))

    then = difference(story, book).then

    assert then.clocks[RESPONSE, 1, ""].due_at == at("2025-10-13 13:00")
    assert then.clocks[RESPONSE, 2, ""].due_at == at("2025-10-14 16:00")


def test_a_case_answered_on_the_spot_was_sent_by_nobody():
    story = Story("2025-10-13 10:00", routed=False)
    story.then("2025-10-13 10:00", assigned("ANN", "service", AssignCause.ON_THE_SPOT))

    found = difference(story, replace(BOOK, routing=()))

    assert found.now.sent is None
    assert not found.is_any


def test_a_target_taken_away_is_not_owed_any_more():
    slow = answered("2025-10-13 15:00")
    without = replace(BOOK, policies=tuple(replace(one, targets={}) for one in BOOK.policies))

    outcomes = {place[0]: (now, then) for place, now, then in difference(slow, without).clocks}

    now, then = outcomes[RESPONSE]
    assert now.is_late
    assert then is None


@settings(max_examples=60, deadline=None)
@given(story=any_story())
def test_the_same_desk_never_differs_from_itself(story):
    assert not difference(story, BOOK).is_any


def test_counts_stand_under_what_is_now_and_add_up():
    tally = Tally()
    for story in (answered(), answered("2025-10-13 16:00"), answered("2025-10-13 10:30")):
        tally.add(difference(story, only(response="2h"), FOUR_HOURS))

    assert (tally.total.all, tally.total.late_now, tally.total.late_then) == (3, 1, 2)
    assert set(tally.by) == {"department", "priority", "kind", "deadline"}
    for heading in ("department", "priority", "kind"):
        assert sum(one.late_then for one in tally.by[heading].values()) == 2
    response = tally.by["deadline"][RESPONSE]
    assert (response.all, response.warned_now, response.warned_then) == (3, 2, 2)


def test_a_policy_of_one_priority_leaves_the_others_alone():
    p1 = row(when=for_priority(Priority.P1), response="5m")
    book = replace(BOOK, policies=(p1, *BOOK.policies))

    assert not difference(answered(), book).is_any
