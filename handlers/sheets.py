"""One ticket before one person: what a private view is made of."""

from handlers.views.ids import ActionId
from handlers.views.modal import Sheet
from handlers.views.steps import offered_to
from tickets.case.values import Number
from tickets.desk.change import present_actor
from tickets.desk.context import Desk
from tickets.desk.look import CaseView, show
from tickets.message import PersonId
from tickets.tongue import Tongue


def sheet_of(number: Number, desk: Desk, person: PersonId, tongue: Tongue) -> Sheet:
    """Look at a ticket. Raises Refused or NotFound."""
    case, _ = show(desk, number, by=person)
    return sheet_around(case, desk, tongue)


def sheet_around(case: CaseView, desk: Desk, tongue: Tongue) -> Sheet:
    """Put what is known of a ticket before a reader."""
    return Sheet(case=case, handbook=desk.handbook(), tongue=tongue, now=desk.clock.now())


def offered(sheet: Sheet, desk: Desk, person: PersonId) -> tuple[ActionId, ...]:
    """List the steps that this person may take on it now; why it is late is asked where it is or was."""
    with desk.records.read() as unit:
        who = present_actor(unit, person, sheet.handbook)
    was_late = any(one.is_breached(sheet.now) for one in sheet.case.deadlines)
    steps = offered_to(who, sheet.ticket)
    return tuple(one for one in steps if was_late or one is not ActionId.LATENESS)
