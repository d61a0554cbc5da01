"""Steps of what was used on a case."""

from tickets.case import facts as f
from tickets.case.log import Event
from tickets.case.steps.table import Steps, replace
from tickets.case.ticket import Ticket

STEPS = Steps()


@STEPS.on(f.ArticleUsed)
def _article_used(ticket: Ticket, fact: f.ArticleUsed, _event: Event) -> Ticket:
    return replace(ticket, articles=ticket.articles | {fact.article})
