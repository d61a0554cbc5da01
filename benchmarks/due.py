"""What time does: finding what is due, a tick with nothing to do, a thousand due at once, a new calendar."""

import json
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from itertools import count, islice
from pathlib import Path
from time import perf_counter, process_time

from sqlalchemy import Connection, text

from benchmarks.ground import Place, desk_on, founded, handbook, new_place, today
from benchmarks.measure import take_turns, timed_ms
from benchmarks.report import Figure, Report, at_most
from benchmarks.scale import Scale
from benchmarks.stories import tell
from bot.foundation import Foundation
from storage.database import JOBS
from storage.ladders import ladder_row
from storage.watch import FIND
from tickets.case.fold import fold
from tickets.desk.context import Desk
from tickets.time.calendar import Calendar
from tickets.time.deadlines import Reckoning
from tickets.watch import due
from tickets.watch.tick import tick

FOUND_TIMES, TICKS = 200, 20
LEAST = 1_000  # tickets, so that enough of them can be due
DUE_IN_STOCK, AT_MOST = 50, 100  # as BASELINES.md 3 asks
FEW, MANY = "find due, a hundredth stored", "find due, all stored"
NOTHING, HANDLED, ANEW = "tick, nothing due", "due at once, handled", "open tickets reckoned anew"

_TICKETS = """
INSERT INTO tickets (number_key, id, number, number_reversed, version, status, is_open, priority,
    department, assignee, logged_by, round, kind, category, customer_id, received_at, logged_at,
    changed_at, restricted, summary, next_kind, next_due_at, due_order)
WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < :total)
SELECT 20200101000000 + i, 'id' || i, '20200101' || printf('%06d', i), printf('%06d', i) || 'r', 2,
    CASE WHEN i % :one_open = 0 THEN 'in_progress' ELSE 'closed' END, i % :one_open = 0, 'P2', 'tech',
    'U0ENG' || (1 + i % 30), 'U0AGENT1', 1, 'after_sales', 'after_sales/fault', 'c1', :old, :old, :old,
    0, 's', CASE WHEN i % :one_open = 0 THEN 'resolution' END,
    CASE WHEN i % :one_open = 0 THEN :later END, CASE WHEN i % :one_open = 0 THEN :later ELSE :never END
FROM n
"""
_DEADLINES = """
INSERT INTO deadlines (number_key, round, kind, detail, starts_at, due_at, void, provisional, policy,
    version, look_at, stage, ladder, backfilled)
SELECT number_key, 1, 'resolution', '', :old, CASE WHEN is_open THEN :later ELSE :old END, 0, 0, 1, 2,
    CASE WHEN is_open THEN :later END, CASE WHEN is_open THEN 1 END, :ladder, 0
FROM tickets
"""
_CARDS = """
INSERT INTO cards (number_key, department, channel_id, message_ts, wanted, shown, is_current)
SELECT number_key, 'tech', 'C1', 'm' || number_key, 2, 2, 1 FROM tickets WHERE is_open
"""
_CUSTOMER = """
INSERT INTO customers (id, salutation, type, groups, created_at) VALUES ('c1', 'none', 'new', '[]', :old)
"""
_COME_DUE = """
UPDATE deadlines SET look_at = :at, due_at = :at, stage = 1, said_stage = NULL, said_due_at = NULL
WHERE number_key IN (SELECT number_key FROM tickets WHERE is_open ORDER BY number_key LIMIT :many OFFSET :past)
"""


