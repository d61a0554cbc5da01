"""待回访: the customers an agent has to tell or to call, one entry a customer (R59–R61)."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from tickets.case.values import CustomerId, Number, PersonId, Status
from tickets.insight.ending import Ending
from tickets.time.deadline import DeadlineKind

_LAST = datetime.max.replace(tzinfo=UTC)


class Need(StrEnum):
    """What the customer is owed."""

    TELL = "tell"  # the result
    CALL = "call"  # to be asked how it was handled
    SUPERVISE = "supervise"  # a supervisor's call after a low score (R62)


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One case a customer is to be told of or called about."""

    number: Number
    category: str
    customer: CustomerId
    need: Need
    due_at: datetime | None
    attempts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OwedCall:
    """A call that a supervisor owes after a low score (R62)."""

    number: Number
    category: str
    customer: CustomerId
    round: int  # that the low score began
    due_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CallList:
    """One agent's list of a day; `later` are owed after the next list."""

    calls: tuple[Call, ...]  # a customer's together, the earliest due first
    customers: int
    later: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CallLists:
    """Everybody's list of a day, by person."""

    people: Mapping[str, CallList]


def call_lists(
    endings: Iterable[Ending],
    *,
    until: datetime,
    who: Callable[[PersonId], PersonId],
    supervise: Iterable[OwedCall] = (),
    supervisors: Iterable[PersonId] = (),
) -> CallLists:
    """Make everybody's list of what is due before the next one; `who` answers for somebody away.

    What supervisors owe stands on the list of each of them: whoever calls first has called.
    """
    theirs = [supervised(one) for one in supervise]
    owed: defaultdict[PersonId, list[Call]] = defaultdict(list)
    for person in supervisors if theirs else ():
        owed[person] += theirs
    for one in endings:
        call = _call(one)
        if call and one.caller:
            owed[who(one.caller)].append(call)
    lists = {str(person): _list(calls, until) for person, calls in sorted(owed.items())}
    return CallLists(people={person: one for person, one in lists.items() if one.calls})


def _call(one: Ending) -> Call | None:
    if one.status not in {Status.RESOLVED, Status.FOLLOW_UP} or not one.has_contact:
        return None
    if not one.is_told:
        need, kind = Need.TELL, DeadlineKind.CUSTOMER_FEEDBACK
    elif not (one.is_scored or one.needs_no_score):
        need, kind = Need.CALL, DeadlineKind.CALLBACK
    else:
        return None
    return Call(
        number=one.number,
        category=one.category,
        customer=one.customer_id,
        need=need,
        due_at=min((clock.due_at for clock in one.owed if clock.kind is kind), default=None),
        attempts=len(one.attempts),
    )


def supervised(one: OwedCall) -> Call:
    """Put a supervisor's call on a list."""
    return Call(
        number=one.number,
        category=one.category,
        customer=one.customer,
        need=Need.SUPERVISE,
        due_at=one.due_at,
        attempts=0,
    )


def calls_of(endings: Iterable[Ending], person: PersonId) -> tuple[Call, ...]:
    """List every call this person owes at this moment, a customer's together, the earliest due first."""
    return calls_about([one for one in endings if one.caller == person])


def calls_about(endings: Iterable[Ending]) -> tuple[Call, ...]:
    """List what is owed about these cases, a customer's together, the earliest due first."""
    return tuple(_by_customer([one for one in map(_call, endings) if one]))


def _list(calls: Sequence[Call], until: datetime) -> CallList:
    today = [one for one in calls if one.due_at is None or one.due_at < until]
    grouped = tuple(_by_customer(today))
    return CallList(
        calls=grouped,
        customers=len({one.customer for one in grouped}),
        later=len(calls) - len(today),
    )


def _by_customer(calls: Sequence[Call]) -> Iterator[Call]:
    theirs: defaultdict[CustomerId, list[Call]] = defaultdict(list)
    for one in sorted(calls, key=lambda call: (call.due_at or _LAST, call.number)):
        theirs[one.customer].append(one)
    for some in theirs.values():
        yield from some
