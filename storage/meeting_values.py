"""Meetings and their rows as the columns hold them."""

from dataclasses import asdict
from datetime import timedelta
from typing import Any

from sqlalchemy import Row as SqlRow

from storage.numbers import key_of, number_of
from tickets.case.values import Priority
from tickets.insight.figures import Counted
from tickets.meetings.meeting import Change, Figures, Meeting, Overdue, Row, Week
from tickets.time.deadline import DeadlineKind


def values_of(meeting: Meeting) -> dict[str, object]:
    """Write a meeting."""
    figures = asdict(meeting.figures)
    figures["oldest"] = int(meeting.figures.oldest.total_seconds())
    return {
        "key": meeting.key,
        "starts_at": meeting.starts_at,
        "ends_at": meeting.ends_at,
        "due_at": meeting.due_at,
        "is_late": meeting.is_late,
        "channel": meeting.channel,
        "previous": meeting.previous,
        "figures": figures,
        "changes": meeting.changes,
        "started_at": meeting.started_at,
        "started_by": meeting.started_by,
        "closed_at": meeting.closed_at,
        "closed_by": meeting.closed_by,
    }


def meeting_of(row: SqlRow[*tuple[Any, ...]]) -> Meeting:
    """Read a meeting."""
    values = dict(row._mapping)
    figures = values.pop("figures")
    figures["oldest"] = timedelta(seconds=figures["oldest"])
    figures["week"] = Week(**figures["week"])
    kept = figures.get("promises", {})  # an earlier program froze none
    figures["promises"] = {name: Counted(**one) for name, one in kept.items()}
    return Meeting(figures=Figures(**figures), **values)


def row_values(key: str, row: Row) -> dict[str, object]:
    """Write a row of the agenda."""
    case = row.case
    return {
        "meeting": key,
        "number_key": key_of(case.number),
        "department": case.department,
        "place": row.place,
        "priority": case.priority,
        "category": case.category,
        "assignee": case.assignee,
        "restricted": case.restricted,
        "deadline": case.deadline,
        "overdue_since": case.since,
        "late_s": int(row.late.total_seconds()),
        "change": row.change,
    }


def row_of(row: SqlRow[*tuple[Any, ...]]) -> Row:
    """Read a row of the agenda."""
    case = Overdue(
        number=number_of(row.number_key),
        department=row.department,
        priority=Priority(row.priority),
        category=row.category,
        assignee=row.assignee,
        restricted=row.restricted,
        deadline=DeadlineKind(row.deadline),
        since=row.overdue_since,
    )
    late = timedelta(seconds=row.late_s)
    return Row(place=row.place, case=case, late=late, change=Change(row.change))
