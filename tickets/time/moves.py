"""What a recomputation moved: entries from what to what and why, for what is still owed (DESK.md 3)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType

from tickets.case import facts as f
from tickets.case.log import Event
from tickets.case.ticket import Ticket
from tickets.time.deadline import Deadline, DeadlineKind, MoveCause, MoveEffect
from tickets.time.durations import to_minute

_INTAKE = frozenset({"kind", "category", "impact"})  # what policies ask of a corrected case
Place = tuple[DeadlineKind, int, str]


def why_moved(before: Ticket, new: Iterable[Event]) -> MoveCause | None:
    """Tell what about these events makes deadlines be counted anew; None: nothing does."""
    whys = (_ALWAYS.get(type(one.fact)) or _by_content(one.fact, before) for one in new)
    return next((why for why in whys if why), None)


_ALWAYS: Mapping[type[f.Fact], MoveCause] = MappingProxyType(
    {
        f.PriorityChanged: MoveCause.PRIORITY,
        f.ComplexityJudged: MoveCause.COMPLEXITY,
        f.FilledIn: MoveCause.CATEGORY,
        f.AuthorityMoved: MoveCause.AUTHORITY,
    }
)


def _by_content(fact: f.Fact, before: Ticket) -> MoveCause | None:
    match fact:
        case f.Assigned(department=department) if department != before.department:
            return MoveCause.DEPARTMENT
        case f.Corrected(field=field) if field in _INTAKE:
            return MoveCause.CATEGORY
        case f.Absorbed(received_at=received) if received < before.received_at:
            return MoveCause.MERGE
    return None


def moves(
    before: Sequence[Deadline], after: Sequence[Deadline], *, now: datetime, why: MoveCause
) -> tuple[f.DeadlineMoved, ...]:
    """Say of each deadline that was and is owed where it went; one that the policy names anew, too.

    What was met or ended never moves; a clock that this very moment started has not moved.
    """
    was = {_place(one): one for one in before}
    fresh = {_place(one): one for one in after}
    return tuple(
        f.DeadlineMoved(
            kind=kind,
            round=round_,
            detail=detail,
            before=old,
            after=new,
            why=why,
            effect=_effect(old, new, now),
        )
        for (kind, round_, detail), old, new in _pairs(was, fresh, to_minute(now))
        if old != new
    )


def _pairs(
    was: dict[Place, Deadline], fresh: dict[Place, Deadline], now: datetime
) -> Iterator[tuple[Place, datetime | None, datetime | None]]:
    for place, one in fresh.items():
        old = was.get(place)
        if one.is_owed and (old.is_owed if old else one.starts_at < now):
            yield place, old.due_at if old else None, one.due_at
    for place, one in was.items():
        if one.is_owed and place not in fresh:
            yield place, one.due_at, None


def _effect(before: datetime | None, after: datetime | None, now: datetime) -> MoveEffect:
    was_late, is_late = (due is not None and due <= now for due in (before, after))
    if is_late and not was_late:
        return MoveEffect.BREACHED
    return MoveEffect.CLEARED if was_late and not is_late else MoveEffect.NONE


def _place(one: Deadline) -> Place:
    return one.kind, one.round, one.detail
