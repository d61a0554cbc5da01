"""A person before the page, with the hands and eyes that the worked cases are played with: what they do is done in the browser."""

import os
import re
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from playwright.sync_api import Locator, Page, expect

from bot.trial.player import NotTaken, Person, Player, Typed, as_typed
from bot.trial.screens import Json, Placed, buttons_of, input_of, inputs_of
from tests.journeys.open_desk import ROOT

ZONE = ZoneInfo("Asia/Shanghai")
PICTURES = ROOT / "docs" / "screenshots"
_CHOICES = frozenset({"radio_buttons", "checkboxes"})


@dataclass(slots=True)
class Album:
    """What is seen on the way. SCREENSHOTS=1 renews the documents' pictures; ALBUM=folder keeps every screen and its words."""

    language: str
    folder: Path | None = field(
        default_factory=lambda: Path(os.environ["ALBUM"]) if os.environ.get("ALBUM") else None
    )
    _count: int = 0

    def proof(self, page: Page, name: str, what: Locator | None = None) -> None:
        """Keep a screen for somebody who reads proofs."""
        if self.folder is None:
            return
        self._count += 1
        self.folder.mkdir(parents=True, exist_ok=True)
        file = self.folder / f"{self.language}.{self._count:03}.{name}"
        page.screenshot(path=f"{file}.png")
        where = what or page.locator("body")
        typed = where.locator("input:not([type=radio],[type=checkbox]), textarea")
        ticked = where.locator(".choice:has(input:checked)")
        seen = "\n".join(
            [
                where.inner_text(),
                *(f"[{one}]" for one in typed.evaluate_all("all => all.map(one => one.value)")),
                *(f"[x] {one}" for one in ticked.all_inner_texts()),
            ]
        )
        Path(f"{file}.txt").write_text(re.sub(r"\n\s*\n+", "\n", seen), encoding="utf-8")

    def picture(self, name: str, what: Locator) -> None:
        """Keep a picture of something for the documents, in the two languages they show."""
        tongue = {"zh-Hans": "zh", "en": "en"}.get(self.language)
        if os.environ.get("SCREENSHOTS") and tongue:
            what.screenshot(path=PICTURES / f"{name}.{tongue}.png")


@dataclass(frozen=True, slots=True)
class Seat:
    """One browser before the sandbox; who sits there changes."""

    page: Page
    home: str
    album: Album

    def go(self, as_: str, place: str, thread: str = "") -> None:
        """Be somebody somewhere."""
        hash_ = f"#/as/{as_}/{place}" + (f"/t/{thread}" if thread else "")
        if not self.page.url.endswith(hash_):
            self.page.goto(f"{self.home}/{hash_}")
        self.page.locator(".page[aria-busy=false]").wait_for()
        self.page.evaluate("document.querySelectorAll('.toast button').forEach(one => one.click())")

    def article(self, message: Json, *, in_thread: bool = False) -> Locator:
        """Find a message on the screen."""
        room = self.page.get_by_role("complementary" if in_thread else "main")
        return room.locator(f'article[data-ts="{message["ts"]}"]')

    @property
    def form(self) -> Locator:
        """The form on top."""
        return self.page.get_by_role("dialog")


@dataclass(frozen=True, slots=True)
class PagePlayer(Player):
    """Plays in the browser what its people do, and asks the page's API what they see."""

    seat: Seat | None = None

    def person(self, user_id: str) -> "PagePerson":
        """Act as somebody."""
        assert self.seat
        return PagePerson(self, user_id, self.seat)


def seated(player: Player, seat: Seat) -> PagePlayer:
    """Let a player go on in the browser."""
    return PagePlayer(player.address, player.patience_s, player._client, seat)


