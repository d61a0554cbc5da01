"""The archive held against its seals: whatever was changed behind the triggers is found and named (R96)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, func, select, true

from storage.archive_digest import digests_of, entry_of, head_over, logs
from storage.guards import guards_of, missing_guards
from storage.migrations.archived import AFTERWARDS
from storage.numbers import number_of
from storage.tables import addenda_found, archived_days, archived_tickets, audit, disposals, tickets
from storage.trouble import KeyLost
from storage.vault import Vault

ARCHIVED = "archive"  # the audit log's action of a press
AT_ONCE = 200  # tickets read together

_T, _A, _D = tickets.c, archived_tickets.c, archived_days.c


@dataclass(frozen=True, slots=True)
class Finding:
    """Something of the archive that is not as it was sealed; operators read it."""

    where: str  # a ticket's number, or a day and its part
    what: str

    def __str__(self) -> str:
        """Say it in a line."""
        return f"{self.where}: {self.what}"


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
    found += _left_open(connection)
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


def _left_open(connection: Connection) -> Iterator[Finding]:
    """A transaction that adds words ends this itself."""
    taking = select(addenda_found.c.number_key).where(addenda_found.c.taking == true())
    for key in connection.execute(taking).scalars():
        yield Finding(number_of(key), "its search words were left open to change")


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
    for row in connection.execute(logs(connection.dialect.name), {"keys": list(versions)}):
        key = row.number_key
        if row.seq != last.get(key, 0) + 1:
            found.setdefault(key, []).append(f"its log lacks entry {last.get(key, 0) + 1}")
        last[key] = row.seq
        if row.seq > versions[key] and row.kind not in AFTERWARDS:
            found.setdefault(key, []).append(f"its log holds {row.kind} after it was archived")
    return found
