"""Figures over a million tickets: each by itself, the whole screen, the monthly report, and people who write meanwhile."""

import tempfile
import threading
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from time import perf_counter, process_time, sleep

from sqlalchemy import Connection, text

from benchmarks.ground import Place, desk_on, founded, new_place, today
from benchmarks.measure import take_turns, timed_ms
from benchmarks.report import Figure, Report, at_most
from benchmarks.scale import Scale
from storage.database import JOBS
from tickets.desk.context import Desk
from tickets.desk.figures import overview
from tickets.insight.figures import By, Length, Selection
from tickets.insight.figures import Figure as Asked
from tickets.insight.spans import Span, between
from tickets.message import PersonId
from tickets.people import roles
from tickets.ports import AuditEntry, Unit
from tickets.time.periods import Period
from tickets.watch.monthly_report import REPORT
from tickets.watch.occasion import Occasion

SUE = PersonId("U0SUPER")
DAYS = 1_000  # that all tickets were logged in
MONTH, YEAR, EVER = "the slowest figure of a month", "of a year", "of all that is stored"
CPU = ", CPU of it"
SCREEN, SCREEN_YEAR = "/ticket stats by department, a month", "the same, a year"
REPORTED = "monthly report, planned and committed"
HELD = "of it the transaction in which nobody else writes"
ALONE, BESIDE = "a write alone, p99", "a write beside figures of a year, p99"

# Rows as the stores write them, made by the engine itself: a million through the stores takes an hour.
_TICKETS = """
INSERT INTO tickets (number_key, id, number, number_reversed, version, status, is_open, priority,
    department, assignee, logged_by, round, kind, category, customer_id, received_at, logged_at,
    resolved_at, closed_at, changed_at, restricted, summary, due_order)
WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < :total),
    moments AS (SELECT i, i % :per_day + 1 AS serial,
        :since + CAST(i AS REAL) * 86400 / :per_day AS at FROM n),
    written AS (SELECT i, strftime('%Y%m%d', at, 'unixepoch') AS day, serial,
        strftime('%Y-%m-%dT%H:%M:%S', at, 'unixepoch') || '.000000+00:00' AS at FROM moments)
SELECT CAST(day AS INTEGER) * 1000000 + serial, 'id' || i, day || printf('%03d', serial), i || 'r', 4,
    'closed', 0, 'P' || (1 + i % 3), CASE i % 3 WHEN 0 THEN 'tech' WHEN 1 THEN 'operations' ELSE 'service' END,
    'U0ENG' || (1 + i % 30), 'U0AGENT' || (1 + i % 20), 1, 'after_sales', 'category/' || (i % 12), 'c1',
    at, at, at, at, at, 0, 's', :never
FROM written
"""
_ROUNDS = """
INSERT INTO round_figures (number_key, round, is_last, counts, standing, logged_at, department, assignee,
    kind, category, priority, channel, customer_type, peak, promised, in_time, response_s,
    response_open_s, handling_s, handling_open_s, allowed_s, allowed_open_s, score, cause, late_cause, repeats,
    expected_s)
SELECT number_key, 1, 1, rowid % 50 > 0, CASE WHEN rowid % 20 = 0 THEN 'open' ELSE 'solved' END, logged_at,
    department, assignee, kind, category, priority, 'phone', 'existing', rowid % 3 > 0, 1,
    rowid % 20 > 0, (rowid * 7919) % 28800, (rowid * 7919) % 9600,
    CASE WHEN rowid % 20 > 0 THEN (rowid * 104729) % 604800 END,
    CASE WHEN rowid % 20 > 0 THEN (rowid * 104729) % 201600 END, 86400, 28800,
    CASE WHEN rowid % 4 > 0 THEN 1 + rowid * 31 % 5 END, CASE WHEN rowid % 5 = 0 THEN 'process' END,
    CASE WHEN rowid % 20 = 0 THEN 'understaffed' END, rowid % 30 = 0,
    3600 * (1 + rowid % 24)
FROM (SELECT row_number() OVER () AS rowid, * FROM tickets)
"""
_ERRANDS = """
INSERT INTO errand_figures (number_key, round, kind, detail, department, person, starts_at, due_at, met_at,
    dropped, took_s, took_open_s)
SELECT number_key, 1, CASE WHEN serial % 40 = 0 THEN 'internal' ELSE 'promise' END, '1', department, assignee,
    logged_at, logged_at, logged_at, 0, serial % 7200, serial % 3600
FROM (SELECT number_key % 1000000 AS serial, * FROM tickets) WHERE serial % 20 = 0
"""
_CLOCKS = """
INSERT INTO deadlines (number_key, round, kind, detail, starts_at, due_at, met_at, void, provisional, policy,
    version, breached_at, backfilled)
SELECT number_key, 1, kinds.kind, '', logged_at, logged_at, logged_at, 0, 0, 1, 4,
    CASE WHEN number_key % 20 = 0 THEN logged_at END, 0
FROM tickets JOIN (SELECT 'response' AS kind UNION ALL SELECT 'resolution') AS kinds
"""
_EVENTS = """
INSERT INTO events (ticket_id, number, seq, at, actor, kind, plain)
SELECT id, number, facts.seq, logged_at, logged_by, facts.kind, facts.plain
FROM tickets JOIN (SELECT 1 AS seq, 'Logged' AS kind, '{}' AS plain
    UNION ALL SELECT 2, 'Resolved', '{}' UNION ALL SELECT 3, 'Scored', '{"score": 4}'
    UNION ALL SELECT 4, 'LatenessExplained', '{"cause": "understaffed"}') AS facts
WHERE logged_at >= :lately
"""
_CUSTOMER = """
INSERT INTO customers (id, salutation, type, groups, marks, opt_outs, created_at)
VALUES ('c1', 'none', 'new', '[]', '[]', '[]', :never)
"""


