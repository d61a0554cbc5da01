"""Where tickets' cards are and which version they should show (DESIGN.md: cards are projections)."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, bindparam, insert, select, true, update

from storage.numbers import find_key, key_of, number_of
from storage.tables import cards
from tickets.case.values import Number
from tickets.ports import Card

_OF_KEY = cards.c.number_key == bindparam("of_key")
_CURRENT = select(cards.c.id, cards.c.department).where(_OF_KEY, cards.c.is_current == true())
_ALL = select(cards).where(_OF_KEY).order_by(cards.c.is_current.desc(), cards.c.id.desc())
_ADD = insert(cards)
_WANT = update(cards).where(cards.c.id == bindparam("of_id"))


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
            self.connection.execute(_WANT, {"of_id": current.id, "wanted": version})
            return
        if current is not None:
            moved = {"of_id": current.id, "wanted": version, "is_current": False}
            self.connection.execute(_WANT, moved)
        self._add(key, department, version)

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
