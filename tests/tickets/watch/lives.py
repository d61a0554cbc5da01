"""Lives of cases that come about by chance, told by the use cases themselves."""

from random import Random

from tests.tickets.desk.desks import ANN, BOB, SUE, Trial
from tickets.case import facts as f
from tickets.case.fold import fold
from tickets.case.ticket import Ticket
from tickets.case.values import (
    ContactChannel,
    ContactOutcome,
    Dissatisfaction,
    Number,
    Priority,
    Solved,
    Status,
    Text,
)
from tickets.desk import ending, work

CATEGORIES = ("after_sales/fault", "inquiry/usage", "complaint/service_quality", "business/order")
PHONE = ContactChannel.PHONE


def live_on(trial: Trial, chance: Random, *, steps: int) -> list[Number]:
    """Let cases be logged and moved on, some minutes or hours apart; give their numbers."""
    numbers: list[Number] = []
    for _ in range(steps):
        trial.clock.move(minutes=chance.choice((3, 20, 45, 130, 400)))
        if len(numbers) < 3 or chance.random() < 0.3:
            numbers.append(
                trial.log(
                    by=chance.choice((ANN, BOB)),
                    category=chance.choice(CATEGORIES),
                    urgency=chance.choice(tuple(Priority)),
                    phone=f"138 0000 {chance.randrange(10):04}",
                )
            )
        else:
            move_on(trial, chance.choice(numbers), chance)
    return numbers


def now(trial: Trial, number: Number) -> Ticket:
    """The case as it is."""
    with trial.desk.records.read() as unit:
        return fold(unit.tickets.events(number))


def move_on(trial: Trial, number: Number, chance: Random) -> None:
    """Take one of the steps the case allows."""
    ticket = now(trial, number)
    match ticket.status:
        case Status.NEW | Status.ACCEPTED | Status.IN_PROGRESS:
            _work_on(trial, ticket, chance)
        case Status.RESOLVED | Status.FOLLOW_UP:
            _end(trial, ticket, chance)
        case Status.CLOSED if chance.random() < 0.2:
            ending.reopen(trial.desk, number, Text("又坏了"), by=SUE, receipt=trial.receipt())
        case _:
            return


def contact(trial: Trial, number: Number) -> None:
    """The customer was reached."""
    reached = f.Contacted(
        way=PHONE,
        outcome=ContactOutcome.REACHED,
        happened_at=trial.clock.at,
        note=Text("代为联系"),
    )
    work.contact(trial.desk, number, reached, by=SUE, receipt=trial.receipt())


def resolve(trial: Trial, number: Number, *, late: str | None = None) -> None:
    """The work is done."""
    ticket = now(trial, number)
    if ticket.status is Status.NEW:
        work.accept(trial.desk, number, by=SUE, reason=Text("代"), receipt=trial.receipt())
    done = f.Resolved(result=Text("已修复"), overdue_reason=Text(late) if late else None)
    work.resolve(trial.desk, number, done, by=SUE, receipt=trial.receipt())


def told(trial: Trial, number: Number) -> None:
    """The customer knows the result."""
    said = f.CustomerTold(way=PHONE, happened_at=trial.clock.at)
    caller = now(trial, number).caller
    ending.tell(trial.desk, number, said, by=caller, receipt=trial.receipt())


def scored(trial: Trial, number: Number, score: int) -> None:
    """The customer's score."""
    low = Dissatisfaction.TOO_SLOW if score <= 3 else None
    given = f.Scored(score=score, solved=Solved.YES, dissatisfaction=low)
    caller = now(trial, number).caller
    ending.score(trial.desk, number, given, by=caller, receipt=trial.receipt())


def closed(trial: Trial, number: Number) -> None:
    """Over."""
    caller = now(trial, number).caller
    ending.close(trial.desk, number, None, by=caller, receipt=trial.receipt())


def from_first_to_last(trial: Trial, number: Number) -> None:
    """Resolved, told, scored and closed."""
    resolve(trial, number)
    told(trial, number)
    scored(trial, number, 5)
    closed(trial, number)


def _work_on(trial: Trial, ticket: Ticket, chance: Random) -> None:
    draw = chance.random()
    if draw < 0.15 and ticket.status in {Status.NEW, Status.ACCEPTED}:
        ending.mark_invalid(
            trial.desk, ticket.number, Text("骚扰"), by=SUE, receipt=trial.receipt()
        )
    elif draw < 0.5 and ticket.contacted_at is None:
        contact(trial, ticket.number)
    else:
        resolve(trial, ticket.number, late=chance.choice((None, "客服人手不足")))


def _end(trial: Trial, ticket: Ticket, chance: Random) -> None:
    number = ticket.number
    if ticket.customer_told_at is None:
        told(trial, number)
    elif ticket.satisfaction is None:
        scored(trial, number, chance.choice((2, 4, 5)))
    else:
        closed(trial, number)
