"""Log a case: the form becomes a ticket with a number, a department and a named person (R2–R19, R36–R43)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from tickets.case import facts as f
from tickets.case.conditions import CaseFacts
from tickets.case.fold import apply, fold
from tickets.case.intake import BACKFILLED_AFTER, Intake, check, lacks_evidence
from tickets.case.log import DESK, Event
from tickets.case.repeat import is_repeat
from tickets.case.routing import decide_priority
from tickets.case.ticket import Ticket
from tickets.case.values import AssignCause, CustomerType, Kind, Number, PersonId, Priority, Text
from tickets.desk.authorities import Waiting, waits
from tickets.desk.change import keep, note_refusal, present_actor
from tickets.desk.context import Desk
from tickets.desk.customer_file import customer_for
from tickets.desk.staff import assigned_by, home_of, route_case
from tickets.desk.surely import surely
from tickets.desk.tagging import tagged
from tickets.errors import DeskError, Incomplete, Refused
from tickets.message import Message
from tickets.people import roles
from tickets.people.customers import Customer
from tickets.people.roles import Action, Role
from tickets.ports import AuditEntry, Receipt, Unit


@dataclass(frozen=True, slots=True)
class LoggedCase:
    """The new ticket, and what would have been worth asking; `repeated` when the form came twice."""

    ticket: Ticket
    hints: tuple[Message, ...] = ()
    repeated: bool = False


def log_case(desk: Desk, intake: Intake, *, by: PersonId, receipt: str) -> LoggedCase:
    """Log a case once per receipt.

    Raises Incomplete (fields to mend), NotFound, Refused or Busy; then nothing is kept and no number is used up.
    """
    checked = check_form(desk, intake, by=by)
    return _log(desk, intake, by=by, receipt=receipt, hints=checked, ending=())


def log_answered(desk: Desk, intake: Intake, *, by: PersonId, receipt: str) -> LoggedCase:
    """Log an answered call in three fields and close it (`/ticket quick`)."""
    anonymous = replace(intake, anonymous=True, urgency=intake.urgency or Priority.P3)
    hints = check_form(desk, anonymous, by=by)
    return _log(desk, anonymous, by=by, receipt=receipt, hints=hints, ending=(f.Closed(),))


def log_stub(desk: Desk, intake: Intake, *, by: PersonId, receipt: str) -> LoggedCase:
    """Log a case of the fast lane, whose other fields are owed; it is its logger's who serves the caller."""
    return _log(desk, intake, by=by, receipt=receipt, hints=(), ending=())


def log_by_desk(
    desk: Desk, unit: Unit, intake: Intake, *, logger: PersonId, seen: f.SignalSeen
) -> Ticket:
    """Log a case of the desk's own inside a transaction, which nobody came with; `logger` answers for it.

    Raises Incomplete.
    """
    return _write(desk, unit, intake, logger, (seen,))


def check_form(desk: Desk, intake: Intake, *, by: PersonId) -> tuple[Message, ...]:
    """Check a form and give its hints. Raises Incomplete."""
    valid = not intake.phone.strip() or desk.phones.normalise(intake.phone) is not None
    typed = intake if intake.name.strip() else _of_known_caller(desk, intake)
    checked = check(
        typed,
        desk.handbook(),
        now=desk.clock.now(),
        phone_is_valid=valid,
        may_go_without=bool(intake.evidence_without.strip()) and _may_go_without(desk, intake, by),
    )
    if checked.problems:
        raise Incomplete(checked.problems)
    return checked.hints


def _may_go_without(desk: Desk, intake: Intake, by: PersonId) -> bool:
    """Tell whether evidence may come later: a supervisor takes the case down, or it is a VIP's (R18, R31)."""
    if intake.customer_type is CustomerType.VIP:
        return True
    phone, email = desk.phones.normalise(intake.phone), intake.email.strip() or None
    with desk.records.read() as unit:
        if Role.SUPERVISOR in present_actor(unit, by, desk.handbook()).roles:
            return True
        known = unit.customers.get(intake.customer_id) if intake.customer_id else None
        known = known or unit.customers.find(phone=phone, email=email)
    return known is not None and known.type is CustomerType.VIP