def run(_stock: Place, scale: Scale) -> Report:
    """Ask for everything once a round over a desk of its own."""
    with tempfile.TemporaryDirectory(prefix="deskbot-figures-") as folder:
        place = new_place(Path(folder) / "desk")
        with founded(place) as foundation:
            with foundation.database.writing(JOBS * 60) as connection:
                _fill(connection, scale.figured)
            with foundation.database.writing(JOBS * 60) as connection:
                connection.exec_driver_sql("ANALYZE")
            stage = _Stage(desk_on(foundation))
            found = take_turns(scale.rounds, {"asked": stage.ask})
            written = take_turns(1, {"written": stage.write_beside})
    return Report(
        f"figures: {scale.figured:,} tickets of {DAYS} days stored, SQLite",
        [
            *(
                Figure(one + more, found["asked", one + more], "s", at_most(2.0))
                for one in (MONTH, YEAR, EVER)
                for more in ("", CPU)
            ),
            Figure(SCREEN, found["asked", SCREEN], "s"),
            Figure(SCREEN_YEAR, found["asked", SCREEN_YEAR], "s"),
            *(
                Figure(REPORTED + more, found["asked", REPORTED + more], "s", at_most(10.0))
                for more in ("", CPU)
            ),
            Figure(HELD, found["asked", HELD], "ms"),
            Figure(ALONE, written["written", ALONE], "ms"),
            Figure(BESIDE, written["written", BESIDE], "ms"),
        ],
        (f"the slowest were {', '.join(sorted(stage.slowest))}",),
    )


