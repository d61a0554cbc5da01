"""Orders as rows: numbers and buyers as hashes with a key of their own, counted by the hundred thousand (R106)."""

import hmac
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from hashlib import sha256
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    delete,
    exists,
    func,
    insert,
    select,
    true,
    update,
)

from storage.tables import orders, peppers
from storage.upsert import make_insert
from storage.vault import Spot, Vault
from tickets.insight.figures import Counted
from tickets.insight.orders import Order
from tickets.ports.ordering import Brought

AT_ONCE = 500  # keys in one statement
_NAME = "orders"
_O = orders.c


@dataclass(frozen=True, slots=True)
class SqlOrders:
    """Satisfies tickets.ports.ordering.Orders."""

    connection: Connection
    vault: Vault

    def bring(self, orders_: Sequence[Order], *, dry_run: bool = False) -> Sequence[Brought]:
        """Keep orders, those known already as they are now; tell what became of each."""
        pepper = self._pepper(make=not dry_run)
        rows = [_row(one, pepper) for one in orders_]
        known = self._known([row["order_hash"] for row in rows])
        became = []
        for row in rows:
            was = known.get(row["order_hash"])
            became.append(_became(was, row))
            known[row["order_hash"]] = row
            if not dry_run and became[-1] is not Brought.SAME:
                self._keep(row, is_new=was is None)
        return became

    def forget(self, buyers: Sequence[str]) -> int:
        """Take the orders of an erased customer out, however they were named; tell how many."""
        pepper = self._pepper(make=False)
        hashes = [_hashed(pepper, "buyer", one) for one in buyers]
        return self.connection.execute(delete(orders).where(_O.buyer.in_(hashes))).rowcount

    def count(self, start: datetime, end: datetime, *, line: str | None = None) -> int:
        """Count the orders from `start` to before `end`."""
        return self._count(
            select(func.count()).select_from(orders).where(*_within(start, end, line))
        )

    def repeated(self, start: datetime, end: datetime, *, line: str | None = None) -> Counted:
        """Count who ordered in a time, and of them those who did so twice or more."""
        buyers = (
            select(_O.buyer, func.count().label("times"))
            .where(*_within(start, end, line))
            .group_by(_O.buyer)
            .subquery()
        )
        return Counted(
            self._count(select(func.count()).select_from(buyers).where(buyers.c.times > 1)),
            self._count(select(func.count()).select_from(buyers)),
        )

    def gone(
        self, start: datetime, middle: datetime, end: datetime, *, line: str | None = None
    ) -> Counted:
        """Count who ordered before `middle`, and of them those who did not after it."""
        buyers = select(_O.buyer).where(*_within(start, middle, line)).distinct().subquery()
        later = orders.alias("later")
        came_back = exists().where(
            later.c.buyer == buyers.c.buyer,
            later.c.ordered_at >= middle,
            later.c.ordered_at < end,
            true() if line is None else later.c.line == line,
        )
        return Counted(
            self._count(select(func.count()).select_from(buyers).where(~came_back)),
            self._count(select(func.count()).select_from(buyers)),
        )

    def lines(self, start: datetime, end: datetime) -> tuple[str, ...]:
        """Name the lines of business there were orders of, those with most orders first."""
        named = (
            select(_O.line)
            .where(*_within(start, end, None))
            .group_by(_O.line)
            .order_by(func.count().desc(), _O.line)
        )
        return tuple(self.connection.execute(named).scalars())

    def _count(self, counting: Select[Any]) -> int:
        counted: int = self.connection.execute(counting).scalar_one()
        return counted

    def _known(self, hashes: Sequence[str]) -> dict[str, dict[str, Any]]:
        found: dict[str, dict[str, Any]] = {}
        for begun in range(0, len(hashes), AT_ONCE):
            asked = select(orders).where(_O.order_hash.in_(hashes[begun : begun + AT_ONCE]))
            for row in self.connection.execute(asked):
                found[row.order_hash] = dict(row._mapping)
        return found

    def _keep(self, row: dict[str, Any], *, is_new: bool) -> None:
        if is_new:
            self.connection.execute(insert(orders), row)
            return
        changing = update(orders).where(_O.order_hash == row["order_hash"])
        self.connection.execute(changing.values(row))

    def _pepper(self, *, make: bool) -> bytes:
        """Give the key of the hashes; the first import makes it. A dry run before that hashes for itself."""
        found = self._kept_pepper()
        if found is None and make:
            sealed = self.vault.seal(os.urandom(32).hex(), _SPOT, subject=None)
            row = {"name": _NAME, "sealed": sealed}
            self.connection.execute(_adding(self.connection.dialect.name), row)
            found = self._kept_pepper()  # another process may have been faster
        return found if found is not None else os.urandom(32)

    def _kept_pepper(self) -> bytes | None:
        asked = select(peppers.c.sealed).where(peppers.c.name == _NAME)
        sealed = self.connection.execute(asked).scalar_one_or_none()
        return bytes.fromhex(self.vault.open(sealed, _SPOT, subject=None)) if sealed else None


_SPOT = Spot("peppers", _NAME, "sealed")


def _row(one: Order, pepper: bytes) -> dict[str, Any]:
    return {
        "order_hash": _hashed(pepper, "order", one.number),
        "buyer": _hashed(pepper, "buyer", one.buyer),
        "ordered_at": one.ordered_at,
        "cents": one.cents,
        "line": one.line,
    }


def _became(was: dict[str, Any] | None, row: dict[str, Any]) -> Brought:
    if was is None:
        return Brought.NEW
    same = all(was[name] == row[name] for name in ("buyer", "ordered_at", "cents", "line"))
    return Brought.SAME if same else Brought.CHANGED


def _hashed(pepper: bytes, kind: str, value: str) -> str:
    return hmac.new(pepper, f"{kind}\0{value}".encode(), sha256).hexdigest()


def _within(start: datetime, end: datetime, line: str | None) -> tuple[ColumnElement[bool], ...]:
    within = (_O.ordered_at >= start, _O.ordered_at < end)
    return within if line is None else (*within, _O.line == line)


@cache
def _adding(dialect: str) -> Any:
    return make_insert(dialect, peppers).on_conflict_do_nothing(index_elements=["name"])
