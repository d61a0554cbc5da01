"""The whole desk on a stage: the real bot on real records, the sandbox as Slack, people who act."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from bot.app import Bot, build
from bot.clock import SystemClock
from bot.connection import Sockets
from bot.desk_config.book import Book
from bot.foundation import Foundation
from bot.settings import Settings
from bot.trial.workspace import APP_TOKEN, BOT_TOKEN, SIGNING_SECRET, workspace_of
from sandbox.person import PersonActs
from sandbox.running import RunningSandbox, running
from tickets.case.fold import fold
from tickets.case.ticket import Ticket
from tickets.case.values import Number

ROOT = Path(__file__).parents[2]
Json = dict[str, Any]

AGENT, AGENT2, SUPER = "U0AGENT1", "U0AGENT2", "U0SUPER"
ENG, ENG2, LEAD, STRANGER = "U0ENG1", "U0ENG2", "U0LEAD", "U0STRANGER"


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
        """Give a ticket's card and its channel, as it shows now."""
        self.settle()
        with self.bot.desk.records.read() as unit:
            card = unit.cards.of(Number(number))[0]
        posts = self.slack.messages(str(card.channel_id))
        return str(card.channel_id), next(p for p in posts if p["ts"] == card.message_ts)

    def press(self, who: str, action: str, number: str) -> None:
        """Press a button on a ticket's card; one that is not on it is found under More."""
        channel, card = self.card(number)
        acting = self.person(who)
        on_card = {e["action_id"] for b in card["blocks"] for e in b.get("elements", ()) if "action_id" in e}
        if action in on_card:
            acting.click(card, action, channel=channel)
            return
        acting.click(card, "ticket.more", channel=channel)
        acting.click(acting.modal("modal.shown"), action)

    def fill(self, who: str, action: str, number: str, **values: Any) -> Any:
        """Open a step's form from the card, fill it in and send it."""
        self.press(who, action, number)
        form = self.person(who).modal(action.replace("ticket.", "modal."))
        sent = self.person(who).submit(form, values)
        self.settle()
        return sent


@contextmanager
def staged(folder: Path, **change: Any) -> Iterator[Stage]:
    """Open the sandbox's desk over Socket Mode, with one stranger in the workspace."""
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
            slack_app_token=APP_TOKEN,
            slack_signing_secret=SIGNING_SECRET,
            slack_api_url=slack.api_url,
            database_url=f"sqlite:///{folder / 'stage.db'}",
        )
        foundation = Foundation  # replaced below; named for the type
        from bot.foundation import lay_foundation

        foundation = lay_foundation(settings)
        bot = build(settings, foundation, book, clock=clock, real=clock)
        bot.refresh()
        sockets = Sockets(bot.app, APP_TOKEN)
        sockets.start()
        slack.wait_until(lambda: slack.sandbox.sockets.is_connected)
        try:
            yield Stage(slack, bot, foundation)
        finally:
            sockets.stop()
            bot.executor.shutdown(wait=True, cancel_futures=True)
            foundation.close()
