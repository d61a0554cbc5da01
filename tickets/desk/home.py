"""One person's desk at this moment: what is theirs by next deadline, whom they call, what nobody has; and the whole desk (SCREENS.md)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from tickets.case.listing import Line, Page, Query, Scope, Tally
from tickets.case.ticket import Ticket
from tickets.case.values import PersonId
from tickets.desk.asking import reading
from tickets.desk.context import Desk
from tickets.desk.staff import home_of
from tickets.people import roles
from tickets.people.roles import Action

PAGE_SIZE = 20
MOST_OWING = 5  # of the fast lane; the oldest
MOST_OF_ONE_PERSON = 500  # open tickets; what is beyond is counted, not shown


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnDesk:
    """What stands on one person's page; every line is masked."""

    mine: Page
    calls: Page
    unassigned: Page
    owing: tuple[Ticket, ...]  # of the fast lane, not all written down yet
    owing_total: int
    is_away: bool
    sees_all: bool  # the whole desk at a glance is theirs


def own_desk(
    desk: Desk, *, by: PersonId, mine: int = 1, calls: int = 1, unassigned: int = 1
) -> OwnDesk:
    """Put one person's page together; the numbers say which page of each list. Raises Refused."""
    with reading(desk, by, Action.LIST) as (unit, who):
        ask = Query(sight=roles.sight(who), now=desk.clock.now())
        own = replace(ask, scope=Scope.MINE, size=MOST_OF_ONE_PERSON)
        lines = unit.tickets.page(own).lines
        home = home_of(by, desk.handbook(), otherwise="")
        queue = replace(ask, scope=Scope.UNASSIGNED, department=home or None, page=unassigned)
        owing = unit.tickets.owing_fields(by)
        return OwnDesk(
            mine=_paged([one for one in lines if is_work_of(by, one)], mine),
            calls=_paged([one for one in lines if is_call_of(by, one)], calls),
            unassigned=unit.tickets.page(queue),
            owing=tuple(map(unit.tickets.get, owing[:MOST_OWING])),
            owing_total=len(owing),
            is_away=by in unit.absences.away(desk.clock.now()),
            sees_all=roles.figures_sight(who).everything,
        )


def desk_at_a_glance(desk: Desk, *, by: PersonId) -> Tally:
    """Count how things stand: in what this person may see, for an analyst in all of it; today is the
    desk's local day. Raises Refused.
    """
    now, calendar = desk.clock.now(), desk.calendar()
    today = calendar.start_of(calendar.date_of(now))
    with reading(desk, by, Action.SEE_FIGURES) as (unit, who):
        return unit.tickets.tally(roles.figures_sight(who), now=now, since=today)


def is_work_of(person: PersonId, line: Line) -> bool:
    """Tell whether a case is this person's to solve."""
    return line.assignee == person and line.status.is_working


def is_call_of(person: PersonId, line: Line) -> bool:
    """Tell whether a customer is this person's to tell and to call."""
    return line.caller == person


def _paged(lines: Sequence[Line], page: int) -> Page:
    last = max(1, -(-len(lines) // PAGE_SIZE))
    here = min(max(1, page), last)
    return Page(
        tuple(lines[(here - 1) * PAGE_SIZE : here * PAGE_SIZE]), len(lines), here, PAGE_SIZE
    )
