"""首问负责: whoever took the call is reminded when their customer heard nothing for too long, each silence once (R42)."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from tickets.case.deputies import to_deputies
from tickets.desk.context import Desk
from tickets.insight.silence import Waiting
from tickets.notices import Notice, NoticeKind, Urgency, to_person
from tickets.ports import Unit
from tickets.ports.watching import Mark
from tickets.time.durations import add

EVERY = timedelta(hours=1)
LOOKED = "silence"


def work(desk: Desk, *, now: datetime) -> int:
    """Look once an hour while the desk is open; tell how many customers wait for word.

    A silence is told by what was heard last: looked at again, or by two processes, it is said once.
    """
    calendar, silence = desk.calendar(), desk.handbook().silence
    if not calendar.is_open(now):
        return 0
    with desk.records.read() as unit:
        last = unit.watch.mark(LOOKED)
        if last and now - last.at < EVERY:
            return 0
        found = [
            one
            for one in unit.insight.waiting_for_word()
            if add(one.since, silence, calendar) <= now
        ]
    with desk.records.write() as unit:
        unit.watch.keep_mark(LOOKED, Mark(now))
        for one in found:
            unit.notices.plan(tuple(_notices(desk, unit, one, now)))
    if found:
        desk.wake()
    return len(found)


def _notices(desk: Desk, unit: Unit, one: Waiting, now: datetime) -> Iterator[Notice]:
    """Tell the logger, a deputy too where they are away; a supervisor where they have left."""
    people = desk.handbook().people
    told = one.logged_by
    if unit.directory.gone([told]):
        told = min(people.supervisors, default=told)
    notice = Notice(
        key=f"{NoticeKind.SILENCE}:{one.number}:{one.since.isoformat()}:{told}",
        kind=NoticeKind.SILENCE,
        place=to_person(told),
        urgency=Urgency.ASSIGNMENT,
        due_at=now,
        number=one.number,
        params={"since": one.since.isoformat()},
    )
    if one.is_restricted:  # a high risk stays with its own people (R30)
        yield notice
        return
    yield from to_deputies([notice], unit.absences.away(now), people.deputies)
