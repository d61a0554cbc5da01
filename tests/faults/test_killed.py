"""The whole bot killed with -9 in the middle of work: nothing lost, nothing visible twice in the end."""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bot.trial.desk import PRESET, trial_workspace
from bot.voice.attachments import paper_mark
from bot.voice.lookback import mark_of
from sandbox.running import RunningSandbox, running
from sandbox.wire import RefusalError
from storage.database import open_database
from tests.handlers.stage import AIR_CONDITIONER

ROOT = Path(__file__).parents[2]
SEED = 20251124
PATIENCE_S = 90.0


@dataclass(slots=True)
class KilledBot:
    """A bot as a process of its own, over Socket Mode."""

    slack: RunningSandbox
    folder: Path
    process: subprocess.Popen[bytes] | None = None

    @property
    def database(self) -> Path:
        return self.folder / "desk.db"

    def start(self) -> None:
        environment = {
            **os.environ,
            "SLACK_BOT_TOKEN": self.slack.app.bot_token,
            "SLACK_APP_TOKEN": self.slack.app.app_token,
            "SLACK_API_URL": self.slack.api_url,
            "DATABASE_URL": f"sqlite:///{self.database}",
            "DESK_CONFIG": str(PRESET),
            "LOG_LEVEL": "ERROR",
            "PORT": "1",  # nobody asks for its health here, and root may bind it or not
        }
        self.process = subprocess.Popen(
            [sys.executable, "-m", "bot", "run"], cwd=ROOT, env=environment
        )
        wait_for(lambda: self.slack.look(lambda: self.slack.sandbox.delivery.sockets.is_connected))

    def kill(self) -> None:
        assert self.process
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        assert self.process
        self.process.send_signal(signal.SIGTERM)
        assert self.process.wait(60) == 0  # of a machine that has other work too


def wait_for(condition: Any) -> None:
    end = time.monotonic() + PATIENCE_S
    while not condition():
        if time.monotonic() > end:
            raise TimeoutError
        time.sleep(0.05)


@pytest.fixture
def killed(tmp_path: Path) -> Iterator[KilledBot]:
    with running(trial_workspace(PRESET)) as slack:
        bot = KilledBot(slack, tmp_path)
        try:
            bot.start()
            yield bot
            bot.stop()
        finally:
            bot.kill()


def log_one(bot: KilledBot) -> bool:
    """Log a case as a person does, and press again when told that it failed; tell whether it was taken."""
    ann = bot.slack.person("U0AGENT1")
    try:
        ann.command("/ticket", "new")
        form = ann.modal("form", timeout_s=4)
        ann.click(form, "form.category", value="after_sales")
        view = ann.wait_for(lambda: _with_second_level(bot), timeout_s=4)
        return not ann.submit(view, AIR_CONDITIONER).errors
    except (RefusalError, TimeoutError):
        return False
    finally:
        for view in ann.modals()[-1:]:
            _close(ann, view)


def _close(ann: Any, view: Any) -> None:
    with suppress(RefusalError):  # the bot may not be there to hear of it
        ann.close(view, everything=True)


def _with_second_level(bot: KilledBot) -> Any:
    top = [view.body for view in bot.slack.sandbox.views.stack("U0AGENT1")[-1:]]
    ids = {str(block.get("block_id")) for block in top[0]["blocks"]} if top else set()
    return dict(top[0]) if "form.category.after_sales" in ids else None


def unfinished(bot: KilledBot) -> int:
    """Count notices that are neither sent nor superseded, and cards that show less than wanted."""
    database = open_database(f"sqlite:///{bot.database}", readers=1)
    try:
        with database.reading() as connection:
            waiting = connection.exec_driver_sql(
                "SELECT count(*) FROM notices WHERE state NOT IN ('sent', 'superseded')"
            ).scalar_one()
            behind = connection.exec_driver_sql(
                "SELECT count(*) FROM cards WHERE wanted > shown"
            ).scalar_one()
    finally:
        database.dispose()
    return int(waiting + behind)


def numbers(bot: KilledBot) -> list[str]:
    database = open_database(f"sqlite:///{bot.database}", readers=1)
    try:
        with database.reading() as connection:
            rows = (
                connection.exec_driver_sql("SELECT number FROM tickets ORDER BY number")
                .scalars()
                .all()
            )
    finally:
        database.dispose()
    return [str(row) for row in rows]


def visible(bot: KilledBot) -> Counter[str]:
    """Count what stands in the whole workspace by its notice's key."""

    def keys() -> list[str]:
        found = []
        for channel in bot.slack.sandbox.workspace.channels.values():
            for post in channel.posts.values():
                mark = mark_of(post.body) or paper_mark(post.body)  # a file has it in its name
                if mark:
                    found.append(mark)
        return found

    return Counter(bot.slack.look(keys))


@pytest.mark.parametrize(
    ("kills", "between"), [(4, 3), pytest.param(40, 3, marks=pytest.mark.long)]
)
def test_what_was_taken_is_there_once_and_said_once(
    killed: KilledBot, kills: int, between: int
) -> None:
    chance = random.Random(SEED)
    taken = 0

    for _ in range(kills):
        taken += sum(log_one(killed) for _ in range(chance.randint(1, between)))
        time.sleep(chance.uniform(0.0, 0.5))
        killed.kill()
        killed.start()
    taken += log_one(killed)
    wait_for(lambda: unfinished(killed) == 0)

    there = numbers(killed)
    assert len(there) >= taken > 0
    assert [int(number[8:]) for number in there] == list(range(1, len(there) + 1))
    doubled = {key: count for key, count in visible(killed).items() if count > 1}
    assert doubled == {}
    assert len(visible(killed)) >= 3 * len(there)  # card, assignment, word to the logger
