"""Who is called when a deadline comes near, passes or climbs the ladder (R81, R82, DESK.md 5)."""

from collections.abc import Iterable

from tickets.case.values import PersonId
from tickets.handbook import Handbook
from tickets.ports import Due
from tickets.time.deadline import DeadlineKind

_THE_CALLERS = frozenset(
    {DeadlineKind.CUSTOMER_FEEDBACK, DeadlineKind.CALLBACK, DeadlineKind.WATCH}
)


def called(due: Due, tell: Iterable[str], handbook: Handbook) -> tuple[PersonId, ...]:
    """Name the people that words of the policy stand for, in order, each once."""
    named = (person for word in tell for person in _people(word, due, handbook))
    return tuple(dict.fromkeys(named))


def on_duty(due: Due, handbook: Handbook) -> tuple[PersonId, ...]:
    """Name who has to meet a deadline; nobody's is its lead's, without a lead the supervisors'."""
    kind = due.deadline.kind
    if kind is DeadlineKind.SUPERVISOR_CALLBACK:
        return _supervisors(handbook)
    if kind is DeadlineKind.INTERNAL:
        return _lead(due, handbook)
    if kind in _THE_CALLERS:
        return (due.caller or due.logged_by,)
    if due.assignee:
        return (due.assignee,)
    return (due.logged_by,) if kind is DeadlineKind.PROMISE else _lead(due, handbook)


def _people(word: str, due: Due, handbook: Handbook) -> tuple[PersonId, ...]:
    match word:
        case "assignee":
            return on_duty(due, handbook)
        case "lead":
            return _lead(due, handbook)
        case "supervisors":
            return _supervisors(handbook)
        case "directors":
            return tuple(sorted(handbook.people.directors))
        case _:
            return (PersonId(word),)


def lead_of(due: Due, handbook: Handbook) -> PersonId | None:
    """Name the lead of the department that owes a deadline: of a question, the one that was asked."""
    key = due.department
    if due.deadline.kind is DeadlineKind.INTERNAL:
        key = due.deadline.detail.partition("#")[0]
    found = handbook.departments.get(key)
    return found.lead if found else None


def _lead(due: Due, handbook: Handbook) -> tuple[PersonId, ...]:
    lead = lead_of(due, handbook)
    return (lead,) if lead else _supervisors(handbook)


def _supervisors(handbook: Handbook) -> tuple[PersonId, ...]:
    return tuple(sorted(handbook.people.supervisors))
