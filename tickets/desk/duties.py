"""What else is one person's at this moment: first contacts, promises by date, supervisors' calls, and who is on duty (R42)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from tickets.case.values import Number, PersonId
from tickets.desk.absence import Duty, duty_now
from tickets.desk.asking import reading
from tickets.desk.context import Desk
from tickets.desk.first_contact import FirstContact, first_contact_of, taken_by
from tickets.insight.calls import OwedCall
from tickets.insight.promises import OwedPromise
from tickets.people import roles
from tickets.people.privacy import redact
from tickets.people.roles import Action
from tickets.ports import Unit

T = TypeVar("T")
U = TypeVar("U")
A_PAGE = 10


@dataclass(frozen=True, slots=True)
class Part(Generic[T]):
    """One page of a list."""

    items: tuple[T, ...]
    total: int
    page: int

    @property
    def last(self) -> int:
        """Give the number of the last page."""
        return max(1, -(-self.total // A_PAGE))


@dataclass(frozen=True, slots=True, kw_only=True)
class MyPromise:
    """A promise on a case somebody took or solves; a high risk keeps its words."""

    number: Number
    category: str
    due_at: datetime
    what: str  # redacted
    is_restricted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Duties:
    """What stands beside one's own work; every line is masked."""

    first_contacts: Part[FirstContact]
    promises: Part[MyPromise]
    supervise: Part[OwedCall]  # for supervisors: whoever calls first has called
    duty: tuple[Duty, ...]


def duties_of(
    desk: Desk, *, by: PersonId, first: int = 1, promises: int = 1, supervise: int = 1
) -> Duties:
    """Put together what else is one person's; the numbers say which page of each list. Raises Refused."""
    with reading(desk, by, Action.LIST) as (unit, who):
        calls: Sequence[OwedCall] = ()
        if roles.may(who, Action.SUPERVISOR_CALL):
            calls = unit.insight.supervisor_calls()
        return Duties(
            first_contacts=_part(
                taken_by(desk, unit, who), first, lambda line: first_contact_of(desk, unit, line)
            ),
            promises=_part(
                unit.insight.promises_owed(by), promises, lambda one: _promise(desk, unit, one)
            ),
            supervise=_part(calls, supervise, lambda one: one),
            duty=duty_now(desk, by=by),
        )


def _part(found: Sequence[T], page: int, made: Callable[[T], U]) -> Part[U]:
    """Take one page of a list and make of its rows alone what is shown."""
    last = max(1, -(-len(found) // A_PAGE))
    here = min(max(1, page), last)
    some = found[(here - 1) * A_PAGE : here * A_PAGE]
    return Part(tuple(map(made, some)), len(found), here)


def _promise(desk: Desk, unit: Unit, owed: OwedPromise) -> MyPromise:
    ticket = unit.tickets.get(owed.number)
    customer = unit.customers.get(ticket.customer_id)
    names = (customer.name,) if customer.name else ()
    said = next((one.what for one in ticket.promises if one.key == owed.key), "")
    return MyPromise(
        number=owed.number,
        category=ticket.category,
        due_at=owed.due_at,
        what=redact(said, names=names, phones=desk.phones.spans),
        is_restricted=ticket.is_restricted,
    )
