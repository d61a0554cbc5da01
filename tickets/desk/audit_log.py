"""The audit log of a case: who did what when, refusals and looks at customer data included (RELIABILITY.md 4)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType

from tickets.case.ticket import Ticket
from tickets.case.values import Number, PersonId
from tickets.desk.change import note_refusal, present_actor
from tickets.desk.context import Desk
from tickets.errors import Refused
from tickets.people import roles
from tickets.people.roles import Action
from tickets.ports import AuditEntry, AuditPage, AuditQuery
from tickets.ports.auditing import EXPORT, EXPORT_TABLE

PAGE_SIZE = 20

SEEING = frozenset(
    {
        Action.REVEAL,
        Action.LOOK_UP,
        Action.MAKE_DOSSIER,
        Action.EXPORT_MASKED,
        Action.ASK_FULL_EXPORT,
        Action.APPROVE_FULL_EXPORT,
        EXPORT,  # on the command line: everything, opened
        EXPORT_TABLE,
    }
)
"""Actions by which somebody sees, finds or carries away what is kept of a customer."""


class Slice(StrEnum):
    """Which part of the log is asked for."""

    ALL = "all"
    SEEN = "seen"  # who saw, looked up or took customer data, and who was refused
    REFUSED = "refused"


_SLICES: Mapping[Slice, AuditQuery] = MappingProxyType(
    {
        Slice.ALL: AuditQuery(),
        Slice.SEEN: AuditQuery(actions=SEEING),
        Slice.REFUSED: AuditQuery(outcomes=frozenset({"refused"})),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What was read: the case, the part asked for and one page of it."""

    ticket: Ticket
    slice: Slice
    page: AuditPage


def read_audit(
    desk: Desk, number: Number, *, by: PersonId, part: Slice = Slice.ALL, page: int = 1
) -> Read:
    """Give a page of a case's log, the newest entry first; that it was read goes on it too.

    Raises Refused or NotFound.
    """
    asked = _SLICES[part]
    try:
        with desk.records.write() as unit:
            who = present_actor(unit, by, desk.handbook())
            ticket = unit.tickets.get(number)
            roles.require(who, Action.READ_AUDIT, ticket)
            query = replace(asked, numbers=frozenset({number}), exports_of=ticket.customer_id)
            found = unit.audit.page(query, page=page, size=PAGE_SIZE)
            unit.audit.write(
                AuditEntry(
                    at=desk.clock.now(),
                    by=by,
                    action=Action.READ_AUDIT,
                    number=number,
                    outcome="done",
                    detail={"part": part, "page": found.page},
                )
            )
    except Refused as refusal:
        note_refusal(desk, by=by, action=Action.READ_AUDIT, number=number, why=refusal.message.id)
        raise
    return Read(ticket=ticket, slice=part, page=found)
