"""Recomputation: a changed desk file or calendar moves what is owed, says so, and leaves what was met."""

from dataclasses import dataclass, replace
from datetime import timedelta

import pytest

from storage.records import SqlRecords
from tests.tickets.desk.desks import EVE, NINE_THIRTY, SUE, Trial, a_desk
from tests.tickets.handbooks import a_handbook
from tickets.case import facts as f
from tickets.case.values import Complexity, Number, Priority, Text
from tickets.desk import owners, work
from tickets.handbook import Condition, Duration, Handbook, PolicyRow
from tickets.notices import NoticeState
from tickets.time.calendar import Calendar
from tickets.time.deadline import Deadline, DeadlineKind, MoveCause, MoveEffect
from tickets.watch import reckon
from tickets.watch.tick import tick

HOUR = timedelta(hours=1)


@dataclass(slots=True)
class Rules:
    """A desk whose file is read anew."""

    trial: Trial
    handbook: Handbook

    def work(self) -> int:
        book = self.handbook
        calendar = Calendar(book.calendar)
        desk = replace(self.trial.desk, handbook=lambda: book, calendar=lambda: calendar)
        return reckon.work(desk, now=self.trial.clock.at)

    def look(self) -> int:
        book = self.handbook
        calendar = Calendar(book.calendar)
        desk = replace(self.trial.desk, handbook=lambda: book, calendar=lambda: calendar)
        return tick(desk, now=self.trial.clock.at)

    def resolves_within(self, hours: int) -> None:
        """Change the P1 policy's own resolution."""
        first, *rest = self.handbook.policies
        targets = {**first.targets, "resolution": Duration(hours, "h")}
        policies = (replace(first, targets=targets), *rest)
        self.handbook = replace(self.handbook, policies=policies)


@pytest.fixture
def rules(records: SqlRecords) -> Rules:
    made = Rules(a_desk(records), a_handbook())
    made.work()
    return made


def stored(trial: Trial, number: Number, kind: DeadlineKind) -> Deadline:
    with trial.desk.records.read() as unit:
        return next(one for one in unit.watch.deadlines(number) if one.kind is kind)


def entries(trial: Trial, number: Number) -> list[f.DeadlineMoved]:
    with trial.desk.records.read() as unit:
        facts = [event.fact for event in unit.tickets.events(number)]
    return [fact for fact in facts if isinstance(fact, f.DeadlineMoved)]


def test_rules_that_did_not_change_are_not_reckoned_again(rules: Rules) -> None:
    rules.trial.log()

    assert rules.work() == 0


def test_a_changed_policy_moves_what_is_owed_with_an_entry(rules: Rules) -> None:
    number = rules.trial.log()
    due_at = stored(rules.trial, number, DeadlineKind.RESOLUTION).due_at
    assert due_at

    rules.resolves_within(48)
    assert rules.work() == 1

    assert entries(rules.trial, number) == [
        f.DeadlineMoved(
            kind=DeadlineKind.RESOLUTION,
            round=1,
            before=due_at,
            after=due_at + 24 * HOUR,
            why=MoveCause.POLICY,
        )
    ]
    assert stored(rules.trial, number, DeadlineKind.RESOLUTION).due_at == due_at + 24 * HOUR
    assert rules.work() == 0


def test_what_was_met_stays_as_it_was(rules: Rules) -> None:
    number = rules.trial.log()
    rules.trial.clock.move(minutes=5)
    work.accept(rules.trial.desk, number, by=EVE, receipt=rules.trial.receipt())
    met = stored(rules.trial, number, DeadlineKind.ACCEPT)

    *rest, last = rules.handbook.policies
    targets = {**last.targets, "accept": Duration(1, "m")}
    rules.handbook = replace(rules.handbook, policies=(*rest, replace(last, targets=targets)))
    rules.work()

    assert stored(rules.trial, number, DeadlineKind.ACCEPT) == met
    assert entries(rules.trial, number) == []


