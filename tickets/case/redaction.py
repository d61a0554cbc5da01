"""What lists and search may know of a ticket: its words with personal data taken out (DESK.md 6)."""

from collections.abc import Iterable

from tickets.case.codec import words_of
from tickets.case.facts import Addendum, Imported
from tickets.case.listing import Redacted
from tickets.case.log import Event
from tickets.case.removed import REMOVED, without_removed
from tickets.case.ticket import Ticket
from tickets.case.values import ERASED
from tickets.people.customers import Customer
from tickets.people.privacy import Spans, redact

SUMMARY_LENGTH = 150  # characters shown on a card (SCREENS.md)


def redacted(
    ticket: Ticket, events: tuple[Event, ...], customer: Customer, phones: Spans
) -> Redacted:
    """Redact a ticket's description for lists, and all its words for search, except what was removed in its thread."""
    names = (customer.name,) if customer.name else ()
    description = redact(ticket.intake.description, names=names, phones=phones)
    other = [said for said in said_in(without_removed(events)) if said != REMOVED]
    search = redact("\n".join([ticket.intake.description, *other]), names=names, phones=phones)
    return Redacted(summary=summarise(description), search=search)


def redacted_addenda(events: Iterable[Event], customer: Customer, phones: Spans) -> str:
    """Redact the words of an archived ticket's addenda for search, except what was erased or disposed of."""
    names = (customer.name,) if customer.name else ()
    said = said_in(event for event in events if isinstance(event.fact, Addendum))
    kept = [one for one in said if one != ERASED]
    return redact("\n".join(kept), names=names, phones=phones)


def said_in(events: Iterable[Event]) -> list[str]:
    """Give what people wrote in a case; the words that a sheet had for its columns are no news of it."""
    return [
        text
        for event in events
        if not isinstance(event.fact, Imported)
        for text in words_of(event.fact)
    ]


def summarise(text: str) -> str:
    """Give the first 150 characters on one line, with an ellipsis where something is left out."""
    line = " ".join(text.split())
    return line if len(line) <= SUMMARY_LENGTH else line[: SUMMARY_LENGTH - 1].rstrip() + "…"
