"""Plays any person of the sandbox over its page's API: types, fills, presses, reads, waits."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypeVar

import httpx

from bot.trial.screens import Json, Placed, button_of, input_of, words_of

T = TypeVar("T")

PATIENCE_S = 15.0
LOOK_EVERY_S = 0.05
CALL_TIMEOUT_S = 15.0  # longer than the 3 s the sandbox gives the bot
WALK_TIMEOUT_S = 180.0  # through some weeks, posting what falls due on the way
_REDRAWN = frozenset({"static_select", "radio_buttons"})  # a choice of these may show more fields

Typed = str | int | bool | datetime | date | list[str] | None


class NothingSeen(Exception):
    """What a person waited for did not appear; the text says what."""


class NotTaken(Exception):
    """The workspace refused what a person did, in its own word and, for a form, by field."""

    def __init__(self, error: str, text: str = "", errors: Mapping[str, str] | None = None) -> None:
        """Keep the refusal as the page would show it."""
        super().__init__(f"{error} {text} {dict(errors or {})}".strip())
        self.error = error
        self.errors = dict(errors or {})


@dataclass(frozen=True, slots=True)
class Player:
    """The page's API of one sandbox."""

    address: str
    patience_s: float = PATIENCE_S
    _client: httpx.Client = field(
        default_factory=lambda: httpx.Client(timeout=CALL_TIMEOUT_S, trust_env=False)
    )

    def close(self) -> None:
        """Let the connections go."""
        self._client.close()

    def person(self, user_id: str) -> "Person":
        """Act as somebody."""
        return Person(self, user_id)

    def read(self, what: str, **asked: str) -> Json:
        """Ask the page's API."""
        return self._answer(self._client.get(self._url(what), params=asked))

    def do(self, what: str, given: Json) -> Json:
        """Do something by the page's API. Raises NotTaken."""
        return self._answer(self._client.post(self._url(what), json=given))

    def move_clock(self, to: datetime) -> None:
        """Move the sandbox's clock forward; a moment that has passed leaves it alone."""
        if to.timestamp() > self.read("clock")["now"]:
            moved = {"to": to.timestamp()}
            self._answer(self._client.post(self._url("clock"), json=moved, timeout=WALK_TIMEOUT_S))

    def wait_for(self, question: Callable[[], T | None], what: str) -> T:
        """Ask until the answer is something true. Raises NothingSeen."""
        if found := self.looks_for(question, within_s=self.patience_s):
            return found
        raise NothingSeen(f"not seen within {self.patience_s:.0f} s: {what}")

    def looks_for(self, question: Callable[[], T | None], *, within_s: float) -> T | None:
        """Ask for a while whether the answer is something true; None when it is not."""
        end = time.monotonic() + within_s
        while not (found := question()) and time.monotonic() < end:
            time.sleep(LOOK_EVERY_S)
        return found

    def _url(self, what: str) -> str:
        return f"{self.address.rstrip('/')}/ui/{what}"

    def _answer(self, response: httpx.Response) -> Json:
        answer: Json = response.json()
        if not answer.get("ok"):
            raise NotTaken(
                str(answer.get("error")), str(answer.get("text") or ""), answer.get("errors")
            )
        return answer


