"""A year of a desk, come about by chance through its own use cases: all that figures count happens in it."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import timedelta
from random import Random

from tests.tickets.desk.desks import ANN, BOB, NINE_THIRTY, SUE, Trial
from tests.tickets.watch import lives
from tickets.case import facts as f
from tickets.case.values import (
    CauseDimension,
    ContactChannel,
    Dissatisfaction,
    LateCause,
    Number,
    Priority,
    RepeatCause,
    Solved,
    Status,
    Text,
)
from tickets.desk import between, ending, merge, promises, repeats, work
from tickets.desk.lateness import explain_lateness
from tickets.errors import DeskError

YEAR = timedelta(days=365)
ASKED = ("tech", "operations", "service")


def live_a_year(
    trial: Trial, chance: Random, *, steps: int, length: timedelta = YEAR
) -> list[Number]:
    """Let so many things happen over a time, in bursts; give the cases they happened to."""
    numbers: list[Number] = []
    deeds = (*[_work_on] * 9, _promise, _keep, _ask, _answer, _answer, _again, _late, _merge)
    for step in range(steps):
        trial.clock.at = max(trial.clock.at, NINE_THIRTY + step * length / steps)
        trial.clock.move(seconds=chance.randrange(3 * 3600))
        if len(numbers) < 3 or chance.random() < 0.15:
            numbers.append(_log(trial, chance, numbers))
            continue
        number = chance.choice(numbers[-3:])
        with suppress(DeskError):  # what the case does not allow does not happen
            chance.choice(deeds)(trial, number, chance)
    return numbers


Deed = Callable[[Trial, Number, Random], None]


def _log(trial: Trial, chance: Random, numbers: Sequence[Number]) -> Number:
    waited = chance.choice((0, 0, 7, 95))
    again = _again_about(trial, chance, numbers) if chance.random() < 0.4 else {}
    typed: dict[str, object] = {
        "by": chance.choice((ANN, BOB)),
        "category": chance.choice(lives.CATEGORIES),
        "urgency": chance.choice(tuple(Priority)),
        "contact_channel": chance.choice((ContactChannel.PHONE, ContactChannel.EMAIL)),
        "phone": f"138 0000 {chance.randrange(40):04}",
        "received_at": trial.clock.at - timedelta(minutes=waited),
        "answered_with": "已当场答复" if chance.random() < 0.1 else "",
    }
    return trial.log(**(typed | again))  # type: ignore[arg-type]


def _again_about(trial: Trial, chance: Random, numbers: Sequence[Number]) -> dict[str, object]:
    """Say that a case is linked to an earlier one, mostly of the same customer about the same."""
    if not numbers:
        return {}
    earlier = lives.now(trial, chance.choice(numbers[-2:]))
    same = {"customer_id": earlier.customer_id, "category": earlier.category, "phone": ""}
    linked: dict[str, object] = {"linked_to": earlier.number}
    return linked | same if chance.random() < 0.8 else linked


def _work_on(trial: Trial, number: Number, chance: Random) -> None:
    ticket = lives.now(trial, number)
    if ticket.status.is_working and ticket.contacted_at and chance.random() < 0.6:
        _resolve(trial, number, chance)
    elif ticket.status in {Status.RESOLVED, Status.FOLLOW_UP} and ticket.customer_told_at:
        if ticket.satisfaction is None:
            _score(trial, number, chance)
        else:
            lives.closed(trial, number)
    else:
        lives.move_on(trial, number, chance)


def _resolve(trial: Trial, number: Number, chance: Random) -> None:
    if lives.now(trial, number).status is Status.NEW:
        work.accept(trial.desk, number, by=SUE, reason=Text("代"), receipt=trial.receipt())
    cause = chance.choice((None, *CauseDimension))
    done = f.Resolved(result=Text("已修复"), dimension=cause)
    work.resolve(trial.desk, number, done, by=SUE, receipt=trial.receipt())


def _score(trial: Trial, number: Number, chance: Random) -> None:
    score = chance.choice((1, 3, 4, 5))
    low = Dissatisfaction.TOO_SLOW if score <= 3 else None
    given = f.Scored(score=score, solved=Solved.YES, dissatisfaction=low)
    caller = lives.now(trial, number).caller
    ending.score(trial.desk, number, given, by=caller, receipt=trial.receipt())


def _promise(trial: Trial, number: Number, chance: Random) -> None:
    due = trial.clock.at + timedelta(hours=chance.choice((1, 30, 400)))
    said = f.Promised(what=Text("回电"), due_at=due)
    promises.promise(trial.desk, number, said, by=SUE, receipt=trial.receipt())


def _keep(trial: Trial, number: Number, _chance: Random) -> None:
    promises.keep_promise(trial.desk, number, by=SUE, receipt=trial.receipt())


def _ask(trial: Trial, number: Number, chance: Random) -> None:
    whom, what = chance.choice(ASKED), Text("客户背景？")
    between.ask(trial.desk, number, whom, what, by=SUE, receipt=trial.receipt())
    if chance.random() < 0.5:
        trial.clock.move(minutes=chance.choice((10, 130, 2_000)))
        _answer(trial, number, chance)


def _answer(trial: Trial, number: Number, chance: Random) -> None:
    open_questions = lives.now(trial, number).open_questions
    if open_questions:
        key = open_questions[0].key
        settle = between.answer if chance.random() < 0.8 else between.decline
        settle(trial.desk, number, key, Text("见附件"), by=SUE, receipt=trial.receipt())


def _again(trial: Trial, number: Number, chance: Random) -> None:
    told = f.ToldAgain(
        cause=chance.choice(tuple(RepeatCause)),
        way=ContactChannel.PHONE,
        happened_at=trial.clock.at,
    )
    repeats.tell_again(trial.desk, number, told, by=SUE, receipt=trial.receipt())


def _late(trial: Trial, number: Number, chance: Random) -> None:
    why = f.LatenessExplained(cause=chance.choice(tuple(LateCause)), overdue_reason=Text("缺货"))
    explain_lateness(trial.desk, number, why, by=SUE, receipt=trial.receipt())


def _merge(trial: Trial, number: Number, chance: Random) -> None:
    earlier = lives.now(trial, number).links
    if earlier or chance.random() < 0.15:
        into = earlier[0] if earlier else Number(f"{number[:8]}001")
        merge.merge(trial.desk, number, into, by=SUE, receipt=trial.receipt())
