"""The one way a ticket changes: right, decision, events, projections, notices, audit and receipt in one transaction."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from tickets.case import facts as f
from tickets.case import lifecycle
from tickets.case.announce import notices_of
from tickets.case.announce.cards import cards
from tickets.case.deputies import to_deputies, waits_for_deputy
from tickets.case.fold import apply, fold
from tickets.case.log import DESK, Event
from tickets.case.outside import about, outside_of
from tickets.case.redaction import redacted, redacted_addenda
from tickets.case.ticket import Ticket
from tickets.case.values import AssignCause, Number, PersonId, Status
from tickets.desk.context import Desk
from tickets.desk.decided import decided_on
from tickets.desk.exposed import exposed_files
from tickets.desk.figure_rows import keep_rows
from tickets.desk.pointing import pointed_out
from tickets.desk.reckoned import reckon, void_unsent
from tickets.desk.retro_redrawn import redrawn_for
from tickets.desk.surely import surely
from tickets.errors import Refused
from tickets.handbook import Handbook
from tickets.message import Word
from tickets.notices import Notice, Plain
from tickets.people import roles
from tickets.people.customers import Customer
from tickets.people.roles import Action, Actor
from tickets.ports import AuditEntry, Receipt, Unit
from tickets.time.calendar import Calendar
from tickets.time.deadlines import Reckoning
from tickets.time.moves import why_moved


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """What a decision looks at; all of one transaction."""

    desk: Desk
    unit: Unit
    ticket: Ticket
    events: tuple[Event, ...]
    who: Actor
    handbook: Handbook
    calendar: Calendar
    now: datetime


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of it. No facts: there was nothing left to do, or the delivery was a repeated one."""

    ticket: Ticket
    facts: tuple[f.Fact, ...] = ()


Decide = Callable[[Scene], Sequence[f.Fact]]
Detail = Callable[[Ticket], Mapping[str, Plain]]


def nothing_more(_ticket: Ticket) -> Mapping[str, Plain]:
    """Leave an audit entry without particulars."""
    return {}


def change(
    desk: Desk,
    number: Number,
    *,
    by: PersonId,
    action: Action,
    receipt: str,
    decide: Decide,
    detail: Detail = nothing_more,
    beside: Number | None = None,
) -> Outcome:
    """Change one ticket once per receipt; `detail` gives the particulars of the audit entry, ids and codes.

    `beside` is another ticket that changes with it: both are held in the order of their numbers.
    Raises Refused (audited in a transaction of its own), IllegalMove, NotFound, Conflict or Busy;
    then nothing of it is kept.
    """

    def once() -> Outcome:
        with desk.records.write() as unit:
            if beside is not None and beside < number:
                unit.tickets.events(beside)  # held first: whoever comes crosswise waits here
            scene = scene_of(desk, unit, number, by)
            return _change(scene, action=action, receipt=receipt, decide=decide, detail=detail)

    try:
        outcome = surely(once)
    except Refused as refusal:
        note_refusal(desk, by=by, action=action, number=number, why=refusal.message.id)
        raise
    if outcome.facts:
        desk.wake()
    return outcome


def _change(
    scene: Scene, *, action: Action, receipt: str, decide: Decide, detail: Detail
) -> Outcome:
    unit, ticket, by = scene.unit, scene.ticket, scene.who.id
    if unit.receipts.find(receipt):
        return Outcome(ticket)
    roles.require(scene.who, action, ticket)
    facts = tuple(decide(scene))
    after = record(scene, facts, by=by) if facts else ticket
    unit.receipts.keep(Receipt(key=receipt, kind=action, number=ticket.number), at=scene.now)
    unit.audit.write(
        AuditEntry(
            at=scene.now,
            by=by,
            action=action,
            number=ticket.number,
            outcome="done" if facts else "noop",
            detail=detail(after),
        )
    )
    return Outcome(after, facts)


def scene_of(desk: Desk, unit: Unit, number: Number, by: PersonId) -> Scene:
    """Load what a decision about one ticket looks at. Raises NotFound."""
    events = unit.tickets.events(number)
    handbook = desk.handbook()
    return Scene(
        desk=desk,
        unit=unit,
        ticket=fold(events),
        events=events,
        who=present_actor(unit, by, handbook),
        handbook=handbook,
        calendar=desk.calendar(),
        now=desk.clock.now(),
    )


def present_actor(unit: Unit, person: PersonId, handbook: Handbook) -> Actor:
    """Look up who is asking; people who left, guests and bots have no rights (F51, X02)."""
    member = unit.directory.person(person)
    if member is not None and (not member.is_active or member.is_guest or member.is_bot):
        return Actor(person, frozenset())
    return roles.actor(person, handbook)


def events_of(scene: Scene, facts: Sequence[f.Fact], *, by: PersonId) -> tuple[Event, ...]:
    """Give facts the places in the log that they take."""
    ticket = scene.ticket
    return tuple(
        Event(ticket.id, ticket.number, ticket.version + place, scene.now, _author(fact, by), fact)
        for place, fact in enumerate(facts, start=1)
    )


