"""Several bots on one PostgreSQL and one workspace, and what people and onlookers see of them."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from datetime import time as time_of_day
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Engine, create_engine, make_url, text

from bot.clock import SystemClock
from bot.trial.desk import PRESET, trial_workspace
from bot.voice.attachments import paper_mark
from bot.voice.lookback import mark_of
from sandbox.running import RunningSandbox, running
from sandbox.wire import RefusalError
from tests.conftest import Address
from tests.handlers.stage import AIR_CONDITIONER

ROOT = Path(__file__).parents[2]
PATIENCE_S = 120.0
SHANGHAI = ZoneInfo("Asia/Shanghai")


@dataclass(slots=True)
class Process:
    """One bot."""

    run: "subprocess.Popen[bytes]"
    freeze: Path

    def freeze_at(self, point: str) -> None:
        """Have it stand still the next time it is there."""
        self.freeze.write_text(point, encoding="utf-8")

    @property
    def is_frozen(self) -> bool:
        """Tell whether it stands still."""
        status = Path(f"/proc/{self.run.pid}/stat").read_text(encoding="utf-8")
        return status.rpartition(")")[2].split()[0] == "T"

    def wake(self) -> None:
        """Let it go on."""
        self.run.send_signal(signal.SIGCONT)

    def kill(self) -> None:
        """End it at once."""
        self.run.send_signal(signal.SIGKILL)
        self.run.wait()


@dataclass(slots=True)
class Several:
    """Bots in one workspace, on one database."""

    slack: RunningSandbox
    address: Address
    folder: Path
    engine: Engine
    processes: list[Process] = field(default_factory=list)

    def start(self) -> Process:
        """Start one more bot and wait until it is connected."""
        freeze = self.folder / f"freeze.{len(self.processes)}"
        environment = {
            **os.environ,
            "SLACK_BOT_TOKEN": self.slack.app.bot_token,
            "SLACK_APP_TOKEN": self.slack.app.app_token,
            "SLACK_API_URL": self.slack.api_url,
            "DATABASE_URL": self.address.url,
            "DESK_KEYS": self.address.key,
            "LOG_LEVEL": "ERROR",
            "PORT": "1",  # nobody asks for its health here, and root may bind it or not
            "CLOCK": f"{self.slack.url}/ui/clock",
            "FREEZE": str(freeze),
        }
        before = self.sockets()
        log = (self.folder / f"log.{len(self.processes)}").open("wb")
        command = [sys.executable, "-m", "tests.faults.hurried"]
        run = subprocess.Popen(command, cwd=ROOT, env=environment, stderr=log, stdout=log)
        log.close()
        wait_for(lambda: self.sockets() > before or run.poll() is not None)
        assert run.poll() is None, self.logs()
        self.processes.append(Process(run, freeze))
        return self.processes[-1]

    def sockets(self) -> int:
        """Count the connections to Slack."""
        return self.slack.look(lambda: len(self.slack.sandbox.sockets.connections))

    def stop(self) -> None:
        """Stop all, politely."""
        alive = [one for one in self.processes if one.run.poll() is None]
        for process in alive:
            process.run.send_signal(signal.SIGTERM)
        for process in alive:
            status = process.run.wait(60)
            assert status == 0, f"{status}: {self.logs()}"

    def give_up_the_deaf(self) -> None:
        """Drop every connection, as Slack does of one that answers no ping; who lives comes back."""
        self.slack.admin("drop_sockets")
        wait_for(self.sockets)

    def log(self, who: str = "U0AGENT1") -> bool:
        """Log a case as a person does, again where it failed; tell whether it was taken."""
        person = self.slack.person(who)
        try:
            person.command("/ticket", "new")
            form = person.modal("form", timeout_s=5)
            person.click(form, "form.category", value="after_sales")
            view = person.wait_for(lambda: _second_level(self.slack, who), timeout_s=5)
            return not person.submit(view, AIR_CONDITIONER).errors
        except (RefusalError, TimeoutError):
            return False
        finally:
            for view in person.modals()[-1:]:
                with suppress(RefusalError):  # the bot may not be there to hear of it
                    person.close(view, everything=True)

    def ask(self, query: str) -> list[Any]:
        """Ask the database."""
        with self.engine.connect() as connection:
            return [tuple(row) for row in connection.execute(text(query))]

    def unfinished(self) -> int:
        """Count what is due and not said, said and not posted, and cards that show less than wanted."""
        now = self.slack.look(self.slack.sandbox.workspace.clock.now)
        moment = datetime.fromtimestamp(now, UTC).isoformat()
        (found,) = self.ask(
            f"SELECT (SELECT count(*) FROM notices WHERE state NOT IN ('sent', 'superseded')"
            f" AND due_at <= '{moment}')"
            f" + (SELECT count(*) FROM deadlines WHERE look_at <= '{moment}')"
            " + (SELECT count(*) FROM cards WHERE wanted > shown)"
        )
        return int(found[0])

    def settle(self) -> None:
        """Wait until nothing is left to do."""
        wait_for(lambda: self.unfinished() == 0)

    def serials(self) -> list[int]:
        """List the tickets' serials."""
        rows = self.ask("SELECT number FROM tickets ORDER BY number")
        return [int(number[8:]) for (number,) in rows]

    def said(self) -> Counter[tuple[str, ...]]:
        """Count what was posted by kind, number and place."""
        rows = self.ask(
            "SELECT kind, number, place_kind, place_key FROM notices WHERE state = 'sent'"
        )
        return Counter(tuple(str(part) for part in row) for row in rows)

    def visible(self) -> Counter[str]:
        """Count what stands in the whole workspace by its notice's key."""

        def keys() -> list[str]:
            posts = [
                post
                for channel in self.slack.sandbox.workspace.channels.values()
                for post in channel.posts.values()
            ]
            # A file has its key in its name.
            marks = (mark_of(post.body) or paper_mark(post.body) for post in posts)
            return [mark for mark in marks if mark]

        return Counter(self.slack.look(keys))

    def skip(self, length: timedelta) -> None:
        """Let the desk's time pass."""
        self.slack.skip(length.total_seconds())

    def logs(self) -> str:
        """Give what the bots wrote."""
        return "\n".join(file.read_text() for file in sorted(self.folder.glob("log.*")))


