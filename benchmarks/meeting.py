"""The weekly meeting over a million tickets: planned by the index, its chart and its list of 20,000 rows."""

import tempfile
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from time import perf_counter

from sqlalchemy import Connection, text

from benchmarks.ground import Place, desk_on, founded, handbook, new_place, today
from benchmarks.measure import Variant, take_turns, timed_ms
from benchmarks.report import Figure, Report, at_most
from benchmarks.scale import Scale
from bot.papers.meeting import full_list, trend_picture
from bot.readers import Readers
from bot.speech import speech
from bot.voice.render_meeting import draw_head, draw_rows
from handlers.views.notices import Reader
from storage.database import JOBS
from tickets.desk.context import Desk
from tickets.desk.meeting_look import trend
from tickets.meetings.agenda import replies
from tickets.meetings.meeting import Meeting
from tickets.ports import Unit
from tickets.time.periods import Period
from tickets.watch.occasion import Occasion
from tickets.watch.weekly import open_meeting

WEEK = timedelta(days=7)
A_WEEK = 3_500  # tickets closed in the meeting's week: 500 a day
PLAN, RENDER, PAPERS, ALL = "plan and commit", "all replies drawn", "chart and xlsx", "whole digest"
FEW = "xlsx of a tenth of the rows, peak memory"
MANY = "xlsx of all rows, peak memory"

# Rows as the stores write them, made by the engine itself: a million through the stores takes an hour.
_MANY = """
INSERT INTO tickets (number_key, id, number, number_reversed, version, status, is_open, priority,
    department, assignee, logged_by, round, kind, category, customer_id, received_at, logged_at,
    closed_at, changed_at, restricted, summary, next_kind, next_due_at, due_order)
WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < :total)
SELECT 20200101000000 + i, 'id' || i, '2020' || i, i || 'r', 3,
    CASE WHEN i % :one_open = 0 THEN 'in_progress' ELSE 'closed' END, i % :one_open = 0,
    'P' || (1 + i % 3), CASE i % 3 WHEN 0 THEN 'tech' WHEN 1 THEN 'operations' ELSE 'service' END,
    'U0ENG' || (1 + i % 30), 'U0AGENT1', 1, 'after_sales', 'after_sales/fault', 'c1', :old, :old,
    CASE WHEN i % :one_open = 0 THEN NULL WHEN i < :week THEN :lately ELSE :old END, :old, 0, 's',
    CASE WHEN i % :one_open = 0 THEN 'resolution' END,
    CASE WHEN i % :one_late = 0 THEN :late WHEN i % :one_open = 0 THEN :later END,
    CASE WHEN i % :one_late = 0 THEN :late WHEN i % :one_open = 0 THEN :later ELSE :never END
FROM n
"""
_SCORES = """
INSERT INTO events (ticket_id, number, seq, at, actor, kind, plain)
SELECT id, number, seq, :old, 'U0AGENT1', CASE seq WHEN 12 THEN 'Scored' ELSE 'Noted' END,
    :score
FROM tickets JOIN (WITH RECURSIVE s(seq) AS (SELECT 1 UNION ALL SELECT seq + 1 FROM s WHERE seq < 12)
    SELECT seq FROM s)
WHERE closed_at = :lately
"""
_CUSTOMER = """
INSERT INTO customers (id, salutation, type, groups, created_at) VALUES ('c1', 'none', 'new', '[]', :old)
"""


def run(_stock: Place, scale: Scale) -> Report:
    """Hold one meeting a week over a desk of its own, a round each."""
    with tempfile.TemporaryDirectory(prefix="deskbot-meeting-") as folder:
        place = new_place(Path(folder) / "desk")
        with founded(place) as foundation:
            with foundation.database.writing(JOBS * 60) as connection:
                _fill(connection, scale)
            _analyse(foundation.database.writers.connect())
            stage = _Stage(desk_on(foundation), scale)
            found = take_turns(scale.rounds, {ALL: stage.digest})
            memory = take_turns(1, _memory(stage, Path(folder)))
    seconds = (PLAN, PAPERS, RENDER, ALL)
    bars = {PLAN: at_most(1.0), ALL: at_most(5.0, "plan, head, chart, xlsx")}
    return Report(
        f"meeting: {scale.meeting_tickets:,} tickets stored, {scale.meeting_rows:,} overdue, SQLite",
        [
            *(Figure(name, found[ALL, name], "s", bars.get(name)) for name in seconds),
            *(Figure(name, memory[name, "MB"], "MB") for name in (FEW, MANY)),
        ],
        (f"replies of 20 rows: {replies(scale.meeting_rows):,}",),
    )


