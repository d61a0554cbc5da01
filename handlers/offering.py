"""Which articles forms offer, and the words that are taken over out of one (R125)."""

from handlers.views.ids import ActionId
from handlers.views.scripts import said_by, to_say
from tickets.desk.articles import read, suggest
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
    return helpful(words, case.ticket.category, desk, person, tongue)


def helpful(
    words: str, category: str, desk: Desk, person: PersonId, tongue: Tongue
) -> tuple[Suggestion, ...]:
    """Give what may help with such words, as its reader would say it."""
    found = suggest(desk, words, category, by=person, language=tongue.language)
    return tuple(to_say(one, person, desk.handbook(), tongue) for one in found)


def words_of(article: int, desk: Desk, person: PersonId, tongue: Tongue) -> str:
    """Give the words of an article that somebody takes over, likewise."""
    said = read(desk, article, by=person).article.shown.content.in_(tongue.language)
    return said_by(said.content, person, desk.handbook(), tongue)
