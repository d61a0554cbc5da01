"""The event log as rows: facts plainly, people's words sealed as one value an event."""

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, bindparam, insert, select

from storage.numbers import key_of
from storage.tables import events, tickets
from storage.vault import Erased, Spot, Vault
from tickets.case.codec import Written, read, read_erased, write
from tickets.case.log import Event
from tickets.case.values import CustomerId, Number
from tickets.errors import NotFound

_ENCODER = json.JSONEncoder(ensure_ascii=False)
_ADD = insert(events).inline()  # nobody asks for the row's id
_READ = (
    select(
        events.c.ticket_id,
        events.c.seq,
        events.c.at,
        events.c.actor,
        events.c.kind,
        events.c.plain,
        events.c.words,
        tickets.c.customer_id,
    )
    .join_from(tickets, events, events.c.ticket_id == tickets.c.id)
    .where(tickets.c.number_key == bindparam("key"))
    .order_by(events.c.seq)
)

_HOLD = (
    select(tickets.c.number_key).where(tickets.c.number_key == bindparam("key")).with_for_update()
)


def hold(connection: Connection, number: Number) -> None:
    """Let nobody else change this ticket until the transaction ends; SQLite has one writer anyway.

    A statement of its own: what is read after it is what the one before has kept.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(_HOLD, {"key": key_of(number)})


def read_log(connection: Connection, vault: Vault, number: Number) -> tuple[Event, ...]:
    """Read a ticket's log in order. Raises NotFound."""
    rows = connection.execute(_READ, {"key": key_of(number)}).all()
    if not rows:
        raise NotFound("records.no_ticket", number=number)
    return tuple(_event(row, number, vault) for row in rows)


def append_log(
    connection: Connection, vault: Vault, new: Sequence[Event], *, customer: CustomerId
) -> None:
    """Append events. Raises IntegrityError where a place is taken."""
    connection.execute(_ADD, [_row(event, vault, customer) for event in new])


def _row(event: Event, vault: Vault, customer: CustomerId) -> dict[str, object]:
    written = write(event.fact)
    words = _ENCODER.encode(dict(written.words)) if written.words else None
    spot = spot_of(event.ticket_id, event.seq)
    return {
        "ticket_id": event.ticket_id,
        "number": event.number,
        "seq": event.seq,
        "at": event.at,
        "actor": event.by,
        "kind": written.kind,
        "plain": written.plain,
        "words": vault.seal(words, spot, subject=customer) if words else None,
    }


def _event(row: Row[*tuple[Any, ...]], number: Number, vault: Vault) -> Event:
    written = Written(row.kind, row.plain, opened_words(row, vault))
    fact = read(written) if written.words else read_erased(written)
    return Event(row.ticket_id, number, row.seq, row.at, row.actor, fact)


def opened_words(row: Row[*tuple[Any, ...]], vault: Vault) -> dict[str, str]:
    """Open a fact's words, of a row with its ticket_id, seq, words and customer_id.

    Gives {} where it has none, and where they are gone with the customer's key.
    """
    if row.words is None:
        return {}
    try:
        opened = vault.open(row.words, spot_of(row.ticket_id, row.seq), subject=row.customer_id)
    except Erased:
        return {}
    words: dict[str, str] = json.loads(opened)
    return words


def spot_of(ticket_id: str, seq: int) -> Spot:
    """Name the place an event's words are bound to."""
    return Spot("events", f"{ticket_id}/{seq}", "words")
