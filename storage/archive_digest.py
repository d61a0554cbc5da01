"""What a seal covers: an archived ticket's rows and log as one digest, a press as one keyed head.

What is digested is named column by column, so that later steps of the schema change no digest; sealed words
count as the bytes that are kept, so that no key of a customer is needed and an erased one changes nothing.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from operator import attrgetter
from types import MappingProxyType
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    Row,
    String,
    bindparam,
    select,
    type_coerce,
)

from storage.addenda import sealed_lengths
from storage.columns import Moment
from storage.search import word_index
from storage.tables import collaborators, deadlines, decisions, events, tickets
from storage.vault import Vault

PURPOSE = "archive"

_T, _E = tickets.c, events.c
_ROW = (
    "number_key id number version status priority department assignee logged_by caller round kind category"
    " customer_id received_at logged_at resolved_at closed_at changed_at restricted summary"
).split()
_PARTS: Mapping[str, tuple[Any, Sequence[str], Sequence[str]]] = MappingProxyType(
    {
        "deadlines": (
            deadlines,
            (
                "round kind detail starts_at due_at warn_at met_at void paused_since provisional policy"
                " breached_at said_stage said_due_at backfilled"
            ).split(),
            ("round", "kind", "detail"),
        ),
        "collaborators": (collaborators, ("person",), ("person",)),
        "decisions": (
            decisions,
            "id meeting place text help owner due_at blocker decided_at decided_by".split(),
            ("meeting", "place"),
        ),
    }
)
_EVENT = "ticket_id number seq at actor kind plain words".split()
_keys: BindParameter[Sequence[int]] = bindparam("keys", expanding=True)


def digests_of(connection: Connection, upto: Mapping[int, int]) -> dict[int, bytes]:
    """Digest what is kept of these tickets, by key; the log of each up to the version given."""
    said: dict[int, list[str]] = {key: [] for key in upto}
    keys = {"keys": list(upto)}
    dialect = connection.dialect.name
    rows = select(_T.number_key, *(_kept(_T[name], dialect) for name in _ROW))
    for row in connection.execute(rows.where(_T.number_key.in_(_keys)), keys):
        said[row.number_key].append(_line("ticket", row))
    for name, (table, columns, order) in _PARTS.items():
        shown = [table.c.number_key, *(_kept(table.c[one], dialect) for one in columns)]
        parts = select(*shown).where(table.c.number_key.in_(_keys))
        for row in sorted(connection.execute(parts, keys), key=attrgetter(*order)):
            said[row.number_key].append(_line(name, row))
    index = word_index(connection)
    words = select(index.key.label("key"), index.table.c.tokens, index.table.c.facets)
    sealed = sealed_lengths(connection, list(upto))
    for row in connection.execute(words.where(index.key.in_(_keys)), keys):
        covered = row.tokens[: sealed.get(row.key)]  # addenda came behind it
        said[row.key].append(_canonical(["search", covered, row.facets]))
    for row in connection.execute(logs(dialect), keys):
        if row.seq <= upto[row.number_key]:
            said[row.number_key].append(_line("event", row))
    return {key: sha256("\n".join(lines).encode()).digest() for key, lines in said.items()}


def head_over(
    vault: Vault, part: Mapping[str, object], of: Sequence[bytes], before: bytes, key_id: str
) -> bytes:
    """Give the head of one press: keyed, over what it archived and the head before. Raises KeyLost."""
    said = b"\n".join([_canonical(part).encode(), before, *of])
    return vault.mark(said, purpose=PURPOSE, key_id=key_id)


def entry_of(number_key: int, archive_key: str, version: int, digest: bytes) -> bytes:
    """Say what a press archived of one ticket, as its head covers it."""
    return _canonical([number_key, archive_key, version, digest]).encode()


def logs(dialect: str) -> Any:
    """Ask for the logs of tickets, each in order."""
    return (
        select(_T.number_key, *(_kept(_E[name], dialect) for name in _EVENT))
        .join_from(tickets, events, _E.ticket_id == _T.id)
        .where(_T.number_key.in_(_keys))
        .order_by(_T.number_key, _E.seq)
    )


def _kept(column: Any, dialect: str) -> ColumnElement[Any]:
    """Take a moment as SQLite keeps it: that is its canonical form already."""
    if dialect == "sqlite" and isinstance(column.type, Moment):
        return type_coerce(column, String).label(column.name)
    return column  # type: ignore[no-any-return]  # a column of a table


def _line(what: str, row: Row[Any]) -> str:
    """Say a row but for the number before it, by which it was looked up."""
    return _canonical([what, *row[1:]])


def _canonical(value: object) -> str:
    return _ENCODER.encode(value)


def _plainly(value: object) -> str:
    match value:
        case datetime():
            return value.isoformat(timespec="microseconds")
        case bytes() | memoryview():
            return sha256(bytes(value)).hexdigest()
        case _:
            msg = f"{type(value).__name__} has no canonical form"
            raise TypeError(msg)


# Made once: it says a row of an archived case fifteen times a case.
_ENCODER = json.JSONEncoder(
    ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_plainly
)
