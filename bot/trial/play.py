"""Plays a worked case in a sandbox, step by step, as its people would."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.trial.cases import ASSIGNEE, Case, Step, Value
from bot.trial.player import NotTaken, Person, Player, Typed
from bot.trial.screens import Json, button_of, mentions_of, words_of
from handlers.views.ids import ActionId, CallbackId
from handlers.views.step_tables import ONE_TAP
from tickets.case.values import Number

NONE = Number("")
NUMBER = re.compile(r"\b\d{11,}\b")
CARD_WITHIN_S = 4.0  # the courier brings a card up to date about once a second
_DATE = re.compile(r"\{(\d{4}-\d\d-\d\d)\}")
_PEOPLE_FIELDS = frozenset({"person", "people", "contact_person"})


@dataclass(slots=True)
class Stage:
    """One case being played. `shift` lies between the case's printed times and the sandbox's."""

    case: Case
    player: Player
    cast: Mapping[str, str]  # name → member id
    zone: ZoneInfo
    shift: timedelta = timedelta()
    clock_follows: Callable[[datetime], None] = lambda _moment: None
    others: frozenset[Number] = frozenset()  # logged before, but told to people only now
    number: Number = NONE
    assignee: str = ""
    _read: set[str] = field(default_factory=set)  # stamps of private messages seen before
    _heard: set[str] = field(default_factory=set)  # stamps of calls in the thread before the step

    def person(self, name: str) -> Person:
        """Give somebody of the cast."""
        user_id = self.assignee if name == ASSIGNEE else self.cast[name]
        return self.player.person(user_id)

    def moment(self, printed: datetime) -> datetime:
        """Give the moment at which a printed time is played."""
        return printed.replace(tzinfo=self.zone) + self.shift

    def play(self, step: Step, begins: Callable[[], None] = lambda: None) -> None:
        """Do one step and wait until its work is done. Raises NotTaken or NothingSeen."""
        if step.at:
            moment = self.moment(step.at)
            self.player.move_clock(moment)
            self.clock_follows(moment)
        begins()
        if step.see.told:
            self._remember(step.see.told)
        if step.see.called and self.number:
            self._heard = {one["ts"] for one in self.thread()}
        if step.types:
            self._type(step)
        if step.presses:
            self._press(step)
        if step.writes:
            card, channel = self.card()
            who = self.person(step.who)
            who.say(self._text(step.writes), channel=channel, thread_ts=card["ts"])
        if step.see.called:
            self.assignee = self._called(step.see.called)

    def _type(self, step: Step) -> None:
        who = self.person(step.who)
        who.put_away()
        before = self._numbers(who) | self.others
        line = step.types.replace("{number}", self.number)
        who.command(line)
        if not step.fills:
            return
        view = who.view()
        who.submit(view, self._typed(step.fills, view))
        if not self.number:
            self.number = self.player.wait_for(
                lambda: next(iter(self._numbers(who) - before), None),
                "the new ticket's number, told to its logger",
            )

    def _press(self, step: Step) -> None:
        who = self.person(step.who)
        who.put_away()  # what was looked at before
        pressed = self.player.wait_for(lambda: self._pressed(step), f"the button {step.presses}")
        if step.fills or f"ticket.{step.presses}" not in ONE_TAP:
            view = who.view(besides=str(pressed.get("hash", "")))
            who.submit(view, self._typed(step.fills, view))

    def _pressed(self, step: Step) -> Json | None:
        """Press and tell on what; None when it was redrawn under the finger."""
        try:
            message, channel = self._pressed_on(step, ActionId(f"ticket.{step.presses}"))
            self.person(step.who).press(message, f"ticket.{step.presses}", channel=channel)
        except NotTaken as refusal:
            if refusal.error != "element_not_found":
                raise
            return None
        return message

    def _pressed_on(self, step: Step, action: ActionId) -> tuple[Json, str]:
        """Find the button where the step says; what the card's row has no room for is under More."""
        if step.on == "inbox":
            who = self.person(step.who)
            fits = self._about(action)
            return who.sees(fits, f"a message with the button {action}"), ""
        within_s = CARD_WITHIN_S if step.on == "card" else 0
        if found := self.player.looks_for(lambda: self._card_with(action), within_s=within_s):
            return found
        card, channel = self.card()
        who = self.person(step.who)
        who.press(card, ActionId.MORE, channel=channel)
        return who.view(CallbackId.SHOWN), ""

    def _card_with(self, action: ActionId) -> tuple[Json, str] | None:
        found = self._card()
        return found if found and button_of(found[0], action) else None

    def _about(self, action: ActionId) -> Callable[[Json], bool]:
        return lambda one: self.number in words_of(one) and button_of(one, action) is not None

    def card(self) -> tuple[Json, str]:
        """Find the ticket's card and its channel. Raises NothingSeen."""
        return self.player.wait_for(self._card, f"the card of {self.number}")

    def _card(self) -> tuple[Json, str] | None:
        looker = self.player.person(next(iter(self.cast.values())))
        for channel in looker.state()["channels"]:
            if channel["is_im"]:
                continue
            for message in reversed(looker.messages(channel["id"])):
                if self._is_card(message):
                    return message, str(channel["id"])
        return None

    def _is_card(self, message: Json) -> bool:
        """The card itself, not a notice in its thread that is shown in the channel too."""
        if message.get("thread_ts", message["ts"]) != message["ts"]:
            return False
        has_more = button_of(message, ActionId.MORE) or button_of(message, ActionId.DETAILS)
        return has_more is not None and self.number in words_of(message).partition("\n")[0]

    def thread(self) -> list[Json]:
        """Give what was said under the card."""
        card, channel = self.card()
        looker = self.player.person(next(iter(self.cast.values())))
        return looker.messages(channel, card["ts"])[1:]

    def _called(self, channel: str) -> str:
        """Wait until somebody is mentioned under the card in this channel and tell who."""
        place = self.player.person(next(iter(self.cast.values()))).channel(channel)

        def called() -> str | None:
            found = self._card()
            if found is None or found[1] != place:
                return None
            posts = [one for one in self.thread() if one.get("bot_id")]
            said = (mentions_of(one) for one in posts if one["ts"] not in self._heard)
            people = [next(iter(one)) for one in said if one]
            return people[-1] if people else None

        return self.player.wait_for(called, f"somebody mentioned for {self.number} in {channel}")

    def newly_told(self, name: str, words: list[str]) -> Json:
        """Wait for a private message that came since the step began and has these words."""
        fits = lambda one: one["ts"] not in self._read and all(w in words_of(one) for w in words)  # noqa: E731
        return self.person(name).sees(fits, f"a private message with {words}")

    def _remember(self, names: Mapping[str, object]) -> None:
        for name in names:
            if name != ASSIGNEE or self.assignee:
                self._read |= {one["ts"] for one in self.person(name).messages()}

    def _numbers(self, who: Person) -> set[Number]:
        return {Number(n) for one in who.messages() for n in NUMBER.findall(words_of(one))}

    def _typed(self, fills: Mapping[str, Value], view: Json) -> dict[str, Typed]:
        typed: dict[str, Typed] = {}
        for name, value in fills.items():
            if name == "category" and view["callback_id"] == CallbackId.FORM:
                first = str(value).partition("/")[0]
                typed |= {"form.category": first, f"form.category.{first}": str(value)}
            else:
                typed[name] = self._value(name, value)
        return typed

    def _value(self, name: str, value: Value) -> Typed:
        match value:
            case datetime():
                return self.moment(value)
            case str() if name in _PEOPLE_FIELDS:
                return self.person(value).id
            case list() if name in _PEOPLE_FIELDS:
                return [self.person(one).id for one in value]
            case str():
                return self._text(value)
            case _:
                return value

    def _text(self, written: str) -> str:
        """Put dates on the calendar that is played: `{2023-10-06}` → 10月6日."""

        def day(found: re.Match[str]) -> str:
            local = datetime.combine(date.fromisoformat(found[1]), datetime.min.time())
            shown = self.moment(local.replace(hour=12))
            return f"{shown.month}月{shown.day}日"

        return _DATE.sub(day, written)
