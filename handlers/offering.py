"""Which articles a ticket's forms offer: those that end with an answer (R125)."""

from handlers.views.ids import ActionId
from tickets.desk.articles import suggest
from tickets.desk.context import Desk
from tickets.desk.look import CaseView
from tickets.knowledge.shelves import Suggestion
from tickets.message import PersonId
from tickets.tongue import Tongue

OFFERING = frozenset({ActionId.RESOLVE, ActionId.ANSWER})


def offered_for(
    step: ActionId, case: CaseView, desk: Desk, person: PersonId, tongue: Tongue
) -> tuple[Suggestion, ...]:
    """Give what may help with a ticket; a form that ends with no answer offers nothing."""
    if step not in OFFERING:
        return ()
    words = case.redact(case.ticket.intake.description)
    return suggest(desk, words, case.ticket.category, by=person, language=tongue.language)
