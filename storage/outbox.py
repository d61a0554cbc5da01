"""The courier's view of notices and cards; each call is one short transaction, none is open while posting."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any, assert_never

from sqlalchemy import Connection, Row, bindparam, exists, func, or_, select, update
from sqlalchemy.sql.dml import ReturningUpdate

from storage.backups.aftermath import is_calm
from storage.cards import card_of, note_posted, note_shown, stale_cards, version_to_post
from storage.columns import Moment
from storage.database import JOBS, Database
from storage.notices import notice_of
from storage.rollups import is_free, may_be_many, note_end, roll_up
from storage.standing import standing
from storage.tables import is_ready, is_unfinished, notices
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
    Standing,
    Unclear,
)
from tickets.notices import NoticeKind, NoticeState, PlaceKind
from tickets.ports import Card

LEASE = timedelta(seconds=60)  # RELIABILITY.md 3.1, rule 7; well over the HTTP timeout of 10 s
_N = notices.c

_UNCLEAR = (
    select(notices)
    .where(
        or_(
            _N.state == NoticeState.UNCLEAR,
            (_N.state == NoticeState.SENDING) & (_N.lease_until <= bindparam("settled_by")),
            (_N.state == NoticeState.SENDING) & (_N.last_sent_at > bindparam("future")),
        ),
        or_(
            _N.last_sent_at <= bindparam("settled_by"),
            _N.last_sent_at > bindparam("future"),
        ),
        or_(
            _N.retry_at.is_(None),
            _N.retry_at <= bindparam("settled_by"),
            _N.last_sent_at > bindparam("future"),
        ),
        is_unfinished(notices),
    )
    .order_by(_N.urgency, _N.last_sent_at, _N.id)
)

_CARD_VERSION = select(_N.card_version).where(_N.key == bindparam("of_key"))


@dataclass(frozen=True, slots=True)
class SqlOutbox:
    """Satisfies tickets.delivery.Outbox; several processes may work on one database."""

    database: Database
    patience: timedelta = JOBS

    def claim(
        self, *, now: datetime, at: datetime, owner: str, reach: Reach = Reach.EVERYWHERE
    ) -> Claim | None:
        """Take the most urgent ready notice that is due at `now` (desk time); leases stay on `at` (real time)."""
        values = {"now": now, "at": at, "lease": at + LEASE, "by": owner, "future": at + SET_BACK}
        with self.database.writing(self.patience) as connection:
            taking = _take(connection.dialect.name, reach)
            row = connection.execute(taking, values).first()
            if row is None:
                return None
            claim = _claim(row)
            if claim.notice.kind is NoticeKind.CARD:
                version = version_to_post(connection, claim.notice)
                _write(connection, claim, {"card_version": version}, epoch=claim.epoch)
            return claim

    def settle(
        self,
        claim: Claim,
        outcome: Outcome,
        *,
        now: datetime,  # noqa: ARG002  the port's; what a row says of its sending is real time
        at: datetime,
    ) -> None:
        """Note how the sending ended; a stale epoch changes nothing."""
        with self.database.writing(self.patience) as connection:
            self._end(connection, claim, outcome, _ended(outcome, at))

    def unclear(self, *, settled_by: datetime) -> Sequence[Claim]:
        """List what is unclear, or `sending` with its lease run out, last sent before then (real time)."""
        with self.database.reading() as connection:
            asked = {"settled_by": settled_by, "future": settled_by + SET_BACK}
            rows = connection.execute(_UNCLEAR, asked).all()
        return tuple(_claim(row) for row in rows)

    def reconciled(self, claim: Claim, finding: Finding, *, at: datetime) -> None:
        """Note what reading the channel proved; whoever still holds the claim can write no more."""
        with self.database.writing(self.patience) as connection:
            self._end(connection, claim, finding, _proved(finding, at), epoch=claim.epoch + 1)

    def roll_up(self, *, now: datetime, at: datetime) -> int:
        """Put what over twenty wait with for one conversation into roll-ups; give how many."""
        with self.database.reading() as connection:
            if not may_be_many(connection, now):
                return 0
        with self.database.writing(self.patience) as connection:
            return roll_up(connection, now=now, at=at)

    def standing(self, *, now: datetime, at: datetime) -> Standing:
        """Tell how delivery stands: what waits, since when, and what nobody was told."""
        with self.database.reading() as connection:
            return standing(connection, now=now, at=at)

    def stale_cards(self, *, at: datetime, limit: int) -> Sequence[Card]:
        """List posted cards that show less than wanted and are not waiting for a retry."""
        with self.database.reading() as connection:
            return tuple(card_of(row) for row in stale_cards(connection, at, limit))

    def shown(self, card: Card, outcome: Outcome, *, version: int, at: datetime) -> None:
        """Note which version a card shows now, or when to try again."""
        with self.database.writing(self.patience) as connection:
            note_shown(connection, card, outcome, version=version, at=at)

    @staticmethod
    def _end(
        connection: Connection,
        claim: Claim,
        outcome: Outcome | Finding,
        values: dict[str, object],
        **more: object,
    ) -> None:
        if not _write(connection, claim, values | more, epoch=claim.epoch):
            return
        if isinstance(outcome, Posted):
            _note_card(connection, claim, outcome)
        if claim.notice.kind is NoticeKind.ROLL_UP:
            note_end(connection, claim.notice.key, values["state"], values)


@cache
def _take(dialect: str, reach: Reach) -> ReturningUpdate[*tuple[Any, ...]]:
    """Claim the head of the most urgent order group: nothing earlier of its group is unfinished."""
    one, earlier = notices.alias("one"), notices.alias("earlier")
    blocked = exists().where(
        earlier.c.order_group == one.c.order_group,
        earlier.c.id < one.c.id,
        is_unfinished(earlier),
        earlier.c.due_at <= bindparam("now"),
    )
    head = (
        select(one.c.id)
        .where(
            is_ready(one),
            one.c.due_at <= bindparam("now"),
            or_(
                one.c.retry_at.is_(None),
                one.c.retry_at <= bindparam("at"),
                one.c.last_sent_at > bindparam("future"),
            ),
            is_free(one),
            is_calm(),
            ~blocked,
        )
        .order_by(one.c.urgency, one.c.due_at, one.c.id)
        .limit(1)
    )
    if reach is Reach.OUTSIDE:
        head = head.where(one.c.place_kind.in_([PlaceKind.ROBOT, PlaceKind.WEBHOOK]))
    if reach is Reach.SLACK:
        head = head.where(one.c.place_kind.not_in([PlaceKind.ROBOT, PlaceKind.WEBHOOK]))
    if dialect == "postgresql":
        head = head.with_for_update(skip_locked=True, of=one)
    return (
        update(notices)
        .where(_N.id == head.scalar_subquery())
        .values(
            state=NoticeState.SENDING,
            attempts=_N.attempts + 1,
            epoch=_N.epoch + 1,
            owner=bindparam("by"),
            lease_until=bindparam("lease"),
            first_sent_at=func.coalesce(_N.first_sent_at, bindparam("at", type_=Moment)),
            last_sent_at=bindparam("at"),
            retry_at=None,
        )
        .returning(notices)
    )


def _write(connection: Connection, claim: Claim, values: dict[str, object], *, epoch: int) -> bool:
    """Change a notice that is still this claim's; tell whether it was."""
    holding = update(notices).where(
        _N.key == claim.notice.key,
        _N.epoch == epoch,
        _N.state.in_([NoticeState.SENDING, NoticeState.UNCLEAR]),
    )
    return connection.execute(holding.values(values)).rowcount == 1