def next_monday() -> datetime:
    """Give 09:30 of the Monday after next: the workspace's stamps lie ahead of the bots' real time, never behind."""
    today = SystemClock().now().astimezone(SHANGHAI).date()
    monday = today + timedelta(days=14 - today.weekday())
    return datetime.combine(monday, time_of_day(9, 30), SHANGHAI)


@contextmanager
def several(address: Address, folder: Path, *, bots: int) -> Iterator[Several]:
    """Start bots in one workspace on one database; whatever happens, none survives the test."""
    plan = {**trial_workspace(PRESET), "start_at": next_monday().timestamp()}
    engine = create_engine(make_url(address.url).set(drivername="postgresql+psycopg"))
    with running(plan) as slack:
        house = Several(slack, address, folder, engine)
        try:
            for _ in range(bots):
                house.start()
            yield house
            house.stop()
        finally:
            for process in house.processes:
                if process.run.poll() is None:
                    process.kill()
            engine.dispose()


def wait_for(condition: Callable[[], object]) -> None:
    """Wait until something is so. Raises TimeoutError."""
    end = time.monotonic() + PATIENCE_S
    while not condition():
        if time.monotonic() > end:
            raise TimeoutError
        time.sleep(0.05)


def _second_level(slack: RunningSandbox, who: str) -> Any:
    top = [view.body for view in slack.sandbox.views.stack(who)[-1:]]
    ids = {str(block.get("block_id")) for block in top[0]["blocks"]} if top else set()
    return dict(top[0]) if "form.category.after_sales" in ids else None
