"""Carrying out what two people agreed on, a few tickets a transaction: killed in the middle it goes on, repeated it changes nothing."""

from tickets.case.fold import fold
from tickets.case.log import DESK
from tickets.case.values import Number
from tickets.desk.context import Desk
from tickets.desk.rights import forget, note, told
from tickets.people import disposal
from tickets.people.disposal import Request, Standing
from tickets.ports import Disposal, Mark, Unit

TICKETS = 20  # in one transaction; people wait behind it
ACTION = "carry_out_disposal"
BACKUP_WANTED = "backup_wanted"
"""The mark of when a key was destroyed: the copy of it beside the backups goes with the next one."""


def carry_out(desk: Desk, request_id: str) -> bool:
    """Do the next piece of a request under way; tell whether there is more."""
    with desk.records.write() as unit:
        request = unit.disposals.get(request_id)
        if request.standing is not Standing.RUNNING:
            return False
        left = unit.disposals.undisposed(request.numbers)
        for number in left[:TICKETS]:
            _end_words(desk, unit, request, number)
        if len(left) > TICKETS:
            return True
        _finish(desk, unit, request)
    desk.wake()
    return False


def _end_words(desk: Desk, unit: Unit, request: Request, number: Number) -> None:
    if request.asked_by is None or request.decided_by is None:
        raise ValueError(request.id)  # the rules let no such request run
    ended = Disposal(
        id=desk.new_id(),
        reason=request.reason,
        asked_by=request.asked_by,
        approved_by=request.decided_by,
    )
    unit.archive.dispose(number, ended, at=desk.clock.now())
    unit.evidence.forget(number)
    ticket = fold(unit.tickets.events(number))
    if unit.cards.of(number):  # its card shows the words of before
        unit.cards.want(number, department=ticket.department, version=ticket.version)


def _finish(desk: Desk, unit: Unit, request: Request) -> None:
    now = desk.clock.now()
    for customer in request.customers:
        if not unit.customer_keys.is_destroyed(customer):
            forget(unit, customer, at=now)
    counts = {"tickets": len(request.numbers), "customers": len(request.customers)}
    done = disposal.finish(request, {**request.report, **counts}, now=now)
    unit.disposals.save(done, was=Standing.RUNNING)
    unit.watch.keep_mark(BACKUP_WANTED, Mark(now))
    unit.notices.plan(told(desk, done))
    note(desk, unit, done, ACTION, by=DESK)
