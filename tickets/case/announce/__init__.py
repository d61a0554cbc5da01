"""Which notices follow from what happened to a ticket: who must notice what, once (DESK.md 4, 5; R39, R43)."""

from collections.abc import Sequence

from tickets.case.announce import (
    above,
    between,
    intake,
    papers,
    questions,
    repeats,
    solving,
)
from tickets.case.announce.cards import cards, passed_on
from tickets.case.log import Event
from tickets.case.ticket import Ticket
from tickets.handbook import Handbook
from tickets.notices import Notice

_NOTICES = {
    **intake.NOTICES,
    **between.NOTICES,
    **questions.NOTICES,
    **above.NOTICES,
    **solving.NOTICES,
    **repeats.NOTICES,
    **papers.NOTICES,
}
"""Most facts show on the card alone."""


def notices_of(
    before: Ticket | None, after: Ticket, new: Sequence[Event], handbook: Handbook
) -> tuple[Notice, ...]:
    """Plan the notices of these new events; keys are unique for ever, so planning twice is harmless."""
    planned: list[Notice] = []
    if before is None or before.department != after.department:
        planned += cards(before, after)
    if before and after.round > before.round:
        planned += passed_on(before, after, new)
    if before and after.is_restricted and not before.is_restricted and new:
        planned += questions.withdrawn(new[-1], before, handbook)
    for event in new:
        planning = _NOTICES.get(type(event.fact))
        if planning:
            planned += planning(event.fact, event, after, handbook)
    return tuple(planned)
