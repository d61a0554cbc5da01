"""A repeat call: told again with its cause, by whoever takes it; counted by cause and category (R79)."""

from datetime import timedelta

import pytest

from storage.records import SqlRecords
from tests.tickets.desk.desks import ANN, BOB, EVE, SUE, Trial, a_desk
from tickets.case import facts as f
from tickets.case.values import ContactChannel, Number, Priority, RepeatCause, Risk, Text
from tickets.desk import ending, owners, work
from tickets.desk.repeats import tell_again, was_told
from tickets.errors import IllegalMove, Refused
from tickets.insight.repeats import Repeats, count_repeats
from tickets.notices import NoticeKind, NoticeState

pytestmark = pytest.mark.requirement(79)


@pytest.fixture
def trial(records: SqlRecords) -> Trial:
    return a_desk(records)


def told_once(trial: Trial, **changes: object) -> Number:
    """A case solved by Eve, its customer told by Ann."""
    number = trial.log(urgency=Priority.P2, **changes)
    owners.assign(trial.desk, number, EVE, None, by=SUE, receipt=trial.receipt())
    work.accept(trial.desk, number, by=EVE, receipt=trial.receipt())
    done = f.Resolved(result=Text("补充冷媒"))
    work.resolve(trial.desk, number, done, by=EVE, receipt=trial.receipt())
    told = f.CustomerTold(way=ContactChannel.EMAIL, happened_at=trial.clock.at)
    ending.tell(trial.desk, number, told, by=ANN, receipt=trial.receipt())
    return number


def again(
    trial: Trial, number: Number, cause: RepeatCause = RepeatCause.NOT_RECEIVED, **more: object
) -> f.ToldAgain:
    told = {"way": ContactChannel.PHONE, "happened_at": trial.clock.at, **more}
    return f.ToldAgain(cause=cause, **told)  # type: ignore[arg-type]


def test_any_agent_who_takes_the_call_tells_it_again_and_the_logger_hears_of_it(
    trial: Trial,
) -> None:
    number = told_once(trial)
    assert was_told(trial.desk, number, by=BOB)
    trial.clock.move(days=1)

    said = again(trial, number)
    outcome = tell_again(trial.desk, number, said, by=BOB, receipt=trial.receipt())

    assert outcome.ticket.repeats == (RepeatCause.NOT_RECEIVED,)
    key = f"{NoticeKind.TOLD_AGAIN}:{number}:1:{outcome.ticket.version}"
    with trial.desk.records.read() as unit:
        assert unit.notices.state(f"{key}:{ANN}") is NoticeState.READY
        assert unit.notices.state(f"{key}:{SUE}") is None
        assert unit.tickets.get(number).customer_told_at


def test_what_is_not_settled_goes_to_the_supervisor_too(trial: Trial) -> None:
    number = told_once(trial)

    said = again(trial, number, RepeatCause.WORSE_AGAIN)
    outcome = tell_again(trial.desk, number, said, by=ANN, receipt=trial.receipt())

    with trial.desk.records.read() as unit:
        key = f"{NoticeKind.TOLD_AGAIN}:{number}:1:{outcome.ticket.version}:{SUE}"
        assert unit.notices.state(key) is NoticeState.READY


def test_what_was_never_told_cannot_be_told_again(trial: Trial) -> None:
    fresh = trial.log(urgency=Priority.P2)
    with pytest.raises(IllegalMove):
        tell_again(trial.desk, fresh, again(trial, fresh), by=ANN, receipt=trial.receipt())
    work.accept(trial.desk, fresh, by=SUE, receipt=trial.receipt(), reason=Text("代为受理"))
    done = f.Resolved(result=Text("补充冷媒"))
    work.resolve(trial.desk, fresh, done, by=SUE, receipt=trial.receipt())

    with pytest.raises(IllegalMove) as refused:
        tell_again(trial.desk, fresh, again(trial, fresh), by=ANN, receipt=trial.receipt())

    assert refused.value.message.id == "tell_again.not_told"
    assert not was_told(trial.desk, fresh, by=ANN)


def test_never_in_the_future_and_never_of_a_high_risk_by_just_anybody(trial: Trial) -> None:
    number = told_once(trial, risks=frozenset({Risk.FRAUD}))
    with pytest.raises(Refused):
        tell_again(trial.desk, number, again(trial, number), by=BOB, receipt=trial.receipt())
    with pytest.raises(Refused):
        tell_again(trial.desk, number, again(trial, number), by=EVE, receipt=trial.receipt())

    ahead = again(trial, number, happened_at=trial.clock.at + timedelta(minutes=1))
    with pytest.raises(IllegalMove):
        tell_again(trial.desk, number, ahead, by=ANN, receipt=trial.receipt())


def test_sent_twice_it_is_counted_once(trial: Trial) -> None:
    number, receipt = told_once(trial), trial.receipt()
    for _ in range(2):
        tell_again(trial.desk, number, again(trial, number), by=ANN, receipt=receipt)

    with trial.desk.records.read() as unit:
        assert len(unit.tickets.get(number).repeats) == 1


def test_repeats_are_counted_by_cause_and_category_of_their_time(trial: Trial) -> None:
    one, other = told_once(trial), told_once(trial, category="complaint/service_quality")
    begun = trial.clock.at
    for number, cause in (
        (one, RepeatCause.NOT_RECEIVED),
        (one, RepeatCause.NOT_DONE),
        (other, RepeatCause.NOT_RECEIVED),
    ):
        trial.clock.move(hours=1)
        said = again(trial, number, cause)
        tell_again(trial.desk, number, said, by=ANN, receipt=trial.receipt())
    end = trial.clock.at + timedelta(seconds=1)

    with trial.desk.records.read() as unit:
        found = count_repeats(unit.insight.repeats(begun, end))
        none = count_repeats(unit.insight.repeats(end, end + timedelta(days=1)))

    assert found == Repeats(
        total=3,
        cases=2,
        by_cause={RepeatCause.NOT_RECEIVED: 2, RepeatCause.NOT_DONE: 1},
        by_category={"after_sales/fault": 2, "complaint/service_quality": 1},
    )
    assert none.total == 0
