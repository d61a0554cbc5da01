"""The audit log's chain: each row is bound to its place and to the seal before it, under the desk's key (F65, X27).

Rows are chained in the order in which they become visible: a transaction that is held open while others
commit has its rows chained after theirs, and none is passed over. The first entry of the chain, and the
first under each new key, says so on the log itself.
"""

import logging
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, Connection, Row, bindparam, delete, func, insert, select, text

from storage.audit_rows import (
    Content,
    as_text,
    canonical,
    content_in,
    content_of,
    raw_columns,
    stamped,
)
from storage.signing import Signer
from storage.tables import audit, audit_seals, audit_waiting
from tickets.case.log import DESK

log = logging.getLogger(__name__)

CHAIN = "audit_chain"
"""What the chain says of itself on the log: its beginning, and each new key."""

START = b"\0" * 32  # before the first seal
_LOCK = 0x6175646974  # of PostgreSQL: one process seals at a time
_S, _W = audit_seals.c, audit_waiting.c
_WAITS = select(_W.audit_id).limit(1)
_TAKE = select(_W.audit_id).order_by(_W.audit_id).limit(bindparam("at_most"))
_IDS: BindParameter[Any] = bindparam("ids", expanding=True)
_DONE = delete(audit_waiting).where(_W.audit_id.in_(_IDS))
_SEALED = select(_S.audit_id).where(_S.audit_id.in_(_IDS))
_NEWEST = select(_S.seq, _S.key_id, _S.mac).order_by(_S.seq.desc()).limit(1)
_UNSIGNED = select(func.count(), func.max(audit.c.id)).where(audit.c.signature.is_(None))
_USED = select(_S.seq).where(_S.key_id == bindparam("named")).limit(1)
_ADD = insert(audit_seals)


@dataclass(frozen=True, slots=True)
class Link:
    """The chain's end: how long it is, under which key, and its newest seal."""

    seq: int = 0
    key_id: str = ""
    mac: bytes = START


def waits(connection: Connection) -> bool:
    """Tell whether anything is still to be chained."""
    return connection.execute(_WAITS).first() is not None


def end_of(connection: Connection) -> Link:
    """Read where the chain stands."""
    row = connection.execute(_NEWEST).first()
    return Link(row.seq, row.key_id, bytes(row.mac)) if row else Link()


def seal(connection: Connection, signer: Signer, *, at: datetime, limit: int) -> int:
    """Chain up to `limit` rows that wait; tell how many were taken from the queue."""
    if not _is_alone(connection):
        return 0
    end, key_id = end_of(connection), signer.newest_key_id
    if not _may_go_on(connection, signer, end):
        log.warning("audit log not chained here: it goes on under a newer key (%s)", end.key_id)
        return 0
    taken = list(connection.execute(_TAKE, {"at_most": limit}).scalars())
    if not taken:
        return 0
    first = () if end.key_id == key_id else (_announced(connection, signer, end, at),)
    sealed = set(connection.execute(_SEALED, {"ids": taken}).scalars())
    rows = _rows(connection, [*first, *(one for one in taken if one not in sealed)])
    _extend(connection, signer, end, [*first, *sorted(rows.keys() - set(first))], rows, at)
    connection.execute(_DONE, {"ids": [*first, *taken]})
    return len(taken)


def mac_of(
    row: Content, *, audit_id: object, seq: int, before: bytes, key_id: str, at: object
) -> bytes:
    """Write out what a seal is made of; who knows it can check one, who has the key can make one."""
    return b"audit seal|" + canonical(
        {
            "row": row,
            "id": audit_id,
            "seq": seq,
            "before": before.hex(),
            "key": key_id,
            "at": at,
        }
    )


def _is_alone(connection: Connection) -> bool:
    """SQLite has one writer at a time; on PostgreSQL who comes second leaves it to the first."""
    if connection.dialect.name == "sqlite":
        return True
    asked = text("SELECT pg_try_advisory_xact_lock(:lock)")
    return bool(connection.scalar(asked, {"lock": _LOCK}))


def _may_go_on(connection: Connection, signer: Signer, end: Link) -> bool:
    """A process whose ring is older than the chain leaves it alone; a key that was dropped hinders nobody."""
    mine = signer.newest_key_id
    if end.key_id in {"", mine}:
        return True
    if signer.holds(end.key_id):
        return signer.is_newer(mine, end.key_id)
    return connection.execute(_USED, {"named": mine}).first() is None


def _announced(connection: Connection, signer: Signer, end: Link, at: datetime) -> int:
    """Write on the log that the chain begins, or goes on under another key; give that row's id."""
    detail: dict[str, object] = {"key": signer.newest_key_id}
    if end.key_id:
        detail |= {"was": end.key_id}
    else:  # rows of a program that did not sign: so many, and none after them
        count, newest = connection.execute(_UNSIGNED).one()
        detail |= {"unsigned": count, "unsigned_to": newest or 0}
    row: dict[str, Any] = {
        "at": at,
        "actor": DESK,
        "action": CHAIN,
        "number": None,
        "outcome": "done",
        "detail": detail,
    }
    row |= {"signature": stamped(content_of(**row), signer)}
    return int(connection.execute(insert(audit).returning(audit.c.id), row).scalar_one())


def _rows(connection: Connection, ids: list[int]) -> dict[int, Row[*tuple[Any, ...]]]:
    asked = select(*raw_columns(connection.dialect.name)).where(audit.c.id.in_(_IDS))
    return {row.id: row for row in connection.execute(asked, {"ids": ids})}


def _extend(
    connection: Connection,
    signer: Signer,
    end: Link,
    order: list[int],
    rows: dict[int, Row[*tuple[Any, ...]]],
    at: datetime,
) -> None:
    key_id, before, new = signer.newest_key_id, end.mac, []
    moment = as_text(at)
    for seq, audit_id in enumerate(order, start=end.seq + 1):
        said = mac_of(
            signed_content(rows[audit_id]),
            audit_id=audit_id,
            seq=seq,
            before=before,
            key_id=key_id,
            at=moment,
        )
        before = signer.sign(said, key_id)
        new.append(
            {"seq": seq, "audit_id": audit_id, "key_id": key_id, "mac": before, "sealed_at": at}
        )
    if new:
        connection.execute(_ADD, new)


def signed_content(row: Row[*tuple[Any, ...]]) -> Content:
    """Read what a raw row says, its own signature included."""
    signature = row.signature
    shown = signature.hex() if isinstance(signature, bytes) else repr(signature)
    return {**content_in(row), "signature": shown}
