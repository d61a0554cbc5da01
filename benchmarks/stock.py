"""Stores made-up cases in bulk, through the same stores that the use cases write with."""

from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cache
from itertools import repeat
from multiprocessing import get_context
from typing import cast

from sqlalchemy import Connection, Executable, insert, update
from sqlalchemy.engine import Dialect

from benchmarks.ground import Place, founded, handbook, today
from benchmarks.stories import A_DAY, CUSTOMERS, Story, customer_at, number_at, tell
from bot.foundation import Foundation
from bot.phones import NumberingPlans
from storage import tables
from storage.customer_keys import SqlCustomerKeys
from storage.customers import SqlCustomers
from storage.database import JOBS
from storage.notices import SqlNotices
from storage.numbers import key_of
from storage.tickets import SqlTickets
from storage.vault import TransactionVault, Vault
from tickets.case.announce import notices_of
from tickets.case.fold import fold
from tickets.case.redaction import redacted
from tickets.handbook import Handbook
from tickets.notices import NoticeState
from tickets.time.calendar import Calendar
from tickets.time.deadlines import Reckoning

CHUNK = 1_000  # tickets a transaction
WORKERS = 2


@dataclass(slots=True)
class Batch:
    """Stands where a connection stands and keeps what it is told, to be executed many rows at a time."""

    dialect: Dialect
    pending: dict[Executable, list[dict[str, object]]] = field(default_factory=dict)

    def execute(self, statement: Executable, rows: object) -> None:
        """Keep rows for a statement that gives nothing back."""
        several: list[dict[str, object]] = rows if isinstance(rows, list) else [rows]  # type: ignore[list-item]  # as SQLAlchemy's own
        self.pending.setdefault(statement, []).extend(several)

    def as_connection(self) -> Connection:
        """Pass for a connection: stores of new tickets only insert."""
        return cast(Connection, self)

    def flush(self, connection: Connection) -> None:
        """Execute all, in the order in which statements first came."""
        for statement, rows in self.pending.items():
            connection.execute(statement, rows)


def fill(place: Place, total: int) -> None:
    """Store this many tickets, the newest of them yesterday's."""
    newest = today() - timedelta(days=1)
    with founded(place) as foundation:
        _add_customers(foundation, newest)
    firsts = range(0, total, CHUNK)
    with ProcessPoolExecutor(WORKERS, mp_context=get_context("spawn")) as workers:
        list(workers.map(_store, repeat(place), firsts, repeat(total), repeat(newest)))
    with founded(place) as foundation:
        _finish(foundation, newest, total)


def _add_customers(foundation: Foundation, newest: date) -> None:
    since = tell(0, newest, 1).log[0].at - timedelta(days=1_000)
    batch, desk = Batch(foundation.database.writers.dialect), foundation.vault.desk
    keys = SqlCustomerKeys(batch.as_connection(), desk)
    store = SqlCustomers(batch.as_connection(), TransactionVault(desk, keys))
    for place in range(CUSTOMERS):
        store.add(replace(customer_at(place, since), code=f"B{place:06d}"))  # as an import brings
    _write(foundation, batch)


def _store(place: Place, first: int, total: int, newest: date) -> None:
    """Make and store one chunk; runs in a process of its own."""
    foundation = _opened(place)
    batch = Batch(foundation.database.writers.dialect)
    book = handbook()
    with foundation.database.reading() as connection:
        vault = foundation.vault.within(connection)
        for at in range(first, min(total, first + CHUNK)):
            _put(tell(at, newest, total), at, batch, foundation, vault, book)
    _write(foundation, batch)


@cache
def _opened(place: Place) -> Foundation:
    return founded(place).__enter__()  # until the process ends


@cache
def _reckoning() -> Reckoning:
    book = handbook()
    return Reckoning(book.policies, Calendar(book.calendar), pauses=book.pauses)


def _put(
    story: Story, at: int, batch: Batch, foundation: Foundation, vault: Vault, book: Handbook
) -> None:
    ticket = fold(story.log)
    connection = batch.as_connection()
    SqlTickets(connection, vault, foundation.simplified.fold).append(
        ticket,
        story.log,
        deadlines=_reckoning().owed(story.log),
        redacted=redacted(ticket, story.log, story.customer, NumberingPlans().spans),
    )
    if ticket.status.is_open:
        SqlNotices(connection).plan(notices_of(None, ticket, story.log[:2], book))
    card = {
        "number_key": key_of(ticket.number),
        "department": ticket.department,
        "channel_id": "C0001",
        "message_ts": f"{1_600_000_000 + at}.000100",
        "wanted": ticket.version,
        "shown": ticket.version,
        "is_current": True,
    }
    batch.execute(_ADD_CARD, card)


_ADD_CARD = insert(tables.cards)
_SENT = update(tables.notices).values(state=NoticeState.SENT)


def _write(foundation: Foundation, batch: Batch) -> None:
    with foundation.database.writing(JOBS * 6) as connection:
        batch.flush(connection)


def _finish(foundation: Foundation, newest: date, total: int) -> None:
    """Mark all notices as sent, note the days' last numbers, and let SQLite look at its indexes."""
    last_of: dict[str, int] = {}
    for place in range(max(0, total - A_DAY), total):
        number = number_at(place, newest, total)
        last_of[number[:8]] = int(number[8:])
    rows: Sequence[dict[str, object]] = [{"day": d, "last": n} for d, n in last_of.items()]
    with foundation.database.writing(JOBS * 6) as connection:
        connection.execute(_SENT)
        connection.execute(insert(tables.serials), rows)
