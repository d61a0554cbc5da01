"""Items to be made better as rows, their words sealed with the desk's key; and the monthly meetings' state."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Connection, Row, Select, bindparam, func, insert, select, update

from storage.tables import improvements, monthly_meetings
from storage.upsert import make_insert
from storage.vault import Spot, Vault
from tickets.case.values import PersonId, Priority, Text
from tickets.errors import NotFound
from tickets.meetings.improvement import Improvement, Source
from tickets.meetings.monthly import MonthlyMeeting

_I, _M = improvements.c, monthly_meetings.c
_WORDS = ("pain", "action", "goal", "outcome")
_ALL = tuple(one.name for one in fields(Improvement))
_MOVING = ("owner", "due_at", "done_at", "done_by", "outcome", "priority")
_GET = select(improvements).where(_I.id == bindparam("of_id"))
_OF_MEETING = (
    select(improvements)
    .where(_I.source == bindparam("of_source"), _I.origin == bindparam("of_origin"))
    .order_by(_I.decided_at, _I.id)
)
_TO_DO = select(improvements).where(_I.done_at.is_(None)).order_by(_I.due_at, _I.id)
_LISTED = select(improvements).order_by(
    _I.done_at.is_not(None), _I.done_at.desc(), _I.due_at, _I.id
)
_MONTHLY = select(monthly_meetings).where(_M.key == bindparam("of_key"))
_BEFORE = (
    select(monthly_meetings)
    .where(_M.key < bindparam("of_key"), _M.started_at.is_not(None))
    .order_by(_M.key.desc())
    .limit(1)
)


@dataclass(frozen=True, slots=True)
class SqlImprovements:
    """Satisfies tickets.ports.Improvements."""

    connection: Connection
    vault: Vault

    def add(self, item: Improvement) -> None:
        """Keep a new item."""
        self.connection.execute(insert(improvements), self._values(item))

    def get(self, item_id: str) -> Improvement:
        """Give an item. Raises NotFound."""
        row = self.connection.execute(_GET, {"of_id": item_id}).first()
        if row is None:
            raise NotFound("improvement.unknown")
        return self._item(row)

    def save(self, item: Improvement) -> None:
        """Keep how far an item is: its date, its owner, that it is done."""
        saving = update(improvements).where(_I.id == item.id)
        self.connection.execute(saving.values(self._values(item, _MOVING)))

    def decided_in(self, source: Source, origin: str) -> Sequence[Improvement]:
        """List what one meeting decided, in order."""
        return self._all(_OF_MEETING, of_source=source, of_origin=origin)

    def to_do(self, *, until: datetime | None = None) -> Sequence[Improvement]:
        """List what is not done, the earliest due first; what is due by a moment, or all."""
        return self._all(_TO_DO if until is None else _TO_DO.where(_I.due_at <= until))

    def listed(self, *, after: int = 0, most: int = 1_000) -> Sequence[Improvement]:
        """List all items: those to be done first, the earliest due first, then the newest done."""
        return self._all(_LISTED.offset(after).limit(most))

    def count(self) -> tuple[int, int]:
        """Count the items: how many are to be done, how many there are."""
        counting = select(func.count(), func.count(_I.done_at)).select_from(improvements)
        total, done = self.connection.execute(counting).one()
        return total - done, total

    def monthly(self, key: str) -> MonthlyMeeting:
        """Give how far a month's meeting is; one that nobody has begun yet is new."""
        row = self.connection.execute(_MONTHLY, {"of_key": key}).first()
        return _meeting(row) if row else MonthlyMeeting(key=key)

    def hold_monthly(self, key: str) -> MonthlyMeeting:
        """Give it, and let nobody else change it until the transaction ends."""
        adding = _adding(self.connection.dialect.name)
        self.connection.execute(adding, {"key": key, "changes": 0})
        held = self.connection.execute(_MONTHLY.with_for_update(), {"of_key": key})
        return _meeting(held.one())

    def save_monthly(self, meeting: MonthlyMeeting) -> None:
        """Keep how far it is; it was held before."""
        saving = update(monthly_meetings).where(_M.key == meeting.key)
        self.connection.execute(saving.values(asdict(meeting)))

    def monthly_before(self, key: str) -> MonthlyMeeting | None:
        """Give the last monthly meeting that was begun before a month's."""
        row = self.connection.execute(_BEFORE, {"of_key": key}).first()
        return _meeting(row) if row else None

    def _all(self, asked: Select[Any], **values: object) -> tuple[Improvement, ...]:
        return tuple(self._item(row) for row in self.connection.execute(asked, values))

    def _values(self, item: Improvement, names: Sequence[str] = _ALL) -> dict[str, Any]:
        values = {name: getattr(item, name) for name in names}
        sealed = {
            name: self.vault.seal(values[name], _spot(item.id, name), subject=None)
            for name in _WORDS
            if values.get(name) is not None
        }
        return values | sealed

    def _item(self, row: Row[*tuple[Any, ...]]) -> Improvement:
        values = dict(row._mapping)
        words = {
            name: Text(self.vault.open(values[name], _spot(row.id, name), subject=None))
            for name in _WORDS
            if values[name] is not None
        }
        named = {
            "source": Source(row.source),
            "priority": Priority(row.priority),
            "owner": PersonId(row.owner),
        }
        return Improvement(**(values | words | named))


def _meeting(row: Row[*tuple[Any, ...]]) -> MonthlyMeeting:
    return MonthlyMeeting(**dict(row._mapping))


@cache
def _adding(dialect: str) -> Any:
    return make_insert(dialect, monthly_meetings).on_conflict_do_nothing(index_elements=["key"])


def _spot(item: str, column: str) -> Spot:
    return Spot("improvements", item, column)
