"""An outbox in memory that keeps the promises of tickets/delivery.py."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from tickets.delivery import (
    SET_BACK,
    Absent,
    Claim,
    Finding,
    Never,
    NotNow,
    Outcome,
    Pointless,
    Posted,
    Reach,
    Unclear,
)
from tickets.notices import Notice, NoticeState
from tickets.ports import Card

LEASE = timedelta(seconds=60)
BLOCKING = {NoticeState.READY, NoticeState.SENDING, NoticeState.UNCLEAR}


@dataclass(slots=True)
class Row:
    notice: Notice
    place: int
    ready_at: datetime
    state: NoticeState = NoticeState.READY
    attempt: int = 0
    epoch: int = 0
    first_sent_at: datetime | None = None
    last_sent_at: datetime | None = None
    posted: Posted | None = None
    why: str = ""


@dataclass(slots=True)
class FakeOutbox:
    rows: dict[str, Row] = field(default_factory=dict)
    cards: dict[str, Card] = field(default_factory=dict)
    cards_wait_until: dict[str, datetime] = field(default_factory=dict)

    def plan(self, *notices: Notice) -> None:
        for notice in notices:
            self.rows.setdefault(notice.key, Row(notice, len(self.rows), notice.due_at))

    def claim(
        self, *, now: datetime, at: datetime, owner: str, reach: Reach = Reach.EVERYWHERE
    ) -> Claim | None:
        ready = [
            row
            for row in self._heads(now)
            if self._is_ready(row, at) and _is_within(row.notice, reach)
        ]
        if not ready:
            return None
        row = min(ready, key=lambda row: (row.notice.urgency, row.place))
        row.state = NoticeState.SENDING
        row.attempt += 1
        row.epoch += 1
        row.first_sent_at = row.first_sent_at or at
        row.last_sent_at = at
        return self._claim(row)

    def settle(self, claim: Claim, outcome: Outcome, *, now: datetime, at: datetime) -> None:
        row = self.rows[claim.notice.key]
        if row.epoch != claim.epoch or row.state is not NoticeState.SENDING:
            return
        match outcome:
            case Posted():
                row.state, row.posted = NoticeState.SENT, outcome
            case NotNow(after, why):
                row.state, row.ready_at, row.why = NoticeState.READY, at + after, why
            case Never(why):
                row.state, row.why = NoticeState.PARKED, why
            case Unclear(why):
                row.state, row.why = NoticeState.UNCLEAR, why
            case Pointless(reason):
                row.state, row.why = NoticeState.SUPERSEDED, reason

    def unclear(self, *, settled_by: datetime) -> Sequence[Claim]:
        return [self._claim(row) for row in self.rows.values() if self._is_unclear(row, settled_by)]

    def reconciled(self, claim: Claim, finding: Finding, *, at: datetime) -> None:
        row = self.rows[claim.notice.key]
        if row.epoch != claim.epoch:
            return
        row.epoch += 1
        match finding:
            case Posted():
                row.state, row.posted = NoticeState.SENT, finding
            case Absent():
                row.state, row.ready_at = NoticeState.READY, at
            case Never(why):
                row.state, row.why = NoticeState.PARKED, why
            case NotNow():
                pass

    def roll_up(self, *, now: datetime, at: datetime) -> int:
        return 0

    def stale_cards(self, *, at: datetime, limit: int) -> Sequence[Card]:
        stale = [
            card
            for number, card in self.cards.items()
            if card.shown < card.wanted and self.cards_wait_until.get(number, at) <= at
        ]
        return stale[:limit]

    def shown(self, card: Card, outcome: Outcome, *, version: int, at: datetime) -> None:
        if isinstance(outcome, NotNow):
            self.cards_wait_until[card.number] = at + outcome.after
            return
        self.cards[card.number] = replace(self.cards[card.number], shown=version)

    def state(self, key: str) -> NoticeState:
        return self.rows[key].state

    def attempts(self, key: str) -> int:
        return self.rows[key].attempt

    def _heads(self, now: datetime) -> list[Row]:
        heads: dict[str, Row] = {}
        for row in sorted(self.rows.values(), key=lambda row: row.place):
            if row.state in BLOCKING and row.notice.due_at <= now:
                heads.setdefault(row.notice.order_group, row)
        return list(heads.values())

    @staticmethod
    def _is_ready(row: Row, at: datetime) -> bool:
        waits = row.attempt > 0 and row.ready_at > at and not _is_ahead(row, at)
        return row.state is NoticeState.READY and not waits

    @staticmethod
    def _is_unclear(row: Row, settled_by: datetime) -> bool:
        if row.last_sent_at is None:
            return False
        if row.state in {NoticeState.SENDING, NoticeState.UNCLEAR} and _is_ahead(row, settled_by):
            return True
        if row.state is NoticeState.SENDING:
            return row.last_sent_at + LEASE <= settled_by
        return row.state is NoticeState.UNCLEAR and row.last_sent_at <= settled_by

    @staticmethod
    def _claim(row: Row) -> Claim:
        assert row.first_sent_at is not None
        assert row.last_sent_at is not None
        return Claim(
            notice=row.notice,
            attempt=row.attempt,
            first_sent_at=row.first_sent_at,
            last_sent_at=row.last_sent_at,
            epoch=row.epoch,
        )


def _is_ahead(row: Row, at: datetime) -> bool:
    return row.last_sent_at is not None and row.last_sent_at > at + SET_BACK


def _is_within(notice: Notice, reach: Reach) -> bool:
    return reach is Reach.EVERYWHERE or (reach is Reach.OUTSIDE) == notice.place.is_outside