def _of_known_caller(desk: Desk, intake: Intake) -> Intake:
    """A name that is on record is not asked for again (R128)."""
    phone, email = desk.phones.normalise(intake.phone), intake.email.strip()
    if intake.customer_id or not (phone or email):
        return intake
    with desk.records.read() as unit:
        known = unit.customers.find(phone=phone, email=email or None)
    return replace(intake, customer_id=known.id) if known and known.name else intake


def _log(
    desk: Desk,
    intake: Intake,
    *,
    by: PersonId,
    receipt: str,
    hints: tuple[Message, ...],
    ending: Sequence[f.Fact],
) -> LoggedCase:
    def once() -> LoggedCase:
        with desk.records.write() as unit:
            seen = unit.receipts.find(receipt)
            if seen and seen.number:
                return LoggedCase(fold(unit.tickets.events(seen.number)), repeated=True)
            roles.require(present_actor(unit, by, desk.handbook()), Action.LOG)
            ticket = _write(desk, unit, intake, by, ending)
            now = ticket.logged_at
            unit.receipts.keep(Receipt(key=receipt, kind=Action.LOG, number=ticket.number), at=now)
            unit.audit.write(
                AuditEntry(at=now, by=by, action=Action.LOG, number=ticket.number, outcome="done")
            )
            return LoggedCase(ticket, hints)

    try:
        logged = surely(once)
    except Refused as refusal:
        note_refusal(desk, by=by, action=Action.LOG, number=None, why=refusal.message.id)
        raise
    desk.wake()
    return logged


def _write(
    desk: Desk, unit: Unit, intake: Intake, by: PersonId, ending: Sequence[f.Fact]
) -> Ticket:
    now = desk.clock.now()
    customer = customer_for(desk, unit, intake, now)
    tags: tuple[f.Fact, ...] = ()
    if not intake.invalid_note.strip():
        customer, tags = tagged(unit, customer, kind_of(desk, intake), desk.handbook(), now=now)
    logged = _logged(desk, intake, customer, now)
    if any(isinstance(fact, f.SignalSeen) for fact in ending):
        logged = replace(logged, contact_channel=None, emotion=None)
    number = unit.tickets.next_number(desk.calendar().date_of(now))
    sent = _sent_to(desk, unit, intake, logged, by)
    beside = (
        *_evidence(intake),
        *_without_evidence(desk, intake),
        *_linked(desk, unit, intake, logged),
        *_authority(desk, intake, now),
    )
    facts = [logged, *tags, *sent, *beside, *ending]
    log = _events(desk.new_id(), number, facts, by, now)
    ticket = apply(fold(log[:1]), log[1:])
    keep(desk, unit, before=None, after=ticket, log=log, new=log, customer=customer)
    return ticket


def _events(
    ticket_id: str, number: Number, facts: Sequence[f.Fact], by: PersonId, now: datetime
) -> tuple[Event, ...]:
    def author(fact: f.Fact) -> PersonId:
        routed = isinstance(fact, f.Assigned) and fact.cause is AssignCause.RULE
        return DESK if routed else by

    return tuple(
        Event(ticket_id, number, seq, now, author(fact), fact)
        for seq, fact in enumerate(facts, start=1)
    )


def _logged(desk: Desk, intake: Intake, customer: Customer, now: datetime) -> f.Logged:
    sub = desk.handbook().subcategory(intake.category)
    if intake.urgency is None or (sub is None and not intake.fast_lane):
        raise Incomplete({})  # check_form has refused this already
    received = intake.received_at.replace(second=0, microsecond=0)
    logged = f.Logged(
        customer_id=customer.id,
        customer_type=customer.type,
        customer_level=Text(customer.level),
        customer_groups=customer.groups,
        customer_tags=customer.tags,
        anonymous=intake.anonymous,
        has_contact=customer.has_contact,
        withholds_contact=intake.withholds_contact,
        kind=kind_of(desk, intake),
        category=sub.key if sub else "",
        urgency=intake.urgency,
        priority=intake.urgency,
        contact_channel=intake.contact_channel,
        received_at=received,
        backfilled=now - received > BACKFILLED_AFTER,
        fast_lane=intake.fast_lane,
        read_back_at=now if intake.read_back else None,
        product=_words(intake.product),
        order_no=_words(intake.order_no),
        description=Text(intake.description.strip()),
        when=_words(intake.when),
        where=_words(intake.where),
        expectation=_words(intake.expectation),
        expected_by=intake.expected_by,
        emotion=intake.emotion,
        risks=intake.risks,
        impact=intake.impact,
        needs_customer=intake.needs_customer or bool(sub and sub.needs_customer),
        known_issue=intake.known_issue,
        complaint_type=_type_of(desk, intake),
        remarks=_words(intake.remarks),
    )
    return replace(logged, priority=decide_priority(desk.handbook(), intake.urgency, _case(logged)))


