"""The whole desk for a test: real Bolt app, real records on either engine, the sandbox's server, one clock that the test moves."""

import contextlib
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from ruamel.yaml import YAML

from bot.life import prepare
from bot.running import Running
from bot.settings import Settings
from bot.trial.desk import PRESET, trial_workspace
from bot.trial.player import Person, Player
from bot.trial.workspace import APP_TOKEN, BOT_TOKEN, PEOPLE_FILE
from sandbox.running import RunningSandbox, running
from tests.conftest import Address
from tickets.desk.context import Desk

SHANGHAI = ZoneInfo("Asia/Shanghai")
MONDAY = datetime(2025, 9, 22, 9, 30, tzinfo=SHANGHAI)
CAST: dict[str, str] = {
    person["name"]: user_id
    for user_id, person in YAML(typ="safe").load(PEOPLE_FILE.read_text(encoding="utf-8")).items()
}


@dataclass(frozen=True, slots=True)
class SharedClock:
    """The sandbox's clock, read directly: bot and workspace never disagree on the time."""

    slack: RunningSandbox

    def now(self) -> datetime:
        return datetime.fromtimestamp(self.slack.sandbox.workspace.clock.now(), UTC)


@dataclass(frozen=True, slots=True)
class House:
    """A running desk and everybody in it."""

    slack: RunningSandbox
    bot: Running
    player: Player

    @property
    def desk(self) -> Desk:
        return self.bot.bot.desk

    def person(self, name: str) -> Person:
        return self.player.person(CAST[name])


@contextlib.contextmanager
def open_house(
    address: Address, *, starts: datetime = MONDAY, desk_file: Path = PRESET
) -> Iterator[House]:
    """Open a desk (of presets/sandbox.yml) at a moment; everything of it ends with the test."""
    plan = {**trial_workspace(desk_file), "start_at": starts.timestamp()}
    with running(plan) as slack:
        settings = Settings(
            slack_bot_token=BOT_TOKEN,
            slack_app_token=APP_TOKEN,
            slack_api_url=slack.api_url,
            database_url=address.url,
            desk_keys=address.key,
            port=free_port(),
        )
        bot = prepare(settings, desk_file, clock=SharedClock(slack))
        player = Player(slack.url)
        try:
            bot.start()
            slack.wait_until(lambda: slack.sandbox.sockets.connections)
            yield House(slack, bot, player)
        finally:
            player.close()
            bot.stop()


def free_port() -> int:
    """Find a port for the health page: several tests run at once."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
