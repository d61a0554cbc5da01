"""What is added to an archived case: the record stays as it is, the addendum stands beside it (R96)."""

from tickets.case import facts as f
from tickets.case import lifecycle
from tickets.case.fold import fold
from tickets.case.lifecycle import Move
from tickets.case.log import OPERATOR
from tickets.case.redaction import redacted_addenda
from tickets.case.values import Number, PersonId, Text
from tickets.desk.change import Outcome, Scene, change
from tickets.desk.context import Desk
from tickets.people.roles import Action
from tickets.ports import AuditEntry


def add_addendum(desk: Desk, number: Number, text: Text, *, by: PersonId, receipt: str) -> Outcome:
    """Put right or add to what is archived; nobody changes it afterwards either. Raises Refused or IllegalMove."""

    def decide(scene: Scene) -> tuple[f.Fact, ...]:
        lifecycle.require(Move.ADDENDUM, scene.ticket)
        return (f.Addendum(text=text),)

    return change(desk, number, by=by, action=Action.ADD_ADDENDUM, receipt=receipt, decide=decide)


def index_addenda(desk: Desk) -> int:
    """Let every archived case be found by its addenda, also by those written before search knew them; tell how many."""
    with desk.records.read() as unit:
        numbers = unit.archive.with_addenda()
    for number in numbers:
        with desk.records.write() as unit:
            events = unit.tickets.events(number)
            whose = unit.customers.get(fold(events).customer_id)
            said = redacted_addenda(events, whose, desk.phones.spans)
            unit.tickets.find_by_addenda(number, said)
    entry = AuditEntry(
        at=desk.clock.now(),
        by=OPERATOR,
        action="index_addenda",
        number=None,
        outcome="done",
        detail={"tickets": len(numbers)},
    )
    with desk.records.write() as unit:
        unit.audit.write(entry)
    return len(numbers)