def _ended(outcome: Outcome, at: datetime) -> dict[str, object]:
    match outcome:
        case Posted():
            return _sent(outcome, at)
        case NotNow():
            return {"state": NoticeState.READY, "retry_at": at + outcome.after, "why": outcome.why}
        case Never():
            return {"state": NoticeState.PARKED, "ended_at": at, "why": outcome.why}
        case Unclear():
            where = outcome.channel_id
            return {"state": NoticeState.UNCLEAR, "channel_id": where, "why": outcome.why}
        case Pointless():
            return {"state": NoticeState.SUPERSEDED, "ended_at": at, "why": outcome.reason}
        case _:
            assert_never(outcome)


def _proved(finding: Finding, at: datetime) -> dict[str, object]:
    match finding:
        case Posted():
            return _sent(finding, at)
        case Absent():
            return {"state": NoticeState.READY, "retry_at": None, "why": "absent"}
        case NotNow():
            return {
                "state": NoticeState.UNCLEAR,
                "retry_at": at + finding.after,
                "why": finding.why,
            }
        case Never():
            return {"state": NoticeState.PARKED, "ended_at": at, "why": finding.why}
        case _:
            assert_never(finding)


def _sent(posted: Posted, at: datetime) -> dict[str, object]:
    return {
        "state": NoticeState.SENT,
        "channel_id": posted.channel_id,
        "message_ts": posted.message_ts,
        "ended_at": at,
        "why": None,
    }


def _note_card(connection: Connection, claim: Claim, posted: Posted) -> None:
    if claim.notice.kind is NoticeKind.CARD:
        version = connection.execute(_CARD_VERSION, {"of_key": claim.notice.key}).scalar_one()
        note_posted(connection, claim.notice, posted, version=version or 0)


def _claim(row: Row[*tuple[Any, ...]]) -> Claim:
    return Claim(
        notice=notice_of(row),
        attempt=row.attempts,
        first_sent_at=row.first_sent_at,
        last_sent_at=row.last_sent_at,
        epoch=row.epoch,
    )
