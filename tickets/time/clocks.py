"""Which clocks a round has: what starts each, what meets or ends it, and the target it runs by."""

from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import datetime
from typing import NamedTuple

from tickets.case.conditions import CaseFacts
from tickets.handbook import Duration
from tickets.time.deadline import DeadlineKind
from tickets.time.durations import MINUTE, to_minute
from tickets.time.history import Assignment, Errand, Mark, Round
from tickets.time.policies import Start, Target, Targets

LookUp = Callable[[CaseFacts], Targets]
Place = tuple[DeadlineKind, int, str]
"""Kind, round and detail, by which a ticket's clocks are told apart."""
_ACCEPT = DeadlineKind.ACCEPT
_VOID_WHEN_RESOLVED = frozenset({DeadlineKind.WORKAROUND, DeadlineKind.PLAN})


class Clock(NamedTuple):
    """One clock before it is reckoned: when it starts, and what met or ended it.

    A tuple: a changed calendar makes them by the hundred thousand, frozen dataclasses take thrice as long.
    """

    kind: DeadlineKind
    starts_at: datetime
    met: Mark | None
    ended: Mark | None
    case: CaseFacts
    detail: str = ""
    since: Start | None = None  # what it starts from; None: the event that began it


def clocks_of(
    one: Round, look_up: LookUp, settled: Collection[Place] = ()
) -> Iterator[tuple[Clock, Target]]:
    """Give the clocks of a round that the policies name, in the order of DESK.md 3.

    Those known as settled are left out where they still are and lay in one pair of hands.
    What was known of the case when a clock was met or ended counts, of one that runs what is known now.
    Of an imported case those that were over before it came were none of this desk's, but for its own limit.
    """
    every = _clocks(one, look_up, settled)
    return every if one.imported_at is None else _since(one.imported_at, one, every)


def _since(
    imported_at: datetime, one: Round, every: Iterator[tuple[Clock, Target]]
) -> Iterator[tuple[Clock, Target]]:
    for clock, target in every:
        outcome = clock.met or clock.ended
        is_own = clock.kind is DeadlineKind.RESOLUTION and one.resolve_by is not None
        if is_own or outcome is None or outcome.at > imported_at:
            yield clock, target


