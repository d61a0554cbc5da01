"""Copies of evidence, wanted by the log's entries, sealed with the customer's key (DESK.md 6)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from sqlalchemy import Connection, bindparam, delete, exists, select, update

from storage.numbers import key_of
from storage.tables import disposals, evidence_copies, tickets
from storage.upsert import make_insert
from storage.vault import Erased, Spot, TransactionVault
from tickets.case import facts as f
from tickets.case.copies import CopyState, EvidenceCopy, Wanted
from tickets.case.log import Event
from tickets.case.values import CustomerId, Number

_E, _T = evidence_copies.c, tickets.c
_WANTED = (
    select(_E.ticket_id, _E.file_id, _E.tries)
    .where(_E.look_at <= bindparam("now"))
    .order_by(_E.look_at)
)
_IS_ONE = (_E.ticket_id == bindparam("of_ticket"), _E.file_id == bindparam("of_file"))
_IS_WAITING = (*_IS_ONE, _E.state == CopyState.WAITING)
_OWNER = select(_T.customer_id).where(
    _T.id == bindparam("of_ticket"), ~exists().where(disposals.c.number == _T.number)
)

_OF_TICKET = evidence_copies.join(tickets, _T.id == _E.ticket_id)
_COPIES = select(_E.file_id, _E.state, _E.kept_at, _E.size, _E.sha256).select_from(_OF_TICKET)
_CONTENT = select(_E.ticket_id, _E.content, _T.customer_id).select_from(_OF_TICKET)


@dataclass(frozen=True, slots=True)
class SqlEvidence:
    """Satisfies tickets.ports.Evidence."""

    connection: Connection
    vault: TransactionVault

    def wanted(self, now: datetime, *, limit: int) -> Sequence[Wanted]:
        """List the copies to fetch now, the longest waiting first."""
        rows = self.connection.execute(_WANTED.limit(limit), {"now": now})
        return [
            Wanted(ticket_id=one.ticket_id, file_id=one.file_id, tries=one.tries) for one in rows
        ]

    def keep(self, wanted: Wanted, content: bytes, *, at: datetime) -> None:
        """Keep the bytes with their hash; nothing where it was kept meanwhile, or its words have ended."""
        owner = self.connection.execute(_OWNER, {"of_ticket": wanted.ticket_id}).scalar()
        if owner is None or self.vault.keys.is_destroyed(CustomerId(owner)):
            self.end(wanted, CopyState.GONE)
            return
        spot = _spot(wanted.ticket_id, wanted.file_id)
        self._change(
            wanted,
            state=CopyState.KEPT,
            look_at=None,
            kept_at=at,
            size=len(content),
            sha256=sha256(content).hexdigest(),
            content=self.vault.seal_bytes(content, spot, subject=CustomerId(owner)),
        )

    def end(self, wanted: Wanted, state: CopyState, *, size: int | None = None) -> None:
        """Note that there will be no copy, and why."""
        self._change(wanted, state=state, look_at=None, size=size)

    def postpone(self, wanted: Wanted, until: datetime) -> None:
        """Note a failed try."""
        self._change(wanted, tries=wanted.tries + 1, look_at=until)

    def of(self, number: Number) -> Sequence[EvidenceCopy]:
        """List a ticket's copies in the order of their file ids."""
        asked = _COPIES.where(_T.number_key == key_of(number))
        return [
            EvidenceCopy(
                file_id=one.file_id,
                state=CopyState(one.state),
                kept_at=one.kept_at,
                size=one.size,
                sha256=one.sha256 or "",
            )
            for one in self.connection.execute(asked.order_by(_E.file_id))
        ]

    def content(self, number: Number, file_id: str) -> bytes | None:
        """Open a copy; None where there is none, or where it ended with the customer's key."""
        asked = _CONTENT.where(_T.number_key == key_of(number), _E.file_id == file_id)
        row = self.connection.execute(asked).first()
        if row is None or row.content is None:
            return None
        try:
            return self.vault.open_bytes(
                row.content, _spot(row.ticket_id, file_id), subject=row.customer_id
            )
        except Erased:
            return None

    def forget(self, number: Number) -> None:
        """Remove a ticket's copies: its words have ended."""
        of_ticket = select(_T.id).where(_T.number_key == key_of(number)).scalar_subquery()
        self.connection.execute(delete(evidence_copies).where(_E.ticket_id == of_ticket))

    def _change(self, wanted: Wanted, **values: object) -> None:
        which = {"of_ticket": wanted.ticket_id, "of_file": wanted.file_id}
        self.connection.execute(update(evidence_copies).where(*_IS_WAITING).values(values), which)


def want_copies(connection: Connection, events: Iterable[Event]) -> None:
    """Note which files the new entries of a log name: a job fetches them."""
    rows = [
        {
            "ticket_id": one.ticket_id,
            "file_id": one.fact.file_id,
            "state": CopyState.WAITING,
            "tries": 0,
            "look_at": one.at,
        }
        for one in events
        if isinstance(one.fact, f.EvidenceAdded) and one.fact.link is None
    ]
    if rows:
        adding = make_insert(connection.dialect.name, evidence_copies)
        connection.execute(adding.on_conflict_do_nothing(), rows)


def _spot(ticket_id: str, file_id: str) -> Spot:
    return Spot("evidence_copies", f"{ticket_id}/{file_id}", "content")
