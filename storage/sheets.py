"""Rows of the team's sheets as cases: known again by marks of their cells, brought in many at a time."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from types import MappingProxyType
from typing import Any

from sqlalchemy import Connection, Row, Select, bindparam, insert, select
from sqlalchemy.exc import IntegrityError

from storage.batched import Batch
from storage.conditions import may_read, may_see
from storage.customers import SqlCustomers
from storage.figure_rows import add_rows
from storage.numbers import find_key, key_of, number_of
from storage.serials import raise_serials, reserve_serials
from storage.tables import CUSTOMERS, customers, imported_rows, tickets
from storage.tickets import SqlTickets
from storage.trouble import KeyLost
from storage.vault import TransactionVault
from storage.words import Fold
from tickets.case.listing import Sight
from tickets.case.values import Number
from tickets.errors import HandledMeanwhile
from tickets.people.customers import Customer
from tickets.people.profile import code_of
from tickets.ports.sheets import Brought, Known

PURPOSE = "imported row"
AT_ONCE = 500  # keys in one statement
_LETTERS = 8  # of a mark: enough to tell a changed cell, too few to try words against
_EMPTY = "-" * _LETTERS

_T, _I = tickets.c, imported_rows.c
_KNOWN = select(
    _T.number_key, _T.received_at, _I.source, _I.source_no, _I.cells, _I.marked_with
).join_from(tickets, imported_rows, _I.number_key == _T.number_key, isouter=True)
_BY_SOURCE = _KNOWN.where(
    _I.source == bindparam("of_source"), _I.source_no.in_(bindparam("wanted", expanding=True))
)
_BY_NUMBER = _KNOWN.where(_T.number_key.in_(bindparam("wanted", expanding=True)))
_BY_MOMENT = _KNOWN.where(_T.received_at.in_(bindparam("wanted", expanding=True)))
_CODES = select(customers.c.code).where(customers.c.code.in_(bindparam("wanted", expanding=True)))
_ADD = insert(imported_rows)
_WAYS = MappingProxyType(
    {
        "id": [customers.c.code],
        "phone": [customers.c.phone_hash, customers.c.phone_hash_next],
        "mail": [customers.c.email_hash, customers.c.email_hash_next],
    }
)
"""Where a customer is known by; while keys rotate by two hashes."""
_TAKEN = {
    kind: [select(one).where(one.in_(bindparam("wanted", expanding=True))) for one in ways]
    for kind, ways in _WAYS.items()
}


@dataclass(frozen=True, slots=True)
class SqlSheets:
    """Satisfies tickets.ports.sheets.Sheets."""

    connection: Connection
    vault: TransactionVault
    fold_text: Fold
    _marked: dict[tuple[str, int, str], str] = field(default_factory=dict)

    def by_source(self, source: str, numbers: Collection[str]) -> Mapping[str, Known]:
        """Find cases by the number they had in a sheet."""
        rows = self._found(_BY_SOURCE, list(numbers), of_source=source)
        return {row.source_no: _known(row) for row in rows}

    def by_number(self, numbers: Collection[Number]) -> Mapping[Number, Known]:
        """Find cases by their own number, wherever they are from."""
        keys = [key for number in numbers if (key := find_key(number)) is not None]
        return {number_of(row.number_key): _known(row) for row in self._found(_BY_NUMBER, keys)}

    def by_moment(self, moments: Collection[datetime]) -> Mapping[datetime, Sequence[Known]]:
        """Find cases by the minute they were received."""
        found: defaultdict[datetime, list[Known]] = defaultdict(list)
        for row in self._found(_BY_MOMENT, list(moments)):
            found[row.received_at].append(_known(row))
        return found

    def marks(self, cells: Sequence[str], *, key_id: str = "") -> str | None:
        """Mark cells, column for column, with the desk's key or an earlier one; None: it is not at hand."""
        key = key_id or self.vault.newest_key_id
        try:
            return "".join(
                self._mark(place, cell, key) if cell else _EMPTY for place, cell in enumerate(cells)
            )
        except KeyLost:
            return None

    def mark_length(self) -> int:
        """Tell how many characters mark one cell."""
        return _LETTERS

    def customers(self, ways: Collection[tuple[str, str]]) -> Mapping[tuple[str, str], Customer]:
        """Find who is on record: few of a new sheet are, so all are asked for at once and those few opened."""
        found: dict[tuple[str, str], Customer] = {}
        for kind in _WAYS:
            values = [value for of, value in ways if of == kind]
            for value in self._on_record(kind, values):
                customer = self._customer(kind, value)
                if customer and not customer.is_erased:
                    found[kind, value] = customer
        return found

    def add_customers(self, new: Sequence[Customer]) -> Sequence[Customer]:
        """Keep new customers at once; those without a public id get the next free ones. Raises HandledMeanwhile."""
        codes = iter(self._free_codes(sum(not one.code for one in new)))
        kept = [one if one.code else replace(one, code=next(codes)) for one in new]
        batch = Batch(self.connection)
        # The transaction's own keys: what is written of these customers next is sealed with them.
        keys = self.vault.keys.through(batch.as_connection())
        store = SqlCustomers(batch.as_connection(), TransactionVault(self.vault.desk, keys))
        for one in kept:
            store.add(one)
        with _unless_taken():
            batch.flush()
        return kept

    def add(self, cases: Sequence[Brought]) -> None:
        """Keep new cases at once; the counters of their days move past them. Raises HandledMeanwhile."""
        batch = Batch(self.connection)
        store = SqlTickets(batch.as_connection(), self.vault, self.fold_text)
        rows = []
        for one in cases:
            store.append(one.ticket, one.events, deadlines=one.deadlines, redacted=one.redacted)
            rows.append(self._row(one))
        raise_serials(self.connection, _last_of(one.ticket.number for one in cases))
        with _unless_taken():
            batch.flush()
            self.connection.execute(_ADD, rows)
        add_rows(self.connection, [one.figures for one in cases])

    def numbers(
        self,
        sight: Sight,
        *,
        since: datetime,
        until: datetime,
        department: str | None,
        statuses: Collection[str],
    ) -> Sequence[Number]:
        """List the cases received in a period that somebody may see, the oldest first."""
        wanted = select(_T.number).where(
            may_see(sight), may_read(sight), _T.received_at >= since, _T.received_at < until
        )
        if department is not None:
            wanted = wanted.where(_T.department == department)
        if statuses:
            wanted = wanted.where(_T.status.in_(sorted(statuses)))
        rows = self.connection.execute(wanted.order_by(_T.received_at, _T.number_key))
        return [Number(number) for number in rows.scalars()]

    def _found(
        self, asking: Select[Any], wanted: Sequence[object], **more: object
    ) -> list[Row[Any]]:
        rows: list[Row[Any]] = []
        for begun in range(0, len(wanted), AT_ONCE):
            values = {"wanted": wanted[begun : begun + AT_ONCE], **more}
            rows += self.connection.execute(asking, values).all()
        return rows

    def _on_record(self, kind: str, values: Sequence[str]) -> Sequence[str]:
        """Give those of these values that somebody is on record with."""
        sought = {look_up: value for value in values for look_up in self._look_ups(kind, value)}
        taken = {row[0] for asking in _TAKEN[kind] for row in self._found(asking, list(sought))}
        return list(dict.fromkeys(value for look_up, value in sought.items() if look_up in taken))

    def _look_ups(self, kind: str, value: str) -> Sequence[str | bytes]:
        if kind == "id":
            return [value]
        return self.vault.look_ups("phone" if kind == "phone" else "email", value)

    def _customer(self, kind: str, value: str) -> Customer | None:
        store = SqlCustomers(self.connection, self.vault)
        match kind:
            case "id":
                return store.by_code(value)
            case "phone":
                return store.find(phone=value, email=None)
            case _:
                return store.find(phone=None, email=value)

    def _row(self, one: Brought) -> dict[str, object]:
        return {
            "number_key": key_of(one.ticket.number),
            "source": one.source,
            "source_no": one.source_no,
            "cells": self.marks(one.cells),
            "marked_with": self.vault.newest_key_id,
        }

    def _mark(self, place: int, cell: str, key_id: str) -> str:
        which = key_id, place, cell
        if which not in self._marked:  # half of a sheet's cells say what others do
            said = f"{place}\0{cell}".encode()
            mark = self.vault.mark(said, purpose=PURPOSE, key_id=key_id).hex()[:_LETTERS]
            self._marked[which] = mark
        return self._marked[which]

    def _free_codes(self, count: int) -> list[str]:
        free: list[str] = []
        while len(free) < count:
            wanting = count - len(free)
            last = reserve_serials(self.connection, CUSTOMERS, wanting)
            some = [code_of(serial) for serial in range(last - wanting + 1, last + 1)]
            taken = {row.code for row in self._found(_CODES, some)}
            free += [one for one in some if one not in taken]
        return free


@contextmanager
def _unless_taken() -> Iterator[None]:
    """What somebody else kept since it was looked for is looked for once more."""
    try:
        yield
    except IntegrityError as taken:
        raise HandledMeanwhile("records.handled_meanwhile") from taken


def _known(row: Row[Any]) -> Known:
    return Known(
        number=number_of(row.number_key),
        received_at=row.received_at,
        source=row.source or "",
        marks=row.cells or "",
        marked_with=row.marked_with or "",
    )


def _last_of(numbers: Iterable[Number]) -> Mapping[str, int]:
    last: dict[str, int] = {}
    for number in numbers:
        last[number[:8]] = max(last.get(number[:8], 0), int(number[8:]))
    return last
