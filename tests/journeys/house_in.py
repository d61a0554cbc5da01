"""A desk that lives in one language: its people, its posts and its page; time walks as in the sandbox."""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache, partial
from pathlib import Path
from typing import Any

import pytest
import structlog
from opencc import OpenCC
from playwright.sync_api import Browser

import bot.delivery
from bot.clock import SandboxClock
from bot.life import prepare
from bot.running import Running
from bot.settings import Settings
from bot.speech import desk_words, speech
from bot.trial.cases import Case, Step, Value
from bot.trial.desk import PRESET, trial_workspace, walker_of
from bot.trial.play import NUMBER, Stage
from bot.trial.player import Person, Player
from bot.trial.screens import Json, button_of, words_of
from bot.trial.workspace import APP_TOKEN, BOT_TOKEN
from sandbox.running import RunningSandbox, running
from scheduler.pace import Pace
from tests.conftest import Address
from tests.journeys.seat import ZONE, Album, PagePerson, Seat, seated
from tests.scenarios.house import CAST, free_port
from tickets.case.fold import fold
from tickets.case.ticket import Ticket
from tickets.case.values import Number

LOCALES = {"zh-Hans": "zh-CN", "zh-Hant": "zh-TW", "en": "en-US"}
TALL = {"width": 1200, "height": 1300}


@cache
def _traditional() -> OpenCC:
    return OpenCC("s2twp")


@dataclass(slots=True)
class Told:
    """One case on its way: what sets the scene is done quickly, what a journey is about in the browser."""

    house: "HouseIn"
    stage: Stage
    quick: Player
    number: Number = field(default=Number(""))

    def done(self, who: str, presses: str = "", **fills: Value) -> None:
        """Do a step behind the scene."""
        self.stage.player = self.quick
        self._play(who, presses, fills)

    def seen(self, who: str, presses: str = "", on: str = "card", **fills: Value) -> None:
        """Do a step in the browser."""
        self.stage.player = seated(self.quick, self.house.seat)
        try:
            self._play(who, presses, fills, on)
        finally:
            self.stage.player = self.quick

    def _play(self, who: str, presses: str, fills: dict[str, Value], on: str = "card") -> None:
        step = {"as": who, "say": {"zh": "", "en": ""}, "presses": presses, "fills": fills}
        self.stage.play(Step.model_validate({**step, "on": on}))
        self.number = self.stage.number

    def typed(self, who: str, line: str, **fills: Value) -> None:
        """Begin it by a command behind the scene."""
        step = {"as": who, "say": {"zh": "", "en": ""}, "types": line, "fills": fills}
        self.stage.play(Step.model_validate(step))
        self.number = self.stage.number
        self.stage.person(who).put_away()

    def is_new_to(self, who: str, known: set[str]) -> None:
        """Wait for the number of a case that somebody has just begun in the browser."""
        news = self.house.player.wait_for(lambda: self.house.numbers(who) - known, "its number")
        self.number = self.stage.number = Number(news.pop())

    def card(self, who: str, name: str = "", *, button: str = "") -> Json:
        """Look at its card, once it is drawn with a button."""
        card, channel = self.quick.wait_for(
            lambda: (
                found if button_of((found := self.stage.card())[0], button) or not button else None
            ),
            f"a card with {button}",
        )
        self.house.at(who).look(card, channel=channel, name=name)
        return card

    def now(self) -> Ticket:
        """Read it as it is."""
        with self.house.bot.bot.desk.records.read() as unit:
            return fold(unit.tickets.events(self.number))


