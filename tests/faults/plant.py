"""A desk whose delivery is killed, beside a Slack that fails; and what the workspace holds in the end."""

import itertools
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.calendars import Calendars
from bot.clock import SystemClock
from bot.desk_config.load import load_handbook
from bot.directory import DirectoryRefresh
from bot.phones import NumberingPlans
from bot.trial.desk import PRESET, trial_workspace
from bot.voice.wire import key_hash, quiet_client
from sandbox.running import RunningSandbox, running
from storage.records import SqlRecords
from storage.vault import Vault
from tests.conftest import copied
from tests.faults.nursery import Nursery, Worker
from tests.faults.worker import YEAR, Order
from tickets.case.intake import Intake
from tickets.case.values import Number, PersonId, Priority, Text
from tickets.desk.context import Desk
from tickets.desk.ending import mark_invalid
from tickets.desk.log_case import log_case
from tickets.desk.work import accept
from tickets.watch import jobs

MONDAY = datetime(2025, 9, 22, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
ANN = PersonId("U0AGENT1")
PATIENCE_S = 60.0


@dataclass(slots=True)
class StandingClock:
    """The moment at which people act."""

    at: datetime

    def now(self) -> datetime:
        return self.at


@dataclass(slots=True)
class Plant:
    """Records, a workspace, and workers that deliver."""

    slack: RunningSandbox
    desk: Desk
    records: SqlRecords
    nursery: Nursery
    order: Order
    clock: StandingClock
    until: datetime = MONDAY  # what the last worker takes for now
    _receipts: Iterator[int] = field(default_factory=itertools.count)

    def log(self, priority: Priority = Priority.P2) -> Number:
        """Log a case as Ann does."""
        intake = Intake(
            name="李四",
            phone="13800135678",
            category="after_sales/fault",
            description="空调制冷效果差，运行30分钟后出风口仍为27℃",
            expectation="48小时内上门检修",
            urgency=priority,
            received_at=self.clock.at,
        )
        return log_case(self.desk, intake, by=ANN, receipt=self._receipt()).ticket.number

    def accept(self, number: Number) -> None:
        """Accept a case as its assignee does."""
        ((assignee,),) = self.ask(f"SELECT assignee FROM tickets WHERE number = '{number}'")
        accept(self.desk, number, by=PersonId(assignee), receipt=self._receipt())

    def give_up(self, number: Number) -> None:
        """End a case as Ann does when it turns out to be none."""
        mark_invalid(self.desk, number, Text("客户打错电话"), by=ANN, receipt=self._receipt())

    def start(self, *, later: timedelta = timedelta(0), **how: Any) -> Worker:
        """Start a worker whose desk is so much later in its day."""
        self.until = MONDAY + later
        ahead_s = (self.until - SystemClock().now()).total_seconds()
        return self.nursery.start(replace(self.order, ahead_s=ahead_s, **how))

    def ask(self, query: str) -> list[Any]:
        """Ask the database."""
        with self.records.database.reading() as connection:
            return list(connection.exec_driver_sql(query).all())

    def unfinished(self) -> int:
        """Count what is due and not planned yet, not settled, and cards that show less than wanted."""
        with self.records.read() as unit:
            look_at = unit.watch.next_look_at()
        unlooked = int(look_at is not None and look_at <= self.until)
        unrun = int(jobs.overdue_since(self.desk, now=self.until) is not None)
        ((count,),) = self.ask(
            "SELECT (SELECT count(*) FROM notices WHERE state IN ('ready', 'sending', 'unclear')"
            f" AND due_at <= '{self._moment}')"
            " + (SELECT count(*) FROM cards WHERE wanted > shown AND channel_id IS NOT NULL)"
        )
        return unlooked + unrun + int(count)

    def settle(self, *workers: Worker, patience_s: float = PATIENCE_S) -> None:
        """Wait until everything is said that is due."""
        quiet = 0
        end = time.monotonic() + patience_s
        while quiet < 3:  # what is said may have private copies to plan
            assert time.monotonic() < end, self.waiting()
            assert not any(worker.has_ended for worker in workers), "a worker fell over"
            quiet = quiet + 1 if self.unfinished() == 0 else 0
            time.sleep(0.1)

    def wait_for_sweep(self) -> None:
        """Wait until nothing stands there twice: the sweeper takes the younger copy away."""
        end = time.monotonic() + PATIENCE_S
        while doubled := [mark for mark, count in self.marks().items() if count > 1]:
            assert time.monotonic() < end, self.named(doubled)
            time.sleep(0.1)

    def named(self, marks: list[str]) -> list[str]:
        """Give the notices' keys of what stands in the workspace."""
        keys = [row[0] for row in self.ask("SELECT key FROM notices")]
        return sorted(key for key in keys if any(_is_of(mark, key) for mark in marks))

    def waiting(self) -> list[Any]:
        """Show what is not settled, for a failing test."""
        return self.ask(
            "SELECT key, state, attempts, why, due_at, retry_at, covered_by FROM notices"
            f" WHERE state NOT IN ('sent', 'superseded') AND due_at <= '{self._moment}' LIMIT 10"
        )

    def marks(self) -> Counter[str]:
        """Count what stands in the whole workspace by its notice's key; a file by what its name says."""

        def marked() -> list[str]:
            return [mark for _, _, mark in self._posts()]

        return Counter(self.slack.look(marked))

    def said(self) -> Counter[tuple[str, str, str]]:
        """Count what was to be said and was, without the lists that some of it stands in."""
        rows = self.ask(
            "SELECT kind, coalesce(number, ''), place_kind || ':' || place_key FROM notices"
            " WHERE state = 'sent' AND kind <> 'roll_up'"
        )
        return Counter(tuple(row) for row in rows)

    def figures(self) -> "Figures":
        """Hold what the records say was sent against what stands in the workspace."""
        sent = self.ask(
            "SELECT key, covered_by, channel_id, message_ts FROM notices WHERE state = 'sent'"
        )
        total = self.ask(
            f"SELECT state, count(*) FROM notices WHERE due_at <= '{self._moment}' GROUP BY state"
        )
        there = self.slack.look(
            lambda: {(channel, ts): mark for channel, ts, mark in self._posts()}
        )
        lost = [
            key
            for key, roll_up, channel, ts in sent
            if not _is_of(there.get((channel, ts), ""), roll_up or key)
        ]
        doubled = [mark for mark, count in self.marks().items() if count > 1]
        known = {key_hash(row[0]) for row in self.ask("SELECT key FROM notices")}
        strange = [mark for mark in there.values() if len(mark) == 32 and mark not in known]
        return Figures(dict(tuple(row) for row in total), lost, doubled, strange)

    def _receipt(self) -> str:
        return f"plant:{next(self._receipts)}"

    @property
    def _moment(self) -> str:
        """Write the present moment as the database does: what waits for the next opening is not due."""
        return self.until.astimezone(UTC).isoformat(timespec="microseconds")

    def _posts(self) -> Iterator[tuple[str, str, str]]:
        for channel in self.slack.sandbox.workspace.channels.values():
            for ts, post in channel.posts.items():
                payload = (post.body.get("metadata") or {}).get("event_payload") or {}
                if "k" in payload:
                    yield channel.id, ts, str(payload["k"])
                for file in post.body.get("files") or ():
                    yield channel.id, ts, Path(str(file["name"])).stem.rpartition("-")[2]


@dataclass(frozen=True, slots=True)
class Figures:
    """What became of all notices that were due."""

    states: Mapping[str, int]
    lost: list[str]  # said to be sent, and not there
    doubled: list[str]  # there twice
    strange: list[str]  # there, and never planned

    @property
    def unsaid(self) -> int:
        """Count what is neither sent nor void for a reason."""
        return sum(
            count for state, count in self.states.items() if state not in {"sent", "superseded"}
        )


def _is_of(mark: str, key: str) -> bool:
    return bool(mark) and key_hash(key).startswith(mark)


@contextmanager
def a_plant(
    nursery: Nursery, folder: Path, empty_desk: Path, vault: Vault, key: str
) -> Iterator[Plant]:
    """Open a desk on a file of its own in a workspace of its own; its first tick is behind it."""
    book = load_handbook(PRESET, today=YEAR, lookup=None).handbook
    path = folder / "desk.db"
    database = copied(path, empty_desk)
    records = SqlRecords(database=database, vault=vault, fold_text=str)
    clock = StandingClock(MONDAY)
    desk = Desk(
        records=records,
        clock=clock,
        handbook=lambda: book,
        calendar=Calendars(lambda: book).in_force,
        phones=NumberingPlans(),
        new_id=_ids(),
        wake=lambda: None,
    )
    with running(trial_workspace(PRESET)) as slack:
        client = quiet_client(slack.app.bot_token, slack.api_url)
        DirectoryRefresh(client, records, desk.handbook)()
        jobs.work(desk, now=MONDAY)
        order = Order(
            database=f"sqlite:///{path}",
            key=key,
            api_url=slack.api_url,
            token=slack.app.bot_token,
        )
        yield Plant(slack, desk, records, nursery, order, clock)
    database.dispose()


def _ids() -> Callable[[], str]:
    numbers = itertools.count(1)
    return lambda: f"00000000-0000-4000-8000-{next(numbers):012}"
