"""The real outbox on SQLite, with the few questions the courier's tests ask beside the port."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from sqlalchemy import select

from storage.outbox import SqlOutbox
from storage.records import SqlRecords
from storage.tables import notices
from tickets.delivery import Claim, Finding, Outbox, Outcome, Reach
from tickets.notices import Notice, NoticeState
from tickets.ports import Card


class AnyOutbox(Outbox, Protocol):
    """An outbox a test can fill and question."""

    def plan(self, *notices: Notice) -> None: ...
    def state(self, key: str) -> NoticeState | None: ...
    def attempts(self, key: str) -> int: ...


class StoredOutbox:
    """Satisfies AnyOutbox."""

    def __init__(self, records: SqlRecords) -> None:
        self.records = records
        self.outbox = SqlOutbox(records.database)

    def plan(self, *notices: Notice) -> None:
        with self.records.write() as unit:
            unit.notices.plan(notices)

    def state(self, key: str) -> NoticeState | None:
        with self.records.read() as unit:
            return unit.notices.state(key)

    def attempts(self, key: str) -> int:
        with self.records.database.reading() as connection:
            counted = select(notices.c.attempts).where(notices.c.key == key)
            return int(connection.execute(counted).scalar_one())

    def claim(
        self, *, now: datetime, at: datetime, owner: str, reach: Reach = Reach.EVERYWHERE
    ) -> Claim | None:
        return self.outbox.claim(now=now, at=at, owner=owner, reach=reach)

    def settle(self, claim: Claim, outcome: Outcome, *, now: datetime, at: datetime) -> None:
        self.outbox.settle(claim, outcome, now=now, at=at)

    def unclear(self, *, settled_by: datetime) -> Sequence[Claim]:
        return self.outbox.unclear(settled_by=settled_by)

    def reconciled(self, claim: Claim, finding: Finding, *, at: datetime) -> None:
        self.outbox.reconciled(claim, finding, at=at)

    def roll_up(self, *, now: datetime, at: datetime) -> int:
        return self.outbox.roll_up(now=now, at=at)

    def stale_cards(self, *, at: datetime, limit: int) -> Sequence[Card]:
        return self.outbox.stale_cards(at=at, limit=limit)

    def shown(self, card: Card, outcome: Outcome, *, version: int, at: datetime) -> None:
        self.outbox.shown(card, outcome, version=version, at=at)
