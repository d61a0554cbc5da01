"""The archive sealed: a digest over each archived ticket's rows, a keyed head over each press, chained.

What is digested is named column by column, so that later steps of the schema change no digest; sealed words
count as the bytes that are kept, so that no key of a customer is needed and an erased one changes nothing.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from operator import attrgetter
from types import MappingProxyType
from typing import Any

from sqlalchemy import BindParameter, Connection, Row, bindparam, func, select

from storage.guards import guards_of, missing_guards
from storage.migrations.archived import AFTERWARDS
from storage.numbers import number_of
from storage.search import word_index
from storage.tables import (
    archived_days,
    archived_tickets,
    audit,
    collaborators,
    deadlines,
    decisions,
    disposals,
    events,
    tickets,
)
from storage.trouble import KeyLost
from storage.vault import Vault

PURPOSE = "archive"
ARCHIVED = "archive"  # the audit log's action of a press
AT_ONCE = 200  # tickets read together

_T, _A, _D, _E = tickets.c, archived_tickets.c, archived_days.c, events.c
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


@dataclass(frozen=True, slots=True)
class Finding:
    """Something of the archive that is not as it was sealed; operators read it."""

    where: str  # a ticket's number, or a day and its part
    what: str

    def __str__(self) -> str:
        """Say it in a line."""
        return f"{self.where}: {self.what}"


def digests_of(connection: Connection, upto: Mapping[int, int]) -> dict[int, bytes]:
    """Digest what is kept of these tickets, by key; the log of each up to the version given."""
    said: dict[int, list[str]] = {key: [] for key in upto}
    keys = {"keys": list(upto)}
    rows = select(*(_T[name] for name in _ROW)).where(_T.number_key.in_(_keys))
    for row in connection.execute(rows, keys):
        said[row.number_key].append(_line("ticket", row, _ROW))
    for name, (table, columns, order) in _PARTS.items():
        shown = [table.c.number_key, *(table.c[one] for one in columns)]
        parts = select(*shown).where(table.c.number_key.in_(_keys))
        for row in sorted(connection.execute(parts, keys), key=attrgetter(*order)):
            said[row.number_key].append(_line(name, row, columns))
    index = word_index(connection)
    words = select(index.key.label("key"), index.table.c.tokens, index.table.c.facets)
    for row in connection.execute(words.where(index.key.in_(_keys)), keys):
        said[row.key].append(_line("search", row, ("tokens", "facets")))
    for row in connection.execute(_logs(), keys):
        if row.seq <= upto[row.number_key]:
            said[row.number_key].append(_line("event", row, _EVENT))
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


def verify_archive(connection: Connection, vault: Vault) -> list[Finding]:
    """Hold the whole archive against its seals; nothing found: it is as it was archived.

    Finds changed, removed and added rows, days cut off or put in, tickets archived past the seal, and triggers
    that are missing. What was archived before days were sealed, or with a key that is gone, is said to be so.
    """
    found = [
        Finding(f"{table}.{name}", "the trigger that keeps the archive is missing")
        for table, name in sorted(missing_guards(connection.dialect.name, guards_of(connection)))
    ]
    found += _days(connection, vault)
    found += _unknown_heads(connection)
    found += _astray(connection)
    for some in _in_batches(connection):
        found += _tickets(connection, some)
    return found


def _days(connection: Connection, vault: Vault) -> Iterator[Finding]:
    before, last_day, last_part = b"", "", 0
    for day in connection.execute(
        select(archived_days, _D.count.label("tickets")).order_by(_D.day, _D.part)
    ).all():
        where = f"{day.day} part {day.part}"
        if day.part != (last_part + 1 if day.day == last_day else 1):
            yield Finding(where, "the part before it is missing")
        rows = connection.execute(
            select(archived_tickets)
            .where(_A.day == day.day, _A.part == day.part)
            .order_by(_A.number_key)
        ).all()
        if len(rows) != day.tickets:
            yield Finding(where, f"{day.tickets} tickets were archived, {len(rows)} are there")
        of = [entry_of(r.number_key, r.archive_key, r.version, r.digest or b"") for r in rows]
        told = {"day": day.day, "part": day.part, "count": day.tickets, "at": day.at}
        try:
            if head_over(vault, told, of, before, day.key_id) != day.head:
                yield Finding(where, "its head does not fit what it archived and the part before")
        except KeyLost:
            yield Finding(where, f"cannot be checked: the key {day.key_id} is not at hand")
        before, last_day, last_part = day.head, day.day, day.part


def _unknown_heads(connection: Connection) -> Iterator[Finding]:
    """The audit log names every head: a day that was cut off is missing here."""
    there = {head.hex() for head in connection.execute(select(_D.head)).scalars()}
    said = select(audit.c.id, audit.c.detail).where(
        audit.c.action == ARCHIVED, audit.c.outcome == "done"
    )
    for row in connection.execute(said):
        head = row.detail.get("head")
        if head and head not in there:
            where = f"{row.detail.get('day')} part {row.detail.get('part')}"
            yield Finding(where, "the audit log knows it, the archive does not")


def _astray(connection: Connection) -> Iterator[Finding]:
    unfiled = (
        select(_T.number)
        .outerjoin(archived_tickets, _A.number_key == _T.number_key)
        .where(_T.status == "archived", _A.number_key.is_(None))
    )
    for number in connection.execute(unfiled).scalars():
        yield Finding(number, "is archived and stands in no day")
    opened = (
        select(_A.number_key)
        .outerjoin(tickets, _A.number_key == _T.number_key)
        .where(func.coalesce(_T.status, "") != "archived")
    )
    for key in connection.execute(opened).scalars():
        yield Finding(number_of(key), "was archived and is not any more")


def _in_batches(connection: Connection) -> Iterator[Sequence[Row[Any]]]:
    last = 0
    while True:
        batch = connection.execute(
            select(archived_tickets)
            .where(_A.number_key > last)
            .order_by(_A.number_key)
            .limit(AT_ONCE)
        ).all()
        if not batch:
            return
        yield batch
        last = batch[-1].number_key


def _tickets(connection: Connection, batch: Sequence[Row[Any]]) -> Iterator[Finding]:
    digests = digests_of(connection, {row.number_key: row.version for row in batch})
    numbers = [number_of(row.number_key) for row in batch]
    ended = {
        row.number: row.remains
        for row in connection.execute(
            select(disposals.c.number, disposals.c.remains).where(
                disposals.c.number.in_(numbers), disposals.c.done_at.is_not(None)
            )
        )
    }
    later = _later(connection, batch)
    for row, number in zip(batch, numbers, strict=True):
        if row.digest is None:
            yield Finding(number, "was archived before days were sealed and cannot be checked")
        elif ended.get(number, row.digest) != digests[row.number_key]:
            yield Finding(number, "is not as it was archived")
        for what in later.get(row.number_key, ()):
            yield Finding(number, what)


def _later(connection: Connection, batch: Sequence[Row[Any]]) -> dict[int, list[str]]:
    """What came onto the logs after the seal: only what an archived ticket takes, without a gap."""
    versions = {row.number_key: row.version for row in batch}
    found: dict[int, list[str]] = {}
    last: dict[int, int] = {}
    for row in connection.execute(_logs(), {"keys": list(versions)}):
        key = row.number_key
        if row.seq != last.get(key, 0) + 1:
            found.setdefault(key, []).append(f"its log lacks entry {last.get(key, 0) + 1}")
        last[key] = row.seq
        if row.seq > versions[key] and row.kind not in AFTERWARDS:
            found.setdefault(key, []).append(f"its log holds {row.kind} after it was archived")
    return found


def _logs() -> Any:
    return (
        select(_T.number_key, *(_E[name] for name in _EVENT))
        .join_from(tickets, events, _E.ticket_id == _T.id)
        .where(_T.number_key.in_(_keys))
        .order_by(_T.number_key, _E.seq)
    )


def _line(what: str, row: Row[Any], names: Sequence[str]) -> str:
    return _canonical([what, *(getattr(row, name) for name in names)])


def _canonical(value: object) -> str:
    return json.dumps(
        value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_plainly
    )


def _plainly(value: object) -> str:
    match value:
        case datetime():
            return value.isoformat(timespec="microseconds")
        case bytes() | memoryview():
            return sha256(bytes(value)).hexdigest()
        case _:
            msg = f"{type(value).__name__} has no canonical form"
            raise TypeError(msg)
