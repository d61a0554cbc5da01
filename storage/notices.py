"""Notices as use cases plan and void them; the courier works on the same rows (outbox.py)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from sqlalchemy import Connection, bindparam, func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from storage.tables import is_unfinished, notices
from storage.upsert import make_insert
from tickets.case.values import Number
from tickets.notices import Notice, NoticeState
from tickets.ports import Posting

_STATE = select(notices.c.state).where(notices.c.key == bindparam("of_key"))
_WAITING = (
    select(func.count())
    .select_from(notices)
    .where(is_unfinished(notices), notices.c.due_at <= bindparam("due_by"))
)
_POSTED = select(notices.c.channel_id, notices.c.message_ts).where(
    notices.c.key == bindparam("of_key"), notices.c.message_ts.is_not(None)
)


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

    def waiting(self, *, due_by: datetime) -> int:
        """Count what is due by then and not settled yet."""
        return self.connection.execute(_WAITING, {"due_by": due_by}).scalar_one()

    def posted(self, key: str) -> Posting | None:
        """Tell where a notice is to be read; None while it is not."""
        row = self.connection.execute(_POSTED, {"of_key": key}).first()
        return Posting(row.channel_id, row.message_ts) if row else None


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
