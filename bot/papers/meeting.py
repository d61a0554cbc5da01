"""The papers of the weekly meeting: the trend as a picture, the full list as a sheet; masked only."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.papers.charts import MOST_LAYERS, Layer, Stack, stacked_bars
from bot.papers.sheets import Cell, Column, Sheet, write_sheet
from handlers.views import labels, meeting_words
from handlers.views.rich import absolute
from tickets.desk.meeting_look import lines_of
from tickets.handbook import Handbook
from tickets.meetings.meeting import Line, Meeting
from tickets.ports import Unit
from tickets.time.opening import Opening
from tickets.tongue import Tongue

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
AT_ONCE = 500  # rows read together; memory stays flat however many there are
_WIDTHS = {
    "place": 6,
    "number": 16,
    "department": 16,
    "category": 22,
    "priority": 8,
    "assignee": 18,
    "deadline": 16,
    "since": 18,
    "late_h": 12,
    "late": 14,
    "change": 10,
    "blockers": 36,
    "decision": 44,
    "owner": 18,
    "until": 18,
    "verdict": 14,
}


def trend_picture(meetings: Sequence[Meeting], *, handbook: Handbook, tongue: Tongue) -> bytes:
    """Draw how many were overdue at each of these meetings, a layer a department, as a PNG."""
    departments, zone = _layers(meetings), ZoneInfo(tongue.timezone)
    layers = [
        Layer(
            meeting_words.department(key, handbook, tongue),
            [one.figures.departments.get(key, 0) for one in meetings],
        )
        for key in departments[:MOST_LAYERS]
    ]
    rest = departments[MOST_LAYERS - 1 :]
    if len(rest) > 1:
        others = [sum(one.figures.departments.get(key, 0) for key in rest) for one in meetings]
        layers[-1] = Layer(tongue("meeting.other_departments"), others)
    return stacked_bars(
        Stack(
            title=tongue("meeting.chart_title"),
            axis=tongue("meeting.chart_axis"),
            bars=[f"{one.due_at.astimezone(zone):%m-%d}" for one in meetings],
            layers=layers,
        )
    )


def full_list(
    path: Path, unit: Unit, meeting: Meeting, *, handbook: Handbook, tongue: Tongue
) -> int:
    """Write all that is overdue into a sheet, as it was frozen; give how many rows."""
    desk = handbook.name.in_(tongue.language)
    as_of = f"{absolute(meeting.due_at, tongue)} {tongue.timezone}"
    stamp = (
        f"{desk} · {meeting_words.title(meeting, tongue)}",
        tongue("meeting.sheet_stamp", at=as_of),
    )
    columns = [Column(tongue(f"meeting.column_{name}"), width) for name, width in _WIDTHS.items()]
    sheet = Sheet(meeting.key, stamp, columns)
    return write_sheet(path, sheet, _rows(unit, meeting, handbook, tongue))


def _layers(meetings: Sequence[Meeting]) -> list[str]:
    """Name the departments, those with most in all first."""
    totals: dict[str, int] = {}
    for one in meetings:
        for key, count in one.figures.departments.items():
            totals[key] = totals.get(key, 0) + count
    return sorted(totals, key=lambda key: (-totals[key], key))


def _rows(
    unit: Unit, meeting: Meeting, handbook: Handbook, tongue: Tongue
) -> Iterator[Sequence[Cell]]:
    words = _Words(handbook, tongue)
    for page in unit.meetings.each_row(meeting.key, at_once=AT_ONCE):
        for line in lines_of(unit, meeting, page):
            yield _row(line, words)


class _Words:
    """The words of a sheet; each is translated once, however many rows say it."""

    def __init__(self, handbook: Handbook, tongue: Tongue) -> None:
        """Take the reader's language."""
        self.day = Opening(handbook.calendar).ordinary_day
        self.zone = ZoneInfo(tongue.timezone)
        self.restricted = tongue("card.restricted")
        self.department = cache(lambda key: meeting_words.department(key, handbook, tongue))
        self.category = cache(lambda key: labels.category_path(key, handbook, tongue))
        self.priority = cache(lambda one: labels.priority(one, handbook, tongue))
        self.person = cache(lambda one: labels.person(one, tongue))
        self.deadline = cache(lambda one: tongue(f"deadline.{one}"))
        self.change = cache(lambda one: tongue(f"meeting.change_{one}"))
        self.verdict = cache(lambda one: tongue(f"meeting.verdict_{one}"))
        self._late = cache(lambda length: meeting_words.late(length, handbook, tongue))

    def late(self, length: timedelta) -> str:
        """Say a lateness; past a day minutes are not said, so that few different ones are left."""
        unit = HOUR if length >= self.day else MINUTE
        return str(self._late(length - length % self.day % unit))

    def local(self, at: datetime) -> datetime:
        """Give local time without a zone: Excel knows none."""
        return at.astimezone(self.zone).replace(tzinfo=None)


def _row(line: Line, words: _Words) -> Sequence[Cell]:
    case = line.row.case
    about: list[Cell] = [line.row.place, case.number, words.department(case.department)]
    priority, assignee = words.priority(case.priority), words.person(case.assignee)
    if case.restricted:
        return [*about, words.restricted, priority, assignee]
    return [
        *about,
        words.category(case.category),
        priority,
        assignee,
        words.deadline(case.deadline),
        words.local(case.since),
        round(line.row.late / HOUR, 2),
        words.late(line.row.late),
        words.change(line.row.change),
        "; ".join(one.name for one in line.blockers if not one.is_hidden),
        *_last_week(line, words),
    ]


def _last_week(line: Line, words: _Words) -> Sequence[Cell]:
    if not line.last_week:
        return ()
    judged = line.last_week[-1]
    one = judged.decision
    return (
        one.text or "",
        words.person(one.owner),
        words.local(one.due_at) if one.due_at else None,
        words.verdict(judged.verdict),
    )
