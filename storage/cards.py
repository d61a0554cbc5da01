"""Where tickets' cards are and which version they should show (DESIGN.md: cards are projections)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, assert_never

from sqlalchemy import Connection, Row, bindparam, exists, insert, or_, select, true, update

from storage.numbers import find_key, key_of, number_of
from storage.tables import cards, notices, tickets
from tickets.case.values import CustomerId, Number
from tickets.delivery import Never, NotNow, Outcome, Pointless, Posted, Unclear
from tickets.notices import Notice, NoticeKind
from tickets.ports import Card

_OF_KEY = cards.c.number_key == bindparam("of_key")
_CURRENT = select(cards.c.id, cards.c.department).where(_OF_KEY, cards.c.is_current == true())
_ALL = select(cards).where(_OF_KEY).order_by(cards.c.is_current.desc(), cards.c.id.desc())
_ADD = insert(cards).inline()  # nobody asks for the row's id
_CHANGE = update(cards).where(cards.c.id == bindparam("of_id"))
_UNPOSTED = (
    select(cards.c.id, cards.c.wanted)
    .where(_OF_KEY, cards.c.department == bindparam("of_department"), cards.c.channel_id.is_(None))
    .order_by(cards.c.id.desc())
    .limit(1)
)
_WITHOUT = select(tickets.c.number_key).where(
    tickets.c.number_key.in_(bindparam("keys", expanding=True)),
    ~exists().where(cards.c.number_key == tickets.c.number_key, cards.c.channel_id.is_not(None)),
    ~exists().where(notices.c.number == tickets.c.number, notices.c.kind == NoticeKind.CARD.value),
)
_STALE = (
    select(cards)
    .where(
        cards.c.wanted > cards.c.shown,
        cards.c.channel_id.is_not(None),
        or_(cards.c.retry_at.is_(None), cards.c.retry_at <= bindparam("at")),
    )
    .order_by(cards.c.is_current.desc(), cards.c.id)
    .limit(bindparam("at_most"))
)
# A slower courier never turns a card back, nor one that drew it before it was asked for anew.
_SHOWN = update(cards).where(
    cards.c.channel_id == bindparam("of_channel"),
    cards.c.message_ts == bindparam("of_ts"),
    cards.c.shown == bindparam("as_read"),
)
_AGAIN = (
    update(cards)
    .where(
        cards.c.is_current == true(),
        cards.c.channel_id.is_not(None),
        cards.c.number_key.in_(
            select(tickets.c.number_key).where(
                tickets.c.customer_id == bindparam("customer"), tickets.c.is_open == true()
            )
        ),
    )
    .values(shown=cards.c.shown - 1)
)
SOON = timedelta(seconds=5)


@dataclass(frozen=True, slots=True)
class SqlCards:
    """Satisfies tickets.ports.Cards."""

    connection: Connection

    def want(self, number: Number, *, department: str, version: int) -> None:
        """Ask for the card to show this version; a new department asks for a new card.

        The old card is brought up to date once more: it then says where the ticket moved.
        """
        key = key_of(number)
        current = self.connection.execute(_CURRENT, {"of_key": key}).first()
        if current is not None and current.department == department:
            self.connection.execute(_CHANGE, {"of_id": current.id, "wanted": version})
            return
        if current is not None:
            moved = {"of_id": current.id, "wanted": version, "is_current": False}
            self.connection.execute(_CHANGE, moved)
        self._add(key, department, version)

    def without(self, numbers: Collection[Number]) -> frozenset[Number]:
        """Tell which tickets have no card and none on its way."""
        keys = {"keys": [key_of(number) for number in numbers]}
        return frozenset(map(number_of, self.connection.execute(_WITHOUT, keys).scalars()))

    def draw_again(self, customer: CustomerId) -> None:
        """Ask for the cards of a customer's open tickets anew: what they say of the customer changed."""
        self.connection.execute(_AGAIN, {"customer": customer})

    def of(self, number: Number) -> tuple[Card, ...]:
        """Give a ticket's cards, the current one first."""
        rows = self.connection.execute(_ALL, {"of_key": find_key(number)})
        return tuple(card_of(row) for row in rows)

    def _add(self, key: int, department: str, version: int) -> None:
        row = {
            "number_key": key,
            "department": department,
            "wanted": version,
            "shown": 0,
            "is_current": True,
        }
        self.connection.execute(_ADD, row)


def card_of(row: Row[*tuple[Any, ...]]) -> Card:
    """Read a card's row."""
    return Card(
        number=number_of(row.number_key),
        department=row.department,
        channel_id=row.channel_id,
        message_ts=row.message_ts,
        wanted=row.wanted,
        shown=row.shown,
        is_current=row.is_current,
    )


def version_to_post(connection: Connection, notice: Notice) -> int:
    """Tell which version a card's first post shows at least: what was wanted before it was drawn."""
    row = connection.execute(_UNPOSTED, _awaited(notice)).first()
    return row.wanted if row else 0


def note_posted(connection: Connection, notice: Notice, posted: Posted, *, version: int) -> None:
    """Note where a card was posted; from then on its thread leads to the ticket."""
    row = connection.execute(_UNPOSTED, _awaited(notice)).first()
    if row is not None:
        where = {"channel_id": posted.channel_id, "message_ts": posted.message_ts}
        connection.execute(_CHANGE, {"of_id": row.id, "shown": version, **where})


def stale_cards(
    connection: Connection, at: datetime, limit: int
) -> Sequence[Row[*tuple[Any, ...]]]:
    """List posted cards that show less than wanted and may be tried now."""
    return connection.execute(_STALE, {"at": at, "at_most": limit}).all()


def note_shown(
    connection: Connection, card: Card, outcome: Outcome, *, version: int, at: datetime
) -> None:
    """Note which version a card shows now, or when to try again."""
    match outcome:
        case Posted():
            values: dict[str, object] = {"shown": version, "retry_at": None, "why": None}
        case NotNow():
            values = {"retry_at": at + outcome.after, "why": outcome.why}
        case Unclear():  # drawing it again does no harm
            values = {"retry_at": at + SOON, "why": outcome.why}
        case Never():  # until the ticket changes again
            values = {"shown": card.wanted, "retry_at": None, "why": outcome.why}
        case Pointless():
            values = {"shown": card.wanted, "retry_at": None, "why": outcome.reason}
        case _:
            assert_never(outcome)
    known = {"of_channel": card.channel_id, "of_ts": card.message_ts, "as_read": card.shown}
    connection.execute(_SHOWN.values(values), known)


def _awaited(notice: Notice) -> dict[str, object]:
    key = find_key(notice.number) if notice.number else None
    return {"of_key": key, "of_department": notice.params.get("department")}
