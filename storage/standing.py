"""How delivery stands: what is due and not settled, what is unclear, what nobody was told."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Select, bindparam, exists, func, or_, select

from storage.tables import is_unfinished, notices
from tickets.delivery import Standing
from tickets.notices import NoticeKind, NoticeState

LATE = timedelta(minutes=5)  # RELIABILITY.md 3.1, rule 14
REMEMBERED = timedelta(days=1)  # so long a parked notice that nobody heard of is a trouble
_N = notices.c


def _oldest(column: Any) -> Select[*tuple[Any, ...]]:
    return select(func.count(), func.min(column)).select_from(notices)


_WAITING = _oldest(_N.due_at).where(is_unfinished(notices), _N.due_at <= bindparam("by"))
# A destination outside Slack may be away for hours; that is told elsewhere (bot/voice/outside).
_OVERDUE = _WAITING.where(_N.kind != NoticeKind.OUTSIDE)
_UNCLEAR = _oldest(_N.last_sent_at).where(
    is_unfinished(notices),
    _N.state.in_([NoticeState.UNCLEAR, NoticeState.SENDING]),
    _N.last_sent_at <= bindparam("by"),
)
_instead = notices.alias("instead")
# Nobody but its reader misses these; a roll-up's members go their own ways (bot/voice/detour.py).
# Of a robot or webhook that takes nothing the admins are told once a day instead.
_QUIETLY = (NoticeKind.ROLL_UP, NoticeKind.OPERATOR, NoticeKind.OUTSIDE)
_STRANDED = _oldest(_N.ended_at).where(
    _N.ended_at > bindparam("since"),
    _N.state == NoticeState.PARKED,
    _N.kind.not_in(_QUIETLY),
    ~exists().where(
        or_(
            _instead.c.key == _N.key + ":rerouted",
            _instead.c.key.startswith(_N.key + ":rerouted:"),
        )
    ),
)


def standing(connection: Connection, *, now: datetime, at: datetime) -> Standing:
    """Count what waits at `now` (desk time) and what was sent or given up by `at` (real time)."""
    waiting, _ = connection.execute(_WAITING, {"by": now}).one()
    overdue, overdue_since = connection.execute(_OVERDUE, {"by": now - LATE}).one()
    unclear, unclear_since = connection.execute(_UNCLEAR, {"by": at - LATE}).one()
    stranded, stranded_since = connection.execute(_STRANDED, {"since": at - REMEMBERED}).one()
    return Standing(
        waiting=waiting,
        overdue=overdue,
        overdue_since=overdue_since,
        unclear=unclear,
        unclear_since=unclear_since,
        stranded=stranded,
        stranded_since=stranded_since,
    )
