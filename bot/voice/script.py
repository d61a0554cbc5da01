"""The script: what a notice says as things are now, and whom it must reach privately as well."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bot.voice.places import Destination, card_of
from bot.voice.render import render
from bot.voice.render_ticket import called
from bot.voice.scene import Scene, SceneReader
from bot.voice.wire import Wire
from handlers.views.screen import Screen
from tickets.case.values import PersonId
from tickets.delivery import Pointless
from tickets.desk.context import Desk
from tickets.notices import Notice, NoticeKind, PlaceKind, to_person
from tickets.ports import Card, Clock, Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """Reads the records, renders, and plans the private copies before anything is posted."""

    desk: Desk
    scenes: SceneReader
    wire: Wire
    real: Clock

    def of(self, notice: Notice, there: Destination) -> Screen | Pointless:
        """Say a notice in the words of now, or why it is pointless."""
        if notice.kind is NoticeKind.ROLL_UP:
            return self._rolled_up(notice, there)
        link = self._link(notice)
        with self.desk.records.read() as unit:
            scene = self.scenes.of(unit, notice, there, link=link)
            if scene.case and there.person in scene.case.ticket.complaint.about:
                return Pointless("it is not for this person")
            screen = render(scene)
        if isinstance(screen, Screen):
            self._plan(_private_copies(scene, there), {})
        return screen

    def _rolled_up(self, notice: Notice, there: Destination) -> Screen | Pointless:
        members: list[Scene] = []
        pointless: dict[str, str] = {}
        with self.desk.records.read() as unit:
            for covered in unit.notices.covered(notice.key):
                member = self.scenes.of(unit, covered, there, link=self._address(unit, covered))
                said = render(member)
                if isinstance(said, Pointless):
                    pointless[covered.key] = said.reason
                else:
                    members.append(member)
            scene = self.scenes.of(unit, notice, there, link=None)
            screen = render(replace(scene, members=members))  # names are read while it is open
        copies = [copy for member in members for copy in _private_copies(member, there)]
        self._plan(copies, pointless)
        return screen

    def _plan(self, copies: Sequence[Notice], pointless: Mapping[str, str]) -> None:
        """Before the post: a key makes a second planning harmless, a lost one would be silence."""
        if copies or pointless:
            with self.desk.records.write() as unit:
                unit.notices.plan(copies)
                unit.notices.void(pointless, at=self.real.now())

    def _link(self, notice: Notice) -> str | None:
        if notice.place.kind is not PlaceKind.PERSON or notice.number is None:
            return None
        if post := notice.params.get("posted_in"):
            return self.wire.link(str(post), str(notice.params["posted_ts"]))
        with self.desk.records.read() as unit:
            card = _posted_card(unit, notice)
        return self.wire.link(card.channel_id or "", card.message_ts or "") if card else None

    def _address(self, unit: Unit, notice: Notice) -> str | None:
        card = _posted_card(unit, notice)
        return self.wire.address(card.channel_id or "", card.message_ts or "") if card else None


def _posted_card(unit: Unit, notice: Notice) -> Card | None:
    card = card_of(unit, notice)
    return card if card and card.channel_id and card.message_ts else None


def _private_copies(scene: Scene, there: Destination) -> list[Notice]:
    """Tell those privately whom a mention in the channel would not reach; of a high risk, everybody."""
    notice = scene.notice
    if notice.place.kind is PlaceKind.PERSON:
        return []
    restricted = scene.case is not None and scene.case.ticket.is_restricted
    whole = restricted and notice.kind is NoticeKind.ASSIGNED
    return [
        replace(notice, key=f"{notice.key}:dm:{person}", place=to_person(person))
        for person in called(notice)
        if whole or not _is_reached(person, there)
    ]


def _is_reached(person: PersonId, there: Destination) -> bool:
    return person in there.members
