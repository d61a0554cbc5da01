"""Receipts: what was already done for a delivery, kept 30 days (DESIGN.md)."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, insert, select
from sqlalchemy.exc import IntegrityError

from storage.tables import receipts
from tickets.errors import HandledMeanwhile
from tickets.ports import Receipt

_ADD = insert(receipts)
_FIND = select(receipts).where(receipts.c.key == bindparam("of_key"))
_PURGE = delete(receipts).where(receipts.c.at < bindparam("before"))


@dataclass(frozen=True, slots=True)
class SqlReceipts:
    """Satisfies tickets.ports.Receipts."""

    connection: Connection

    def find(self, key: str) -> Receipt | None:
        """Find what this delivery was answered with."""
        row = self.connection.execute(_FIND, {"of_key": key}).first()
        if row is None:
            return None
        return Receipt(key=row.key, kind=row.kind, number=row.number, answer=row.answer)

    def keep(self, receipt: Receipt, *, at: datetime) -> None:
        """Keep a receipt. Raises HandledMeanwhile when the key is taken."""
        row = {
            "key": receipt.key,
            "kind": receipt.kind,
            "number": receipt.number,
            "answer": dict(receipt.answer),
            "at": at,
        }
        try:
            self.connection.execute(_ADD, row)
        except IntegrityError as taken:
            raise HandledMeanwhile("records.handled_meanwhile") from taken

    def purge(self, before: datetime) -> int:
        """Forget receipts kept before then; tell how many."""
        return self.connection.execute(_PURGE, {"before": before}).rowcount