@dataclass(frozen=True, slots=True)
class Person:
    """One person's hands and eyes."""

    player: Player
    id: str

    def command(self, line: str, *, channel: str = "") -> None:
        """Type `/ticket …`, in the direct message with the bot unless a channel is named."""
        command, _, text = line.partition(" ")
        place = self.channel(channel)
        self._do("command", channel=place, command=command, text=text)

    def say(self, text: str, *, channel: str, thread_ts: str | None = None) -> Json:
        """Write a message."""
        given = {"thread_ts": thread_ts} if thread_ts else {}
        place = self.channel(channel)
        posted: Json = self._do("message", channel=place, text=text, **given)["message"]
        return posted

    def press(self, shown: Json, named: str, *, channel: str = "") -> None:
        """Press a button of a message or of a view; by its action id or its words."""
        button = button_of(shown, named)
        if button is None:
            raise NothingSeen(f"no button {named} on: {_first_line(shown)}")
        self._do(
            "action",
            **self._target(shown, channel),
            block_id=button.block_id,
            action_id=button.action_id,
        )

    def view(self, callback_id: str = "", *, besides: str = "") -> Json:
        """Wait for the form on top (of this callback id, with another hash than `besides`)."""

        def top() -> Json | None:
            for view in self.views()[-1:]:
                if callback_id in {"", view["callback_id"]} and view["hash"] != besides:
                    return view
            return None

        return self.player.wait_for(top, f"form {callback_id} for {self.id}")

    def views(self) -> list[Json]:
        """List the open forms, bottom first."""
        found: list[Json] = self.state()["views"]
        return found

    def submit(self, view: Json, typed: Mapping[str, Typed]) -> list[Json]:
        """Fill a form by block ids or labels and send it; give the forms still open.

        Raises NotTaken with `errors` by block id, NothingSeen for a field that is not there.
        """
        filled, values = self.fill(view, typed)
        left: list[Json] = self._do("submit", view_id=filled["id"], values=values)["views"]
        return left

    def fill(self, view: Json, typed: Mapping[str, Typed]) -> tuple[Json, Json]:
        """Type into a form; where the bot redraws it after a choice, go on with what it shows then."""
        values: Json = {}
        for name, value in typed.items():
            place = input_of(view, name)
            if place is None:
                raise NothingSeen(f"no field {name} on: {_first_line(view)}")
            plain = as_typed(value, place)
            values[place.block_id] = {place.action_id: plain}
            if place.block.get("dispatch_action") and place.element["type"] in _REDRAWN:
                view = self._choose(view, place, plain, values)
        return view, values

    def _choose(self, view: Json, place: Placed, plain: Any, values: Json) -> Json:
        self._do(
            "action",
            view_id=view["id"],
            block_id=place.block_id,
            action_id=place.action_id,
            value=plain,
            values=values,
        )
        return self.view(view["callback_id"], besides=view["hash"])

    def put_away(self) -> None:
        """Close every form that is open."""
        for view in self.views()[-1:]:
            self._do("close", view_id=view["id"], all=True)

    def home(self) -> Json:
        """Open the app's page and wait until the bot has drawn it."""
        self._do("home", tab="home")
        return self.player.wait_for(lambda: self.state().get("home"), f"home of {self.id}")

    def state(self) -> Json:
        """Give what this person's client knows."""
        return self.player.read("state", **{"as": self.id})

    def channel(self, named: str = "") -> str:
        """Give a channel's id by `#name` or id; without a name the direct message with the bot."""
        if named.startswith(("C", "D", "G")):
            return named
        for channel in self.state()["channels"]:
            if (channel["name"] == named.lstrip("#")) if named else channel["is_im"]:
                return str(channel["id"])
        raise NothingSeen(f"no channel {named} for {self.id}")

    def messages(self, channel: str = "", thread_ts: str | None = None) -> list[Json]:
        """List what is read in a channel (the newest 200), a thread or, unnamed, the bot's messages."""
        asked = {"thread_ts": thread_ts} if thread_ts else {}
        place = self.channel(channel)
        found: list[Json] = self.player.read(
            "messages", **{"as": self.id}, channel=place, limit="200", **asked
        )["messages"]
        return found

    def sees(
        self,
        fits: Callable[[Json], bool],
        what: str,
        *,
        channel: str = "",
        thread_ts: str | None = None,
    ) -> Json:
        """Wait for a message that fits and give the newest such."""

        def newest() -> Json | None:
            fitting = [one for one in self.messages(channel, thread_ts) if fits(one)]
            return fitting[-1] if fitting else None

        return self.player.wait_for(newest, f"{what}, read by {self.id} in {channel or 'private'}")

    def _target(self, shown: Json, channel: str) -> Json:
        if "root_view_id" in shown:
            return {"view_id": shown["id"]}
        return {"channel": self.channel(channel), "ts": shown["ts"]}

    def _do(self, what: str, **given: Any) -> Json:
        return self.player.do(what, {"as": self.id, **given})


def _first_line(shown: Json) -> str:
    return words_of(shown).partition("\n")[0]


def as_typed(value: Typed, place: Placed) -> Any:
    """Put a value into the form in which the page's API takes it for this input."""
    kind = place.element["type"]
    match value:
        case bool():
            boxes = [option["value"] for option in place.element.get("options", [])]
            return boxes[:1] if value else []
        case datetime():
            return int(value.timestamp()) if kind == "datetimepicker" else value.date().isoformat()
        case date():
            return value.isoformat()
        case int():
            return str(value)
        case str() if kind == "checkboxes" or kind.startswith("multi_"):
            return [value]
    return value
