"""Erasing a customer, and ending what is past its age: a supervisor asks, a director decides, an admin runs (PIPL art. 47)."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from tickets.case.log import DESK, OPERATOR
from tickets.case.ticket import Ticket
from tickets.case.values import CustomerId, Number, PersonId, Text
from tickets.desk.change import note_refusal, present_actor
from tickets.desk.context import Desk
from tickets.desk.decided import How, drawn_anew
from tickets.errors import IllegalMove, Incomplete, NotFound, Refused
from tickets.insight.orders import buyers_of
from tickets.message import say
from tickets.notices import Notice, NoticeKind, Plain, Urgency, to_person
from tickets.people import disposal, roles
from tickets.people.disposal import Occasion, Request, Standing
from tickets.people.privacy import redact
from tickets.people.roles import Action
from tickets.ports import AuditEntry, Receipt, Unit

MOST_FILES = 50  # named in the report

Move = Callable[[Unit, Request], Request]


@dataclass(frozen=True, slots=True)
class Erasable:
    """What an erasure would be about."""

    customer: CustomerId
    numbers: tuple[Number, ...]
    open: tuple[Number, ...]  # they have to end first


def erasable(desk: Desk, number: Number, *, by: PersonId) -> Erasable:
    """Show what erasing a ticket's customer would be about. Raises Refused, IllegalMove or NotFound."""
    try:
        with desk.records.read() as unit:
            roles.require(present_actor(unit, by, desk.handbook()), Action.ASK_ERASURE)
            customer = unit.tickets.get(number).customer_id
            _require_not_asked(desk, unit, customer)
            return what_there_is(unit, customer)
    except Refused as refusal:
        note_refusal(desk, by=by, action=Action.ASK_ERASURE, number=number, why=refusal.message.id)
        raise


def ask_erasure(
    desk: Desk, number: Number, reason: Text, *, by: PersonId, receipt: str
) -> Request | None:
    """Ask for a ticket's customer to be erased; None: this delivery was handled before.

    Raises Refused, IllegalMove, Incomplete or NotFound.
    """
    if not reason.strip():
        raise Incomplete({"reason": say("field.missing")})

    def step(unit: Unit) -> Request:
        customer = unit.tickets.get(number).customer_id
        _require_not_asked(desk, unit, customer)
        found = what_there_is(unit, customer)
        _require_ended(found)
        now = desk.clock.now()
        request = Request(
            id=desk.new_id(),
            occasion=Occasion.ERASURE,
            standing=Standing.ASKED,
            reason=_inert(desk, unit, reason, customer),
            numbers=found.numbers,
            customers=(customer,),
            made_at=now,
            since=now,
            asked_by=by,
        )
        unit.disposals.add(request)
        return request

    return _do(desk, Action.ASK_ERASURE, by, receipt, step)


def ask_for_listed(desk: Desk, request_id: str, *, by: PersonId, receipt: str) -> Request | None:
    """Ask for what the desk listed as past its age to end."""

    def move(_unit: Unit, request: Request) -> Request:
        return disposal.ask(request, by=by, now=desk.clock.now())

    return _take_further(desk, Action.ASK_ERASURE, request_id, by, receipt, move)


def approve(desk: Desk, request_id: str, *, by: PersonId, receipt: str) -> Request | None:
    """Agree, as the second person."""

    def move(_unit: Unit, request: Request) -> Request:
        return disposal.approve(request, by=by, now=desk.clock.now())

    return _take_further(desk, Action.APPROVE_ERASURE, request_id, by, receipt, move)


def refuse(desk: Desk, request_id: str, *, by: PersonId, receipt: str) -> Request | None:
    """Decide against it."""

    def move(_unit: Unit, request: Request) -> Request:
        return disposal.refuse(request, by=by, now=desk.clock.now())

    return _take_further(desk, Action.APPROVE_ERASURE, request_id, by, receipt, move)


