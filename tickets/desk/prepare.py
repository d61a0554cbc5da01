"""Before a form about a ticket opens: may this person, does the step fit, what is there to show."""

from tickets.case import lifecycle
from tickets.case.lifecycle import Move
from tickets.case.values import Number, PersonId
from tickets.desk.asking import reading
from tickets.desk.context import Desk
from tickets.desk.look import CaseView, view_of
from tickets.people import roles
from tickets.people.roles import Action


def prepare(
    desk: Desk, number: Number, *, move: Move | None, action: Action, by: PersonId
) -> CaseView:
    """Give the masked ticket a form is about. Raises Refused, IllegalMove or NotFound, as sending it would."""
    with reading(desk, by, action, number) as (unit, _who):
        view = view_of(desk, unit, number)
    if move:
        lifecycle.require(move, view.ticket)
    return view


def require_logging(desk: Desk, *, by: PersonId) -> None:
    """Refuse before a long form is filled in vain. Raises Refused, as sending it would."""
    with reading(desk, by, Action.LOG):
        return


def acts_for_another(desk: Desk, number: Number, action: Action, *, by: PersonId) -> bool:
    """Tell whether this person would act for the assignee and so has to say why."""
    with reading(desk, by, action, number) as (unit, who):
        return roles.needs_reason(who, action, unit.tickets.get(number))