class _Stage:
    """One desk whose meetings are opened week after week."""

    def __init__(self, desk: Desk, scale: Scale) -> None:
        self.desk, self.week = desk, 0
        self.overdue = scale.meeting_rows
        self.reader = _reader(desk)
        self.last: Meeting | None = None

    def digest(self) -> dict[str, float]:
        """Plan a meeting and make all it posts."""
        began = perf_counter()
        planned = timed_ms(self._plan) / 1000
        with self.desk.records.read() as unit:
            meeting = self._meeting(unit)
            draw_head(unit, meeting, self.reader)
            papers = timed_ms(lambda: self._papers(unit, meeting)) / 1000
        whole = perf_counter() - began
        drawn = timed_ms(self._draw) / 1000
        return {PLAN: planned, PAPERS: papers, ALL: whole, RENDER: drawn}

    def sheet(self, folder: Path, rows: int) -> None:
        """Write the list of the last meeting, or of its first rows."""
        with self.desk.records.read() as unit:
            meeting = self._meeting(unit)
            kept = unit if rows >= self.overdue else _FirstRows(unit, rows)
            full_list(
                folder / f"{rows}.xlsx",
                kept,  # type: ignore[arg-type]  # the part of a unit that a list reads
                meeting,
                handbook=handbook(),
                tongue=self.reader.tongue,
            )

    def _plan(self) -> None:
        self.week += 1
        due_at = datetime.combine(today(), time(1), UTC) + self.week * timedelta(minutes=1)
        period = Period("weekly_meeting", f"2020-W{self.week:02}", due_at, due_at - WEEK, due_at)
        with self.desk.records.write() as unit:
            open_meeting(self.desk, unit, Occasion(period))

    def _meeting(self, unit: Unit) -> Meeting:
        found = unit.meetings.find(f"2020-W{self.week:02}")
        assert found is not None
        assert found.figures.overdue == self.overdue
        return found

    def _papers(self, unit: Unit, meeting: Meeting) -> None:
        held = trend(unit, meeting.due_at)
        trend_picture(held, handbook=handbook(), tongue=self.reader.tongue)
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "list.xlsx"
            full_list(path, unit, meeting, handbook=handbook(), tongue=self.reader.tongue)

    def _draw(self) -> None:
        with self.desk.records.read() as unit:
            meeting = self._meeting(unit)
            for department, count in meeting.figures.departments.items():
                for part in range(1, replies(count) + 1):
                    draw_rows(unit, meeting, department, part, self.reader)


class _FirstRows:
    """The first rows of a meeting, for telling how memory grows."""

    def __init__(self, unit: Unit, rows: int) -> None:
        self._unit, self._rows = unit, rows

    @property
    def meetings(self) -> "_FirstRows":
        return self

    def each_row(self, key: str, *, at_once: int) -> Iterator[object]:
        left = self._rows
        for page in self._unit.meetings.each_row(key, at_once=at_once):
            if left <= 0:
                return
            yield page[:left]
            left -= len(page)

    def __getattr__(self, name: str) -> object:
        return getattr(self._unit.meetings, name)


def _memory(stage: _Stage, folder: Path) -> dict[str, Variant]:
    def peak(rows: int) -> Callable[[], dict[str, float]]:
        def measured() -> dict[str, float]:
            tracemalloc.start()
            with suppress(FileNotFoundError):
                stage.sheet(folder, rows)
            _now, highest = tracemalloc.get_traced_memory()
            tracemalloc.stop()
            return {"MB": highest / 1e6}

        return measured

    return {FEW: peak(max(1, stage.overdue // 10)), MANY: peak(stage.overdue)}


def _reader(desk: Desk) -> Reader:
    readers = Readers(speech(desk.clock), desk.handbook)
    tongue = readers.speak(None, desk.records)
    return Reader(tongue=tongue, handbook=handbook(), present=frozenset(), now=desk.clock.now())


def _fill(connection: Connection, scale: Scale) -> None:
    """Store tickets of which one in ten is open and so many are overdue."""
    total, late = scale.meeting_tickets, scale.meeting_rows
    morning = datetime.combine(today(), time(0), UTC)
    values = {
        "total": total,
        "one_late": total // late,
        "one_open": max(1, total // late // 5),
        "week": A_WEEK,
        "old": _text(morning - 300 * timedelta(days=1)),
        "lately": _text(morning - timedelta(days=2)),
        "late": _text(morning - timedelta(days=9)),
        "later": _text(morning + timedelta(days=9)),
        "score": '{"score":5,"solved":"yes"}',
        "never": _text(datetime.max.replace(tzinfo=UTC)),
    }
    connection.execute(text(_CUSTOMER), values)
    connection.execute(text(_MANY), values)
    connection.execute(text(_SCORES), values)


def _analyse(connection: Connection) -> None:
    with connection, connection.begin():
        connection.exec_driver_sql("ANALYZE")


def _text(at: datetime) -> str:
    return at.isoformat(timespec="microseconds")
