"""The whole desk on a stage: the real bot on real records, the sandbox as Slack, people who act."""

import json
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from socketserver import ThreadingMixIn
from types import MappingProxyType
from typing import Any
from urllib.parse import urlencode
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from pydantic import SecretStr
from ruamel.yaml import YAML
from slack_bolt import BoltRequest, BoltResponse
from slack_sdk.signature import SignatureVerifier

from bot.app import Bot, build
from bot.clock import SystemClock
from bot.desk_config.book import Book
from bot.foundation import Foundation, lay_foundation
from bot.settings import Settings
from bot.trial.workspace import BOT_TOKEN, SIGNING_SECRET, workspace_of
from bot.web import SLACK_PATH, wsgi_app
from sandbox.person import PersonActs
from sandbox.running import RunningSandbox, running
from tests.conftest import Address
from tickets.case.fold import fold
from tickets.case.ticket import Ticket
from tickets.case.values import Number
from tickets.ports import Clock

PATIENCE = 200  # looks of 50 ms
ROOT = Path(__file__).parents[2]
MANIFEST = YAML(typ="safe").load((ROOT / "manifest.yml").read_text(encoding="utf-8"))
Json = dict[str, Any]

AGENT, AGENT2, SUPER = "U0AGENT1", "U0AGENT2", "U0SUPER"
ENG, ENG2, LEAD, STRANGER = "U0ENG1", "U0ENG2", "U0LEAD", "U0STRANGER"


AIR_CONDITIONER: Json = {
    "form.name": "李丽",
    "form.salutation": "ms",
    "form.phone": "13812345678",
    "form.contact_channel": "phone",
    "form.category.after_sales": "after_sales/fault",
    "form.description": "空调开机30分钟后出风口27 ℃，设定18 ℃，2026年11月20日起如此",
    "form.expectation": "48小时内上门检修",
    "form.order_no": "A-20931",
    "form.urgency": "P1",
}


def block_ids(view: Json) -> set[str]:
    """List the blocks of a view."""
    return {str(block.get("block_id")) for block in view["blocks"]}


def words_of(thing: object) -> str:
    """Give every text of a view or a message, for looking into."""
    if isinstance(thing, dict):
        return " ".join(
            value if key in {"text", "fallback"} and isinstance(value, str) else words_of(value)
            for key, value in thing.items()
        )
    return " ".join(map(words_of, thing)) if isinstance(thing, list) else ""


@dataclass(frozen=True, slots=True)
class Stage:
    """One desk in one workspace."""

    slack: RunningSandbox
    bot: Bot
    foundation: Foundation
    _seen: dict[tuple[str, str | None], int] = field(default_factory=dict)

    def person(self, who: str) -> PersonActs:
        """Act as a person."""
        return self.slack.person(who)

    def settle(self) -> None:
        """Let everything that is under way arrive."""
        self.slack.settle()
        while self.bot.courier.work_once() or self.bot.messenger.work_once():
            pass

    def ticket(self, number: str) -> Ticket:
        """Read a ticket as it is now."""
        with self.bot.desk.records.read() as unit:
            return fold(unit.tickets.events(Number(number)))

    @property
    def today(self) -> date:
        """Give the desk's own day."""
        return self.bot.desk.calendar().date_of(self.bot.desk.clock.now())

    def numbers(self) -> list[str]:
        """List all tickets by number."""
        found, today = [], self.today
        for serial in range(1, 1000):
            number = f"{today:%Y%m%d}{serial:03d}"
            with self.bot.desk.records.read() as unit:
                try:
                    unit.tickets.get(Number(number))
                except Exception:  # noqa: BLE001  the first gap ends the day
                    return found
            found.append(number)
        return found

    def card(self, number: str) -> tuple[str, Json]:
        """Give a ticket's card and its channel, as it shows now; posts keep Slack's pace."""
        for _ in range(PATIENCE):
            self.settle()
            with self.bot.desk.records.read() as unit:
                card = unit.cards.of(Number(number))[0]
            if card.channel_id and card.shown >= card.wanted:
                posts = self.slack.messages(card.channel_id)
                return card.channel_id, next(p for p in posts if p["ts"] == card.message_ts)
            time.sleep(0.05)
        raise TimeoutError(number)

    def send(self, payload: Json, **how: Any) -> BoltResponse:
        """Deliver a payload once more, or a made-up one, signed as Slack signs."""
        return self.bot.app.dispatch(signed(payload, **how))

    def last(self, kind: str) -> Json:
        """Give the payload that was delivered last: slash_commands, interactive or events_api."""
        found = [e.request for e in self.slack.traffic() if e.name == kind and e.request]
        payload: Json = found[-1]["payload"]
        return payload

    def whispers(self, who: str, channel: str | None = None) -> list[str]:
        """List what a person was told privately, by command or click."""
        return [words_of(m["blocks"]) for m in self.person(who).whispers(channel)]

    def told(self, who: str, channel: str | None = None) -> str:
        """Wait for the next thing a person is told privately; give the newest."""
        seen = self._seen.setdefault((who, channel), 0)
        self.person(who).wait_for(lambda: len(self._ephemerals(who, channel)) > seen)
        told = self.whispers(who, channel)
        self._seen[who, channel] = len(told)
        return told[-1]

    def _ephemerals(self, who: str, channel: str | None) -> list[str]:
        workspace = self.slack.sandbox.workspace
        place = workspace.channels[channel] if channel else workspace.direct(who)
        return [ts for ts, post in place.ephemerals.items() if post.only_for == who]

    def press(self, who: str, action: str, number: str) -> None:
        """Press a button on a ticket's card; one that is not on it is found under More."""
        channel, card = self.card(number)
        acting = self.person(who)
        on_card = {
            e["action_id"]
            for b in card["blocks"]
            for e in b.get("elements", ())
            if "action_id" in e
        }
        if action in on_card:
            acting.click(card, action, channel=channel)
            return
        acting.click(card, "ticket.more", channel=channel)
        acting.click(acting.modal("modal.shown"), action)

    def shows(self, who: str, block_id: str) -> Json:
        """Wait until a block appears in somebody's modal; give the modal."""
        views = self.slack.sandbox.views

        def found() -> Json | None:
            top = [view.body for view in views.stack(who)[-1:]]
            return dict(top[0]) if top and block_id in block_ids(top[0]) else None

        shown: Json = self.person(who).wait_for(found)
        return shown

    def log(self, who: str = AGENT, **values: Any) -> str:
        """Log the air conditioner that cools badly; give its number."""
        acting = self.person(who)
        before = set(self.numbers())
        acting.command("/ticket", "new")
        form = acting.modal("form")
        acting.click(form, "form.category", value="after_sales")
        self.shows(who, "form.category.after_sales")
        sent = acting.submit(acting.modal("form"), AIR_CONDITIONER | values)
        assert not sent.errors, sent.errors
        for view in sent.views[-1:]:
            acting.close(view, everything=True)
        self.settle()
        (number,) = set(self.numbers()) - before
        return number

    def fill(self, who: str, action: str, number: str, **values: Any) -> Any:
        """Open a step's form from the card, fill it in and send it."""
        self.press(who, action, number)
        form = self.person(who).modal(action.replace("ticket.", "modal."))
        sent = self.person(who).submit(form, values)
        self.settle()
        return sent


