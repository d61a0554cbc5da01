"""待回访 at this moment: whom one person tells and calls, and what supervisors owe after a low score (R59–R62)."""

from collections.abc import Mapping
from dataclasses import dataclass

from tickets.case.values import CustomerId, PersonId
from tickets.desk.asking import reading
from tickets.desk.context import Desk
from tickets.insight.calls import Call, calls_of, supervised
from tickets.people import roles
from tickets.people.privacy import Masked, masked
from tickets.people.roles import Action


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
