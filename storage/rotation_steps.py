"""The steps of a rotation: which rows wait for the new key, and how some of them are brought to it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Table,
    and_,
    bindparam,
    func,
    or_,
    select,
    update,
)

from storage.customer_keys import leave_nothing_behind, unwrap, wrap
from storage.desk_keys import hashed
from storage.resealing import DESKS, IDENTITY, Kept
from storage.tables import customer_keys, customers
from storage.vault import TransactionVault, Vault

_C, _K = customers.c, customer_keys.c
_HASHED = ("phone", "email")


@dataclass(frozen=True, slots=True)
class Step:
    """Rows that are to be brought to the new key, in the order of their key."""

    name: str
    table: Table
    key: ColumnElement[Any]
    waits: ColumnElement[bool]
    change: Callable[[Connection, Sequence[Row[Any]]], None]

    def count(self, connection: Connection) -> int:
        """Count the rows that wait."""
        asked = select(func.count()).select_from(self.table).where(self.waits)
        return connection.execute(asked).scalar_one()

    def next(self, connection: Connection, after: object, *, most: int) -> Sequence[Row[Any]]:
        """Give the next rows that wait, their key first; nobody else changes them meanwhile."""
        others = [one for one in self.table.c if one is not self.key]
        asked = select(self.key, *others).where(self.waits)
        if after is not None:
            asked = asked.where(self.key > after)
        return connection.execute(asked.order_by(self.key).limit(most).with_for_update()).all()


@dataclass(frozen=True, slots=True)
class Steps:
    """All that a rotation to the first key of the ring has to do."""

    vault: Vault

    @property
    def to(self) -> str:
        """Name the key that everything is brought to."""
        return self.vault.desk.ring.newest.id

    def before_the_swap(self) -> list[Step]:
        """Give the steps that can be done in any order, and again."""
        not_hashed = and_(
            or_(_C.hashed_with.is_(None), _C.hashed_with != self.to),
            or_(_C.hashed_next_with.is_(None), _C.hashed_next_with != self.to),
        )
        return [
            Step(
                "customers' keys", customer_keys, _K.customer_id, _K.key_id != self.to, self._rewrap
            ),
            Step("customers' look-ups", customers, _C.id, not_hashed, self._rehash),
            *(self._resealing(one) for one in DESKS),
        ]

    def swap(self) -> Step:
        """Give the step after which look-ups need one column again."""
        return Step(
            "look-ups put in place",
            customers,
            _C.id,
            _C.hashed_next_with == self.to,
            self._take_next,
        )

    def _resealing(self, kept: Kept) -> Step:
        key = next(iter(kept.table.primary_key.columns))
        value = kept.table.c[kept.column]
        waits = and_(value.is_not(None), ~kept.is_under(self.to))
        return Step(
            f"{kept.table.name}.{kept.column}",
            kept.table,
            key,
            waits,
            lambda connection, rows: self._reseal(connection, kept, rows),
        )

    def _rewrap(self, connection: Connection, rows: Sequence[Row[Any]]) -> None:
        leave_nothing_behind(connection)
        desk = self.vault.desk
        worker = desk.sealing
        changing = (
            update(customer_keys)
            .where(_K.customer_id == bindparam("of_id"), _K.wrapped == bindparam("was"))
            .values(key_id=bindparam("new_key"), wrapped=bindparam("new_wrapped"))
        )
        changes = []
        for row in rows:
            secret = unwrap(desk, row.customer_id, row.key_id, row.wrapped)
            new = wrap(worker, row.customer_id, secret)
            changes.append(
                {
                    "of_id": row.customer_id,
                    "was": row.wrapped,
                    "new_key": new["key_id"],
                    "new_wrapped": new["wrapped"],
                }
            )
        connection.execute(changing, changes)

    def _rehash(self, connection: Connection, rows: Sequence[Row[Any]]) -> None:
        vault = self.vault.within(connection)
        vault.keys.expect(row.id for row in rows)
        columns = [one.column for one in IDENTITY]
        columns += [f"{kind}_hash_next" for kind in _HASHED] + ["hashed_next_with"]
        changing = (
            update(customers)
            .where(_C.id == bindparam("of_id"))
            .values({name: bindparam(f"new_{name}") for name in columns})
        )
        connection.execute(changing, [self._hashed(vault, row) for row in rows])

    def _hashed(self, vault: TransactionVault, row: Row[Any]) -> Mapping[str, object]:
        values: dict[str, object] = {"of_id": row.id, "new_hashed_next_with": self.to}
        is_erased = vault.keys.is_destroyed(row.id)
        for kept in IDENTITY:
            sealed, spot = getattr(row, kept.column), kept.spot(row.id)
            text = None
            if sealed is not None and not is_erased:
                text = vault.open(sealed, spot, subject=row.id)
                sealed = vault.seal(text, spot, subject=row.id)
            values[f"new_{kept.column}"] = sealed
            if kept.column in _HASHED:
                found_by = hashed(vault.desk.sealing, kept.column, text) if text else None
                values[f"new_{kept.column}_hash_next"] = found_by
        return values

    def _take_next(self, connection: Connection, rows: Sequence[Row[Any]]) -> None:
        taken = update(customers).where(
            _C.id.in_([row.id for row in rows]), _C.hashed_next_with == self.to
        )
        connection.execute(
            taken.values(
                phone_hash=_C.phone_hash_next,
                email_hash=_C.email_hash_next,
                hashed_with=_C.hashed_next_with,
                phone_hash_next=None,
                email_hash_next=None,
                hashed_next_with=None,
            )
        )

    def _reseal(self, connection: Connection, kept: Kept, rows: Sequence[Row[Any]]) -> None:
        key, value = next(iter(kept.table.primary_key.columns)), kept.table.c[kept.column]
        changing = (
            update(kept.table)
            .where(key == bindparam("of_key"), value == bindparam("was"))
            .values({kept.column: bindparam("new_value")})
        )
        changes = []
        for row in rows:
            was, spot = getattr(row, kept.column), kept.spot(getattr(row, kept.names_row))
            text = self.vault.open(was, spot, subject=None)
            new = self.vault.seal_with(self.to, text, spot)
            changes.append({"of_key": row[0], "was": was, "new_value": new})
        connection.execute(changing, changes)
