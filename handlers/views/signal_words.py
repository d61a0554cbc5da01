"""A parent case that the desk opened by itself: what it saw, in the reader's own language (R29)."""

from handlers.views import labels
from tickets.case.ticket import Ticket
from tickets.handbook import Handbook
from tickets.tongue import Tongue

HARDLY_ANY = 0.05


def usual_words(usual: float, tongue: Tongue) -> str:
    """Say how many are usual: hardly any, fewer than one, about three."""
    if usual < HARDLY_ANY:
        return tongue("frequency.hardly_any")
    if usual < 1:
        return tongue("frequency.below_one")
    return tongue("frequency.about", count=max(1, int(usual + 0.5)))


def described(ticket: Ticket, text: str, handbook: Handbook, tongue: Tongue) -> str:
    """Give what a case is about: of one the desk opened by itself its figures as a sentence, else its own words."""
    seen = ticket.signal
    if seen is None:
        return text
    return tongue(
        "frequency.parent",
        category=labels.category(ticket.category, handbook, tongue),
        count=seen.count,
        days=seen.days,
        usual=usual_words(seen.usual, tongue),
    )
