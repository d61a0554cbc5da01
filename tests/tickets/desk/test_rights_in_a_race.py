"""Right and deed are one transaction: whoever loses the right first does nothing, on both engines (X08)."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from threading import Barrier

import pytest

from storage.records import SqlRecords
from tests.tickets.desk.desks import ANN, EVE, KEN, SUE, Trial, a_desk
from tickets.case import facts as f
from tickets.case.log import Event
from tickets.case.values import ContactChannel, Number, PersonId, Solved, Text
from tickets.desk import ending, owners, work
from tickets.desk.reveal import reveal
from tickets.errors import DeskError
from tickets.ports import Member

pytestmark = pytest.mark.proves("X08")
ROUNDS = 6


@pytest.fixture
def trial(records: SqlRecords) -> Trial:
    return a_desk(records)


def at_once(*deeds: Callable[[], object]) -> list[Exception | None]:
    """Begin all at the same moment; give what each was refused with."""
    start = Barrier(len(deeds))

    def run(deed: Callable[[], object]) -> Exception | None:
        start.wait()
        try:
            deed()
        except DeskError as refusal:
            return refusal
        return None

    with ThreadPoolExecutor(len(deeds)) as hands:
        return list(hands.map(run, deeds))


def log_of(trial: Trial, number: Number) -> tuple[Event, ...]:
    with trial.desk.records.read() as unit:
        return unit.tickets.events(number)


def place(log: tuple[Event, ...], kind: type[f.Fact]) -> int | None:
    """Where in the log something of a kind stands last."""
    return max((event.seq for event in log if isinstance(event.fact, kind)), default=None)


def test_a_case_taken_away_is_worked_on_before_or_not_at_all(trial: Trial) -> None:
    for _ in range(ROUNDS):
        number = trial.log()
        give, do = trial.receipt(), trial.receipt()

        at_once(
            partial(owners.assign, trial.desk, number, KEN, None, by=SUE, receipt=give),
            partial(work.accept, trial.desk, number, by=EVE, receipt=do),
        )

        log = log_of(trial, number)
        accepted, given = place(log, f.Accepted), place(log, f.Assigned)
        assert (
            accepted is None
            or given is None
            or accepted < given
            or log[given - 1].fact.assignee == EVE
        )  # type: ignore[attr-defined]


def test_a_number_is_revealed_before_the_case_changes_hands_or_not_at_all(trial: Trial) -> None:
    for _ in range(ROUNDS):
        number = trial.log()
        give, look = trial.receipt(), trial.receipt()

        _, refused = at_once(
            partial(owners.assign, trial.desk, number, KEN, None, by=SUE, receipt=give),
            partial(reveal, trial.desk, number, Text("致电客户"), by=EVE, receipt=look),
        )

        log = log_of(trial, number)
        revealed, given = place(log, f.Revealed), place(log, f.Assigned)
        assert revealed is None or given is None or revealed < given
        assert (revealed is None) <= (refused is not None)


def test_a_close_and_a_reopening_happen_one_after_the_other(trial: Trial) -> None:
    for _ in range(ROUNDS):
        number = trial.log()
        work.accept(trial.desk, number, by=EVE, receipt=trial.receipt())
        done = f.Resolved(result=Text("补充制冷剂"))
        work.resolve(trial.desk, number, done, by=EVE, receipt=trial.receipt())
        told = f.CustomerTold(way=ContactChannel.PHONE, happened_at=trial.clock.at)
        ending.tell(trial.desk, number, told, by=ANN, receipt=trial.receipt())
        scored = f.Scored(score=5, solved=Solved.YES)
        ending.score(trial.desk, number, scored, by=ANN, receipt=trial.receipt())
        close, reopen = trial.receipt(), trial.receipt()

        at_once(
            partial(ending.close, trial.desk, number, None, by=ANN, receipt=close),
            partial(ending.reopen, trial.desk, number, Text("又坏了"), by=SUE, receipt=reopen),
        )

        log = log_of(trial, number)
        closed, begun = place(log, f.Closed), place(log, f.RoundBegun)
        assert begun is not None
        assert closed is None or closed < begun


def test_who_is_deactivated_meanwhile_acted_before_or_not_at_all(trial: Trial) -> None:
    """Leaving is a write like any: what is committed after it finds the person gone."""
    for _ in range(ROUNDS):
        number = trial.log()
        member = Member(id=PersonId(SUE), name="Sue")
        with trial.desk.records.write() as unit:
            unit.directory.keep_person(member)
        order: list[str] = []
        receipt = trial.receipt()

        def leave(order: list[str] = order, member: Member = member) -> None:
            with trial.desk.records.write() as unit:
                unit.directory.keep_person(replace(member, is_active=False))
            order.append("gone")

        def act(number: Number = number, receipt: str = receipt, order: list[str] = order) -> None:
            before = tuple(order)
            ending.mark_invalid(trial.desk, number, Text("骚扰"), by=SUE, receipt=receipt)
            assert "gone" not in before

        at_once(leave, act)

    with pytest.raises(DeskError):
        ending.mark_invalid(trial.desk, trial.log(), Text("骚扰"), by=SUE, receipt=trial.receipt())
