"""Deadline watch: each stage said once, to those the policy names, late ones with what was missed."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from storage.records import SqlRecords
from storage.watch import SqlWatch
from tests.tickets.desk.desks import ANN, DAI, EVE, LEE, NINE_THIRTY, SUE
from tests.tickets.handbooks import a_handbook
from tests.tickets.watch.watched import Watched, watched
from tickets.case import facts as f
from tickets.case.fold import fold
from tickets.case.values import ContactChannel, ContactOutcome, Number, Priority, Text
from tickets.desk import ending, owners, work
from tickets.handbook import Span
from tickets.notices import NoticeState, Urgency
from tickets.ports import Step
from tickets.time.deadline import DeadlineKind
from tickets.watch import due
from tickets.watch.tick import next_moment, tick

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
RESPONSE, RESOLUTION, ACCEPT = (
    DeadlineKind.RESPONSE,
    DeadlineKind.RESOLUTION,
    DeadlineKind.ACCEPT,
)
READY, SUPERSEDED = NoticeState.READY, NoticeState.SUPERSEDED


@pytest.fixture
def desk(records: SqlRecords) -> Watched:
    return watched(records)


def reached(desk: Watched, number: Number, kind: DeadlineKind) -> list[int]:
    facts = [event.fact for event in desk.events(number)]
    return [fact.stage for fact in facts if isinstance(fact, f.StageReached) and fact.kind is kind]


def called_at(desk: Watched, number: Number, kind: DeadlineKind) -> list[tuple[str, ...]]:
    """Whom each post in the thread calls."""
    return [post.called for post in desk.posts(kind) if post.place == number]


@pytest.mark.requirement(48, 49, 57, 81, 82)
def test_an_urgent_case_is_warned_of_breached_and_climbs_the_ladder(desk: Watched) -> None:
    number = desk.trial.log()  # P1: response within the hour, at 10:30

    desk.go_to(NINE_THIRTY + 29 * MINUTE)
    desk.tick()
    assert desk.posts() == []
    for minutes, said in ((30, 1), (60, 2), (60 + 6 * 60, 3)):  # 4wh after 10:30 is 16:30
        desk.go_to(NINE_THIRTY + minutes * MINUTE)
        desk.tick()
        assert len(reached(desk, number, RESPONSE)) == said
        desk.sent()

    assert called_at(desk, number, RESPONSE) == [(EVE, SUE), (EVE, LEE, SUE), (DAI,)]
    posts = [post for post in desk.posts(RESPONSE) if post.place == number]
    assert [post.kind for post in posts] == ["warning", "breach", "escalation"]
    assert {post.urgency for post in posts} == {Urgency.P1}
    assert not any(post.params["missed_warning"] for post in posts)
    assert not any("offline_from" in post.params for post in posts)


def test_the_logger_hears_privately_of_a_warning_and_a_breach_not_of_the_ladder(
    desk: Watched,
) -> None:
    desk.trial.log()

    desk.go_to(NINE_THIRTY + 30 * MINUTE)
    desk.tick()
    desk.go_to(NINE_THIRTY + HOUR)
    desk.sent()
    desk.tick()
    desk.sent()
    desk.go_to(NINE_THIRTY + 7 * HOUR)
    desk.tick()

    private = [post.kind for post in desk.posts(RESPONSE) if post.place == ANN]
    assert private == ["warning", "breach"]


def test_a_logger_who_is_called_is_not_told_twice(desk: Watched) -> None:
    number = desk.trial.log(by=SUE)

    desk.go_to(NINE_THIRTY + 30 * MINUTE)
    desk.tick()

    assert [post.place for post in desk.posts(RESPONSE)] == [number]


def test_a_tick_after_a_tick_changes_nothing(desk: Watched) -> None:
    number = desk.trial.log()
    desk.go_to(NINE_THIRTY + 2 * HOUR)

    assert desk.tick() > 0
    before = desk.posts(), desk.events(number)
    assert desk.tick() == 0

    assert (desk.posts(), desk.events(number)) == before


def test_what_is_done_in_time_is_never_warned_of(desk: Watched) -> None:
    number = desk.trial.log()
    desk.go_to(NINE_THIRTY + 20 * MINUTE)
    call = f.Contacted(
        way=ContactChannel.PHONE, outcome=ContactOutcome.REACHED, happened_at=desk.trial.clock.at
    )
    work.accept(desk.trial.desk, number, by=EVE, receipt=desk.trial.receipt())
    work.contact(desk.trial.desk, number, call, by=EVE, receipt=desk.trial.receipt())

    desk.live_until(NINE_THIRTY + 3 * HOUR)

    assert desk.posts(RESPONSE) == desk.posts(ACCEPT) == []


def test_while_a_case_waits_nothing_of_its_solution_fires(desk: Watched) -> None:
    number = desk.trial.log()
    work.accept(desk.trial.desk, number, by=EVE, receipt=desk.trial.receipt())
    work.start(desk.trial.desk, number, by=EVE, receipt=desk.trial.receipt())
    work.wait(
        desk.trial.desk,
        number,
        Text("等客户提供发票"),
        until=None,
        by=EVE,
        receipt=desk.trial.receipt(),
    )

    desk.live_until(NINE_THIRTY + 5 * DAY)
    assert desk.posts(RESOLUTION) == []
    assert desk.posts(RESPONSE) != []  # towards the customer nothing ever stops

    work.resume(desk.trial.desk, number, by=EVE, receipt=desk.trial.receipt())
    desk.live_until(desk.trial.clock.at + 2 * DAY)
    assert reached(desk, number, RESOLUTION) == [0, 1, 2]


def test_a_card_is_drawn_anew_with_every_stage(desk: Watched) -> None:
    number = desk.trial.log()

    desk.live_until(NINE_THIRTY + 2 * HOUR)

    log = desk.events(number)
    with desk.records.read() as unit:
        [card] = unit.cards.of(number)
        page = unit.tickets.get(number)
    assert card.wanted == len(log) == page.version
    assert fold(log).changed_by == fold(log[:2]).changed_by  # nobody changed anything


@pytest.mark.parametrize("urgency", [Priority.P2, Priority.P3])
def test_outside_opening_hours_a_breach_is_known_at_once_and_posted_at_the_opening(
    desk: Watched, urgency: Priority
) -> None:
    evening = datetime(2025, 9, 22, 9, 50, tzinfo=UTC)  # 17:50; the desk closes at 18:00
    desk.go_to(evening)
    number = desk.trial.log(urgency=urgency, received_at=evening)
    opening = datetime(2025, 9, 23, 0, 0, tzinfo=UTC)  # 08:00

    desk.live_until(evening + 3 * HOUR)  # accept is due at 19:50

    assert reached(desk, number, ACCEPT) == [0, 1]
    [breach] = [p for p in desk.posts(ACCEPT) if p.kind == "breach" and p.place == number]
    assert breach.due_at == opening
    warned = [p for p in desk.posts(ACCEPT) if p.kind == "warning" and p.place == number]
    assert [post.due_at for post in warned] == [evening + 9 * MINUTE]  # the last open minute


def test_a_private_word_waits_until_a_quiet_span_is_over(records: SqlRecords) -> None:
    book = replace(a_handbook(), quiet=(Span(9 * 60, 11 * 60),))
    desk = watched(records, book)
    desk.trial.log(urgency=Priority.P2)
    desk.go_to(NINE_THIRTY + HOUR)  # accept is warned of at 10:30
    desk.tick()

    public, private = desk.posts(ACCEPT)

    assert public.due_at == NINE_THIRTY + HOUR
    assert private.due_at == datetime(2025, 9, 22, 3, 0, tzinfo=UTC)  # 11:00


def test_time_asks_for_what_is_held_back_at_the_moment_it_is_to_be_sent(
    records: SqlRecords,
) -> None:
    desk = watched(records)
    evening = datetime(2025, 9, 22, 9, 50, tzinfo=UTC)
    desk.go_to(evening)
    number = desk.trial.log(urgency=Priority.P2, received_at=evening)
    desk.live_until(evening + 3 * HOUR)  # accept is due at 19:50, said when the desk opens

    [breach] = [p for p in desk.posts(ACCEPT) if p.kind == "breach" and p.place == number]

    moments = [next_moment(desk.trial.desk)]
    while (at := moments[-1]) and at < breach.due_at:
        desk.go_to(at)
        desk.tick()
        moments.append(next_moment(desk.trial.desk))
    assert moments[-1] == breach.due_at


def test_what_waited_for_the_opening_is_said_once_with_the_rung_it_met(
    records: SqlRecords,
) -> None:
    desk = watched(records)
    evening = datetime(2025, 9, 22, 9, 50, tzinfo=UTC)
    desk.go_to(evening)
    number = desk.trial.log(urgency=Priority.P2, received_at=evening)
    desk.live_until(evening + 4 * HOUR)

    desk.live_until(datetime(2025, 9, 23, 4, 0, tzinfo=UTC))  # the ladder: four working hours

    in_thread = [post for post in desk.posts(ACCEPT) if post.place == number]
    assert [(post.kind, post.state) for post in in_thread] == [
        ("warning", SUPERSEDED),
        ("breach", SUPERSEDED),
        ("escalation", READY),
    ]
    assert in_thread[-1].called == (EVE, LEE, SUE, DAI)


# --- downtime -----------------------------------------------------------------------------------


@pytest.mark.proves("F32")
@pytest.mark.requirement(49)
def test_a_warning_missed_while_the_deadline_is_ahead_comes_late(desk: Watched) -> None:
    """F32."""
    number = desk.trial.log()
    since = desk.trial.clock.at
    desk.go_to(NINE_THIRTY + 50 * MINUTE)
    desk.tick()

    [post] = [p for p in desk.posts(RESPONSE) if p.place == number]
    assert post.kind == "warning"
    assert post.params["offline_from"] == since.isoformat()
    assert post.params["offline_to"] == desk.trial.clock.at.isoformat()


@pytest.mark.proves("F33")
def test_a_warning_and_a_breach_that_both_passed_become_one_breach(desk: Watched) -> None:
    """F33."""
    number = desk.trial.log()
    desk.go_to(NINE_THIRTY + 61 * MINUTE)
    desk.tick()

    warned, breached = sorted(
        (p for p in desk.posts(RESPONSE) if p.place == number), key=lambda post: -len(post.kind)
    )
    assert (warned.kind, warned.state) == ("warning", SUPERSEDED)
    assert (breached.kind, breached.state) == ("breach", READY)
    assert breached.params["missed_warning"] is True
    assert "offline_from" in breached.params
    assert reached(desk, number, RESPONSE) == [1]


def test_of_several_rungs_that_passed_the_highest_is_said_to_all(desk: Watched) -> None:
    number = desk.trial.log()
    desk.go_to(NINE_THIRTY + 2 * DAY)
    desk.tick()

    ready = [p for p in desk.posts(RESPONSE) if p.place == number and p.state == READY]
    assert [post.kind for post in ready] == ["escalation"]
    assert ready[0].called == (EVE, LEE, SUE, DAI)
    assert [p.place for p in desk.posts(RESPONSE) if p.state == READY] == [number, ANN]
    assert [p.kind for p in desk.posts(RESPONSE) if p.state == SUPERSEDED] == ["warning", "breach"]


def test_the_days_that_follow_are_not_late(desk: Watched) -> None:
    desk.trial.log()
    desk.go_to(NINE_THIRTY + 2 * HOUR)
    desk.tick()

    desk.live_until(NINE_THIRTY + DAY)

    late = {post.deadline for post in desk.posts() if "offline_from" in post.params}
    assert late == {"response", "accept"}


def test_a_restart_of_a_few_minutes_is_no_downtime(desk: Watched) -> None:
    desk.trial.log()
    desk.go_to(NINE_THIRTY + 28 * MINUTE)
    desk.tick()
    desk.go_to(NINE_THIRTY + 31 * MINUTE)
    desk.tick()

    assert desk.posts() != []
    assert not any("offline_from" in post.params for post in desk.posts())


def test_a_batch_that_was_not_the_last_leaves_the_mark_where_nobody_watched(
    desk: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(3):
        desk.trial.log()
    since = desk.trial.clock.at
    desk.go_to(NINE_THIRTY + 50 * MINUTE)
    batches = []
    really = due._batch

    def killed_after_one(*given: object) -> int:
        if batches:
            raise KeyboardInterrupt
        batches.append(1)
        return really(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(due, "_batch", killed_after_one)
    with pytest.raises(KeyboardInterrupt):
        due.look(desk.trial.desk, now=desk.trial.clock.at, limit=1)
    monkeypatch.undo()
    desk.go_to(NINE_THIRTY + 52 * MINUTE)
    desk.tick()

    said = {post.params["offline_from"] for post in desk.posts(RESPONSE)}
    assert said == {since.isoformat()}


def test_a_case_logged_afterwards_is_said_to_be_late_once(desk: Watched) -> None:
    """DESK.md 3: a breach in record and figures, with one notice and no ladder."""
    long_ago = NINE_THIRTY - 3 * DAY
    number = desk.trial.log(received_at=long_ago)

    desk.live_until(NINE_THIRTY + 2 * DAY)

    posts = [p for p in desk.posts(RESPONSE) if p.place == number]
    assert [(post.kind, post.params["backfilled"]) for post in posts] == [("breach", True)]
    assert posts[0].params["missed_warning"] is False


@pytest.mark.proves("F35")
def test_a_second_round_is_warned_of_again(desk: Watched) -> None:
    """F35."""
    number = desk.trial.log()
    desk.live_until(NINE_THIRTY + 2 * HOUR)
    work.accept(desk.trial.desk, number, by=EVE, receipt=desk.trial.receipt())
    work.start(desk.trial.desk, number, by=EVE, receipt=desk.trial.receipt())
    work.resolve(
        desk.trial.desk,
        number,
        f.Resolved(result=Text("补充制冷剂")),
        by=EVE,
        receipt=desk.trial.receipt(),
    )
    ending.reopen(desk.trial.desk, number, Text("又不制冷了"), by=SUE, receipt=desk.trial.receipt())
    desk.sent()

    desk.live_until(desk.trial.clock.at + 3 * HOUR)

    facts = [event.fact for event in desk.events(number)]
    rounds = [
        (fact.round, fact.stage)
        for fact in facts
        if isinstance(fact, f.StageReached) and fact.kind is RESPONSE
    ]
    assert rounds == [(1, 0), (1, 1), (2, 0), (2, 1)]
    unsent = {(p.kind, p.state) for p in desk.posts(RESPONSE) if p.state != "sent"}
    # The second round's breach finds the second round's warning unsaid, and takes its place.
    assert {state for kind, state in unsent if kind == "warning"} == {SUPERSEDED}
    assert {state for kind, state in unsent if kind == "breach"} == {READY}


# --- who has the duty ---------------------------------------------------------------------------


def test_nobodys_case_calls_the_lead(records: SqlRecords) -> None:
    desk = watched(records)
    for person in ("U0ENG1", "U0ENG2"):
        with desk.records.write() as unit:
            unit.absences.leave(person, at=NINE_THIRTY)  # type: ignore[arg-type]
    number = desk.trial.log()
    desk.live_until(NINE_THIRTY + HOUR)

    assert called_at(desk, number, RESPONSE)[0][0] == LEE


def test_a_customer_to_be_told_is_the_callers_to_tell(desk: Watched) -> None:
    number = desk.trial.log()
    for step in (work.accept, work.start):
        step(desk.trial.desk, number, by=EVE, receipt=desk.trial.receipt())
    work.resolve(
        desk.trial.desk,
        number,
        f.Resolved(result=Text("补充制冷剂")),
        by=EVE,
        receipt=desk.trial.receipt(),
    )

    desk.live_until(NINE_THIRTY + 2 * DAY)

    people = called_at(desk, number, DeadlineKind.CUSTOMER_FEEDBACK)
    assert people[0] == (ANN, SUE)


# --- trouble ------------------------------------------------------------------------------------


def test_one_tickets_trouble_is_its_own_and_is_tried_again(
    desk: Watched, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    numbers = [desk.trial.log() for _ in range(3)]
    really = SqlWatch.record

    def stumble(store: SqlWatch, steps: list[Step]) -> None:
        if any(step.due.number == numbers[1] for step in steps):
            raise ZeroDivisionError
        really(store, steps)

    monkeypatch.setattr(SqlWatch, "record", stumble)
    desk.go_to(NINE_THIRTY + 30 * MINUTE)
    desk.tick()
    assert [reached(desk, number, RESPONSE) for number in numbers] == [[0], [], [0]]
    assert numbers[1] in [record.__dict__.get("number") for record in caplog.records]
    assert desk.tick() == 0

    monkeypatch.undo()
    desk.go_to(NINE_THIRTY + 30 * MINUTE + due.LATER)
    desk.tick()

    assert [reached(desk, number, RESPONSE) for number in numbers] == [[0], [0], [0]]


@pytest.mark.proves("F29")
def test_a_clock_that_jumps_back_says_nothing_twice(desk: Watched) -> None:
    """F29."""
    number = desk.trial.log()
    desk.go_to(NINE_THIRTY + DAY)
    desk.tick()
    before = desk.events(number)

    desk.go_to(NINE_THIRTY + 10 * MINUTE)
    assert desk.tick() == 0
    desk.live_until(NINE_THIRTY + 2 * HOUR)

    assert desk.events(number) == before


def test_the_next_moment_is_the_next_stage(desk: Watched) -> None:
    assert next_moment(desk.trial.desk) is None or next_moment(desk.trial.desk) > NINE_THIRTY  # type: ignore[operator]
    desk.trial.log()

    assert next_moment(desk.trial.desk) == NINE_THIRTY + 30 * MINUTE


def test_notices_of_one_deadline_are_told_apart_for_ever(desk: Watched) -> None:
    number = desk.trial.log(urgency=Priority.P2)
    owners.set_priority(
        desk.trial.desk,
        number,
        Priority.P1,
        reason=Text("停产"),
        by=SUE,
        receipt=desk.trial.receipt(),
    )
    desk.live_until(NINE_THIRTY + 5 * DAY)

    with desk.records.database.reading() as connection:
        keys = connection.exec_driver_sql("SELECT key FROM notices").scalars().all()
    assert len(keys) == len(set(keys))
    stages = [event.at for event in desk.events(number)]
    assert all(one <= other for one, other in pairwise(stages))


@pytest.mark.proves("F24")
def test_a_second_process_finds_nothing_left(records: SqlRecords) -> None:
    desk = watched(records)
    number = desk.trial.log()
    desk.go_to(NINE_THIRTY + HOUR)
    other = replace(desk.trial.desk, wake=lambda: None)

    assert desk.tick() > 0
    assert tick(other, now=desk.trial.clock.at) == 0
    assert reached(desk, number, RESPONSE) == [1]


def test_a_tick_that_jumps_to_the_very_moment_is_not_late(desk: Watched) -> None:
    """As the sandbox's clock walks: nobody looked in between, and nobody heard of anything late."""
    desk.trial.log()
    desk.tick()

    for moment in (NINE_THIRTY + 30 * MINUTE, NINE_THIRTY + HOUR):
        desk.go_to(moment)
        desk.tick()

    said = [post.params["stage"] for post in desk.posts(RESPONSE) if post.place != ANN]
    assert said == [0, 1]
    assert not any("offline_from" in post.params for post in desk.posts())
