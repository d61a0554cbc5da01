"""What of an improvement is shown to whom: what came of a restricted case is for those who may see it (R25, R30)."""

from collections.abc import Iterable
from dataclasses import replace

from tickets.meetings.improvement import UNSAID, Improvement, Source
from tickets.people import roles
from tickets.people.roles import Action, Actor
from tickets.ports import Unit


def shown_to(unit: Unit, who: Actor, items: Iterable[Improvement]) -> tuple[Improvement, ...]:
    """Leave out the words of what a restricted case's retrospective decided, for whoever may not see the case."""
    items = tuple(items)
    origins = {one.origin for one in items if one.source is Source.RETROSPECTIVE}
    kept = frozenset(one for one in origins if _is_kept_from(unit, who, one))
    return tuple(_wordless(one) if one.origin in kept else one for one in items)


def _is_kept_from(unit: Unit, who: Actor, retro_id: str) -> bool:
    number = unit.retrospectives.get(retro_id).number
    if number is None:
        return False
    ticket = unit.tickets.get(number)
    return ticket.is_restricted and not roles.may(who, Action.SEE, ticket)


def _wordless(item: Improvement) -> Improvement:
    return replace(item, pain=UNSAID, action=UNSAID, goal=UNSAID, outcome=None)