@dataclass(frozen=True, slots=True)
class HouseIn:
    """A running desk, a browser before it, and everybody in it."""

    language: str
    slack: RunningSandbox
    bot: Running
    player: Player
    seat: Seat

    def say(self, zh: str, en: str) -> str:
        """Give what a person of this desk would type."""
        if self.language == "en":
            return en
        return _traditional().convert(zh) if self.language == "zh-Hant" else zh

    def tongue(self, message_id: str, **params: Any) -> str:
        """Give a sentence as this desk says it."""
        desk = self.bot.bot.desk
        words = desk_words(desk.handbook())
        tongue = speech(desk.clock).tongue(self.language, "Asia/Shanghai", names=str, words=words)
        return tongue(message_id, **params)

    def at(self, name: str) -> PagePerson:
        """Let somebody sit down before the page."""
        return seated(self.player, self.seat).person(CAST[name])

    def person(self, name: str) -> Person:
        """Let somebody act behind the scene."""
        return self.player.person(CAST[name])

    def now(self) -> datetime:
        """Tell the time of the desk."""
        return self.bot.bot.desk.clock.now().astimezone(ZONE)

    def reach(self, clock: str, *, days: int = 0) -> None:
        """Let time walk to this hour, today or on a later day."""
        hour, minute = (int(one) for one in clock.split(":"))
        day = self.now() + timedelta(days=days)
        self.player.move_clock(day.replace(hour=hour, minute=minute, second=0, microsecond=0))

    def workday(self, clock: str) -> None:
        """Let time walk to this hour of the next day on which the desk is open."""
        days = {4: 3, 5: 2}.get(self.now().weekday(), 1)
        self.reach(clock, days=days)

    def case(self) -> Told:
        """Begin a case that nobody has logged yet."""
        empty = Case.model_validate(
            {
                "title": {"zh": "", "en": ""},
                "source": "",
                "starts": self.now().replace(tzinfo=None),
                "steps": [],
            }
        )
        stage = Stage(case=empty, player=self.player, cast=CAST, zone=ZONE)
        return Told(self, stage, self.player)

    def repair(self, name: str, phone: str, by: str = "ann", **fills: Value) -> Told:
        """Log an air conditioner that cools badly, behind the scene."""
        case = self.case()
        usual: dict[str, Value] = {
            "name": name,
            "salutation": "ms",
            "phone": phone,
            "contact_channel": "phone",
            "category": "after_sales/fault",
            "description": self.say(
                "空调制冷效果差：设定18 ℃，运行30分钟后出风口仍为27 ℃。",
                "The air conditioner cools badly: 27 °C at the outlet after 30 min, set to 18 °C.",
            ),
            "expectation": self.say("48小时内上门检修", "A repair visit within 48 hours"),
            "product": self.say("空调 KF-35", "Air conditioner KF-35"),
            "urgency": "P2",
            "read_back": True,
        }
        case.typed(by, "/ticket new", **{**usual, **fills})
        case.stage.assignee = str(case.now().assignee)
        return case

    def solved(self, name: str, phone: str, **fills: Value) -> Told:
        """Log a repair, solve it and tell the customer, behind the scene."""
        case = self.repair(name, phone, **fills)
        case.done("assignee", "accept")
        result = self.say(
            "已补充制冷剂，出风口降到12 ℃。", "Refrigerant added; 12 °C at the outlet."
        )
        cause = self.say("制冷剂不足。", "Too little refrigerant.")
        case.done("assignee", "resolve", result=result, first_cause=cause)
        case.done("ann", "tell", way="phone")
        return case

    def numbers(self, name: str) -> set[str]:
        """List the numbers somebody reads in private."""
        read = (words_of(one) for one in self.person(name).messages())
        return {number for said in read for number in NUMBER.findall(said)}

    def told(self, name: str, *words: str, button: str = "") -> Json:
        """Wait for the newest private message that has these words, and a button."""
        return self.person(name).sees(
            lambda one: (
                all(w in words_of(one) for w in words)
                and (not button or button_of(one, button) is not None)
            ),
            f"a message with {words} {button}",
        )

    def reads(
        self, name: str, *words: str, button: str = "", proof: str = "", picture: str = ""
    ) -> Json:
        """Look at such a message in the browser."""
        message = self.told(name, *words, button=button)
        seen = self.at(name).look(message, name=proof)
        if picture:
            self.seat.album.picture(picture, seen)
        return message

    def answered(self, name: str, proof: str, *, after: int) -> Json:
        """Look at what a command was answered with: the newest private message, more than so many."""
        person = self.person(name)
        listed = self.player.wait_for(
            lambda: found if len(found := person.messages()) > after else None,
            f"an answer to {name}",
        )
        self.at(name).look(listed[-1], name=proof)
        return listed[-1]

    def shown(self, name: str, proof: str, *, besides: str = "", picture: str = "") -> Json:
        """Look at the view that has just opened, or that came over another."""
        view = self.person(name).view("modal.shown", besides=besides)
        seen = self.at(name).read(view, name=proof)
        if picture:
            self.seat.album.picture(picture, seen)
        return view


@contextlib.contextmanager
def house_in(
    language: str,
    browser: Browser,
    address: Address,
    folder: Path,
    *,
    starts: datetime,
    extra: str = "",
) -> Iterator[HouseIn]:
    """Open a desk in which everybody speaks one language; what it says is not slowed to Slack's pace."""
    desk_file = folder / "desk.yml"
    text = PRESET.read_text(encoding="utf-8").replace("language: zh-Hans", f"language: {language}")
    desk_file.write_text(f"{text}\n{extra}", encoding="utf-8")
    plan = trial_workspace(desk_file)
    plan |= {
        "start_at": starts.timestamp(),
        "users": [one | {"locale": LOCALES[language]} for one in plan["users"]],  # type: ignore[attr-defined]
    }
    with (
        pytest.MonkeyPatch.context() as patch,
        structlog.testing.capture_logs() as logged,
        running(plan) as slack,
    ):
        patch.setattr(bot.delivery, "Pace", partial(Pace, every=timedelta(milliseconds=1)))
        clock = SandboxClock(f"{slack.url}/ui/clock")
        clock.start()
        settings = Settings(
            _env_file=None,
            slack_bot_token=BOT_TOKEN,
            slack_app_token=APP_TOKEN,
            slack_api_url=slack.api_url,
            database_url=address.url,
            desk_keys=address.key,
            port=free_port(),
        )
        made = prepare(settings, desk_file, clock=clock)
        player = Player(slack.url)
        context = browser.new_context(
            viewport=TALL, locale=LOCALES[language], timezone_id="Asia/Shanghai"
        )
        context.set_default_timeout(10_000)
        try:
            made.start()
            slack.wait_until(lambda: slack.sandbox.sockets.connections)
            clock.walked_by(walker_of(clock, made.bot).walk)
            seat = Seat(context.new_page(), slack.url, Album(language))
            yield HouseIn(language, slack, made, player, seat)
            errors = [one for one in logged if one["log_level"] == "error"]
            # The nightly backup looks for the settings of a process, which this desk has none of.
            failed = [str(one) for one in errors if one["event"] != "not backed up"]
            assert not failed, "\n".join(failed)
        finally:
            context.close()
            clock.stop()
            player.close()
            made.stop()
