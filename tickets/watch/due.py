"""Deadline watch: what came near, passed or climbed the ladder is said once (DESK.md 5).

Any number of processes may look at once and as often as they like: what was said is on the row and
the log, a notice's key is unique for ever.
"""

import logging
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from tickets.case.announce.cards import card_for
from tickets.case.values import Number
from tickets.desk.context import Desk
from tickets.errors import Busy
from tickets.ports import Due, Mark, Unit
from tickets.watch.saying import LATE, OVERTAKEN, UNSEEN, Moment, Offline, Saying, say

log = logging.getLogger(__name__)

AT_A_TIME = 200  # deadlines in one transaction, so that nobody waits long behind it
WATCHED = "watched_until"
MARK_EVERY = timedelta(minutes=1)
LATER = timedelta(minutes=5)  # what cannot be said is tried again then


def look(desk: Desk, *, now: datetime, limit: int = AT_A_TIME) -> int:
    """Say everything that is due; tell how many deadlines were looked at. Raises Busy.

    How long nobody watched is read off a mark that this keeps, so a clock that jumps forward looks
    like downtime (F29). It is believed: the database's clock is the same machine's for SQLite, the
    sandbox moves its clock on purpose, and Slack's `Date` is seen only where something is posted;
    the notices of a jump say from when to when nobody watched. Back again, nothing fires twice.
    """
    with desk.records.read() as unit:
        mark, next_at = unit.watch.mark(WATCHED), unit.watch.next_look_at()
    nothing_due = next_at is None or next_at > now
    if nothing_due and mark and now - mark.at < MARK_EVERY:
        return 0
    late = mark is not None and now - mark.at > LATE
    offline = Offline(mark.at, now) if mark and late else None
    moment = Moment(handbook=desk.handbook(), calendar=desk.calendar(), now=now, offline=offline)
    count = 0
    while done := _batch(desk, moment, limit):
        count += done
    if count:
        desk.wake()
    return count


def _batch(desk: Desk, moment: Moment, limit: int) -> int:
    """Say some of it in one transaction; where that fails, ticket by ticket."""
    taken: tuple[Due, ...] = ()
    try:
        with desk.records.write() as unit:
            taken = unit.watch.due(now=moment.now, limit=limit)
            if taken:
                _say(unit, taken, moment)
            else:  # only now: a process that dies halfway leaves the mark where nobody watched
                unit.watch.keep_mark(WATCHED, Mark(moment.now))
    except Busy:
        raise
    except Exception:
        if not taken:
            raise
        log.exception("deadlines not said together, now one ticket at a time")
        for number in dict.fromkeys(due.number for due in taken):
            _alone(desk, number, moment)
    return len(taken)


def _alone(desk: Desk, number: Number, moment: Moment) -> None:
    """Say what one ticket owes; its trouble is its own."""
    try:
        with desk.records.write() as unit:
            _say(unit, unit.watch.due_of(number, now=moment.now), moment)
    except Busy:
        raise
    except Exception:
        log.exception("deadlines of a ticket not said", extra={"number": number})
        with desk.records.write() as unit:
            unit.watch.postpone(number, now=moment.now, until=moment.now + LATER)


def _say(unit: Unit, dues: Sequence[Due], moment: Moment) -> None:
    sayings = _sayings(dues, moment, unit.watch.unsent([due.number for due in dues]))
    overtaken = [key for one in sayings for key in one.overtaken]
    unseen = [notice for one in sayings for notice in one.unseen]
    unit.watch.supersede(overtaken, reason=OVERTAKEN)
    _give_cards(unit, [one.step.due for one in sayings if one.notices], moment)
    unit.notices.plan([notice for one in sayings for notice in one.notices])
    unit.notices.plan(unseen)
    unit.watch.supersede([notice.key for notice in unseen], reason=UNSEEN)
    unit.watch.record([one.step for one in sayings])


def _give_cards(unit: Unit, dues: Sequence[Due], moment: Moment) -> None:
    """What is said of a case stands under its card: one that came in silently gets it now."""
    by_number = {due.number: due for due in dues}
    for number in sorted(unit.cards.without(by_number)) if by_number else ():
        due = by_number[number]
        unit.cards.want(number, department=due.department, version=due.version)
        card = card_for(
            number,
            version=due.version,
            department=due.department,
            priority=due.priority,
            at=moment.now,
        )
        unit.notices.plan([card])


def _sayings(
    dues: Sequence[Due], moment: Moment, unsent: Mapping[Number, Sequence[str]]
) -> list[Saying]:
    """Say each in turn; the entries of one ticket follow each other on its log."""
    last: dict[Number, int] = {}
    sayings = []
    for due in dues:
        seq = last.get(due.number, due.version) + 1
        one = say(due, moment, seq=seq, unsent=unsent.get(due.number, ()))
        if one.step.event:
            last[due.number] = seq
        sayings.append(one)
    return sayings
