"""The conversation under a ticket's card: what people write there is on record (R71, F16)."""

from tickets.case import facts as f
from tickets.case import lifecycle
from tickets.case.lifecycle import Move
from tickets.case.log import Event
from tickets.case.values import Number, PersonId, Status
from tickets.desk.change import Scene, events_of, record, scene_of
from tickets.desk.context import Desk
from tickets.desk.merge import survivor_of
from tickets.desk.pointing import pointed_out, tells_personal_data, version_of
from tickets.notices import Notice, NoticeKind, Urgency, to_person
from tickets.ports import Receipt, Unit


def hear(
    desk: Desk,
    channel_id: str,
    thread_ts: str,
    said: tuple[f.Fact, ...],
    *,
    by: PersonId,
    receipt: str,
) -> Number | None:
    """Take what was written, edited or removed in a ticket's thread into its record; None for other threads.

    What is written under a ticket that was merged goes on the record of the one it went on in.
    """
    with desk.records.write() as unit:
        number = unit.tickets.by_thread(channel_id, thread_ts)
        if number is None or unit.receipts.find(receipt):
            return number
        number = survivor_of(unit, number)
        _hear(desk, unit, number, said, by, channel_id)
        unit.receipts.keep(Receipt(key=receipt, kind="hear", number=number), at=desk.clock.now())
    desk.wake()
    return number


def _hear(
    desk: Desk,
    unit: Unit,
    number: Number,
    said: tuple[f.Fact, ...],
    by: PersonId,
    channel_id: str,
) -> None:
    scene = scene_of(desk, unit, number, by)
    if not lifecycle.is_possible(Move.NOTE, scene.ticket):
        unit.notices.plan(_not_on_record(desk, scene, said))
        return
    news = tuple(fact for fact in said if _is_news(fact, scene.events))
    if not news:
        return
    posts = events_of(scene, news, by=by)
    record(scene, news, by=by)
    whose = unit.customers.get(scene.ticket.customer_id)
    unit.notices.plan(pointed_out(desk, posts, whose, channel_id=channel_id))


def _not_on_record(desk: Desk, scene: Scene, said: tuple[f.Fact, ...]) -> tuple[Notice, ...]:
    """Tell whoever writes under an archived case that its record is closed and what to do (R96).

    Once a day; of each version of a post that holds personal data, which everybody reads there all the same.
    """
    ticket = scene.ticket
    if ticket.status is not Status.ARCHIVED or all(isinstance(one, f.Unsaid) for one in said):
        return ()
    whose = scene.unit.customers.get(ticket.customer_id)
    telling = [version_of(one) for one in said if tells_personal_data(desk, one, whose)]
    if not telling:
        day = scene.calendar.date_of(scene.now)
        return (_closed_record(scene, "thread.archived", f"archived:{scene.who.id}:{day}"),)
    return tuple(
        _closed_record(scene, "thread.archived_personal", f"archived_personal:{version}")
        for version in telling
    )


def _closed_record(scene: Scene, message: str, what: str) -> Notice:
    number = scene.ticket.number
    return Notice(
        key=f"{NoticeKind.CONFIRMATION}:{number}:{what}",
        kind=NoticeKind.CONFIRMATION,
        place=to_person(scene.who.id),
        urgency=Urgency.PRIVATE,
        due_at=scene.now,
        number=number,
        params={"message": message, "number": number},
    )


def _is_news(fact: f.Fact, events: tuple[Event, ...]) -> bool:
    """Events come out of order and twice: a later state of a message is never overwritten by an earlier (F16)."""
    known = [event.fact for event in events]
    match fact:
        case f.Said(message_ts=ts):
            return not any(isinstance(k, f.Said | f.Unsaid) and k.message_ts == ts for k in known)
        case f.SaidAnew(message_ts=ts, edited_ts=edited):
            removed = any(isinstance(k, f.Unsaid) and k.message_ts == ts for k in known)
            newer = any(
                isinstance(k, f.SaidAnew)
                and k.message_ts == ts
                and float(k.edited_ts) >= float(edited)
                for k in known
            )
            return not (removed or newer)
        case f.Unsaid(message_ts=ts):
            return not any(isinstance(k, f.Unsaid) and k.message_ts == ts for k in known)
        case f.EvidenceAdded(file_id=file_id):
            return not any(isinstance(k, f.EvidenceAdded) and k.file_id == file_id for k in known)
        case _:
            return True
