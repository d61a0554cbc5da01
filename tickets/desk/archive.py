"""Archive what the supervisor has checked (R93–R96): one press, one transaction, so many cases, sealed."""

from collections.abc import Sequence
from dataclasses import dataclass

from tickets.case import facts as f
from tickets.case.lifecycle import Move, is_possible
from tickets.case.values import Number, PersonId
from tickets.desk.change import note_refusal, present_actor, record, scene_of
from tickets.desk.context import Desk
from tickets.errors import NotFound, Refused
from tickets.handbook import Handbook
from tickets.insight.archive import AT_ONCE
from tickets.notices import Plain
from tickets.people import roles
from tickets.people.roles import Action
from tickets.ports import AuditEntry, Receipt, Unit
from tickets.ports.periods import Settled
from tickets.watch.archive_check import JOB, REMINDED
from tickets.watch.archive_redraw import now_of, redraw
from tickets.watch.posting import archived_post


@dataclass(frozen=True, slots=True)
class Archiving:
    """What came of a press: so many archived now, so many of the list still to be."""

    archived: int
    left: int


def archive_listed(desk: Desk, job: str, period: str, *, by: PersonId, receipt: str) -> Archiving:
    """Archive what a day's archive check lists and is complete now, at most AT_ONCE at a time.

    What was reopened since it was listed stays as it is; what was mended meanwhile goes too. Pressed on a
    later day it does the same, and is filed under that day. Raises Refused or NotFound.
    """
    try:
        with desk.records.write() as unit:
            done = _archive_listed(desk, unit, job, period, by=by, receipt=receipt)
    except Refused as refusal:
        note_refusal(desk, by=by, action=Action.ARCHIVE, number=None, why=refusal.message.id)
        raise
    if done.archived:
        desk.wake()
    return done


def _archive_listed(
    desk: Desk, unit: Unit, job: str, period: str, *, by: PersonId, receipt: str
) -> Archiving:
    known = unit.receipts.find(receipt)
    if known:
        return Archiving(int(known.answer.get("archived") or 0), int(known.answer.get("left") or 0))
    roles.require(present_actor(unit, by, desk.handbook()), Action.ARCHIVE)
    settled = unit.periods.find(job, period)
    if settled is None or not settled.figures:
        raise NotFound("digest.no_list")
    ready = now_of(desk, unit, settled).ready
    numbers = [number for number in ready[:AT_ONCE] if _archive(desk, unit, number, by=by)]
    done = Archiving(len(numbers), len(ready[AT_ONCE:]))
    now, answer = desk.clock.now(), {"archived": done.archived, "left": done.left}
    unit.receipts.keep(Receipt(key=receipt, kind=Action.ARCHIVE, answer=answer), at=now)
    unit.audit.write(
        AuditEntry(
            at=now,
            by=by,
            action=Action.ARCHIVE,
            number=None,
            outcome="done" if numbers else "noop",
            detail={"period": period, **answer, **_sealed(desk, unit, numbers)},
        )
    )
    if numbers:
        unit.notices.plan((archived_post(settled.period, by=by, at=now, **answer),))
        _redraw(desk, unit, settled)
    return done


def _archive(desk: Desk, unit: Unit, number: Number, *, by: PersonId) -> bool:
    """Archive one; False where somebody was faster."""
    scene = scene_of(desk, unit, number, by)
    if not is_possible(Move.ARCHIVE, scene.ticket):
        return False
    key = archive_key(number, scene.ticket.category, scene.handbook)
    record(scene, (f.Archived(key=key),), by=by)
    return True


def _sealed(desk: Desk, unit: Unit, numbers: Sequence[Number]) -> dict[str, Plain]:
    """Seal what was archived; the audit log, which is chained itself, names the head."""
    if not numbers:
        return {}
    now = desk.clock.now()
    part = unit.archive.seal(numbers, day=desk.calendar().date_of(now), at=now)
    return {"day": part.day.isoformat(), "part": part.part, "head": part.head}


def _redraw(desk: Desk, unit: Unit, settled: Settled) -> None:
    """Draw the list anew that was pressed, and the newest of either kind."""
    newest = unit.periods.newest()
    lists = [settled, *(newest[job] for job in (JOB, REMINDED) if job in newest)]
    for one in {each.period: each for each in lists if each.figures}.values():
        redraw(desk, unit, one)


def archive_key(number: Number, category: str, handbook: Handbook) -> str:
    """Name where a case is filed: `20231001-售后服务-故障报修`, in the desk's own words (R95)."""
    first = handbook.categories.get(category.partition("/")[0])
    second = handbook.subcategory(category)
    names = [one.name.in_(handbook.language) for one in (first, second) if one]
    return "-".join([number[:8], *(names or [category])])
