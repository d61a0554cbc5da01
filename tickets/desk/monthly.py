"""What people do in the monthly meeting: start it, decide with a measurable target, close it with its minutes (R84)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from tickets.case.values import PersonId
from tickets.desk.asking import asked, reading
from tickets.desk.change import present_actor
from tickets.desk.context import Desk
from tickets.desk.improve import add, note
from tickets.desk.monthly_drawn import noted, report_of
from tickets.desk.monthly_look import AdviceWords, advice_words
from tickets.errors import IllegalMove, NotFound
from tickets.handbook import Handbook
from tickets.insight.findings import Advice
from tickets.insight.frozen import thaw
from tickets.insight.monthly import MonthFigures
from tickets.meetings.improvement import Improvement, Source
from tickets.meetings.monthly import MonthlyMeeting
from tickets.meetings.monthly_posts import JOB, departments_of, minutes_of
from tickets.meetings.points import OTHER, Point, find_point
from tickets.meetings.proposal import Proposal
from tickets.people import roles
from tickets.people.roles import Action
from tickets.ports import AuditEntry, Receipt, Unit
from tickets.watch.posting import channel_of

Step = Callable[[Unit, MonthlyMeeting, MonthFigures], MonthlyMeeting]


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """What the form of a decision is about."""

    meeting: MonthlyMeeting
    point: Point | None  # None: nothing of the agenda
    advice: AdviceWords | None = None  # of a point about one


def start(desk: Desk, period: str, *, by: PersonId, receipt: str) -> MonthlyMeeting:
    """Note that the meeting began, who began it and when; once begun, nothing changes."""

    def begun(_unit: Unit, meeting: MonthlyMeeting, _figures: MonthFigures) -> MonthlyMeeting:
        if meeting.closed_at:
            raise IllegalMove("meeting.over", at=meeting.closed_at)
        if meeting.started_at:
            return meeting
        return replace(meeting, started_at=desk.clock.now(), started_by=by)

    return _chaired(desk, period, begun, by=by, receipt=receipt)


def close(desk: Desk, period: str, *, by: PersonId, receipt: str) -> MonthlyMeeting:
    """Close the meeting and plan its minutes, in its channel and each responsible department's; once."""

    def ended(unit: Unit, meeting: MonthlyMeeting, _figures: MonthFigures) -> MonthlyMeeting:
        if meeting.closed_at:
            return meeting
        if meeting.started_at is None:
            raise IllegalMove("meeting.not_started")
        items = unit.improvements.decided_in(Source.MONTHLY, meeting.key)
        after = replace(meeting, closed_at=desk.clock.now(), closed_by=by)
        channels = _channels(desk, items)
        unit.notices.plan(minutes_of(after, channels, len(items), at=desk.clock.now()))
        return after

    return _chaired(desk, period, ended, by=by, receipt=receipt)


def decide(
    desk: Desk, period: str, key: str, wish: Proposal, *, by: PersonId, receipt: str
) -> Improvement | None:
    """Decide on a point of the agenda, or on something else; None where this form was sent before.

    Raises Incomplete, Refused, NotFound, IllegalMove (the meeting is closed).
    """
    with asked(desk, by, Action.CHAIR), desk.records.write() as unit:
        roles.require(present_actor(unit, by, desk.handbook()), Action.CHAIR)
        settled = report_of(unit, period)
        meeting = unit.improvements.hold_monthly(period)
        if unit.receipts.find(receipt):
            return None
        figures = thaw(MonthFigures, settled.figures)
        _require_under_way(meeting)
        _require_point(figures, key)
        item = add(desk, unit, wish, by=by, source=Source.MONTHLY, origin=period, point=key)
        noted(desk, unit, settled, meeting, (key,))
        note(desk, unit, item, by=by, receipt=receipt, action=Action.CHAIR)
    desk.wake()
    return item


def prepare(desk: Desk, period: str, key: str, *, by: PersonId) -> Prepared:
    """Before the form opens: may this person decide, is the meeting under way; give what it is about."""
    with reading(desk, by, Action.CHAIR) as (unit, _who):
        figures = thaw(MonthFigures, report_of(unit, period).figures)
        meeting, point = unit.improvements.monthly(period), find_point(figures, key)
        advice = None
        if point and isinstance(point.matter, Advice):
            advice = advice_words(unit, point.matter, desk.phones.spans)
    _require_under_way(meeting)
    _require_point(figures, key)
    return Prepared(meeting=meeting, point=point, advice=advice)


def _chaired(desk: Desk, period: str, step: Step, *, by: PersonId, receipt: str) -> MonthlyMeeting:
    with asked(desk, by, Action.CHAIR), desk.records.write() as unit:
        roles.require(present_actor(unit, by, desk.handbook()), Action.CHAIR)
        settled = report_of(unit, period)
        meeting = unit.improvements.hold_monthly(period)
        if unit.receipts.find(receipt):
            return meeting
        after = step(unit, meeting, thaw(MonthFigures, settled.figures))
        if after != meeting:
            noted(desk, unit, settled, after, ())
        now = desk.clock.now()
        unit.receipts.keep(Receipt(key=receipt, kind=Action.CHAIR), at=now)
        unit.audit.write(
            AuditEntry(
                at=now,
                by=by,
                action=Action.CHAIR,
                number=None,
                outcome="noop" if after == meeting else "done",
                detail={"meeting": after.key},
            )
        )
    desk.wake()
    return after


def _require_under_way(meeting: MonthlyMeeting) -> None:
    if meeting.closed_at:
        raise IllegalMove("monthly.closed", at=meeting.closed_at)


def _require_point(figures: MonthFigures, key: str) -> None:
    if key != OTHER and find_point(figures, key) is None:
        raise NotFound("monthly.not_on_agenda")


def _channels(desk: Desk, items: Sequence[Improvement]) -> tuple[str, ...]:
    handbook: Handbook = desk.handbook()
    own = [
        handbook.departments[key].channel
        for key in departments_of(items)
        if key in handbook.departments
    ]
    return tuple(dict.fromkeys([channel_of(desk, JOB).key, *own]))
