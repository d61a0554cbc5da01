"""The words that cards show a status by, each with all that bears it: what is picked, what a step would not change."""

from collections.abc import Collection, Mapping

from handlers.views import labels
from handlers.views.ids import ActionId
from tickets.case.shown import Shown, Side, sides_of
from tickets.case.ticket import Ticket
from tickets.case.values import Status
from tickets.handbook import Handbook
from tickets.time.deadline import DeadlineKind
from tickets.tongue import Tongue

Part = Status | Side
"""A status, or one side of a status that a desk shows by two words."""


def word_of(part: Part, handbook: Handbook, tongue: Tongue) -> str:
    """Name a part as cards show it; a whole status by all its words."""
    if isinstance(part, Status):
        return labels.picked_status(part, handbook, tongue)
    own = handbook.shown_labels.get(part.shown) if part.shown else None
    named = own.by_language.get(tongue.language) if own else None
    return named or labels.status(part.status, handbook, tongue)


def shown_by(handbook: Handbook, tongue: Tongue) -> Mapping[str, frozenset[Part]]:
    """Give each word with what is shown by it: a desk may call two statuses alike, and one by two words."""
    found: dict[str, frozenset[Part]] = {}
    for status in Status:
        is_split = len(labels.faces(status, handbook, tongue)) > 1
        for part in sorted(sides_of(status), reverse=True) if is_split else (status,):
            word = word_of(part, handbook, tongue)
            found[word] = found.get(word, frozenset()) | {part}
    return found


def spelt(parts: Collection[Part]) -> frozenset[Part]:
    """Say whole statuses by their sides too, so that what is picked can be compared."""
    sides = (side for one in parts if isinstance(one, Status) for side in sides_of(one))
    return frozenset(parts) | frozenset(sides)


def echoes(ticket: Ticket, handbook: Handbook, tongue: Tongue) -> frozenset[ActionId]:
    """Name the steps that would change no word of the card; they stay under More.

    A desk may call accepted 处理中 too, and what is assigned 已受理 without a click (DESK.md 2, R69).
    """
    accepted, begun = (
        labels.status(one, handbook, tongue) for one in (Status.ACCEPTED, Status.IN_PROGRESS)
    )
    found = {ActionId.START} if accepted == begun else set()
    reads_accepted = labels.standing(ticket, handbook, tongue) == accepted
    if ticket.shown is Shown.ASSIGNED and reads_accepted and not _is_acceptance_timed(handbook):
        found.add(ActionId.ACCEPT)
    return frozenset(found)


def _is_acceptance_timed(handbook: Handbook) -> bool:
    return any(DeadlineKind.ACCEPT in row.targets for row in handbook.policies)
