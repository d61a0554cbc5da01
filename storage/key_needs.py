"""What still needs one of the desk's keys: what only it opens, and what only it can prove."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, Connection, Table, func, select

from storage.resealing import DESKS, IDENTITY, SIGNED, UNCHANGED, Kept, begins
from storage.tables import audit, customer_keys, customers, metadata

_IN_USE = {"canaries", "customer_keys"}  # tables whose key_id is not that of a signature


@dataclass(frozen=True, slots=True, kw_only=True)
class Needs:
    """Counts of rows by what they are."""

    opens: Mapping[str, int] = field(default_factory=dict)
    """Lost without the key."""

    proves: Mapping[str, int] = field(default_factory=dict)
    """Readable without it, but whether somebody changed them can be told no more."""

    @property
    def is_none(self) -> bool:
        """Tell whether the key may be dropped."""
        return not (self.opens or self.proves)


def needs_of(connection: Connection, key_id: str) -> Needs:
    """Look through everything that is sealed, found or signed; the log is read to its end."""
    opens = {**rotated_needs_of(connection, key_id), **_sealed(connection, UNCHANGED, key_id)}
    name = key_id.encode("ascii")
    signed = begins(SIGNED, bytes((len(name),)) + name)
    proves = {"audit": _count(connection, audit, signed)}
    for table in metadata.sorted_tables:
        if "key_id" in table.c and table.name not in _IN_USE:
            proves[table.name] = _count(connection, table, table.c.key_id == key_id)
    return Needs(opens=_more_than_none(opens), proves=_more_than_none(proves))


def rotated_needs_of(connection: Connection, key_id: str) -> Mapping[str, int]:
    """Look through what a rotation brings to the new key."""
    wrapped, hashed = customer_keys.c.key_id == key_id, customers.c.hashed_with == key_id
    counts = {
        **_sealed(connection, (*DESKS, *IDENTITY), key_id),
        "customer_keys.wrapped": _count(connection, customer_keys, wrapped),
        "customers.phone_hash": _count(connection, customers, hashed),
    }
    return _more_than_none(counts)


def _sealed(connection: Connection, kept: Iterable[Kept], key_id: str) -> Mapping[str, int]:
    return {
        f"{one.table.name}.{one.column}": _count(connection, one.table, one.is_under(key_id))
        for one in kept
    }


def _count(connection: Connection, table: Table, is_under: ColumnElement[bool]) -> int:
    return connection.execute(select(func.count()).select_from(table).where(is_under)).scalar_one()


def _more_than_none(counts: Mapping[str, int]) -> Mapping[str, int]:
    return {name: count for name, count in counts.items() if count}
