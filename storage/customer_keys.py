"""A key for each customer, wrapped by the desk's key; destroyed, all that was sealed with it is unreadable (DESK.md 6)."""

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import Connection, Row, bindparam, insert, select, update

from storage.desk_keys import DeskKeys, Worker, told_missing
from storage.tables import customer_keys
from storage.trouble import KeyLost, SealBroken
from tickets.case.values import CustomerId

_KEY_BYTES = 32  # AES-256
MOST = 1000
"""So many keys are kept open, and for one transaction only: one destroyed elsewhere does not live on."""
AT_ONCE = 500  # keys in one statement

_K = customer_keys.c
_ADD = insert(customer_keys)
_READ = select(customer_keys).where(_K.customer_id == bindparam("of_id"))
_READ_SOME = select(customer_keys).where(_K.customer_id.in_(bindparam("ids", expanding=True)))
_MAKE = update(customer_keys).where(
    _K.customer_id == bindparam("of_id"), _K.wrapped.is_(None), _K.destroyed_at.is_(None)
)
_DESTROY = (
    update(customer_keys)
    .where(_K.customer_id == bindparam("of_id"), _K.destroyed_at.is_(None))
    .values(wrapped=None, key_id=None, destroyed_at=bindparam("at"))
)


class Erased(Exception):
    """The customer's key was destroyed: nothing that was sealed with it can be read, ever."""


@dataclass(slots=True)
class SqlCustomerKeys:
    """The customers' keys within one transaction; satisfies tickets.ports.CustomerKeys."""

    connection: Connection
    desk: DeskKeys
    _open: dict[CustomerId, AESGCM | None] = field(default_factory=dict)
    any_destroyed: bool = False

    def make(self, customer: CustomerId) -> None:
        """Make the key of a new customer."""
        secret = os.urandom(_KEY_BYTES)
        wrapped = wrap(self.desk.sealing, customer, secret)
        self.connection.execute(_ADD, {"customer_id": customer, **wrapped})
        self._keep(customer, AESGCM(secret))

    def through(self, connection: Connection) -> "SqlCustomerKeys":
        """Give the same keys, with new ones written another way."""
        return SqlCustomerKeys(connection, self.desk, self._open)

    def to_seal(self, customer: CustomerId) -> AESGCM | None:
        """Give a customer's key, made where there was none yet; None: it was destroyed. Raises KeyLost."""
        if customer not in self._open and not self._read(customer):
            wrapped = wrap(self.desk.sealing, customer, os.urandom(_KEY_BYTES))
            self.connection.execute(_MAKE, {"of_id": customer, **wrapped})
            self._read(customer)  # another process may have been faster
        return self._open[customer]

    def to_open(self, customer: CustomerId) -> AESGCM:
        """Give a customer's key. Raises Erased or KeyLost."""
        if customer not in self._open and not self._read(customer):
            raise KeyLost(_told_lost(customer))
        key = self._open[customer]
        if key is None:
            raise Erased(customer)
        return key

    def expect(self, customers: Iterable[CustomerId]) -> None:
        """Read the keys of many customers at once, before their values are opened one by one."""
        wanted = list({one for one in customers if one not in self._open})[:MOST]
        for begun in range(0, len(wanted), AT_ONCE):
            some = {"ids": wanted[begun : begun + AT_ONCE]}
            for row in self.connection.execute(_READ_SOME, some):
                self._take(row)

    def is_destroyed(self, customer: CustomerId) -> bool:
        """Tell whether a customer was erased. Raises KeyLost where nothing is known of them."""
        if customer not in self._open and not self._read(customer):
            return False
        return self._open[customer] is None

    def destroy(self, customer: CustomerId, *, at: datetime) -> bool:
        """Make all of a customer's values unreadable for ever; tell whether they were not yet.

        What the files held of the key is overwritten once the transaction is kept (SqlRecords.write).
        """
        leave_nothing_behind(self.connection)
        done = self.connection.execute(_DESTROY, {"of_id": customer, "at": at}).rowcount == 1
        self.any_destroyed = True
        self._open[customer] = None
        return done

    def _read(self, customer: CustomerId) -> bool:
        """Read a customer's key; tell whether it was made. Raises KeyLost where nothing is known of it."""
        row = self.connection.execute(_READ, {"of_id": customer}).first()
        if row is None:
            raise KeyLost(_told_lost(customer))
        return self._take(row)

    def _take(self, row: Row[*tuple[Any, ...]]) -> bool:
        if row.wrapped is None:
            if row.destroyed_at is not None:
                self._keep(row.customer_id, None)
            return row.destroyed_at is not None
        secret = unwrap(self.desk, row.customer_id, row.key_id, row.wrapped)
        self._keep(row.customer_id, AESGCM(secret))
        return True

    def _keep(self, customer: CustomerId, key: AESGCM | None) -> None:
        if len(self._open) >= MOST:
            self._open.clear()
        self._open[customer] = key


def leave_nothing_behind(connection: Connection) -> None:
    """Have SQLite overwrite what it replaces; its connection goes on so."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA secure_delete = ON")


def wrap(worker: Worker, customer: CustomerId, secret: bytes) -> Mapping[str, object]:
    """Wrap a customer's key: the columns of its row."""
    return {"key_id": worker.id.decode(), "wrapped": worker.seal(secret, _bound_to(customer))}


def unwrap(desk: DeskKeys, customer: CustomerId, key_id: str, wrapped: bytes) -> bytes:
    """Unwrap a customer's key. Raises KeyLost or SealBroken."""
    worker = desk.find(key_id)
    if worker is None:
        raise KeyLost(told_missing(frozenset({key_id}), desk.ring))
    try:
        return worker.open(wrapped, _bound_to(customer))
    except InvalidTag as trouble:
        msg = f"the key of customer {customer} was changed or moved, or {key_id} is another key of that name"
        raise SealBroken(msg) from trouble


def _bound_to(customer: CustomerId) -> bytes:
    return f"customer_keys|{customer}|wrapped|".encode()


def _told_lost(customer: CustomerId) -> str:
    return (
        f"the key of customer {customer} is missing from the database's customer_keys: restore the newest"
        " customer-keys.deskbackup together with the records"
    )
