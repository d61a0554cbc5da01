"""Archive what the supervisor has checked (R93–R96): one press, one transaction, so many cases."""

from dataclasses import dataclass

from tickets.case import facts as f
from tickets.case.lifecycle import Move, is_possible
from tickets.case.ticket import Ticket
from tickets.case.values import Number, PersonId
from tickets.desk.change import note_refusal, present_actor, record, scene_of
from tickets.desk.context import Desk
from tickets.errors import NotFound, Refused
from tickets.handbook import Handbook
from tickets.insight.archive import AT_ONCE, ArchiveList
from tickets.insight.frozen import thaw
from tickets.people import roles
from tickets.people.roles import Action
from tickets.ports import AuditEntry, Receipt, Unit
from tickets.watch.posting import archived_post


@dataclass(frozen=True, slots=True)
class Archiving:
    """What came of a press: so many archived now, so many of the list still to be."""

    archived: int
    left: int


def archive_listed(desk: Desk, job: str, period: str, *, by: PersonId, receipt: str) -> Archiving:
    """Archive what a day's archive check lists as complete and still is, at most AT_ONCE at a time.

    What was reopened since it was listed stays as it is. Raises Refused or NotFound.
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
    listed = [row.number for row in thaw(ArchiveList, settled.figures).complete]
    waiting = unit.insight.archivable(listed)
    for number in waiting[:AT_ONCE]:
        _archive(desk, unit, number, by=by)
    done = Archiving(len(waiting[:AT_ONCE]), len(waiting[AT_ONCE:]))
    now, answer = desk.clock.now(), {"archived": done.archived, "left": done.left}
    unit.receipts.keep(Receipt(key=receipt, kind=Action.ARCHIVE, answer=answer), at=now)
    unit.audit.write(
        AuditEntry(
            at=now,
            by=by,
            action=Action.ARCHIVE,
            number=None,
            outcome="done" if done.archived else "noop",
            detail={"period": period, **answer},
        )
    )
    if done.archived:
        unit.notices.plan((archived_post(settled.period, by=by, at=now, **answer),))
    return done


def _archive(desk: Desk, unit: Unit, number: Number, *, by: PersonId) -> None:
    scene = scene_of(desk, unit, number, by)
    if is_possible(Move.ARCHIVE, scene.ticket):
        record(scene, (f.Archived(key=archive_key(scene.ticket, scene.handbook)),), by=by)


def archive_key(ticket: Ticket, handbook: Handbook) -> str:
    """Name where a case is filed: `20231001-售后服务-故障报修`, in the desk's own words (R95)."""
    first = handbook.categories.get(ticket.category.partition("/")[0])
    second = handbook.subcategory(ticket.category)
    names = [one.name.in_(handbook.language) for one in (first, second) if one]
    return "-".join([ticket.number[:8], *(names or [ticket.category])])
