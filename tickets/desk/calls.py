"""待回访 at this moment: whom one person tells and calls, and what supervisors owe after a low score (R59–R62)."""

from collections.abc import Mapping
from dataclasses import dataclass

from tickets.case import facts as f
from tickets.case.fold import fold
from tickets.case.values import CustomerId, Number, PersonId
from tickets.desk import ending
from tickets.desk.asking import reading
from tickets.desk.context import Desk
from tickets.insight.calls import Call, Need, calls_about, calls_of, supervised
from tickets.people import roles
from tickets.people.customers import Customer
from tickets.people.privacy import Masked, masked, redact
from tickets.people.roles import Action
from tickets.ports import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class CallsNow:
    """One person's calls; whose they are is masked."""

    own: tuple[Call, ...]
    supervise: tuple[Call, ...]  # for supervisors: whoever calls first has called
    is_supervisor: bool
    customers: Mapping[CustomerId, Masked]


def calls_now(desk: Desk, *, by: PersonId) -> CallsNow:
    """List what this person owes customers now, the earliest due first. Raises Refused."""
    with reading(desk, by, Action.LIST) as (unit, who):
        is_supervisor = roles.may(who, Action.SUPERVISOR_CALL)
        owed = unit.insight.supervisor_calls() if is_supervisor else ()
        own, theirs = calls_of(unit.insight.unfinished(), by), tuple(map(supervised, owed))
        mask = desk.handbook().privacy.phone_mask
        return CallsNow(
            own=own,
            supervise=theirs,
            is_supervisor=is_supervisor,
            customers={
                one: masked(unit.customers.get(one), phone_mask=mask)
                for one in {call.customer for call in (*own, *theirs)}
            },
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """What a case was about and how it was solved, personal data taken out: the caller knows it while asking."""

    happened: str
    result: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CallCard:
    """One customer to be called: the cases to ask about, one after another, and whether it is the hour for it."""

    asked_at: Number  # the case it was opened from
    calls: tuple[Call, ...]  # what is left to ask about
    matters: Mapping[Number, Matter]
    customer: Masked
    is_the_hour: bool


def call_card(desk: Desk, number: Number, *, by: PersonId) -> CallCard:
    """Put one customer's cases together that this person may ask about. Raises Refused or NotFound."""
    with reading(desk, by, Action.SCORE, number) as (unit, who):
        whose = unit.tickets.get(number).customer_id
        theirs = [one for one in unit.insight.unfinished() if one.customer_id == whose]
        may = [one for one in theirs if roles.may(who, Action.SCORE, unit.tickets.get(one.number))]
        calls = tuple(one for one in calls_about(may) if one.need is Need.CALL)
        customer = unit.customers.get(whose)
        return CallCard(
            asked_at=number,
            calls=calls,
            matters={one.number: _matter(unit, one.number, customer, desk) for one in calls},
            customer=masked(customer, phone_mask=desk.handbook().privacy.phone_mask),
            is_the_hour=_is_the_hour(desk),
        )


def _matter(unit: Unit, number: Number, customer: Customer, desk: Desk) -> Matter:
    ticket = fold(unit.tickets.events(number))
    names, phones = (customer.name,) if customer.name else (), desk.phones.spans
    return Matter(
        happened=redact(ticket.intake.description, names=names, phones=phones),
        result=redact(ticket.result or "", names=names, phones=phones),
    )


def decline_calls(
    desk: Desk,
    number: Number,
    tried: f.CallbackTried,
    *,
    by: PersonId,
    receipt: str,
    of_round: int | None,
) -> None:
    """Record that a customer wants no such calls any more, on every case this person was to ask about."""
    ending.callback_tried(
        desk, number, tried, by=by, receipt=receipt, of_round=of_round, never_again=True
    )
    for one in call_card(desk, number, by=by).calls:
        ending.callback_tried(desk, one.number, tried, by=by, receipt=f"{receipt}:{one.number}")


def _is_the_hour(desk: Desk) -> bool:
    hours, local = desk.handbook().callbacks.hours, desk.calendar().local(desk.clock.now())
    minute = local.hour * 60 + local.minute
    return not hours or any(span.start <= minute < span.end for span in hours)