def run(desk: Desk, request_id: str, *, by: PersonId, receipt: str) -> Request | None:
    """Begin to carry out an approved erasure, as an administrator: from now on nothing of it can be read."""
    return _take_further(
        desk,
        Action.RUN_ERASURE,
        request_id,
        by,
        receipt,
        lambda unit, one: begun(desk, unit, one, by),
    )


def begun(desk: Desk, unit: Unit, request: Request, by: PersonId) -> Request:
    """Destroy the customer's key and empty the record; the tickets follow step by step (carry_out).

    Raises IllegalMove where it was not approved or a case is open again.
    """
    now = desk.clock.now()
    started = disposal.start(request, by=by, now=now)
    (customer,) = request.customers
    found = what_there_is(unit, customer)
    _require_ended(found)
    report = _files_of(unit.tickets.get(number) for number in found.numbers)
    forget(unit, customer, at=now)
    return replace(started, numbers=found.numbers, report=report)


def forget(unit: Unit, customer: CustomerId, *, at: datetime) -> None:
    """Make all that is sealed of a customer unreadable, in backups too, and empty the record."""
    unit.orders.forget(buyers_of(unit.customers.get(customer)))
    unit.customer_keys.destroy(customer, at=at)
    unit.disposals.forget(customer)


def what_there_is(unit: Unit, customer: CustomerId) -> Erasable:
    """List all tickets of a customer, and which of them are not ended."""
    numbers = tuple(sorted(unit.tickets.of_customer(customer)))
    not_ended = tuple(one for one in numbers if unit.tickets.get(one).status.is_open)
    return Erasable(customer, numbers, not_ended)


def propose_again(desk: Desk) -> int:
    """After an older backup was restored: have erasures that it undid be asked for once more; give how many.

    Their words cannot be read, the keys are gone; but the redacted copies for search came back.
    """
    with desk.records.write() as unit:
        found = [
            one
            for one in unit.disposals.undone(limit=disposal.AT_ONCE)
            if not _is_under_way(desk, unit, one)
        ]
        for customer in found:
            now = desk.clock.now()
            request = Request(
                id=desk.new_id(),
                occasion=Occasion.ERASURE,
                standing=Standing.PROPOSED,
                reason=disposal.RESTORED,
                numbers=what_there_is(unit, customer).numbers,
                customers=(customer,),
                made_at=now,
                since=now,
            )
            unit.disposals.add(request)
            unit.notices.plan(told(desk, request))
            note(desk, unit, request, "propose_erasure_again", by=DESK)
    return len(found)


def told(desk: Desk, request: Request) -> Sequence[Notice]:
    """Tell whoever has the next step, and whoever waits for the end, as the request stands now."""
    people = desk.handbook().people
    readers: set[PersonId | None]
    match request.standing:
        case Standing.PROPOSED:
            readers = {*people.supervisors}
        case Standing.ASKED:
            readers = {one for one in people.directors if one != request.asked_by}
        case Standing.APPROVED:
            readers = {*people.admins, request.asked_by}
        case Standing.DONE:
            readers = {request.asked_by, request.decided_by, request.run_by}
        case Standing.RUNNING:
            readers = set()
        case _:
            readers = {request.asked_by}
    return [
        Notice(
            key=f"{_key(request.id, request.standing)}{person}",
            kind=NoticeKind.RIGHTS,
            place=to_person(person),
            urgency=Urgency.PRIVATE,
            due_at=desk.clock.now(),
            params={"request": request.id, "standing": request.standing},
        )
        for person in sorted(one for one in readers if one and one != OPERATOR)
    ]


def went_on(desk: Desk, unit: Unit, before: Request, after: Request) -> tuple[Notice, ...]:
    """Show in the messages of the turn before that it is taken: who did what, and nothing to press."""
    ways = {
        Standing.ASKED: (How.ASKED, after.asked_by),
        Standing.APPROVED: (How.GIVEN, after.decided_by),
        Standing.REFUSED: (How.REFUSED, after.decided_by),
        Standing.EXPIRED: (How.LAPSED, None),
    }
    how, by = ways.get(after.standing, (How.BEGUN, after.run_by))
    if before.standing is Standing.ASKED and after.standing is Standing.RUNNING:
        how, by = How.GIVEN, after.decided_by  # what is past its age begins with the consent
    asked = _key(before.id, before.standing)
    now, handbook = desk.clock.now(), desk.handbook()
    return tuple(drawn_anew(unit, asked, how, by=by, at=now, handbook=handbook))


