"""Draws the messages of a digest with the renderers of the real posts, for nobody but the terminal."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from bot.cli.blocks import text_of
from bot.readers import Readers
from bot.voice.render import RENDERERS
from bot.voice.scene import ROWS, Scene
from handlers.views.notices import Reader
from handlers.views.screen import Screen
from tickets.case.listing import Page
from tickets.case.values import PersonId
from tickets.desk.context import Desk
from tickets.notices import Notice, PlaceKind
from tickets.ports import Member, Unit
from tickets.tongue import Tongue


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One message of a digest."""

    where: str
    in_thread: bool
    text: str
    blocks: Sequence[dict[str, Any]]
    shown: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """Draws messages as their readers would see them, or in one language."""

    desk: Desk
    readers: Readers
    lang: str

    def messages(self, unit: Unit, notices: Sequence[Notice]) -> Iterator[Message]:
        """Draw every message that has something to say."""
        where = ""
        for notice in notices:
            in_thread = notice.place.kind is PlaceKind.UNDER
            where = where if in_thread else self._where(unit, notice)
            screen = self._screen(unit, notice)
            if screen is not None:
                blocks = [block.to_dict() for block in screen.blocks]
                yield Message(
                    where=where,
                    in_thread=in_thread,
                    text=screen.text,
                    blocks=blocks,
                    shown=text_of(blocks, self.tongue(unit, None).name) or screen.text,
                )

    def tongue(self, unit: Unit, person: PersonId | None) -> Tongue:
        """Give the tongue of a reader."""
        if self.lang:
            zone = self.desk.handbook().timezone
            asked = Member(id=PersonId(""), name="", language=self.lang, timezone=zone)
            return self.readers.speak(asked, self.desk.records)
        if person:
            return self.readers.person(person, unit.directory)
        return self.readers.channel(unit.directory)

    def _where(self, unit: Unit, notice: Notice) -> str:
        place = notice.place
        if place.kind is PlaceKind.PERSON:
            return f"@{self.tongue(unit, None).name(PersonId(place.key))}"
        return place.key or self.desk.handbook().channel

    def _screen(self, unit: Unit, notice: Notice) -> Screen | None:
        renderer = RENDERERS.get(notice.kind)
        if renderer is None:  # a file; its rows stand in the messages too
            return None
        person = PersonId(notice.place.key) if notice.place.kind is PlaceKind.PERSON else None
        drawn = renderer(self._scene(unit, notice, person))
        return drawn if isinstance(drawn, Screen) else None

    def _scene(self, unit: Unit, notice: Notice, person: PersonId | None) -> Scene:
        now = self.desk.clock.now()
        reader = Reader(
            tongue=self.tongue(unit, person),
            handbook=self.desk.handbook(),
            present=frozenset(),
            now=now,
        )
        return Scene(
            notice=notice,
            reader=reader,
            case=None,
            link=None,
            is_open=self.desk.calendar().is_open(now),
            calendar=self.desk.calendar(),
            unit=unit,
            left=Page((), 0, 1, ROWS),
        )