def _type_of(desk: Desk, intake: Intake) -> str:
    """Give a complaint's type; a case of another kind has none. Raises DeskError for one no form offers."""
    if kind_of(desk, intake) is not Kind.COMPLAINT or not intake.complaint_type:
        return ""
    if intake.complaint_type not in {one.key for one in desk.handbook().complaints.types}:
        raise DeskError("error.tampered")
    return intake.complaint_type


def kind_of(desk: Desk, intake: Intake) -> Kind:
    """Tell the kind of a case by its category; one of the fast lane without any counts as an inquiry."""
    sub = desk.handbook().subcategory(intake.category)
    return sub.kind if sub else Kind.INQUIRY


def _case(logged: f.Logged) -> CaseFacts:
    return CaseFacts(
        kind=logged.kind,
        category=logged.category,
        priority=logged.priority,
        customer=logged.customer_type,
        level=logged.customer_level,
        groups=logged.customer_groups,
        tags=logged.customer_tags,
        risks=logged.risks,
        impact=logged.impact,
    )


def _sent_to(
    desk: Desk, unit: Unit, intake: Intake, logged: f.Logged, by: PersonId
) -> tuple[f.Fact, ...]:
    """Where the case goes: it stays with the logger who serves on the phone, answers on the spot or finds it invalid."""
    answer, note = intake.answered_with.strip(), intake.invalid_note.strip()
    if not (answer or note or intake.fast_lane):
        return (assigned_by(route_case(desk, unit, _case(logged))),)
    home = home_of(by, desk.handbook(), otherwise="")
    mine = f.Assigned(department=home, assignee=by, cause=AssignCause.ON_THE_SPOT)
    if note:
        return (mine, f.MarkedInvalid(note=Text(note)))
    if not answer:
        return (mine,)
    return (mine, f.Resolved(result=Text(answer), on_the_spot=True))


def _evidence(intake: Intake) -> tuple[f.Fact, ...]:
    return tuple(
        f.EvidenceAdded(
            file_id=one.file_id, name=Text(one.name), mimetype=one.mimetype, size=one.size
        )
        for one in intake.evidence
    )


def _without_evidence(desk: Desk, intake: Intake) -> tuple[f.Fact, ...]:
    """Note why it goes on without what its category asks for; `check_form` has seen who says so."""
    reason = _words(intake.evidence_without)
    if reason is None or not lacks_evidence(intake, desk.handbook().subcategory(intake.category)):
        return ()
    return (f.EvidenceDeferred(reason=reason),)


def _linked(desk: Desk, unit: Unit, intake: Intake, logged: f.Logged) -> tuple[f.Fact, ...]:
    """Name the earlier case, and whether this is a call about the same again. Raises NotFound."""
    if intake.linked_to is None:
        return ()
    earlier = unit.tickets.get(intake.linked_to)
    again = is_repeat(
        earlier,
        customer=logged.customer_id,
        category=logged.category,
        received_at=logged.received_at,
        within=desk.handbook().intake.repeat_within,
    )
    return (f.Linked(other=earlier.number, is_repeat=again),)


def _authority(desk: Desk, intake: Intake, now: datetime) -> tuple[f.Fact, ...]:
    """Note the authority outside that it came through."""
    if not intake.authority:
        return ()
    typed = Waiting(
        authority=intake.authority,
        reference=_words(intake.authority_no),
        due_at=intake.authority_due,
    )
    return (waits(desk, typed, now=now),)


def _words(text: str) -> Text | None:
    return Text(text.strip()) if text.strip() else None