@dataclass(frozen=True, slots=True)
class PagePerson(Person):
    """One person who knows what is written on the screen."""

    seat: Seat | None = None

    @property
    def before(self) -> Seat:
        """Give the seat."""
        assert self.seat
        return self.seat

    def look(self, message: Json, *, channel: str = "", name: str = "") -> Locator:
        """Look at a message where it stands: in its channel, else in its thread."""
        place = self.channel(channel or str(message.get("channel", "")))
        thread = str(message.get("thread_ts", message["ts"]))
        is_hidden = thread != message["ts"] and message.get("subtype") != "thread_broadcast"
        self.before.go(self.id, place, thread if is_hidden else "")
        article = self.before.article(message, in_thread=is_hidden)
        expect(article).to_be_visible()
        article.scroll_into_view_if_needed()
        if name:
            self.before.album.proof(self.before.page, name, article)
        return article

    def read(self, view: Json, *, name: str = "") -> Locator:
        """Look at a view that is open."""
        self.before.go(self.id, self.channel())
        form = self.before.form
        expect(form.get_by_role("heading", name=view["title"]["text"])).to_be_visible()
        if name:
            self.before.album.proof(self.before.page, name, form)
        return form

    def command(self, line: str, *, channel: str = "") -> None:
        """Type a line into the box and send it."""
        self.put_away()
        self.before.go(self.id, self.channel(channel))
        self._write(self.before.page.get_by_role("main"), line)

    def say(self, text: str, *, channel: str, thread_ts: str | None = None) -> Json:
        """Write a message."""
        self.before.go(self.id, self.channel(channel), thread_ts or "")
        room = "complementary" if thread_ts else "main"
        self._write(self.before.page.get_by_role(room), text)
        return self.sees(
            lambda one: one.get("text") == text, text, channel=channel, thread_ts=thread_ts
        )

    def _write(self, room: Locator, text: str) -> None:
        box = room.locator(".composer textarea")
        box.fill(text)
        room.locator(".composer .send").click()
        expect(box).to_have_value("")
        expect(room.locator(".composer .spinner")).to_have_count(0)

    def press(self, shown: Json, named: str, *, channel: str = "", about: str = "") -> None:
        """Press a button where it is seen (of several, the one about a ticket); agree where it asks first."""
        found = [one for one in buttons_of(shown) if named in {one.action_id, one.words}]
        button = next((one for one in found if about in str(one.element.get("value"))), None)
        assert button, f"no button {named}"
        is_view = "root_view_id" in shown
        if not is_view:
            self.put_away()
        where = self.read(shown) if is_view else self.look(shown, channel=channel)
        alike = [one for one in buttons_of(shown) if one.words == button.words]
        place = next(i for i, one in enumerate(alike) if one.element == button.element)
        where.get_by_role("button", name=button.words, exact=True).nth(place).click()
        if button.element.get("confirm"):
            self.before.page.get_by_role("alertdialog").get_by_role("button").last.click()

    def submit(self, view: Json, typed: dict[str, Typed]) -> list[Json]:  # type: ignore[override]
        """Fill a form by its fields and send it; give the forms still open. Raises NotTaken."""
        filled = self.typed(view, typed)
        name = str(view["callback_id"])
        self.before.album.proof(self.before.page, name, self.before.form)
        before = [one["hash"] for one in self.views()]
        self.before.form.get_by_role("button", name=filled["submit"]["text"], exact=True).click()
        self._answered(filled, before)
        return self.views()

    def _answered(self, view: Json, before: list[str]) -> None:
        wrong = self.before.form.locator(".field-error")

        def settled() -> bool:
            return bool(wrong.count()) or [one["hash"] for one in self.views()] != before

        self.player.wait_for(settled, f"an answer to {view['title']['text']}")
        if wrong.count():
            self.before.album.proof(self.before.page, f"{view['callback_id']}.refused")
            raise NotTaken("submission_errors", "", {"": wrong.first.inner_text()})

    def typed(self, view: Json, values: dict[str, Typed]) -> Json:
        """Type into a form field by field; where it is drawn anew after a choice, go on with that."""
        self.read(view)
        for name, value in values.items():
            place = input_of(view, name)
            assert place, f"no field {name} among {[one.block_id for one in inputs_of(view)]}"
            self._into(place, as_typed(value, place))
            if place.block.get("dispatch_action") and place.element["type"] != "plain_text_input":
                view = self.view(str(view["callback_id"]), besides=str(view["hash"]))
        return view

    def _into(self, place: Placed, value: Any) -> None:
        box = self.before.form.locator(f'[data-block-id="{place.block_id}"]')
        kind = str(place.element["type"])
        if kind in _CHOICES:
            self._tick(box, place, value if isinstance(value, list) else [value])
        elif kind.endswith("select"):
            self._pick(box, place, value if isinstance(value, list) else [value])
        elif kind == "datetimepicker":
            at = datetime.fromtimestamp(int(value), ZONE)
            box.locator("input").fill(f"{at:%Y-%m-%dT%H:%M}")
        else:
            box.locator("input, textarea").fill(str(value))

    def _tick(self, box: Locator, place: Placed, wanted: list[Any]) -> None:
        for index, option in enumerate(place.element["options"]):
            choice = box.locator(".choice input").nth(index)
            if place.element["type"] == "checkboxes":
                choice.set_checked(option["value"] in wanted)
            elif option["value"] in wanted:
                choice.check()

    def _pick(self, box: Locator, place: Placed, wanted: list[Any]) -> None:
        people = {one["id"]: one["real_name"] for one in self.state()["users"]}
        groups = place.element.get("option_groups", [])
        options = place.element.get("options", []) + [o for g in groups for o in g["options"]]
        named = people | {one["value"]: one["text"]["text"] for one in options}
        for one in wanted:
            box.get_by_role("combobox").click()
            rows = self.before.page.get_by_role("option")
            rows.locator(".combo-text").get_by_text(named[str(one)], exact=True).click()
        if place.element["type"].startswith("multi_"):
            box.get_by_role("combobox").press("Tab")

    def put_away(self) -> None:
        """Close every form that is open."""
        if self.views():
            self.before.go(self.id, self.channel())
            self.before.form.locator(".modal-head button").last.click()
            expect(self.before.form).to_have_count(0)

    def home(self) -> Json:
        """Open the app's page."""
        self.before.go(self.id, "home")
        return self.player.wait_for(lambda: self.state().get("home"), f"home of {self.id}")
