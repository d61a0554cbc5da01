"""What stands in the way of tickets, shared by all it holds up; names sealed, about no one customer."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    Connection,
    Row,
    Select,
    bindparam,
    case,
    false,
    func,
    insert,
    select,
    true,
    update,
)

from storage.numbers import key_of, number_of
from storage.tables import blocked, blockers, tickets
from storage.upsert import make_insert
from storage.vault import Spot, Vault
from tickets.case.values import Number, PersonId, Text
from tickets.meetings.meeting import Blocker

_B, _H, _T = blockers.c, blocked.c, tickets.c
_ADD = insert(blockers)
_open = func.sum(case((_T.is_open == true(), 1), else_=0))
_plain = func.sum(case((_T.restricted == false(), 1), else_=0))
_COUNTED = (
    select(blockers, _open.label("tickets"), _plain.label("plain"))
    .outerjoin_from(blockers, blocked, _B.id == _H.blocker)
    .outerjoin(tickets, _H.number_key == _T.number_key)
    .group_by(*blockers.c)
)
_UNSOLVED = _COUNTED.where(_B.solved_at.is_(None)).order_by(_open.desc(), _B.named_at, _B.id)
_HELD_UP = select(_H.number_key).where(_H.blocker == bindparam("of_id")).order_by(_H.number_key)


def add(connection: Connection, vault: Vault, blocker: Blocker) -> None:
    """Keep a new blocker."""
    row = {
        "id": blocker.id,
        "name": vault.seal(blocker.name, _spot(blocker.id), subject=None),
        "named_at": blocker.named_at,
        "named_by": blocker.named_by,
    }
    connection.execute(_ADD, row)


def block(connection: Connection, blocker: str, number: Number, *, since: datetime) -> bool:
    """Note that a blocker holds a ticket up; tell whether that was not known yet."""
    row = {"blocker": blocker, "number_key": key_of(number), "since": since}
    return connection.execute(_blocking(connection.dialect.name), row).first() is not None


def solve(connection: Connection, blocker: str, *, at: datetime, by: PersonId) -> bool:
    """Note that a blocker is solved; tell whether it was not yet."""
    solving = update(blockers).where(_B.id == blocker, _B.solved_at.is_(None))
    return connection.execute(solving.values(solved_at=at, solved_by=by)).rowcount == 1


def find(connection: Connection, vault: Vault, blocker: str) -> Blocker | None:
    """Give a blocker."""
    found = _blockers(connection, vault, _COUNTED.where(_B.id == blocker))
    return found[0] if found else None


def unsolved(connection: Connection, vault: Vault) -> tuple[Blocker, ...]:
    """List the blockers that are not solved, those of most open tickets first."""
    return _blockers(connection, vault, _UNSOLVED)


def of_tickets(
    connection: Connection, vault: Vault, numbers: Sequence[Number]
) -> dict[Number, tuple[Blocker, ...]]:
    """List what is not solved and holds these tickets up."""
    keys = [key_of(number) for number in numbers]
    asked = select(_H.number_key, _H.blocker).where(_H.number_key.in_(keys)).order_by(_H.since)
    holding = connection.execute(asked).all()
    ids = {row.blocker for row in holding}
    known = {one.id: one for one in _blockers(connection, vault, _UNSOLVED.where(_B.id.in_(ids)))}
    found: defaultdict[Number, list[Blocker]] = defaultdict(list)
    for row in holding:
        if row.blocker in known:
            found[number_of(row.number_key)].append(known[row.blocker])
    return {number: tuple(several) for number, several in found.items()}


def held_up(connection: Connection, blocker: str) -> tuple[Number, ...]:
    """List the tickets a blocker holds up."""
    keys = connection.execute(_HELD_UP, {"of_id": blocker}).scalars()
    return tuple(number_of(key) for key in keys)


def _blockers(connection: Connection, vault: Vault, asked: Select[Any]) -> tuple[Blocker, ...]:
    return tuple(_blocker(row, vault) for row in connection.execute(asked))


def _blocker(row: Row[*tuple[Any, ...]], vault: Vault) -> Blocker:
    return Blocker(
        id=row.id,
        name=Text(vault.open(row.name, _spot(row.id), subject=None)),
        named_at=row.named_at,
        named_by=row.named_by,
        tickets=row.tickets or 0,
        is_hidden=not row.plain,
        solved_at=row.solved_at,
    )


@cache
def _blocking(dialect: str) -> Any:
    return make_insert(dialect, blocked).on_conflict_do_nothing().returning(_H.blocker)


def _spot(blocker: str) -> Spot:
    return Spot("blockers", blocker, "name")
