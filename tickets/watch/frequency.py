"""Complaints of one kind above their usual rate open a parent case, once a signal, and call the supervisors (R29)."""

from datetime import datetime, timedelta

from tickets.case.facts import SignalSeen
from tickets.case.intake import Intake
from tickets.case.lifecycle import Move, is_possible
from tickets.case.values import Number, PersonId, Priority
from tickets.desk.context import Desk
from tickets.desk.log_case import log_by_desk
from tickets.desk.parents import gather
from tickets.handbook import Handbook
from tickets.insight.frequency import Frequency, Signal, signals
from tickets.notices import Notice, NoticeKind, Urgency, to_person
from tickets.ports import Unit
from tickets.ports.watching import Mark

EVERY = timedelta(hours=1)
LOOKED = "frequency"
TURN = "frequency:turn"


def work(desk: Desk, *, now: datetime) -> int:
    """Look once an hour; tell how many cases were opened or joined. Two processes at once open one."""
    frequency = desk.handbook().complaints.frequency
    with desk.records.read() as unit:
        last = unit.watch.mark(LOOKED)
        if last and now - last.at < EVERY:
            return 0
        found = signals(unit.insight.complaints(now - frequency.reach, now), frequency, now=now)
    with desk.records.write() as unit:
        unit.watch.keep_mark(LOOKED, Mark(now))
    done = 0
    for signal in found:
        with desk.records.write() as unit:
            unit.watch.keep_mark(TURN, Mark(now))  # whoever comes at the same moment waits here
            done += _follow(desk, unit, signal, frequency, now)
    if done:
        desk.wake()
    return done


def _follow(desk: Desk, unit: Unit, signal: Signal, frequency: Frequency, now: datetime) -> int:
    """Open the signal's parent case, or let what came since join it while it is open."""
    name = f"{LOOKED}:{signal.topic.category}"[:64]
    mark = unit.watch.mark(name)
    if mark is None or not _goes_on(unit, mark, frequency, now):
        parent = _open(desk, unit, signal, frequency, now)
        if parent is None:
            return 0
        unit.watch.keep_mark(name, Mark(now, parent))
    else:
        parent = Number(mark.value)
        if not is_possible(Move.MERGE, unit.tickets.get(parent)):
            return 0
    known = unit.tickets.get(parent).children
    others = (one for one in signal.numbers if one not in known)
    return sum(gather(desk, unit, one, parent, signal.topic.key) for one in others)


def _goes_on(unit: Unit, mark: Mark, frequency: Frequency, now: datetime) -> bool:
    """Tell whether a signal is still the one that was followed or dismissed: for its window, and while it is open."""
    is_open = is_possible(Move.MERGE, unit.tickets.get(Number(mark.value)))
    return is_open or now - mark.at < frequency.window


def _open(
    desk: Desk, unit: Unit, signal: Signal, frequency: Frequency, now: datetime
) -> Number | None:
    handbook = desk.handbook()
    logger = min(handbook.people.supervisors, default=None)
    if logger is None or handbook.subcategory(signal.topic.category) is None:
        return None
    intake = Intake(
        received_at=now,
        category=signal.topic.category,
        anonymous=True,
        urgency=Priority.P2,
        description=_said(signal, frequency, handbook),
    )
    seen = SignalSeen(
        count=signal.chart.count,
        days=frequency.window.days,
        usual=signal.chart.usual,
        limit=signal.chart.limit,
    )
    parent = log_by_desk(desk, unit, intake, logger=logger, seen=seen).number
    for person in sorted(handbook.people.supervisors):
        unit.notices.plan((_notice(person, parent, signal, frequency, now),))
    return parent


def _notice(
    person: PersonId, parent: Number, signal: Signal, frequency: Frequency, now: datetime
) -> Notice:
    return Notice(
        key=f"{NoticeKind.FREQUENCY}:{parent}:{person}",
        kind=NoticeKind.FREQUENCY,
        place=to_person(person),
        urgency=Urgency.ASSIGNMENT,
        due_at=now,
        number=parent,
        params={
            "count": signal.chart.count,
            "usual": signal.chart.usual,
            "limit": signal.chart.limit,
            "days": frequency.window.days,
        },
    )


def _said(signal: Signal, frequency: Frequency, handbook: Handbook) -> str:
    """Give what lists show: the category and the figures, no sentence; views say it in each reader's words."""
    category = handbook.subcategory(signal.topic.category)
    name = category.name.in_(handbook.language) if category else signal.topic.category
    return f"📈 {name} · {signal.chart.count} × / {frequency.window.days} d"