def record(scene: Scene, facts: Sequence[f.Fact], *, by: PersonId) -> Ticket:
    """Append facts to the log and bring everything that follows from it up to date."""
    ticket = scene.ticket
    lifecycle.require_kept(ticket, facts)
    new = events_of(scene, facts, by=by)
    after = apply(ticket, new)
    if ticket.status is Status.ARCHIVED:
        return _keep_beside(scene, after, new)
    whose = scene.unit.customers.get(ticket.customer_id)
    log = (*scene.events, *new)
    scene.unit.notices.plan(pointed_out(scene.desk, new, whose))
    return keep(
        scene.desk, scene.unit, before=ticket, after=after, log=log, new=new, customer=whose
    )


def _keep_beside(scene: Scene, after: Ticket, new: tuple[Event, ...]) -> Ticket:
    """Append to the log of an archived ticket, whose rows and card stay as they are."""
    whose = scene.unit.customers.get(after.customer_id)
    said = redacted_addenda((*scene.events, *new), whose, scene.desk.phones.spans)
    scene.unit.tickets.add_to_archived(after, new, addenda=said)
    scene.unit.notices.plan(notices_of(scene.ticket, after, new, scene.handbook))
    return after


def keep(
    desk: Desk,
    unit: Unit,
    *,
    before: Ticket | None,
    after: Ticket,
    log: tuple[Event, ...],
    new: tuple[Event, ...],
    customer: Customer,
) -> Ticket:
    """Write new events with their projections, card and notices; give the ticket as it is then."""
    handbook = desk.handbook()
    stored = unit.watch.deadlines(after.number) if before else ()
    why = why_moved(before, new) if before else None
    reckoning = Reckoning(handbook.policies, desk.calendar(), pauses=handbook.pauses)
    reckoned = reckon(after, log, stored, reckoning, now=new[-1].at, why=why)
    after, new = reckoned.ticket, (*new, *reckoned.moved)
    unit.tickets.append(
        after,
        new,
        deadlines=reckoned.deadlines,
        redacted=redacted(after, log, customer, desk.phones.spans),
    )
    keep_rows(unit, after, log, reckoned.deadlines, desk.calendar())
    void_unsent(unit, reckoned.moved)
    if before and before.department == after.department and after.status.is_open:
        unit.notices.plan(_first_card(unit, after))
    unit.cards.want(after.number, department=after.department, version=after.version)
    unit.notices.plan(tuple(decided_on(unit, before, after, log, new, handbook)))
    unit.notices.plan(
        _with_deputies(unit, after, notices_of(before, after, new, handbook), handbook)
    )
    unit.notices.plan(outside_of(about(after), new, handbook))
    unit.notices.plan(tuple(redrawn_for(unit, before, after, handbook)))
    unit.notices.plan(tuple(exposed_files(before, after, log, new)))
    return after


def _first_card(unit: Unit, ticket: Ticket) -> Sequence[Notice]:
    """Give a case that came in silently its card once something happens to it: what is said of it stands under it."""
    return cards(None, ticket) if unit.cards.without([ticket.number]) else ()


def _with_deputies(
    unit: Unit, ticket: Ticket, notices: Sequence[Notice], handbook: Handbook
) -> tuple[Notice, ...]:
    """Add what deputies hear in the place of who is away; a high risk stays with its own people (R30)."""
    deputies = handbook.people.deputies
    if ticket.is_restricted or not waits_for_deputy(notices, deputies):
        return tuple(notices)
    return tuple(to_deputies(notices, unit.absences.away(ticket.changed_at), deputies))


def _author(fact: f.Fact, by: PersonId) -> PersonId:
    """What the desk decides by its rules is the desk's own doing, not the clicking person's."""
    match fact:
        case f.Assigned(cause=AssignCause.PERSON | AssignCause.HANDOVER | AssignCause.ON_THE_SPOT):
            return by
        case f.Assigned() | f.RoundBegun(by_low_score=True) | f.PriorityChanged(reason=None):
            return DESK
        case _:
            return by


def note_refusal(
    desk: Desk, *, by: PersonId, action: Action, number: Number | None, why: str
) -> None:
    """Audit a refusal in a transaction of its own, before it is shown (X28)."""
    with desk.records.write() as unit:
        unit.audit.write(
            AuditEntry(
                at=desk.clock.now(),
                by=by,
                action=action,
                number=number,
                outcome="refused",
                detail={"why": why},
            )
        )


def require_reason(scene: Scene, action: Action, reason: str | None) -> None:
    """Raise Refused when somebody acts for the assignee without saying why."""
    if roles.needs_reason(scene.who, action, scene.ticket) and not (reason or "").strip():
        raise Refused("refused.needs_reason", action=Word(f"action.{action}"))
