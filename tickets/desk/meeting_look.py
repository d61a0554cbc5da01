"""Looking at a meeting: its rows with blockers, last week's decisions and this one's; checks no right."""

from collections.abc import Sequence
from datetime import datetime

from tickets.case.values import Number, PersonId
from tickets.desk.asking import reading
from tickets.desk.context import Desk
from tickets.errors import IllegalMove, NotFound
from tickets.meetings.agenda import verdict
from tickets.meetings.meeting import Blocker, Decision, Judged, Line, Meeting, Row
from tickets.people.roles import Action
from tickets.ports import Unit


def lines_of(unit: Unit, meeting: Meeting, rows: Sequence[Row]) -> tuple[Line, ...]:
    """Put beside rows what is said of them."""
    numbers = [row.case.number for row in rows]
    summaries = unit.meetings.summaries(numbers)
    blockers = unit.meetings.blockers_of(numbers)
    decided = _by_number(unit.meetings.decisions(meeting.key, numbers))
    judged = judged_of(unit, meeting, numbers)
    causes = unit.meetings.first_causes(numbers)
    return tuple(
        Line(
            row=row,
            summary=summaries.get(row.case.number, ""),
            blockers=blockers.get(row.case.number, ()),
            last_week=judged.get(row.case.number, ()),
            decided=decided.get(row.case.number, ()),
            cause=causes.get(row.case.number, ""),
        )
        for row in rows
    )


def judged_of(
    unit: Unit, meeting: Meeting, numbers: Sequence[Number] | None
) -> dict[Number, tuple[Judged, ...]]:
    """Tell what became of the last meeting's decisions with a date, as of this meeting's moment."""
    if meeting.previous is None:
        return {}
    then = [
        one for one in unit.meetings.decisions(meeting.previous, numbers) if one.text is not None
    ]
    given = unit.meetings.promises([one.number for one in then])
    resolved = unit.meetings.resolved([one.number for one in then])
    found: dict[Number, tuple[Judged, ...]] = {}
    for one in then:
        became = verdict(
            one,
            given.get(one.number, ()),
            resolved_at=resolved.get(one.number),
            moment=meeting.due_at,
        )
        if became:
            found[one.number] = (*found.get(one.number, ()), Judged(one, became))
    return found


def prepare(
    desk: Desk, key: str, number: Number, *, by: PersonId
) -> tuple[Meeting, Line, tuple[Blocker, ...]]:
    """Before a form on a row opens: may this person decide, is the meeting under way; give what is there."""
    with reading(desk, by, Action.MEET, number) as (unit, _who):
        meeting = unit.meetings.find(key)
        row = unit.meetings.row(key, number)
        if meeting is None:
            raise NotFound("meeting.unknown")
        if row is None:
            raise NotFound("meeting.not_on_agenda", number=number)
        (line,) = lines_of(unit, meeting, [row])
        return meeting, line, unit.meetings.blockers()


def require_under_way(meeting: Meeting, number: Number) -> None:
    """Refuse once the meeting is closed, in words that say where to decide now."""
    if meeting.closed_at:
        raise IllegalMove("meeting.closed", number=number, at=meeting.closed_at)


def trend(unit: Unit, until: datetime, *, weeks: int = 12) -> tuple[Meeting, ...]:
    """List the meetings of the last weeks, this one the last."""
    return unit.meetings.up_to(until, most=weeks)


def _by_number(decisions: Sequence[Decision]) -> dict[Number, tuple[Decision, ...]]:
    found: dict[Number, tuple[Decision, ...]] = {}
    for one in decisions:
        found[one.number] = (*found.get(one.number, ()), one)
    return found
