"""Who may find a ticket, said in words of the full-text index, so that sight costs a search nothing.

The same rules as `conditions.may_see`, which still holds for every line that is shown.
"""

from dataclasses import dataclass

from tickets.case.listing import Query
from tickets.case.ticket import Ticket

OPEN = "open"
QUEUE = "queue"  # open, and nobody has taken it
HIDDEN = "hidden"  # a risk hides its words from all but its own people


@dataclass(frozen=True, slots=True)
class Audience:
    """Which facets a ticket must have to be found."""

    all_of: tuple[str, ...]
    any_of: tuple[str, ...] | None  # None: whatever; empty: nothing is found
    reader: str | None  # whose hidden tickets are found; None: everybody's


def facets_of(ticket: Ticket) -> str:
    """Give a ticket's facets, a space between them."""
    mine = (ticket.logged_by, ticket.assignee, ticket.call_owed_by, *ticket.collaborators)
    own = set(mine) - {None}
    facets = [_department(ticket.department), *sorted(_person(str(one)) for one in own)]
    if ticket.status.is_open:
        facets.append(OPEN)
        if ticket.assignee is None:
            facets.append(QUEUE)
    if ticket.is_restricted:
        facets.append(HIDDEN)
    return " ".join(facets)


def audience_of(query: Query) -> Audience:
    """Say what the tickets of a search must have in common with who searches."""
    sight = query.sight
    me = _person(sight.person)
    by = query.filters
    all_of = [OPEN] if query.open_only or by.open_only or by.overdue else []
    if query.department is not None:
        all_of.append(_department(query.department))
    if len(by.departments) == 1:
        all_of.extend(map(_department, by.departments))
    seen = [_department(one) for one in sorted(sight.departments)]
    if sight.unassigned:
        seen.append(QUEUE)
    if sight.own:
        seen.append(me)
    return Audience(
        all_of=tuple(all_of),
        any_of=None if sight.everything else tuple(seen),
        reader=None if sight.restricted else me,
    )


# Keys are free text of desk.yml: in hexadecimal no two of them become one, and none is cut.
def _department(key: str) -> str:
    return f"d{key.encode().hex()}"


def _person(person: str) -> str:
    return f"p{person.encode().hex()}"