def _target(kind: DeadlineKind, one: Round, case: CaseFacts, look_up: LookUp) -> Target | None:
    """Give what the policies say; the limit that an imported case brought goes before."""
    if kind is DeadlineKind.RESOLUTION and one.resolve_by is not None:
        minutes = max(0, (to_minute(one.resolve_by) - one.begun_at) // MINUTE)
        return Target(Duration(minutes, "m"), (Start.LOGGED,))
    return look_up(case).by_kind.get(kind)


def _clocks(
    one: Round, look_up: LookUp, settled: Collection[Place]
) -> Iterator[tuple[Clock, Target]]:
    for kind, met_by in _kinds_of(one):
        met, ended = met_by(one), _ended(kind, one) if one.resolved else one.ended
        if (met or ended) and (kind, one.number, "") in settled and len(one.assignments) <= 1:
            continue
        known = met or ended or one.now
        target = _target(kind, one, known.case, look_up)
        start = _start(target, one) if target else None
        if target is None or start is None:
            continue
        if start is Start.ASSIGNED:
            yield from _by_assignment(kind, one, met, ended, look_up)
            continue
        begun = _moment(start, one, known)
        clock = Clock(
            kind=kind, starts_at=begun, met=met, ended=ended, case=known.case, since=start
        )
        yield clock, target
    for errand in one.errands:
        clock = _of_errand(errand, one)
        target = _errand_target(errand, clock.case, look_up)
        if target:
            yield clock, target


def _by_assignment(
    kind: DeadlineKind, one: Round, met: Mark | None, ended: Mark | None, look_up: LookUp
) -> Iterator[tuple[Clock, Target]]:
    """Each new pair of hands gets its own clock, until the thing is done."""
    for place, hands in enumerate(one.assignments, start=1):
        done = _done_in(hands, hands.acted or one.resolved if kind is _ACCEPT else met)
        end = _first(hands.superseded, ended)
        case = (done or end or one.now).case
        target = look_up(case).by_kind.get(kind)
        if target:
            detail = "" if place == 1 else str(place)
            begun = to_minute(hands.since)
            clock = Clock(
                kind=kind,
                starts_at=begun,
                met=done,
                ended=end,
                case=case,
                detail=detail,
                since=Start.ASSIGNED,
            )
            yield clock, target
        if done and kind is not _ACCEPT:
            return


def _errand_target(errand: Errand, case: CaseFacts, look_up: LookUp) -> Target | None:
    if errand.due_at is not None:
        minutes = max(0, (errand.due_at - errand.starts_at) // MINUTE)
        return Target(Duration(minutes, "m"))
    targets = look_up(case)
    if errand.kind is DeadlineKind.INTERNAL:
        return targets.internal.get(errand.department)
    return targets.by_kind.get(errand.kind)


# --- what met or ended a clock ------------------------------------------------------------------

_MET: dict[DeadlineKind, Callable[[Round], Mark | None]] = {
    DeadlineKind.ACCEPT: lambda one: _first_act(one) or one.resolved,
    DeadlineKind.RESPONSE: lambda one: one.contacted,
    DeadlineKind.WORKAROUND: lambda one: one.workaround,
    DeadlineKind.PLAN: lambda one: one.planned,
    DeadlineKind.RESOLUTION: lambda one: one.resolved,
    DeadlineKind.CUSTOMER_FEEDBACK: lambda one: one.told,
    DeadlineKind.CALLBACK: lambda one: one.answered,
}


def _kinds_of(one: Round) -> Iterable[tuple[DeadlineKind, Callable[[Round], Mark | None]]]:
    """Of an imported case that had ended, what came before was none of this desk's; its own limit alone is looked at."""
    ended = one.ended
    if one.imported_at is None or ended is None or ended.at > one.imported_at:
        return _MET.items()
    kind = DeadlineKind.RESOLUTION
    return ((kind, _MET[kind]),) if one.resolve_by is not None else ()


def _first_act(one: Round) -> Mark | None:
    return next((hands.acted for hands in one.assignments if hands.acted), None)


def _ended(kind: DeadlineKind, one: Round) -> Mark | None:
    """Resolving voids an unmet plan or workaround; the round's end voids what is left."""
    if one.resolved and kind in _VOID_WHEN_RESOLVED:
        return _first(one.resolved, one.ended)
    return one.ended


def _done_in(hands: Assignment, met: Mark | None) -> Mark | None:
    """Tell what met a clock before the ticket was given into other hands."""
    if met and hands.superseded and met.at > hands.superseded.at:
        return None
    return met


def _of_errand(errand: Errand, one: Round) -> Clock:
    ended = errand.ended or (None if _outlives(errand, one) else one.ended)
    return Clock(
        kind=errand.kind,
        starts_at=errand.starts_at,
        met=errand.met,
        ended=ended,
        case=(errand.met or ended or one.now).case,
        detail=errand.detail,
    )


def _outlives(errand: Errand, one: Round) -> bool:
    """A second round is no matter of an authority outside; a supervisor's call is owed of a closed case too."""
    if errand.kind is DeadlineKind.SUPERVISOR_CALLBACK:
        return one.ended is not None and one.ended is one.closed
    return errand.kind is DeadlineKind.AUTHORITY


def _first(one: Mark | None, other: Mark | None) -> Mark | None:
    if one and other:
        return one if one.at <= other.at else other
    return one or other


# --- what started a clock -----------------------------------------------------------------------


_STARTED: dict[Start, Callable[[Round], Mark | None]] = {
    Start.RESOLVED: lambda one: one.resolved,
    Start.TOLD: lambda one: one.told,
    Start.CONFIRMED: lambda one: one.confirmed,
}


def _start(target: Target, one: Round) -> Start | None:
    """Pick the first of a target's starts that has come."""
    for start in target.starts:
        if start is Start.LOGGED or (start is Start.ASSIGNED and one.assignments):
            return start
        if start is not Start.ASSIGNED and _STARTED[start](one):
            return start
    return None


def _moment(start: Start, one: Round, known: Mark) -> datetime:
    """Give the start, never before the round began."""
    mark = None if start is Start.LOGGED else _STARTED[start](one)
    return max(to_minute(mark.at), known.begun_at) if mark else known.begun_at
