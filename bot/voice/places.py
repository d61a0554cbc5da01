"""Places: where in Slack a notice goes, out of the directory and the cards."""

from dataclasses import dataclass
from datetime import timedelta

from tickets.delivery import Never, NotNow, Pointless
from tickets.handbook import Handbook
from tickets.message import PersonId
from tickets.notices import Notice, NoticeKind, NoticeState, PlaceKind
from tickets.ports import Card, Unit

NOT_HEARD_OF = timedelta(seconds=15)  # the directory may not have been refreshed yet
PARENT_FIRST = timedelta(seconds=1)
NO_PARENT = "parent_not_posted"
PATIENCE = 4  # attempts before a channel nobody has heard of counts as gone


@dataclass(frozen=True, slots=True, kw_only=True)
class Destination:
    """A conversation: a channel, a thread in it, or a person whose direct message is opened first."""

    channel_id: str = ""
    thread_ts: str | None = None
    person: PersonId | None = None
    members: frozenset[PersonId] = frozenset()


Resolved = Destination | NotNow | Never | Pointless


def resolve(unit: Unit, notice: Notice, handbook: Handbook, *, attempt: int) -> Resolved:
    """Find where a notice is to appear now."""
    place = notice.place
    match place.kind:
        case PlaceKind.PERSON:
            return Destination(person=PersonId(place.key))
        case PlaceKind.THREAD:
            return _under_card(unit, notice)
        case PlaceKind.UNDER:
            return _under_notice(unit, place.key)
        case PlaceKind.CARD if _is_posted(unit, notice):
            return Pointless("the card is there already")
        case _:
            return _channel(unit, reference_of(notice, handbook), attempt)


def reference_of(notice: Notice, handbook: Handbook) -> str:
    """Give the channel of a notice that goes to one, as desk.yml names it."""
    match notice.place.kind:
        case PlaceKind.CARD:
            return channel_for(str(notice.params.get("department") or ""), handbook)
        case PlaceKind.DEPARTMENT:
            return channel_for(notice.place.key, handbook)
        case PlaceKind.CHANNEL:
            return notice.place.key
        case _:
            return handbook.channel


def channel_for(department: str, handbook: Handbook) -> str:
    """Give a department's channel as desk.yml names it; without one, the supervisors' channel."""
    found = handbook.departments.get(department)
    return found.channel if found else handbook.channel


def spots_of(
    unit: Unit, notice: Notice, handbook: Handbook
) -> tuple[tuple[str, str | None], ...] | NotNow | Never:
    """List every place where this notice may have been posted, a direct message left out.

    What stands under a message that is itself not found yet is looked for after that one.
    """
    if notice.place.kind is PlaceKind.THREAD:
        cards = unit.cards.of(notice.number) if notice.number else ()
        if unit.notices.waits_for_card(notice):
            return NotNow(PARENT_FIRST, NO_PARENT)
        return tuple((c.channel_id, c.message_ts) for c in cards if c.channel_id and c.message_ts)
    if notice.place.kind is PlaceKind.UNDER and _is_coming(unit, notice.place.key):
        return NotNow(PARENT_FIRST, NO_PARENT)
    found = resolve(unit, notice, handbook, attempt=PATIENCE)
    if isinstance(found, Destination):
        return ((found.channel_id, found.thread_ts),)
    return found if isinstance(found, Never) else Never("no place")


def card_of(unit: Unit, notice: Notice) -> Card | None:
    """Find the posted card a thread notice belongs under; of a move, the old one."""
    if notice.number is None:
        return None
    cards = [card for card in unit.cards.of(notice.number) if card.channel_id and card.message_ts]
    if notice.kind is NoticeKind.MOVED:
        left = notice.params.get("from")
        cards = [card for card in cards if card.department == left and not card.is_current]
    return cards[0] if cards else None


def _is_posted(unit: Unit, notice: Notice) -> bool:
    """Tell whether the card is there, from before the case went to another department and back."""
    cards = unit.cards.of(notice.number) if notice.number else ()
    wanted = notice.params.get("department")
    return any(c.is_current and c.message_ts and c.department == wanted for c in cards)


def _is_coming(unit: Unit, key: str) -> bool:
    return unit.notices.state(key) in {
        NoticeState.READY,
        NoticeState.SENDING,
        NoticeState.UNCLEAR,
    }


def _under_card(unit: Unit, notice: Notice) -> Resolved:
    card = card_of(unit, notice)
    if card and card.channel_id:
        return Destination(
            channel_id=card.channel_id,
            thread_ts=card.message_ts,
            members=_members(unit, card.channel_id),
        )
    if notice.kind is NoticeKind.MOVED:
        return Pointless("there was no card to move from")
    return Never("card_not_posted")


def _under_notice(unit: Unit, key: str) -> Resolved:
    posting = unit.notices.posted(key)
    if posting is None:
        return Never(NO_PARENT)
    return Destination(
        channel_id=posting.channel_id,
        thread_ts=posting.message_ts,
        members=_members(unit, posting.channel_id),
    )


def _channel(unit: Unit, reference: str, attempt: int) -> Resolved:
    channel = unit.directory.channel(reference)
    if channel:
        return Destination(channel_id=channel.id, members=channel.members)
    if not reference.startswith("#"):
        return Destination(channel_id=reference)
    if attempt < PATIENCE:
        return NotNow(NOT_HEARD_OF, "channel_not_heard_of")
    return Destination(channel_id=reference)  # Slack knows names too, and says so if there is none


def _members(unit: Unit, channel_id: str) -> frozenset[PersonId]:
    channel = unit.directory.channel(channel_id)
    return channel.members if channel else frozenset()
