"""The archive as rows: what was archived under which key, sealed press by press; how words end (R95, R96)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, bindparam, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from storage.addenda import forget_addenda
from storage.archive_digest import digests_of, entry_of, head_over
from storage.event_log import append_log, hold
from storage.numbers import key_of
from storage.search import word_index
from storage.tables import archived_days, archived_tickets, decisions, disposals, events, tickets
from storage.vault import Spot, Vault
from storage.words import Fold, folded
from tickets.case import facts as f
from tickets.case.log import Event
from tickets.case.values import Number, Status
from tickets.errors import Conflict, NotFound
from tickets.ports.archive import Disposal, SealedPart

_T, _E = tickets.c, events.c
_FILED = (
    select(_T.number_key, _E.seq, _E.plain)
    .join_from(tickets, events, _E.ticket_id == _T.id)
    .where(_T.number_key.in_(bindparam("keys", expanding=True)), _E.kind == "Archived")
    .order_by(_T.number_key)
)
_ADDED_TO = select(_E.number).where(_E.kind == "Addendum").group_by(_E.number).order_by(_E.number)
_LAST = (
    select(archived_days.c.day, archived_days.c.part, archived_days.c.head)
    .order_by(archived_days.c.day.desc(), archived_days.c.part.desc())
    .limit(1)
)
_STANDING = select(_T.id, _T.status, _T.customer_id).where(_T.number_key == bindparam("key"))
_LENGTH = select(func.max(_E.seq)).where(_E.ticket_id == bindparam("ticket"))


@dataclass(frozen=True, slots=True)
class SqlArchive:
    """Satisfies tickets.ports.Archive."""

    connection: Connection
    vault: Vault
    fold_text: Fold

    def seal(self, numbers: Sequence[Number], *, day: date, at: datetime) -> SealedPart:
        """File and seal what was just archived in this transaction, as the next part of the day."""
        keys = [key_of(number) for number in numbers]
        filed = self.connection.execute(_FILED, {"keys": keys}).all()
        digests = digests_of(self.connection, {row.number_key: row.seq for row in filed})
        last_day, last_part, before = self._last()
        # A clock that went back makes no day before the last one: the chain has one order.
        name = max(f"{day:%Y-%m-%d}", last_day)
        part = last_part + 1 if name == last_day else 1
        rows = [
            {
                "number_key": row.number_key,
                "archive_key": row.plain["key"],
                "folded": folded(row.plain["key"], self.fold_text),
                "day": name,
                "part": part,
                "version": row.seq,
                "digest": digests[row.number_key],
            }
            for row in filed
        ]
        told = {"day": name, "part": part, "count": len(rows), "at": at}
        key_id = self.vault.newest_key_id
        entries = [
            entry_of(r["number_key"], r["archive_key"], r["version"], r["digest"]) for r in rows
        ]
        head = head_over(self.vault, told, entries, before, key_id)
        self.connection.execute(insert(archived_tickets), rows)
        self.connection.execute(insert(archived_days), told | {"head": head, "key_id": key_id})
        return SealedPart(date.fromisoformat(name), part, len(rows), head.hex())

    def _last(self) -> tuple[str, int, bytes]:
        """Give where the chain ends; nobody else adds to it until this transaction ends."""
        if self.connection.dialect.name == "postgresql":
            self.connection.exec_driver_sql("LOCK TABLE archived_days IN EXCLUSIVE MODE")
        last = self.connection.execute(_LAST).first()
        return (last.day, last.part, last.head) if last else ("", 0, b"")

    def dispose(self, number: Number, disposal: Disposal, *, at: datetime) -> None:
        """End the words of one ticket (tickets.ports.Archive says how). Raises NotFound or Conflict."""
        hold(self.connection, number)
        key = key_of(number)
        found = self.connection.execute(_STANDING, {"key": key}).first()
        if found is None:
            raise NotFound("records.no_ticket", number=number)
        self._enter(number, disposal, at)
        length = self.connection.execute(_LENGTH, {"ticket": found.id}).scalar_one()
        ended = Event(found.id, number, length + 1, at, disposal.asked_by, f.Disposed())
        append_log(self.connection, self.vault, (ended,), customer=found.customer_id)
        is_archived = found.status == Status.ARCHIVED
        self._blank(key, found.id, version=None if is_archived else length + 1)
        self._close(number, key, length=self._sealed_at(key) or length + 1, at=at)

    def with_addenda(self) -> tuple[Number, ...]:
        """List the tickets that addenda stand beside."""
        return tuple(Number(one) for one in self.connection.execute(_ADDED_TO).scalars())

    def is_disposed(self, number: Number) -> bool:
        """Tell whether a ticket's words have ended."""
        looking = select(disposals.c.id).where(disposals.c.number == number)
        return self.connection.execute(looking).first() is not None

    def _enter(self, number: Number, disposal: Disposal, at: datetime) -> None:
        # The reason outlives the customer's key: it is about nobody.
        spot = Spot("disposals", disposal.id, "reason")
        row = {
            "id": disposal.id,
            "number": number,
            "reason": self.vault.seal(disposal.reason, spot, subject=None),
            "asked_by": disposal.asked_by,
            "approved_by": disposal.approved_by,
            "at": at,
        }
        try:
            self.connection.execute(insert(disposals), row)
        except IntegrityError as taken:
            raise Conflict("records.conflict", number=number) from taken

    def _blank(self, key: int, ticket_id: str, *, version: int | None) -> None:
        of_key, run = {"number_key": key}, self.connection.execute
        run(update(events).where(_E.ticket_id == ticket_id).values(words=None))
        said = {"summary": ""} | ({"version": version} if version else {})
        run(update(tickets).filter_by(**of_key).values(said))
        run(update(decisions).filter_by(**of_key).values(text=None, help=None))
        index = word_index(self.connection)
        facets = run(select(index.table.c.facets).where(index.key == key)).scalar_one()
        index.change(self.connection, key, "", facets)
        forget_addenda(self.connection, key)

    def _sealed_at(self, key: int) -> int | None:
        looking = select(archived_tickets.c.version).where(archived_tickets.c.number_key == key)
        return self.connection.execute(looking).scalar()

    def _close(self, number: Number, key: int, *, length: int, at: datetime) -> None:
        remains = digests_of(self.connection, {key: length})[key]
        done = update(disposals).where(disposals.c.number == number)
        self.connection.execute(done.values(done_at=at, remains=remains))
