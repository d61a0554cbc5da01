"""Look at cases: lists, search, one ticket with what is owed and possible, its timeline (R110, R111, C11)."""

import heapq
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from tickets.case import lifecycle
from tickets.case.filters import NO_FILTERS, Filters, Order
from tickets.case.fold import fold
from tickets.case.lifecycle import Move
from tickets.case.listing import Page, Query, Scope
from tickets.case.log import Event
from tickets.case.redaction import summarise
from tickets.case.removed import without_removed
from tickets.case.ticket import Ticket
from tickets.case.values import Number, PersonId
from tickets.desk.asking import note_look_up, reading
from tickets.desk.change import note_refusal, present_actor
from tickets.desk.context import Desk
from tickets.desk.merge import absorbed_by
from tickets.errors import Refused
from tickets.people import roles
from tickets.people.privacy import Masked, masked, redact
from tickets.people.roles import Action, Actor
from tickets.ports import Unit
from tickets.time.deadline import Deadline
from tickets.time.deadlines import owed

_MAIL = re.compile(r"[^\s@]+@[^\s@]+")
LONGEST_SEARCH = 200  # characters; a question, not a document
_PHONE = re.compile(r"[\d\s+().\-＋（）－]+")  # whole: no word beside it

# Which right each step of the status table asks for.
RIGHTS: dict[Move, Action] = {
    Move.ACCEPT: Action.ACCEPT,
    Move.START: Action.WORK,
    Move.CONTACT: Action.CONTACT,
    Move.PLAN: Action.WORK,
    Move.WORKAROUND: Action.WORK,
    Move.WAIT: Action.PAUSE,
    Move.HOLD: Action.PAUSE,
    Move.RESUME: Action.PAUSE,
    Move.RESOLVE: Action.RESOLVE,
    Move.ANSWER: Action.ANSWER_ON_THE_SPOT,
    Move.HAND_BACK: Action.HAND_BACK,
    Move.TELL: Action.TELL_CUSTOMER,
    Move.TELL_AGAIN: Action.TELL_AGAIN,
    Move.CONFIRM: Action.TELL_CUSTOMER,
    Move.SCORE: Action.SCORE,
    Move.CALLBACK_TRIED: Action.SCORE,
    Move.FOLLOW_UP: Action.FOLLOW_UP,
    Move.END_FOLLOW_UP: Action.FOLLOW_UP,
    Move.CLOSE: Action.CLOSE,
    Move.REOPEN: Action.REOPEN,
    Move.MARK_INVALID: Action.MARK_INVALID,
    Move.TAKE_INVALID_BACK: Action.TAKE_INVALID_BACK,
    Move.REASSIGN: Action.ASSIGN,
    Move.SUPERVISOR_CALL: Action.SUPERVISOR_CALL,
    Move.PROMISE: Action.PROMISE,
    Move.SETTLE: Action.SETTLE_DISPUTE,
    Move.ASK_DEPARTMENT: Action.ASK_DEPARTMENT,
    Move.ANSWER_QUESTION: Action.ANSWER_QUESTION,
    Move.GRADE: Action.GRADE,
    Move.REFER: Action.REFER,
    Move.CORRECT: Action.CORRECT,
    Move.FILL_IN: Action.CORRECT,
    Move.NOTE: Action.NOTE,
    Move.EVIDENCE: Action.ADD_EVIDENCE,
    Move.MERGE: Action.MERGE,
    Move.ADDENDUM: Action.ADD_ADDENDUM,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseView:
    """All that a screen may show of a ticket; words pass `redact`, identity is masked."""

    ticket: Ticket
    events: tuple[Event, ...]
    deadlines: tuple[Deadline, ...]
    customer: Masked
    summary: str
    redact: Callable[[str], str]
    story: tuple[Event, ...] = ()  # with what merged tickets brought along, by moment


def view_of(desk: Desk, unit: Unit, number: Number, who: Actor | None = None) -> CaseView:
    """Put a ticket's masked view together inside a transaction; checks no right.

    Of merged high-risk tickets `who` reads only what is open to them; the words of posts that were
    removed in the thread are for supervisors.
    """
    handbook = desk.handbook()
    events = unit.tickets.events(number)
    ticket = fold(events)
    customer = unit.customers.get(ticket.customer_id)
    logs = tuple(absorbed_by(unit, ticket, who))
    others = {fold(log).customer_id for log in logs} - {ticket.customer_id}
    whose = (customer, *(unit.customers.get(one) for one in sorted(others)))
    names = tuple(one.name for one in whose if one.name)

    def clean(text: str) -> str:
        return redact(text, names=names, phones=desk.phones.spans)

    story = told_together(events, logs)
    if who and roles.Role.SUPERVISOR not in who.roles:
        events, story = without_removed(events), without_removed(story)
    return CaseView(
        ticket=ticket,
        events=events,
        deadlines=owed(events, handbook.policies, desk.calendar(), pauses=handbook.pauses),
        customer=masked(customer, phone_mask=handbook.privacy.phone_mask),
        summary=summarise(clean(ticket.intake.description)),
        redact=clean,
        story=story,
    )


def told_together(
    events: tuple[Event, ...], others: Sequence[tuple[Event, ...]]
) -> tuple[Event, ...]:
    """Read a ticket's log and those of what it took in as one, by moment; each keeps its own order."""
    if not others:
        return events
    return tuple(heapq.merge(events, *others, key=lambda event: event.at))


def list_tickets(
    desk: Desk, scope: Scope, *, by: PersonId, department: str | None = None, page: int = 1
) -> Page:
    """Give one page of a list, by urgency, then next deadline. Raises Refused."""
    with reading(desk, by, Action.LIST) as (unit, who):
        return unit.tickets.page(
            Query(
                sight=roles.sight(who),
                scope=scope,
                department=department,
                now=desk.clock.now(),
                page=page,
                open_only=scope is not Scope.ARCHIVED,
            )
        )


def search(
    desk: Desk,
    words: str,
    *,
    by: PersonId,
    scope: Scope = Scope.ALL,
    filters: Filters = NO_FILTERS,
    order: Order = Order.TIME,
    page: int = 1,
) -> Page:
    """Search what this person may see, newest first; an archive key, whole or begun, finds what is filed under it.

    A whole phone or mail finds its customer's cases, for those who may look customers up; for all others
    it is words like any, which no redacted text holds. A look-up goes on the audit log, found or not.
    """
    with reading(desk, by, Action.LIST) as (unit, who):
        phone, email = reached_at(words, desk)
        looks_up = bool(phone or email) and roles.may(who, Action.LOOK_UP)
        known = unit.customers.find(phone=phone, email=email) if looks_up else None
        found = unit.tickets.page(
            Query(
                sight=roles.sight(who),
                scope=scope,
                filters=filters,
                order=order,
                words=words[:LONGEST_SEARCH],
                customer=known.id if known else None,
                now=desk.clock.now(),
                page=page,
                open_only=False,
            )
        )
    if looks_up:
        note_look_up(desk, known.id if known else None, by=by)
    return found


def require_searching(desk: Desk, *, by: PersonId) -> None:
    """Refuse those who may see no list before a form asks them what to look for. Raises Refused."""
    with reading(desk, by, Action.LIST):
        return


def reached_at(words: str, desk: Desk) -> tuple[str | None, str | None]:
    """Identities are sealed, so only a whole phone number or mail address can be looked up."""
    email = words.strip() if _MAIL.fullmatch(words.strip()) else None
    return desk.phones.normalise(words) if _PHONE.fullmatch(words) else None, email


def show(desk: Desk, number: Number, *, by: PersonId) -> tuple[CaseView, tuple[Move, ...]]:
    """Show one ticket, masked, with the steps that this person may take now. Raises Refused or NotFound."""
    try:
        with desk.records.read() as unit:
            who = present_actor(unit, by, desk.handbook())
            view = view_of(desk, unit, number, who)
            _require_sight(who, view.ticket)
    except Refused as refusal:
        note_refusal(desk, by=by, action=Action.SEE, number=number, why=refusal.message.id)
        raise
    return view, steps_for(who, view.ticket)


def _require_sight(who: Actor, ticket: Ticket) -> None:
    open_queue = ticket.assignee is None and roles.may(who, Action.ASSIGN, ticket)
    if not open_queue:
        roles.require(who, Action.SEE, ticket)


def steps_for(who: Actor, ticket: Ticket) -> tuple[Move, ...]:
    """List the steps that both the status and this person's rights allow."""
    return tuple(
        move
        for move in lifecycle.possible(ticket)
        if move in RIGHTS and roles.may(who, RIGHTS[move], ticket)
    )


def is_overdue(deadlines: tuple[Deadline, ...], now: datetime) -> bool:
    """Tell whether anything owed is past its due time."""
    return any(one.is_owed and one.is_breached(now) for one in deadlines)
