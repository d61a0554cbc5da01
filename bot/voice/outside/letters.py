"""Letters: what is posted to a robot or a webhook, written of the records as they are now."""

from dataclasses import dataclass

from bot.voice.outside.addresses import Address, Addresses
from bot.voice.outside.note import Note
from bot.voice.outside.reach import Letter
from bot.voice.outside.robots import DIALECTS, Dialect
from bot.voice.outside.webhook import OF_THE_DESK, cloud_event, signed
from bot.voice.outside.words import Telling, note_of, note_of_the_desk
from bot.voice.places import Destination, card_of
from bot.voice.scene import SceneReader
from handlers.views.notices import Reader
from tickets.delivery import Never, Pointless
from tickets.desk.context import Desk
from tickets.notices import Notice, PlaceKind
from tickets.ports import Clock, Unit

GONE = "no longer in the desk file"
NO_ADDRESS = "no_address"
NO_SECRET = "no_secret"  # noqa: S105  the name of a trouble
CHANNEL = Destination()  # read in the desk's own language, mentioning nobody


@dataclass(frozen=True, slots=True, kw_only=True)
class Letters:
    """Writes and signs; `workspace_url` is Slack's address of the workspace, for links to cards."""

    desk: Desk
    scenes: SceneReader
    addresses: Addresses
    real: Clock
    workspace_url: str = ""

    def of(self, notice: Notice, *, is_repeat: bool) -> Letter | Pointless | Never:
        """Write what a destination is told; nothing where it has no address or should not hear it any more."""
        if notice.place.kind is PlaceKind.WEBHOOK:
            return self._to_webhook(notice, is_repeat=is_repeat)
        return self._to_robot(notice, is_repeat=is_repeat)

    def _to_webhook(self, notice: Notice, *, is_repeat: bool) -> Letter | Pointless | Never:
        handbook = self.desk.handbook()
        hook = handbook.webhooks.get(notice.place.key)
        if hook is None:
            return Pointless(GONE)
        address = self.addresses.of(notice.place, in_desk_file=hook.url)
        if address is None:
            return Never(NO_ADDRESS)
        envelope = cloud_event(
            notice.key, notice.params, handbook, subject=notice.number, is_repeat=is_repeat
        )
        if not address.secrets:
            return Never(NO_SECRET)  # a receiver could not tell our events from anybody's
        try:
            return signed(envelope, address, at=self.real.now())
        except ValueError:
            return Never(NO_SECRET)

    def _to_robot(self, notice: Notice, *, is_repeat: bool) -> Letter | Pointless | Never:
        robot = self.desk.handbook().robots.get(notice.place.key)
        if robot is None:
            return Pointless(GONE)
        address = self.addresses.of(notice.place)
        if address is None:
            return Never(NO_ADDRESS)
        dialect = DIALECTS[robot.kind]
        note = self._note(notice, dialect, is_repeat=is_repeat)
        return note if isinstance(note, Pointless) else self._written(dialect, note, address)

    def _written(self, dialect: Dialect, note: Note, address: Address) -> Letter:
        return dialect.letter(note, address, at=self.real.now())

    def _note(self, notice: Notice, dialect: Dialect, *, is_repeat: bool) -> Note | Pointless:
        if notice.number is None or notice.params["event"] in OF_THE_DESK:
            reader = self._reader()
            return note_of_the_desk(notice.params, reader, inert=dialect.inert, is_repeat=is_repeat)
        with self.desk.records.read() as unit:
            telling = Telling(
                params=notice.params,
                case=self.scenes.case(unit, notice.number, CHANNEL),
                reader=self.scenes.reader(unit, CHANNEL),
                inert=dialect.inert,
                link=self._link(unit, notice),
                is_repeat=is_repeat,
            )
            return note_of(telling)

    def _reader(self) -> Reader:
        """Make the desk's own reader without the records, which may be what is in trouble."""
        return Reader(
            tongue=self.scenes.readers.speak(None, self.desk.records),
            handbook=self.desk.handbook(),
            present=frozenset(),
            now=self.desk.clock.now(),
        )

    def _link(self, unit: Unit, notice: Notice) -> str | None:
        """Make a card's address ourselves: asking Slack would wait for a Slack that may be away."""
        card = card_of(unit, notice)
        if not self.workspace_url or card is None or not card.channel_id or not card.message_ts:
            return None
        stamp = card.message_ts.replace(".", "")
        return f"{self.workspace_url}archives/{card.channel_id}/p{stamp}"
