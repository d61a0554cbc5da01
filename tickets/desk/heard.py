"""Got it (已知悉): somebody heard of a warning or a breach; a lead or supervisor calls the next rung off."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from tickets.case import facts as f
from tickets.case.log import Event
from tickets.case.values import Number, PersonId
from tickets.desk.asking import reading
from tickets.desk.change import Outcome, Scene, change
from tickets.desk.context import Desk
from tickets.people.roles import Action, Role
from tickets.time.deadline import BREACH, WARNING, Deadline, DeadlineKind
from tickets.time.deadlines import owed
from tickets.time.watching import rungs_of


def got_it(
    desk: Desk,
    number: Number,
    *,
    kind: DeadlineKind,
    detail: str,
    due_at: datetime,
    by: PersonId,
    receipt: str,
) -> Outcome:
    """Note who heard of a deadline; on a breach the lead or a supervisor cancels its next rung.

    Whoever has the ticket cancels nothing, lead or not: the ladder is about them. What was met or
    moved meanwhile, and what the same person heard before, is left as it is. Source: DESK.md 5.
    """
    decide = partial(_decide, kind=kind, detail=detail, due_at=due_at)
    return change(desk, number, by=by, action=Action.HEAR, receipt=receipt, decide=decide)


def who_heard(desk: Desk, number: Number, *, by: PersonId) -> tuple[Event, ...]:
    """List who pressed Got it on a ticket, for whoever may press it. Raises Refused or NotFound."""
    with reading(desk, by, Action.HEAR, number) as (unit, _who):
        events = unit.tickets.events(number)
    return tuple(event for event in events if isinstance(event.fact, f.Heard))


def _decide(
    scene: Scene, *, kind: DeadlineKind, detail: str, due_at: datetime
) -> tuple[f.Heard, ...]:
    handbook = scene.handbook
    all_owed = owed(scene.events, handbook.policies, scene.calendar, pauses=handbook.pauses)
    one = next(
        (
            one
            for one in all_owed
            if (one.kind, one.detail, one.due_at) == (kind, detail, due_at) and one.is_owed
        ),
        None,
    )
    if one is None:
        return ()
    stage = max(_shown(scene, one), default=WARNING)
    heard = f.Heard(
        kind=kind,
        detail=detail,
        round=one.round,
        stage=stage,
        due_at=due_at,
        cancels=_cancelled(scene, one, stage),
    )
    return () if _heard_before(scene, heard) else (heard,)


def _shown(scene: Scene, one: Deadline) -> Iterator[int]:
    """Give the stages that were said of a deadline for its present due moment."""
    for event in scene.events:
        fact = event.fact
        if isinstance(fact, f.StageReached) and _place(fact) == _place(one):
            yield fact.stage


def _cancelled(scene: Scene, one: Deadline, stage: int) -> int | None:
    """Give the rung that will not be said: the one after what was heard, if nobody cancelled it yet."""
    if stage < BREACH or one.said is None or one.said.stage != stage or not _may_cancel(scene, one):
        return None
    following = stage + 1
    return following if following - BREACH <= len(rungs_of(one.ladder)) else None


def _may_cancel(scene: Scene, one: Deadline) -> bool:
    who, ticket = scene.who, scene.ticket
    if who.id == ticket.assignee:
        return False
    asked = one.detail.partition("#")[0]
    department = asked if one.kind is DeadlineKind.INTERNAL else ticket.department
    return Role.SUPERVISOR in who.roles or department in who.leads


def _heard_before(scene: Scene, heard: f.Heard) -> bool:
    return heard.cancels is None and any(
        isinstance(event.fact, f.Heard)
        and event.by == scene.who.id
        and event.fact.stage == heard.stage
        and _place(event.fact) == _place(heard)
        for event in scene.events
    )


def _place(
    of: f.StageReached | f.Heard | Deadline,
) -> tuple[DeadlineKind, str, int, datetime | None]:
    return of.kind, of.detail, of.round, of.due_at
