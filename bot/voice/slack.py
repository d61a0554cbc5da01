"""The voice in Slack: delivers a notice once, finds it again, keeps cards up to date."""

from dataclasses import dataclass, replace

import structlog

from bot.voice.archive_delivery import OF_THE_ARCHIVE, ArchiveDelivery
from bot.voice.lookback import Spot, find
from bot.voice.meeting_delivery import BY_ITSELF, MeetingDelivery
from bot.voice.paper_delivery import PAPERS, PaperDelivery
from bot.voice.places import Destination, Resolved, channel_for, resolve, spots_of
from bot.voice.question_delivery import OF_QUESTIONS, QuestionDelivery
from bot.voice.render_ticket import drawn
from bot.voice.retro_delivery import OF_RETROSPECTIVES, RetroDelivery
from bot.voice.scene import SceneReader
from bot.voice.script import Script
from bot.voice.sweeping import SWEPT, doubled, spoken_in, take_away
from bot.voice.timely import TOO_LATE, is_too_late
from bot.voice.wire import Parcel, Wire
from handlers.views.card import moved
from handlers.views.screen import Screen
from tickets.delivery import Claim, Finding, Never, NotNow, Outcome, Pointless
from tickets.desk.context import Desk
from tickets.notices import Notice, NoticeKind, PlaceKind, Urgency
from tickets.ports import Card, Clock, Unit

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class SlackVoice:
    """The only sender and reader of Slack's messages (tickets/delivery.py); no transaction is open meanwhile."""

    desk: Desk
    wire: Wire
    scenes: SceneReader
    real: Clock

    @property
    def script(self) -> Script:
        """Give the writer of what is said."""
        return Script(desk=self.desk, scenes=self.scenes, wire=self.wire, real=self.real)

    def deliver(self, claim: Claim) -> Outcome:
        """Render a notice against the records as they are now, and post it once."""
        special = self._special(claim.notice.kind)
        if special:
            return special.deliver(claim)
        there = self._opened(self._resolved(claim))
        if not isinstance(there, Destination):
            return there
        screen = self.script.of(claim.notice, there)
        if isinstance(screen, Pointless):
            return screen
        if is_too_late(claim, at=self.real.now()):
            return TOO_LATE
        return self.wire.post(_parcel(claim, there, screen))

    def find(self, claim: Claim) -> Finding:
        """Read the place a notice was sent to for its key."""
        special = self._special(claim.notice.kind)
        if special:
            return special.find(claim)
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
        """Take away what stands twice in the last hour of the conversations and threads posted to."""
        at = self.real.now()
        with self.desk.records.read() as unit:
            spoken = spoken_in(unit, since=at - SWEPT)
        doubles = doubled(self.wire, spoken, since=at - SWEPT)
        for double in doubles:
            # Before it is gone: whatever updates or answers the message must lead to the one that stays.
            with self.desk.records.write() as unit:
                unit.notices.stands_at(double.gone, double.stays)
            take_away(self.wire, double)
        return len(doubles)

    def _special(
        self, kind: NoticeKind
    ) -> (
        MeetingDelivery | ArchiveDelivery | RetroDelivery | PaperDelivery | QuestionDelivery | None
    ):
        """Give who delivers what is not posted as a message of its own."""
        if kind in BY_ITSELF:
            return MeetingDelivery(desk=self.desk, wire=self.wire, scenes=self.scenes)
        if kind in OF_THE_ARCHIVE:
            return ArchiveDelivery(desk=self.desk, wire=self.wire, scenes=self.scenes)
        if kind in PAPERS:
            return PaperDelivery(desk=self.desk, wire=self.wire, scenes=self.scenes)
        if kind in OF_RETROSPECTIVES:
            return RetroDelivery(desk=self.desk, wire=self.wire, scenes=self.scenes)
        if kind in OF_QUESTIONS:
            return QuestionDelivery(desk=self.desk, wire=self.wire, scenes=self.scenes)
        return None

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


# A warning concerns the whole channel, not only who follows the thread (DESK.md 5).
_SHOWN_TO_ALL = frozenset({NoticeKind.WARNING, NoticeKind.BREACH, NoticeKind.ESCALATION})


def _parcel(claim: Claim, there: Destination, screen: Screen) -> Parcel:
    return Parcel(
        key=claim.notice.key,
        channel_id=there.channel_id,
        thread_ts=there.thread_ts,
        screen=screen,
        urgency=claim.notice.urgency,
        attempt=claim.attempt,
        broadcast=there.thread_ts is not None and claim.notice.kind in _SHOWN_TO_ALL,
    )