def run(_stock: Place, scale: Scale) -> Report:
    """Measure each on desks of its own size; the small one has a hundredth of the tickets."""
    with tempfile.TemporaryDirectory(prefix="deskbot-due-") as folder, ExitStack() as open_desks:
        small, large, busy = (
            _a_desk(open_desks, Path(folder) / name, total, one_open)
            for name, total, one_open in (
                ("small", max(LEAST, scale.watched // 100), 10),
                ("large", scale.watched, 10),
                ("busy", scale.open_watched, 1),
            )
        )
        _some_due(small.foundation)
        _some_due(large.foundation)
        found = take_turns(
            scale.rounds,
            {
                FEW: small.find,
                MANY: large.find,
                NOTHING: busy.tick_idly,
                HANDLED: busy.handle(scale.due_at_once),
                ANEW: reckoned_anew(scale.reckoned),
            },
        )
    few, many = found[FEW, "µs"], found[MANY, "µs"]
    return Report(
        f"due: {scale.watched:,} tickets stored, one in ten open; {scale.open_watched:,} open, SQLite",
        [
            Figure(FEW, few, "µs"),
            Figure(MANY, many, "µs", at_most(100)),
            Figure("  times the few", many.over(few), "x", at_most(1.2)),
            Figure(NOTHING, found[NOTHING, "ms"], "ms", at_most(3)),
            Figure(f"{scale.due_at_once:,} {HANDLED}", found[HANDLED, "s"], "s", at_most(0.35)),
            Figure(f"{scale.reckoned:,} {ANEW}", found[ANEW, "s"], "s", at_most(0.5)),
        ],
        ("what other desks take for the scans is under `scans`",),
    )


@dataclass(slots=True)
class _Desk:
    """One desk full of deadlines."""

    desk: Desk
    foundation: Foundation
    now: datetime
    past: Iterator[int]

    def find(self) -> dict[str, float]:
        """Ask which tickets have something due, as each tick does."""
        values = {"now": self.now, "at_most": AT_MOST}
        with self.foundation.database.reading() as connection:
            connection.execute(FIND, values).all()
            began = perf_counter()
            for _ in range(FOUND_TIMES):
                rows = connection.execute(FIND, values).all()
            taken = perf_counter() - began
        assert len(rows) == DUE_IN_STOCK
        return {"µs": taken * 1e6 / FOUND_TIMES}

    def tick_idly(self) -> dict[str, float]:
        """Tick where nothing is due."""
        tick(self.desk, now=self.now)  # whatever an hour of standing still has brought
        began = perf_counter()
        for _ in range(TICKS):
            tick(self.desk, now=self.now)
        return {"ms": (perf_counter() - began) * 1000 / TICKS}

    def handle(self, many: int) -> Callable[[], dict[str, float]]:
        """Give what says so many breaches that came due in one tick."""

        def handled() -> dict[str, float]:
            self.now += timedelta(minutes=1)
            values = {"at": _text(self.now), "many": many, "past": next(self.past) * many}
            with self.foundation.database.writing(JOBS) as connection:
                connection.execute(text(_COME_DUE), values)
            said: list[int] = []
            taken = timed_ms(lambda: said.append(due.look(self.desk, now=self.now))) / 1000
            assert said == [many]
            return {"s": taken}

        return handled


def _a_desk(open_desks: ExitStack, folder: Path, total: int, one_open: int) -> _Desk:
    foundation = open_desks.enter_context(founded(new_place(folder)))
    noon = datetime.combine(today(), time(4), UTC)
    values = {
        "total": total,
        "one_open": one_open,
        "old": _text(noon - timedelta(days=300)),
        "later": _text(noon + timedelta(days=30)),
        "never": _text(datetime.max.replace(tzinfo=UTC)),
        "ladder": json.dumps(ladder_row(handbook().policies[-1].escalate or ())),
    }
    desk = desk_on(foundation)
    tick(desk, now=noon)  # what a first tick settles
    with foundation.database.writing(JOBS * 60) as connection:
        for statement in (_CUSTOMER, _TICKETS, _DEADLINES, _CARDS):
            connection.execute(text(statement), values)
    _analyse(foundation.database.writers.connect())
    return _Desk(desk, foundation, noon, count())


def _some_due(foundation: Foundation) -> None:
    noon = datetime.combine(today(), time(4), UTC)
    values = {"at": _text(noon - timedelta(hours=1)), "many": DUE_IN_STOCK, "past": 0}
    with foundation.database.writing(JOBS) as connection:
        connection.execute(text(_COME_DUE), values)


def reckoned_anew(many: int) -> Callable[[], dict[str, float]]:
    """Give what reckons open tickets by a calendar with one more day off, without the database."""
    book = handbook()
    before = Reckoning(book.policies, Calendar(book.calendar), pauses=book.pauses)
    told = (tell(place, today(), 20 * many).log for place in count())
    logs = islice((log for log in told if fold(log).status.is_open), many)
    stored = [(log, before.owed(log)) for log in logs]
    day_off = today() + timedelta(days=1)

    def reckoned() -> dict[str, float]:
        plan = replace(book.calendar, closed=book.calendar.closed | {day_off})
        began = process_time()
        reckoning = Reckoning(book.policies, Calendar(plan), pauses=book.pauses)
        for log, deadlines in stored:
            reckoning.anew(log, deadlines)
        return {"s": process_time() - began}

    return reckoned


def _analyse(connection: Connection) -> None:
    with connection, connection.begin():
        connection.exec_driver_sql("ANALYZE")


def _text(at: datetime) -> str:
    return at.isoformat(timespec="microseconds")
