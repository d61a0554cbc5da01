"""What somebody does to the audit log who has the database but not the key: the triggers dropped, then anything."""

import os
import random
from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Table, delete, func, insert, select, update

from storage.tables import audit, audit_seals, audit_waiting

_AT = ("2020-01-01T00:00:00.000000+00:00", "2031-01-01T00:00:00.000000+00:00")


def open_up(connection: Connection) -> None:
    """Drop what keeps the log from being changed."""
    if connection.dialect.name == "postgresql":
        for table in ("audit", "audit_seals"):
            connection.exec_driver_sql(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        return
    names = connection.exec_driver_sql(
        "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name LIKE 'audit%'"
    )
    for name in names.scalars().all():
        connection.exec_driver_sql(f"DROP TRIGGER {name}")


def tamper(connection: Connection, chance: random.Random) -> str:
    """Change something; say what."""
    name, deed = chance.choice(list(DEEDS.items()))
    return f"{name}: {deed(connection, chance)}"


def edit_row(connection: Connection, chance: random.Random) -> str:
    """Change one column of one row."""
    row = _any(connection, audit, chance)
    column = chance.choice(["at", "actor", "action", "number", "outcome", "detail", "signature"])
    value = _other(row._mapping[column], column, chance)
    connection.execute(update(audit).where(audit.c.id == row.id).values({column: value}))
    return f"{column} of {row.id}"


def edit_seal(connection: Connection, chance: random.Random) -> str:
    """Change one column of one seal."""
    row = _any(connection, audit_seals, chance)
    column = chance.choice(["seq", "audit_id", "key_id", "mac", "sealed_at"])
    if column in {"seq", "audit_id"}:
        value: object = 10_000 + chance.randrange(1000)
    else:
        value = _other(row._mapping[column], column, chance)
    where = audit_seals.c.seq == row.seq
    connection.execute(update(audit_seals).where(where).values({column: value}))
    return f"{column} of {row.seq}"


def remove_row(connection: Connection, chance: random.Random) -> str:
    """Remove a row and leave its seal."""
    row = _any(connection, audit, chance)
    connection.execute(delete(audit).where(audit.c.id == row.id))
    return str(row.id)


def remove_both(connection: Connection, chance: random.Random) -> str:
    """Remove a row with its seal, and close the gap if there is one to close."""
    seal = _any(connection, audit_seals, chance)
    connection.execute(delete(audit).where(audit.c.id == seal.audit_id))
    connection.execute(delete(audit_seals).where(audit_seals.c.seq == seal.seq))
    if chance.random() < 0.5:
        later = select(audit_seals.c.seq).where(audit_seals.c.seq > seal.seq)
        for seq in connection.execute(later.order_by(audit_seals.c.seq)).scalars().all():
            where = audit_seals.c.seq == seq
            connection.execute(update(audit_seals).where(where).values(seq=seq - 1))
    return str(seal.seq)


def swap_rows(connection: Connection, chance: random.Random) -> str:
    """Have two rows change places."""
    one, other = _two(connection, audit, chance)
    for row, source in ((one, other), (other, one)):
        values = {k: v for k, v in source._mapping.items() if k != "id"}
        connection.execute(update(audit).where(audit.c.id == row.id).values(values))
    return f"{one.id} and {other.id}"


def swap_seals(connection: Connection, chance: random.Random) -> str:
    """Have two seals stand for each other's rows."""
    one, other = _two(connection, audit_seals, chance)
    for seal, audit_id in ((one, -1), (other, one.audit_id), (one, other.audit_id)):
        where = audit_seals.c.seq == seal.seq
        connection.execute(update(audit_seals).where(where).values(audit_id=audit_id))
    return f"{one.seq} and {other.seq}"


def cut(connection: Connection, chance: random.Random) -> str:
    """Take away the end, rows and seals."""
    last = connection.scalar(select(func.max(audit_seals.c.seq))) or 0
    first = chance.randint(2, last)  # something is left to be imitated
    gone = select(audit_seals.c.audit_id).where(audit_seals.c.seq >= first)
    connection.execute(delete(audit).where(audit.c.id.in_(gone)))
    connection.execute(delete(audit_seals).where(audit_seals.c.seq >= first))
    return f"from {first}"


def cut_and_tell_otherwise(connection: Connection, chance: random.Random) -> str:
    """Take away the end and put other rows there, for the desk to seal."""
    said = cut(connection, chance)
    return f"{said}, then {put_in(connection, chance)}"


def put_in(connection: Connection, chance: random.Random) -> str:
    """Write a row of one's own: with no signature, with an invented one, with one that is another row's."""
    model = _any(connection, audit, chance)
    row = dict(model._mapping) | {"actor": "U0THIEF", "outcome": "done"}
    del row["id"]
    row["signature"] = chance.choice([None, os.urandom(50), model.signature])
    key = connection.execute(insert(audit).returning(audit.c.id), row).scalar_one()
    connection.execute(insert(audit_waiting), {"audit_id": key})
    return f"{key} like {model.id}"


def put_in_again(connection: Connection, chance: random.Random) -> str:
    """Have something that did happen happen twice."""
    model = _any(connection, audit, chance)
    row = {k: v for k, v in model._mapping.items() if k != "id"}
    key = connection.execute(insert(audit).returning(audit.c.id), row).scalar_one()
    return f"{key} is {model.id} again"


DEEDS: dict[str, Callable[[Connection, random.Random], str]] = {
    "edited a row": edit_row,
    "edited a seal": edit_seal,
    "removed a row": remove_row,
    "removed row and seal": remove_both,
    "swapped rows": swap_rows,
    "swapped seals": swap_seals,
    "cut": cut,
    "cut and told otherwise": cut_and_tell_otherwise,
    "put in": put_in,
    "put in again": put_in_again,
}


def _any(connection: Connection, table: Table, chance: random.Random) -> Any:
    return chance.choice(connection.execute(select(table)).all())


def _two(connection: Connection, table: Table, chance: random.Random) -> tuple[Any, Any]:
    one, other = chance.sample(list(connection.execute(select(table)).all()), 2)
    return one, other


def _other(value: object, column: str, chance: random.Random) -> object:
    if column in {"at", "sealed_at"}:
        return datetime.fromisoformat(chance.choice(_AT))
    if column == "detail":
        return {"why": chance.choice(["nothing", "refused.stranger"]), "n": chance.random()}
    if isinstance(value, bytes):
        place = chance.randrange(len(value))
        return (
            value[:place] + bytes((value[place] ^ (1 << chance.randrange(8)),)) + value[place + 1 :]
        )
    others = {"U0OTHER", "accept", "20991231999", "noop"} - {value}
    return chance.choice(sorted(others))
