"""The bot as it runs beside a bare Bolt app in the same mode, both joined to one stand-in for Slack."""

import json
import logging
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
from pydantic import SecretStr
from slack_bolt import Ack, App
from slack_sdk import WebClient
from sqlalchemy import update

from benchmarks.deliveries import SECRET, Delivery
from benchmarks.ground import AGENTS, ENGINEERS, OPERATOR, SUPERVISOR, Place
from bot.app import build
from bot.clock import SystemClock
from bot.connection import Sockets
from bot.desk_config.book import Book
from bot.foundation import LISTENERS, Foundation, lay_foundation
from bot.journal import start_journal
from bot.running import Running
from bot.settings import Settings
from storage.database import JOBS
from storage.tables import cards, notices
from tickets.notices import NoticeState

DESK_TOKEN, BARE_TOKEN = "xapp-desk", "xapp-bare"
CHANNELS = {"C0001": "service-desk", "C0002": "tech", "C0003": "operations"}
START_WITHIN_S = 20
SETTLED_S = 0.2
ROOT = Path(__file__).parents[1]

_POSTED = (
    update(notices)
    .where(notices.c.state != NoticeState.SENT)
    .values(state=NoticeState.SENT, epoch=notices.c.epoch + 1)
)
_DRAWN = update(cards).where(cards.c.wanted > cards.c.shown).values(shown=cards.c.wanted)


@dataclass(frozen=True, slots=True)
class Contender:
    """An app to be measured, in process and over its sockets."""

    app: App
    token: str


@dataclass(frozen=True, slots=True)
class Workplace:
    """Both apps at work, and the stand-in that fires at them."""

    desk: Contender
    bare: Contender
    address: str
    foundation: Foundation

    def fire(
        self, at: Contender, callers: Sequence[Sequence[Delivery]], pause_s: float
    ) -> list[float]:
        """Have each caller's deliveries sent in turn over Socket Mode; give the acks' times in ms."""
        told = {
            "token": at.token,
            "pause_s": pause_s,
            "callers": [[one.envelope for one in deliveries] for deliveries in callers],
        }
        acks: list[float] = _post(f"{self.address}/fire", told)["acks"]
        return acks

    def slow(self, **seconds_by_method: float) -> None:
        """Let methods take their time; underscores stand for dots."""
        slow = {name.replace("_", "."): s for name, s in seconds_by_method.items()}
        _post(f"{self.address}/tell", {"slow_s": slow})

    def settle(self) -> None:
        """Take everything as posted and wait until nothing is under way.

        Slack takes one post a second a channel: what a benchmark plans in a second would keep the
        courier busy for minutes, which no desk sees.
        """
        with self.foundation.database.writing(JOBS) as connection:
            connection.execute(_POSTED)
            connection.execute(_DRAWN)
        before, calls = -1, self._calls()
        while calls != before:
            time.sleep(SETTLED_S)
            before, calls = calls, self._calls()

    def _calls(self) -> int:
        return sum(_post(f"{self.address}/tell", {})["calls"].values())


@contextmanager
def at_work(place: Place) -> Iterator[Workplace]:
    """Start the stand-in, the bot on this desk, and the bare app."""
    start_journal(level="INFO", style="json")
    _keep_quiet()
    port = _free_port()
    stub = _start_stub(port)
    address = f"http://127.0.0.1:{port}"
    try:
        _until_answering(address)
        with _the_desk(place, address) as (desk, foundation), _the_bare(address) as bare:
            _until_connected(address)
            yield Workplace(desk, bare, address, foundation)
    finally:
        stub.terminate()
        stub.wait()


@contextmanager
def _the_desk(place: Place, address: str) -> Iterator[tuple[Contender, Foundation]]:
    """Run the bot as `deskbot run` composes it."""
    settings = Settings.model_construct(
        slack_bot_token=SecretStr("xoxb-desk"),
        slack_app_token=SecretStr(DESK_TOKEN),
        slack_signing_secret=SecretStr(SECRET),
        slack_api_url=f"{address}/api/",
        port=_free_port(),
        database_url=place.url,
        desk_config=place.desk_file,
    )
    clock = SystemClock()
    foundation = lay_foundation(settings)
    book = Book(place.desk_file, today=lambda: clock.now().date(), lookup=None)
    bot = build(settings, foundation, book, clock=clock, real=clock)
    running = Running(bot=bot, foundation=foundation, settings=settings)
    running.start()
    try:
        yield Contender(bot.app, DESK_TOKEN), foundation
    finally:
        running.stop()


@contextmanager
def _the_bare(address: str) -> Iterator[Contender]:
    """Run a Bolt app that only acknowledges, in the mode of bot/app.py."""
    with ThreadPoolExecutor(LISTENERS) as threads:
        app = App(
            client=WebClient(token="xoxb-bare", base_url=f"{address}/api/", retry_handlers=[]),
            signing_secret=SECRET,
            process_before_response=True,
            listener_executor=threads,
            token_verification_enabled=False,
        )
        app.command("/ticket")(_empty)
        app.action("ticket.accept")(_empty)
        app.view_submission("form")(_empty)
        app.event("message")(_heard)
        sockets = Sockets(app, BARE_TOKEN)
        sockets.start()
        try:
            yield Contender(app, BARE_TOKEN)
        finally:
            sockets.stop()


class _Unread(logging.Handler):
    """Makes every log line, as in service, and throws it away."""

    def emit(self, record: logging.LogRecord) -> None:
        self.format(record)


def _keep_quiet() -> None:
    root, unread = logging.getLogger(), _Unread()
    unread.setFormatter(root.handlers[0].formatter)
    root.handlers = [unread]


def _empty(ack: Ack) -> None:
    ack()


def _heard() -> None:
    """Events need no acknowledgement of one's own."""


def _start_stub(port: int) -> subprocess.Popen[bytes]:
    described = {
        "port": port,
        "people": [*AGENTS, *ENGINEERS, OPERATOR, SUPERVISOR],
        "channels": CHANNELS,
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.stub"], cwd=ROOT, stdin=subprocess.PIPE
    )
    if process.stdin:
        process.stdin.write(json.dumps(described).encode())
        process.stdin.close()
    return process


def _until_answering(address: str) -> None:
    end = time.monotonic() + START_WITHIN_S
    while time.monotonic() < end:
        try:
            _post(f"{address}/tell", {})
        except httpx.TransportError:
            time.sleep(0.1)
        else:
            return
    msg = "the stand-in for Slack did not start"
    raise RuntimeError(msg)


def _until_connected(address: str) -> None:
    end = time.monotonic() + START_WITHIN_S
    while time.monotonic() < end:
        sockets = _post(f"{address}/tell", {})["sockets"]
        if sockets.get(DESK_TOKEN, 0) >= 2 and sockets.get(BARE_TOKEN, 0) >= 2:
            return
        time.sleep(0.1)
    msg = "the apps did not connect"
    raise RuntimeError(msg)


def _post(url: str, told: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = httpx.post(url, json=told, timeout=120).json()
    return found


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
