"""The voice in Slack: delivers a notice once, finds it again, keeps cards up to date."""

from dataclasses import dataclass, replace
from datetime import timedelta

import structlog

from bot.directory import references_of
from bot.voice.lookback import Spot, find, sweep
from bot.voice.places import Destination, Resolved, card_of, channel_for, resolve, spots_of
from bot.voice.render import render
from bot.voice.render_ticket import called, drawn
from bot.voice.scene import SceneReader
from bot.voice.wire import Parcel, Wire
from handlers.views.card import moved
from handlers.views.screen import Screen
from tickets.case.values import PersonId
from tickets.delivery import Claim, Finding, Never, NotNow, Outcome, Pointless
from tickets.desk.context import Desk
from tickets.notices import Notice, NoticeKind, PlaceKind, Urgency, to_person
from tickets.ports import Card, Clock, Unit

log = structlog.get_logger(__name__)

SEND_WITHIN = timedelta(seconds=40)  # of a claim's lease of 60 s; the HTTP timeout takes 10 more


@dataclass(frozen=True, slots=True, kw_only=True)
class SlackVoice:
    """The only sender and reader of Slack's messages (tickets/delivery.py); no transaction is open meanwhile."""

    desk: Desk
    wire: Wire
    scenes: SceneReader
    real: Clock

    def deliver(self, claim: Claim) -> Outcome:
        """Render a notice against the records as they are now, and post it once."""
        notice = claim.notice
        there = self._opened(self._resolved(claim))
        if not isinstance(there, Destination):
            return there
        link = self._link(notice)
        with self.desk.records.read() as unit:
            scene = self.scenes.of(unit, notice, there, link=link)
            screen = render(scene)
        if isinstance(screen, Pointless):
            return screen
        restricted = scene.case is not None and scene.case.ticket.is_restricted
        self._plan(_private_copies(notice, there, everybody=restricted))
        if self.real.now() - claim.last_sent_at > SEND_WITHIN:
            return NotNow(timedelta(0), "the lease ran out before sending")
        return self.wire.post(_parcel(claim, there, screen))

    def find(self, claim: Claim) -> Finding:
        """Read the place a notice was sent to for its key."""
        spots = self._spots(claim.notice)
        if isinstance(spots, NotNow | Never):
            return spots
        return find(self.wire, claim.notice.key, spots, since=claim.first_sent_at)

    def show(self, card: Card) -> tuple[Outcome, int]:
        """Bring a card up to date; one that was left behind says where the ticket went."""
        if card.channel_id is None or card.message_ts is None:
            return Pointless("not posted yet"), card.shown
        with self.desk.records.read() as unit:
            screen, version = self._drawn(unit, card)
        outcome = self.wire.update(card.channel_id, card.message_ts, screen, urgency=Urgency.CARD)
        return outcome, version

    def answers(self) -> bool:
        """Tell whether Slack answers at all."""
        return self.wire.answers()

    def sweep(self) -> int:
        """Take away what stands twice in the last hour of the desk's channels and direct messages."""
        with self.desk.records.read() as unit:
            named = [
                unit.directory.channel(reference)
                for reference in sorted(references_of(self.desk.handbook()))
            ]
        channels = {channel.id for channel in named if channel and channel.has_bot}
        return sweep(
            self.wire, sorted(channels | set(self.wire.conversations())), at=self.real.now()
        )

    def _drawn(self, unit: Unit, card: Card) -> tuple[Screen, int]:
        there = Destination(channel_id=card.channel_id or "")
        reader = self.scenes.reader(unit, there)
        case = self.scenes.case(unit, card.number, there)
        if card.is_current:
            return drawn(case, reader), case.ticket.version
        reference = channel_for(case.ticket.department, self.desk.handbook())
        channel = unit.directory.channel(reference)
        shown = channel.id if channel else reference
        return moved(card.number, shown, tongue=reader.tongue), max(
            card.wanted, case.ticket.version
        )

    def _resolved(self, claim: Claim) -> Resolved:
        handbook = self.desk.handbook()
        with self.desk.records.read() as unit:
            return resolve(unit, claim.notice, handbook, attempt=claim.attempt)

    def _opened(self, there: Resolved) -> Resolved:
        if not isinstance(there, Destination) or there.person is None:
            return there
        channel_id = self.wire.direct(there.person)
        return replace(there, channel_id=channel_id) if isinstance(channel_id, str) else channel_id

    def _spots(self, notice: Notice) -> tuple[Spot, ...] | NotNow | Never:
        if notice.place.kind is PlaceKind.PERSON:
            channel_id = self.wire.direct(notice.place.key)
            return ((channel_id, None),) if isinstance(channel_id, str) else channel_id
        with self.desk.records.read() as unit:
            return spots_of(unit, notice, self.desk.handbook())

    def _link(self, notice: Notice) -> str | None:
        if notice.place.kind is not PlaceKind.PERSON or notice.number is None:
            return None
        with self.desk.records.read() as unit:
            card = card_of(unit, notice)
        if card is None or card.channel_id is None or card.message_ts is None:
            return None
        return self.wire.link(card.channel_id, card.message_ts)

    def _plan(self, notices: list[Notice]) -> None:
        if notices:
            with self.desk.records.write() as unit:
                unit.notices.plan(notices)


def _private_copies(notice: Notice, there: Destination, *, everybody: bool) -> list[Notice]:
    """Tell those privately whom a mention in the channel would not reach; of a high risk, everybody.

    Planned before the post: the key makes a second planning harmless, a lost one would be silence.
    """
    if notice.place.kind is PlaceKind.PERSON:
        return []
    whole = everybody and notice.kind is NoticeKind.ASSIGNED
    return [
        replace(notice, key=f"{notice.key}:dm:{person}", place=to_person(person))
        for person in called(notice)
        if whole or not _is_reached(person, there)
    ]


def _is_reached(person: PersonId, there: Destination) -> bool:
    return person in there.members


def _parcel(claim: Claim, there: Destination, screen: Screen) -> Parcel:
    return Parcel(
        key=claim.notice.key,
        channel_id=there.channel_id,
        thread_ts=there.thread_ts,
        screen=screen,
        urgency=claim.notice.urgency,
        attempt=claim.attempt,
    )
