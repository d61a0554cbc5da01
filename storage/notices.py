"""Notices as use cases plan and void them; the courier works on the same rows (outbox.py)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from storage.tables import cards, is_ready, is_unfinished, notices
from storage.upsert import make_insert
from tickets.case.values import Number
from tickets.notices import Notice, NoticeKind, NoticeState, Place, PlaceKind, Urgency
from tickets.ports import Posting

AT_ONCE = 500  # keys in one statement
_STATE = select(notices.c.state).where(notices.c.key == bindparam("of_key"))
_PLANNED = (
    select(notices)
    .where(notices.c.key.in_(bindparam("of_keys", expanding=True)))
    .order_by(notices.c.id)
)
_WAITING = (
    select(func.count())
    .select_from(notices)
    .where(is_unfinished(notices), notices.c.due_at <= bindparam("due_by"))
)
_NEXT = select(func.min(notices.c.due_at)).where(
    is_ready(notices), notices.c.due_at > bindparam("after")
)
_earlier = notices.alias("earlier")
_CARD_BEFORE = (
    select(_earlier.c.id)
    .join(notices, notices.c.key == bindparam("of_key"))
    .where(
        _earlier.c.number == bindparam("of_number"),
        _earlier.c.kind == NoticeKind.CARD,
        _earlier.c.id < notices.c.id,
        is_unfinished(_earlier),
    )
    .limit(1)
)
_POSTED = select(notices.c.channel_id, notices.c.message_ts).where(
    notices.c.key == bindparam("of_key"), notices.c.message_ts.is_not(None)
)
_COVERED = (
    select(notices)
    .where(notices.c.covered_by == bindparam("roll_up"), is_ready(notices))
    .order_by(notices.c.urgency, notices.c.due_at, notices.c.id)
)
_VOID = update(notices).where(notices.c.key == bindparam("of_key"), is_ready(notices))
_SAID_SINCE = select(notices).where(
    notices.c.ended_at >= bindparam("since"), notices.c.message_ts.is_not(None)
)
_STANDS = [
    update(table).where(
        table.c.channel_id == bindparam("of_channel"), table.c.message_ts == bindparam("of_ts")
    )
    for table in (notices, cards)
]


@dataclass(frozen=True, slots=True)
class SqlNotices:
    """Satisfies tickets.ports.Notices."""

    connection: Connection

    def plan(self, notices: Sequence[Notice]) -> None:
        """Plan notices; one whose key is known already is left as it is."""
        if notices:
            rows = [_row(notice) for notice in notices]
            self.connection.execute(_plan(self.connection.dialect.name), rows)

    def supersede(self, number: Number, kinds: Sequence[str], *, reason: str) -> None:
        """Void what is ready to be sent of a ticket; what is on its way stays."""
        voiding = (
            update(notices)
            .where(
                notices.c.number == number,
                notices.c.kind.in_(kinds),
                notices.c.state == NoticeState.READY,
            )
            .values(state=NoticeState.SUPERSEDED, why=reason)
        )
        self.connection.execute(voiding)

    def state(self, key: str) -> NoticeState | None:
        """Tell where a notice stands."""
        state = self.connection.execute(_STATE, {"of_key": key}).scalar()
        return NoticeState(state) if state else None

    def planned(self, keys: Collection[str]) -> tuple[Notice, ...]:
        """Sort out those of these keys that were planned, whatever became of them."""
        wanted, found = list(keys), list[Notice]()
        for begun in range(0, len(wanted), AT_ONCE):
            some = {"of_keys": wanted[begun : begun + AT_ONCE]}
            found += map(notice_of, self.connection.execute(_PLANNED, some))
        return tuple(found)

    def waits_for_card(self, notice: Notice) -> bool:
        """Tell whether the card that a notice stands under was planned before it and is not settled."""
        asked = {"of_number": notice.number, "of_key": notice.key}
        return self.connection.execute(_CARD_BEFORE, asked).first() is not None

    def waiting(self, *, due_by: datetime) -> int:
        """Count what is due by then and not settled yet."""
        return self.connection.execute(_WAITING, {"due_by": due_by}).scalar_one()

    def next_due(self, *, after: datetime) -> datetime | None:
        """Tell when the next one that is held back until later is to be sent."""
        return self.connection.execute(_NEXT, {"after": after}).scalar()

    def posted(self, key: str) -> Posting | None:
        """Tell where a notice is to be read; None while it is not."""
        row = self.connection.execute(_POSTED, {"of_key": key}).first()
        return Posting(row.channel_id, row.message_ts) if row else None

    def covered(self, roll_up: str) -> tuple[Notice, ...]:
        """List what a roll-up speaks for, the most urgent first."""
        return tuple(map(notice_of, self.connection.execute(_COVERED, {"roll_up": roll_up})))

    def void(self, reasons: Mapping[str, str], *, at: datetime) -> None:
        """Void notices that have become pointless, by key; what is on its way stays."""
        for key, why in reasons.items():
            values = {"state": NoticeState.SUPERSEDED, "why": why, "ended_at": at}
            self.connection.execute(_VOID.values(values), {"of_key": key})

    def said_since(self, since: datetime) -> tuple[tuple[Notice, Posting], ...]:
        """List what was posted since then (real time) and where it is to be read."""
        rows = self.connection.execute(_SAID_SINCE, {"since": since})
        return tuple((notice_of(row), Posting(row.channel_id, row.message_ts)) for row in rows)

    def stands_at(self, gone: Posting, instead: Posting) -> None:
        """Note that of two copies of a message the other one stays, for notices and cards alike."""
        where = {"of_channel": gone.channel_id, "of_ts": gone.message_ts}
        for correcting in _STANDS:
            self.connection.execute(correcting.values(message_ts=instead.message_ts), where)


def notice_of(row: Row[*tuple[Any, ...]]) -> Notice:
    """Read a notice's row."""
    return Notice(
        key=row.key,
        kind=NoticeKind(row.kind),
        place=Place(PlaceKind(row.place_kind), row.place_key),
        urgency=Urgency(row.urgency),
        due_at=row.due_at,
        number=row.number,
        params=row.params,
    )


@cache
def _plan(dialect: str) -> sqlite.Insert | postgresql.Insert:
    return make_insert(dialect, notices).on_conflict_do_nothing(index_elements=["key"])


def _row(notice: Notice) -> dict[str, object]:
    return {
        "key": notice.key,
        "kind": notice.kind,
        "number": notice.number,
        "place_kind": notice.place.kind,
        "place_key": notice.place.key,
        "urgency": int(notice.urgency),
        "order_group": notice.order_group,
        "due_at": notice.due_at,
        "params": dict(notice.params),
        "state": NoticeState.READY,
        "attempts": 0,
        "epoch": 0,
    }
