"""The whole desk on a stage: the real bot on real records, the sandbox as Slack, people who act."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from bot.app import Bot, build
from bot.clock import SystemClock
from bot.desk_config.book import Book
from bot.foundation import Foundation, lay_foundation
from bot.settings import Settings
from bot.trial.workspace import BOT_TOKEN, SIGNING_SECRET, workspace_of
from bot.web import SLACK_PATH, WebServer, wsgi_app
from sandbox.person import PersonActs
from sandbox.running import RunningSandbox, running
from tickets.case.fold import fold
from tickets.case.ticket import Ticket
from tickets.case.values import Number

PATIENCE = 200  # looks of 50 ms
ROOT = Path(__file__).parents[2]
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

    def person(self, who: str) -> PersonActs:
        """Act as a person."""
        return self.slack.person(who)

    def settle(self) -> None:
        """Let everything that is under way arrive."""
        self.slack.settle()
        while self.bot.courier.work_once():
            pass

    def ticket(self, number: str) -> Ticket:
        """Read a ticket as it is now."""
        with self.bot.desk.records.read() as unit:
            return fold(unit.tickets.events(Number(number)))

    def numbers(self) -> list[str]:
        """List all tickets by number."""
        found = []
        today = self.bot.desk.calendar().date_of(self.bot.desk.clock.now())
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


@contextmanager
def staged(folder: Path, **change: Any) -> Iterator[Stage]:
    """Open the sandbox's desk over signed HTTP, with one stranger in the workspace."""
    desk_file = ROOT / "presets" / "sandbox.yml"
    clock = SystemClock()
    book = Book(desk_file, today=lambda: clock.now().date(), lookup=None)
    manifest = YAML(typ="safe").load((ROOT / "manifest.yml").read_text(encoding="utf-8"))
    plan = workspace_of(book.handbook, manifest)
    plan["users"].append({"id": STRANGER, "name": "stranger"})
    plan |= change
    with running(plan) as slack:
        settings = Settings(
            _env_file=None,
            slack_bot_token=BOT_TOKEN,
            slack_signing_secret=SIGNING_SECRET,
            slack_api_url=slack.api_url,
            database_url=f"sqlite:///{folder / 'stage.db'}",
        )
        foundation = lay_foundation(settings)
        bot = build(settings, foundation, book, clock=clock, real=clock)
        bot.refresh()
        web = WebServer(
            wsgi_app(bot.app, ready=list, registry=bot.registry), host="127.0.0.1", port=0
        )
        web.start()
        slack.look(
            lambda: setattr(slack.app, "request_url", f"http://127.0.0.1:{web.port}{SLACK_PATH}")
        )
        try:
            yield Stage(slack, bot, foundation)
        finally:
            web.stop()
            bot.executor.shutdown(wait=True, cancel_futures=True)
            foundation.close()