def test_what_was_met_stays_on_record_when_no_policy_names_it_any_more(rules: Rules) -> None:
    number = rules.trial.log()
    work.accept(rules.trial.desk, number, by=EVE, receipt=rules.trial.receipt())
    met = stored(rules.trial, number, DeadlineKind.ACCEPT)

    *rest, last = rules.handbook.policies
    targets = {kind: within for kind, within in last.targets.items() if kind != "accept"}
    rules.handbook = replace(rules.handbook, policies=(*rest, replace(last, targets=targets)))
    rules.work()

    assert stored(rules.trial, number, DeadlineKind.ACCEPT) == met


def test_a_due_moved_into_the_past_breaches_now_and_nobody_missed_a_warning(rules: Rules) -> None:
    number = rules.trial.log()
    rules.trial.clock.move(hours=5)
    rules.look()

    rules.resolves_within(4)
    rules.work()
    rules.look()

    [moved] = entries(rules.trial, number)
    assert moved.effect is MoveEffect.BREACHED
    with rules.trial.desk.records.read() as unit:
        facts = [event.fact for event in unit.tickets.events(number)]
    reached = [
        fact
        for fact in facts
        if isinstance(fact, f.StageReached) and fact.kind is DeadlineKind.RESOLUTION
    ]
    assert [(fact.stage, fact.missed_warning) for fact in reached] == [(1, False)]


def test_a_due_moved_into_the_future_clears_the_breach_and_is_warned_of_again(
    rules: Rules,
) -> None:
    number = rules.trial.log()
    rules.trial.clock.move(hours=25)
    rules.look()

    rules.resolves_within(48)
    rules.work()

    moved = next(e for e in entries(rules.trial, number) if e.kind is DeadlineKind.RESOLUTION)
    assert moved.effect is MoveEffect.CLEARED
    one = stored(rules.trial, number, DeadlineKind.RESOLUTION)
    assert one.look
    assert (one.look.stage, one.look.at) == (0, one.warn_at)


def test_unsent_notices_of_the_old_due_are_void(rules: Rules) -> None:
    number = rules.trial.log()
    rules.trial.clock.move(hours=23)
    rules.look()
    due_at = stored(rules.trial, number, DeadlineKind.RESOLUTION).due_at
    assert due_at
    key = f"warning:{number}:1:resolution/:0:{due_at.isoformat()}:{number}"

    rules.resolves_within(48)
    with rules.trial.desk.records.read() as unit:
        assert unit.notices.state(key) is NoticeState.READY
    rules.work()

    with rules.trial.desk.records.read() as unit:
        assert unit.notices.state(key) is NoticeState.SUPERSEDED


def test_a_holiday_that_is_decreed_moves_working_time(rules: Rules) -> None:
    number = rules.trial.log()
    before = stored(rules.trial, number, DeadlineKind.PLAN)  # by the close of 23 September
    tomorrow = before.due_at and rules.trial.desk.calendar().date_of(before.due_at)
    assert tomorrow

    plan = rules.handbook.calendar
    closed = replace(plan, closed=plan.closed | {tomorrow})
    rules.handbook = replace(rules.handbook, calendar=closed)
    rules.work()

    moved = {entry.kind: entry for entry in entries(rules.trial, number)}
    assert moved[DeadlineKind.PLAN].why is MoveCause.CALENDAR
    assert moved[DeadlineKind.PLAN].after == before.due_at + timedelta(days=1)  # type: ignore[operator]
    assert DeadlineKind.RESOLUTION not in moved


def test_a_ladder_that_changed_is_climbed_as_it_is_now(rules: Rules) -> None:
    number = rules.trial.log()
    rules.trial.clock.move(hours=25)
    rules.look()
    *rest, last = rules.handbook.policies
    rules.handbook = replace(rules.handbook, policies=(*rest, replace(last, escalate=())))

    rules.work()

    assert stored(rules.trial, number, DeadlineKind.RESOLUTION).look is None


