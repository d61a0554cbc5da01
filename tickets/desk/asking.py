"""Asking for a right before looking, with refusals and look-ups on the audit log."""

from collections.abc import Iterator
from contextlib import contextmanager

from tickets.case.values import CustomerId, Number, PersonId
from tickets.desk.change import note_refusal, present_actor
from tickets.desk.context import Desk
from tickets.errors import Refused
from tickets.people import roles
from tickets.people.roles import Action, Actor
from tickets.ports import AuditEntry, Unit


def rights_of(desk: Desk, *, by: PersonId) -> frozenset[Action]:
    """List what this person may do that is about no ticket in particular; a stranger nothing."""
    with desk.records.read() as unit:
        who = present_actor(unit, by, desk.handbook())
    return frozenset(action for action in Action if roles.may(who, action))


@contextmanager
def asked(desk: Desk, by: PersonId, action: Action, number: Number | None = None) -> Iterator[None]:
    """Put a refusal on the audit log, once what was undone is undone."""
    try:
        yield
    except Refused as refusal:
        note_refusal(desk, by=by, action=action, number=number, why=refusal.message.id)
        raise


@contextmanager
def reading(
    desk: Desk, by: PersonId, action: Action, number: Number | None = None
) -> Iterator[tuple[Unit, Actor]]:
    """Open a reading transaction for somebody who may do this (to this ticket). Raises Refused."""
    with asked(desk, by, action, number), desk.records.read() as unit:
        who = present_actor(unit, by, desk.handbook())
        roles.require(who, action, unit.tickets.get(number) if number else None)
        yield unit, who


def note_look_up(
    desk: Desk, customer: CustomerId | None, *, by: PersonId, shown: Number | None = None
) -> None:
    """Put on the audit log that a customer was looked up by a number or address; None: nobody has it (X28)."""
    with desk.records.write() as unit:
        unit.audit.write(
            AuditEntry(
                at=desk.clock.now(),
                by=by,
                action=Action.LOOK_UP,
                number=shown,
                outcome="done" if customer else "noop",
                detail={"customer": customer} if customer else {},
            )
        )