class _Stage:
    """One desk that is asked for its figures."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.month, self.slowest = desk, 0, set[str]()
        self.last = today() - timedelta(days=1)

    def ask(self) -> dict[str, float]:
        """Take every figure of three periods by itself, the screens, and the report."""
        month, year = (self._span(days) for days in (31, 365))
        return {
            **self._slowest(MONTH, month.start, month.end),
            **self._slowest(YEAR, year.start, year.end),
            **self._slowest(EVER, datetime(2001, 1, 1, tzinfo=UTC), year.end),
            SCREEN: self._screen(month),
            SCREEN_YEAR: self._screen(year),
            **self._report(),
        }

    def write_beside(self) -> dict[str, float]:
        """Write small things, alone and while figures of a year are taken all the time."""
        alone = self._writes()
        year, asking = self._span(365), threading.Event()
        asking.set()

        def ask() -> None:
            while asking.is_set():
                overview(self.desk, year, By.PERSON, by=SUE)

        thread = threading.Thread(target=ask)
        thread.start()
        sleep(0.5)
        beside = self._writes()
        asking.clear()
        thread.join()
        return {ALONE: alone, BESIDE: beside}

    def _slowest(self, which: str, start: datetime, end: datetime) -> dict[str, float]:
        """Ask every figure by itself; the clock and this process's CPU for the slowest."""
        sight = roles.figures_sight(roles.actor(SUE, self.desk.handbook()))
        worst, cpu, slowest = 0.0, 0.0, ""
        for by in (None, By.DEPARTMENT, By.PERSON, By.CATEGORY):
            chosen = Selection(start=start, end=end, now=end, sight=sight, by=by)
            for name, ask in self._questions(chosen):
                began = process_time()
                took = timed_ms(ask) / 1000
                cpu = max(cpu, process_time() - began)
                if took > worst:
                    worst, slowest = took, f"{name} by {by or 'nothing'}"
        self.slowest.add(slowest)
        return {which: worst, f"{which}{CPU}": cpu}

    def _questions(self, chosen: Selection) -> list[tuple[str, Callable[[], object]]]:
        def counting(figure: Asked) -> Callable[[], object]:
            return lambda: self._read(lambda unit: unit.figures.count(figure, chosen))

        def measuring(length: Length) -> Callable[[], object]:
            return lambda: self._read(
                lambda unit: unit.figures.lengths(length, chosen, working=False)
            )

        return [
            *((str(one), counting(one)) for one in Asked),
            *((f"length of {one}", measuring(one)) for one in Length),
        ]

    def _read(self, ask: Callable[[Unit], object]) -> object:
        with self.desk.records.read() as unit:
            return ask(unit)

    def _screen(self, span: Span) -> float:
        return timed_ms(lambda: overview(self.desk, span, By.DEPARTMENT, by=SUE)) / 1000

    def _report(self) -> dict[str, float]:
        """Make a month's report as its job does: the figures beside writers, then one short transaction."""
        self.month += 1
        end = datetime.combine(self.last, time(0), UTC)
        occasion = Occasion(
            Period("monthly_report", f"1999-{self.month:02}", end, end - timedelta(31), end)
        )
        began, cpu = perf_counter(), process_time()
        with self.desk.records.read() as unit:
            run = REPORT.prepare(self.desk, unit, occasion)
        taken = perf_counter()
        with self.desk.records.write() as unit:
            unit.periods.settle(occasion.period, at=end, was_run=True)
            run(self.desk, unit, occasion)
        return {
            REPORTED: perf_counter() - began,
            f"{REPORTED}{CPU}": process_time() - cpu,
            HELD: (perf_counter() - taken) * 1000,
        }

    def _writes(self) -> float:
        times = sorted(timed_ms(self._write) for _ in range(100))
        return times[98]

    def _write(self) -> None:
        now = self.desk.clock.now()
        entry = AuditEntry(at=now, by=SUE, action="bench", number=None, outcome="done")
        with self.desk.records.write() as unit:
            unit.audit.write(entry)

    def _span(self, days: int) -> Span:
        found = between(self.last - timedelta(days=days - 1), self.last, self.desk.calendar())
        assert found
        return found


def _fill(connection: Connection, total: int) -> None:
    last: date = today() - timedelta(days=1)
    since = datetime.combine(last - timedelta(days=DAYS - 1), time(0), UTC)
    values = {
        "total": total,
        "per_day": max(1, total // DAYS),
        "since": int(since.timestamp()),
        "never": "9999-12-31T23:59:59.999999+00:00",
        "lately": f"{last - timedelta(days=62)}T00:00:00.000000+00:00",
    }
    for statement in (_CUSTOMER, _TICKETS, _ROUNDS, _ERRANDS, _CLOCKS, _EVENTS):
        named = {name: one for name, one in values.items() if f":{name}" in statement}
        connection.execute(text(statement), named)