@dataclass(frozen=True, slots=True)
class House:
    """A desk that bad input is thrown at."""

    stage: Stage
    number: str
    form: Json  # as it was sent
    version: int

    def stands(self) -> bool:
        """Tell whether nothing has changed."""
        return self.stage.ticket(self.number).version == self.version


def signed(
    payload: Json, *, secret: str = SIGNING_SECRET, age_s: int = 0, header: bool = True
) -> BoltRequest:
    """Make the HTTP request of a payload; a command is a form, what is clicked a form in a form."""
    if "command" in payload and "type" not in payload:
        body, kind = urlencode(payload), "application/x-www-form-urlencoded"
    elif "event" in payload:
        body, kind = json.dumps(payload), "application/json"
    else:
        body = urlencode({"payload": json.dumps(payload)})
        kind = "application/x-www-form-urlencoded"
    stamp = str(int(SystemClock().now().timestamp()) - age_s)
    signature = SignatureVerifier(secret).generate_signature(timestamp=stamp, body=body)
    headers = {"content-type": kind, "x-slack-request-timestamp": stamp}
    if header:
        headers["x-slack-signature"] = str(signature)
    return BoltRequest(body=body, headers=headers)


class Threaded(ThreadingMixIn, WSGIServer):
    """Serves several requests at once, and ends at once."""

    daemon_threads = True


class Quiet(WSGIRequestHandler):
    """Writes no access log."""

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def staged(
    folder: Path,
    address: Address | None = None,
    *,
    desk_file: Path = ROOT / "presets" / "sandbox.yml",
    outside: Mapping[str, str] = MappingProxyType({}),
    clock: Clock | None = None,
    **change: Any,
) -> Iterator[Stage]:
    """Open the sandbox's desk over signed HTTP, with one stranger in the workspace.

    `outside` are the variables of robots and webhooks that the desk file names; `clock` is the desk's
    time where a test moves it, the machine's else.
    """
    clock = clock or SystemClock()
    book = Book(desk_file, today=lambda: clock.now().date(), lookup=None)
    plan = workspace_of(book.handbook, MANIFEST)
    plan["users"].append({"id": STRANGER, "name": "stranger"})
    plan |= change
    with running(plan) as slack:
        settings = Settings(
            _env_file=None,
            slack_bot_token=BOT_TOKEN,
            slack_signing_secret=SIGNING_SECRET,
            slack_api_url=slack.api_url,
            database_url=address.url if address else f"sqlite:///{folder / 'stage.db'}",
            desk_keys=address.key if address else (),
            outside={name: SecretStr(value) for name, value in outside.items()},
        )
        foundation = lay_foundation(settings)
        bot = build(settings, foundation, book, clock=clock, real=SystemClock())
        bot.refresh()
        application = wsgi_app(bot.app, ready=list, registry=bot.registry)
        web = make_server("127.0.0.1", 0, application, Threaded, Quiet)
        threading.Thread(target=web.serve_forever, args=(0.01,), name="web", daemon=True).start()
        slack.look(
            lambda: setattr(
                slack.app, "request_url", f"http://127.0.0.1:{web.server_port}{SLACK_PATH}"
            )
        )
        try:
            yield Stage(slack, bot, foundation)
        finally:
            web.shutdown()
            web.server_close()
            bot.executor.shutdown(wait=True, cancel_futures=True)
            foundation.close()