def test_a_kill_between_batches_leaves_out_nobody(
    rules: Rules, monkeypatch: pytest.MonkeyPatch
) -> None:
    numbers = [rules.trial.log() for _ in range(5)]
    rules.resolves_within(48)
    monkeypatch.setattr(reckon, "AT_A_TIME", 2)
    monkeypatch.setattr(reckon, "A_TICK", 1)

    assert [rules.work() for _ in range(4)] == [2, 2, 1, 0]

    assert all(len(entries(rules.trial, number)) == 1 for number in numbers)


def test_one_tickets_trouble_is_its_own(
    rules: Rules, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    numbers = [rules.trial.log() for _ in range(3)]
    rules.resolves_within(48)
    really = reckon._reckon

    def stumble(unit: object, number: Number, edition: object) -> None:
        if number == numbers[1]:
            raise ZeroDivisionError
        really(unit, number, edition)  # type: ignore[arg-type]

    monkeypatch.setattr(reckon, "_reckon", stumble)
    rules.work()

    assert [len(entries(rules.trial, number)) for number in numbers] == [1, 0, 1]
    assert "not reckoned" in caplog.text


def test_a_priority_that_changed_moves_deadlines_and_brings_new_ones(rules: Rules) -> None:
    trial = rules.trial
    number = trial.log(urgency=Priority.P3)
    due_at = stored(trial, number, DeadlineKind.RESPONSE).due_at
    trial.clock.move(minutes=10)

    owners.set_priority(
        trial.desk, number, Priority.P1, reason=Text("工厂停产"), by=SUE, receipt=trial.receipt()
    )

    moved = {entry.kind: entry for entry in entries(trial, number)}
    assert moved[DeadlineKind.RESPONSE].before == due_at
    assert moved[DeadlineKind.WORKAROUND].before is None  # P3 knows none
    assert {entry.why for entry in moved.values()} == {MoveCause.PRIORITY}


def complex_ones_take_longer(handbook: Handbook) -> Handbook:
    row = PolicyRow(
        place=1,
        when=Condition(complexities=frozenset({Complexity.COMPLEX})),
        targets={"resolution": Duration(100, "h")},
    )
    return replace(handbook, policies=(row, *handbook.policies))


def test_a_case_judged_complex_has_its_own_time(records: SqlRecords) -> None:
    trial = a_desk(records, complex_ones_take_longer(a_handbook()))
    number = trial.log()
    trial.clock.move(minutes=10)

    owners.judge_complexity(
        trial.desk,
        number,
        Complexity.COMPLEX,
        reason=Text("三方参与"),
        by=SUE,
        receipt=trial.receipt(),
    )

    [moved] = entries(trial, number)
    assert moved.why is MoveCause.COMPLEXITY
    assert moved.after == NINE_THIRTY + 100 * HOUR


def test_another_department_is_no_move_where_the_policy_is_the_same(rules: Rules) -> None:
    trial = rules.trial
    number = trial.log()
    trial.clock.move(minutes=10)

    owners.transfer(
        trial.desk, number, "operations", reason=Text("派错"), by=SUE, receipt=trial.receipt()
    )

    assert entries(trial, number) == []


def test_what_moved_follows_its_cause_on_the_log(rules: Rules) -> None:
    trial = rules.trial
    number = trial.log(urgency=Priority.P2)
    trial.clock.move(minutes=10)

    after = owners.set_priority(
        trial.desk, number, Priority.P1, reason=Text("停产"), by=SUE, receipt=trial.receipt()
    ).ticket

    with trial.desk.records.read() as unit:
        log = unit.tickets.events(number)
        [card] = unit.cards.of(number)
    assert after.version == log[-1].seq == len(log) == card.wanted
    assert isinstance(log[-1].fact, f.DeadlineMoved)
    assert (after.changed_by, log[-1].by) == (SUE, "desk")
