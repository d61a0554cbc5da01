"""Whole logs read in bulk for a rehearsal, batch by batch, while the bot goes on writing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import Row, bindparam, func, select

from storage.database import Database
from storage.event_log import opened_words
from storage.tables import events, tickets
from storage.vault import Vault
from tickets.case.codec import Written, read_bare
from tickets.case.log import Event
from tickets.case.values import Number

BATCH = 500  # tickets a transaction: a long one would keep SQLite from folding its log back
ASKED_FOR = frozenset({"Logged", "Corrected"})
"""Facts whose words rules ask for: a customer's level, a category put right. Nothing else is opened."""

_T, _E = tickets.c, events.c
_COUNT = select(func.count()).select_from(tickets).where(_T.logged_at >= bindparam("since"))
_NEWEST = select(func.max(_T.changed_at))
_NEXT = (
    select(_T.number_key, _T.id, _T.number, _T.customer_id)
    .where(_T.logged_at >= bindparam("since"), _T.number_key > bindparam("after"))
    .order_by(_T.number_key)
    .limit(BATCH)
)
_LOGS = (
    select(
        _E.ticket_id,
        _E.seq,
        _E.at,
        _E.actor,
        _E.kind,
        _E.plain,
        _E.words,
        _T.customer_id,
    )
    .join_from(events, tickets, _E.ticket_id == _T.id)
    .where(_E.ticket_id.in_(bindparam("ids", expanding=True)))
    .order_by(_E.ticket_id, _E.seq)
)


@dataclass(frozen=True, slots=True)
class Replay:
    """Reads the logs of tickets logged since some moment."""

    database: Database
    vault: Vault

    def count(self, since: datetime) -> int:
        """Count the tickets there are to read."""
        with self.database.reading() as connection:
            return connection.execute(_COUNT, {"since": since}).scalar_one()

    def newest(self) -> datetime | None:
        """Tell when something last happened; on a trial desk that may lie ahead of the clock."""
        with self.database.reading() as connection:
            return connection.execute(_NEWEST).scalar()

    def logs(self, since: datetime) -> Iterator[tuple[Event, ...]]:
        """Give each ticket's log; their order is that of the numbers, batch by batch."""
        after = 0
        while batch := self._tickets(since, after):
            yield from self._logs(batch)
            after = batch[-1].number_key

    def _tickets(self, since: datetime, after: int) -> Sequence[Row[*tuple[Any, ...]]]:
        with self.database.reading() as connection:
            return connection.execute(_NEXT, {"since": since, "after": after}).all()

    def _logs(self, batch: Sequence[Row[*tuple[Any, ...]]]) -> Iterator[tuple[Event, ...]]:
        with self.database.reading() as connection:
            vault = self.vault.within(connection)
            vault.keys.expect(one.customer_id for one in batch)
            rows = connection.execute(_LOGS, {"ids": [one.id for one in batch]}).all()
            found = {key: list(own) for key, own in groupby(rows, key=lambda row: row.ticket_id)}
            logs = [tuple(_event(row, one.number, vault) for row in found[one.id]) for one in batch]
        yield from logs


def _event(row: Row[*tuple[Any, ...]], number: Number, vault: Vault) -> Event:
    words = opened_words(row, vault) if row.kind in ASKED_FOR else {}
    fact = read_bare(Written(row.kind, row.plain, words))
    return Event(row.ticket_id, number, row.seq, row.at, row.actor, fact)