def _key(request_id: str, standing: Standing) -> str:
    """Give how the keys of what is said of a request begin; the reader follows."""
    return f"{NoticeKind.RIGHTS}:{request_id}:{standing}:"


def note(desk: Desk, unit: Unit, request: Request, action: str, *, by: PersonId) -> None:
    """Put a step on the audit log: ids and counts, no word of anybody."""
    about = request.customers[0] if request.occasion is Occasion.ERASURE else ""
    detail: dict[str, Plain] = {
        "request": request.id,
        "occasion": request.occasion,
        "standing": request.standing,
        "tickets": len(request.numbers),
        "customers": len(request.customers),
        "customer": about,
    }
    unit.audit.write(
        AuditEntry(
            at=desk.clock.now(), by=by, action=action, number=None, outcome="done", detail=detail
        )
    )


def _take_further(
    desk: Desk, action: Action, request_id: str, by: PersonId, receipt: str, move: Move
) -> Request | None:
    def step(unit: Unit) -> Request:
        request = unit.disposals.get(request_id)
        after = move(unit, request)
        unit.disposals.save(after, was=request.standing)
        unit.notices.plan(went_on(desk, unit, request, after))
        return after

    return _do(desk, action, by, receipt, step)


def _do(
    desk: Desk, action: Action, by: PersonId, receipt: str, step: Callable[[Unit], Request]
) -> Request | None:
    try:
        with desk.records.write() as unit:
            if unit.receipts.find(receipt):
                return None
            roles.require(present_actor(unit, by, desk.handbook()), action)
            if action is Action.ASK_ERASURE:
                _require_somebody_else(desk, by)
            request = step(unit)
            unit.receipts.keep(Receipt(key=receipt, kind=action), at=desk.clock.now())
            unit.notices.plan(told(desk, request))
            note(desk, unit, request, action, by=by)
    except Refused as refusal:
        note_refusal(desk, by=by, action=action, number=None, why=refusal.message.id)
        raise
    desk.wake()
    return request


def _inert(desk: Desk, unit: Unit, reason: Text, customer: CustomerId) -> Text:
    """Take the customer out of the reason: it stays when everything else has gone."""
    name = unit.customers.get(customer).name
    return Text(redact(reason, names=(name,) if name else (), phones=desk.phones.spans))


def _require_somebody_else(desk: Desk, by: PersonId) -> None:
    if not set(desk.handbook().people.directors) - {by}:
        raise Refused("rights.no_second_person")


def _require_not_asked(desk: Desk, unit: Unit, customer: CustomerId) -> None:
    if unit.customer_keys.is_destroyed(customer):
        raise IllegalMove("rights.erased_already")
    if _is_under_way(desk, unit, customer):
        raise IllegalMove("rights.asked_already")


def _is_under_way(desk: Desk, unit: Unit, customer: CustomerId) -> bool:
    now = desk.clock.now()
    return any(
        one.standing is Standing.RUNNING
        or (one.standing in disposal.WAITING and not disposal.is_over(one, now=now))
        for one in unit.disposals.of_customer(customer)
    )


def _require_ended(found: Erasable) -> None:
    if not found.numbers:
        raise NotFound("records.no_customer")
    if found.open:
        raise IllegalMove("rights.open_cases", numbers=", ".join(found.open))


def _files_of(tickets: Iterable[Ticket]) -> disposal.Report:
    files = [one.file_id for ticket in tickets for one in ticket.evidence if one.file_id]
    return {"evidence": len(files), "files": ", ".join(files[:MOST_FILES])}
