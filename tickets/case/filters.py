"""What narrows a search beside its words: closed sets, people, days, scores; and in which order hits come."""

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from datetime import datetime
from enum import StrEnum

from tickets.case.shown import Side
from tickets.case.values import Kind, PersonId, Priority, Status

LOWEST, HIGHEST = 1, 5  # R59


class Order(StrEnum):
    """How hits are put in order."""

    TIME = "time"  # the newest first
    RELEVANCE = "relevance"  # what says the words most often first; the newest of equals


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """All of these must hold; of several values of one kind any. What is empty narrows nothing."""

    statuses: frozenset[Status] = frozenset()
    sides: frozenset[Side] = frozenset()  # of statuses; what is of any of both is left
    departments: frozenset[str] = frozenset()
    people: frozenset[PersonId] = (
        frozenset()
    )  # who solves it, logged it or owes its customer a call
    nobody: bool = False  # nobody has taken it
    categories: frozenset[str] = frozenset()  # first levels (`quality`) or second (`quality/looks`)
    kinds: frozenset[Kind] = frozenset()
    priorities: frozenset[Priority] = frozenset()
    scores: frozenset[int] = frozenset()  # the customer's, the newest that was given
    tags: frozenset[str] = frozenset()  # the desk's own, of the customer
    authorities: frozenset[str] = frozenset()  # outside, that it came by or went to
    since: datetime | None = None  # it was received; half-open, in UTC
    before: datetime | None = None
    overdue: bool = False
    open_only: bool = False

    @property
    def parts(self) -> frozenset[Status | Side]:
        """What is wanted of statuses, whole or by one side."""
        return self.statuses | self.sides

    @property
    def narrow(self) -> bool:
        """Tell whether anything is left out."""
        return any(
            getattr(self, one.name) not in {None, False, frozenset()} for one in fields(self)
        )


NO_FILTERS = Filters()


def with_parts(filters: Filters, parts: Iterable[Status | Side]) -> Filters:
    """Want these of statuses as well."""
    more = frozenset(parts)
    return replace(
        filters,
        statuses=filters.statuses | {one for one in more if isinstance(one, Status)},
        sides=filters.sides | {one for one in more if isinstance(one, Side)},
    )
