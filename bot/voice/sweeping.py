"""The sweeper: of two messages with one key one stays (late acceptance, RELIABILITY.md F08)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from bot.voice.attachments import mark_of as file_mark
from bot.voice.attachments import paper_mark
from bot.voice.lookback import Spot, mark_of
from bot.voice.outcomes import Trouble, error_code
from bot.voice.wire import Message, Wire, key_hash
from tickets.notices import Notice, PlaceKind
from tickets.ports import Posting, Unit

log = structlog.get_logger(__name__)

SWEPT = timedelta(minutes=60)


@dataclass(frozen=True, slots=True)
class Spoken:
    """Where was posted to, and the marks of what is settled.

    What is still on its way may be noted at either copy a moment later: it is left for the next time.
    """

    spots: Sequence[Spot]
    marks: frozenset[str]


@dataclass(frozen=True, slots=True)
class Double:
    """A message that is one too many, and the one that stays."""

    gone: Posting
    stays: Posting


def spoken_in(unit: Unit, *, since: datetime) -> Spoken:
    """List the conversations and threads that were posted to since then (real time), and what was said."""
    spots: dict[Spot, None] = {}
    marks: set[str] = set()
    for notice, posting in unit.notices.said_since(since):
        spots[posting.channel_id, None] = None
        spots.update(dict.fromkeys(_threads(unit, notice)))
        marks |= {key_hash(notice.key), file_mark(notice.key)}
    return Spoken(tuple(spots), frozenset(marks))


def doubled(wire: Wire, spoken: Spoken, *, since: datetime) -> Sequence[Double]:
    """Read every spot for messages that stand there twice; one that cannot be read is left for next time."""
    found: dict[Posting, Double] = {}
    for channel_id, thread_ts in spoken.spots:
        try:
            for double in _doubled(wire, spoken.marks, channel_id, thread_ts, since):
                found[double.gone] = double
        except Trouble as trouble:
            log.info("not swept", channel=channel_id, error=error_code(trouble))
    return tuple(found.values())


def take_away(wire: Wire, double: Double) -> None:
    """Delete the message that is one too many; what cannot be deleted now is found again."""
    try:
        wire.delete(double.gone.channel_id, double.gone.message_ts)
        log.warning("doubled notice removed", channel=double.gone.channel_id)
    except Trouble as trouble:
        log.warning("doubled notice stays for now", error=error_code(trouble))


def _threads(unit: Unit, notice: Notice) -> Iterable[Spot]:
    match notice.place.kind:
        case PlaceKind.THREAD if notice.number:
            for card in unit.cards.of(notice.number):
                if card.channel_id and card.message_ts:
                    yield card.channel_id, card.message_ts
        case PlaceKind.UNDER:
            parent = unit.notices.posted(notice.place.key)
            if parent:
                yield parent.channel_id, parent.message_ts


def _doubled(
    wire: Wire, settled: Set[str], channel_id: str, thread_ts: str | None, since: datetime
) -> Iterable[Double]:
    for mark, copies in _by_mark(wire, channel_id, thread_ts, since).items():
        if mark not in settled:
            continue
        # The older stays, but never is a conversation taken away from under its first message.
        stays, *gone = sorted(copies, key=lambda one: (not one.get("reply_count"), one["ts"]))
        for one in gone:
            yield Double(Posting(channel_id, str(one["ts"])), Posting(channel_id, str(stays["ts"])))


def _by_mark(
    wire: Wire, channel_id: str, thread_ts: str | None, since: datetime
) -> Mapping[str, Sequence[Message]]:
    ours: dict[str, list[Message]] = defaultdict(list)
    for message in wire.read(channel_id, thread_ts, oldest=wire.oldest(since)):
        mark = mark_of(message) or paper_mark(message)  # uploads carry no key but in a file's name
        if mark and wire.is_ours(message):
            ours[mark].append(message)
    return ours
