"""The deadlines as time looks at them: found by one partial index, said and moved on by the hundred."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BindParameter,
    Connection,
    Row,
    bindparam,
    func,
    insert,
    literal_column,
    select,
    true,
    update,
)

from storage.ladders import ladder_of
from storage.numbers import key_of, number_of
from storage.projection import keep_deadlines, next_step
from storage.tables import cards, deadlines, events, is_ready, marks, notices, tickets
from storage.upsert import upsert
from tickets.case.codec import write
from tickets.case.log import Event
from tickets.case.ticket import Ticket
from tickets.case.values import Kind, Number, Priority
from tickets.errors import Conflict
from tickets.notices import NoticeState
from tickets.ports.watching import Due, Mark, Step
from tickets.time.deadline import Deadline, DeadlineKind, Look, Said

_D, _T, _N = deadlines.c, tickets.c, notices.c

# The comparison alone lets SQLite prove the partial index's condition (BASELINES.md 3).
FIND = (
    select(_D.number_key)
    .where(_D.look_at <= bindparam("now"))
    .order_by(_D.look_at, _D.number_key)
    .limit(bindparam("at_most"))
)
_NEXT = select(func.min(_D.look_at)).where(_D.look_at.is_not(None))
_KEYS: BindParameter[int] = bindparam("keys", expanding=True)
# Only PostgreSQL locks rows; SQLite has one writer at a time and leaves the clause out.
_HOLD = (
    select(
        _T.number_key,
        _T.id,
        _T.version,
        _T.kind,
        _T.category,
        _T.round,
        _T.priority,
        _T.department,
        _T.assignee,
        _T.logged_by,
        _T.caller,
    )
    .where(_T.number_key.in_(_KEYS))
    .order_by(_T.number_key)
    .with_for_update(skip_locked=True)
)
_DUE = (
    select(deadlines)
    .where(_D.number_key.in_(_KEYS), _D.look_at <= bindparam("now"))
    .order_by(_D.number_key, _D.look_at, _D.kind, _D.detail)
)
_ALL = (
    select(deadlines, _T.priority)
    .join_from(deadlines, tickets, _D.number_key == _T.number_key)
    .where(
        _D.number_key == bindparam("of_key"),
        _D.backfilled.is_not(None),  # NULL: written by a program that did not know of breaches
    )
)
_UNSENT = select(_N.number, _N.key).where(
    _N.number.in_(bindparam("numbers", expanding=True)),
    is_ready(notices),
    _N.kind.in_([literal_column(f"'{kind}'") for kind in ("warning", "breach", "escalation")]),
)
_VOID = (
    update(notices)
    .where(_N.key == bindparam("of_key"), is_ready(notices))
    .values(state=NoticeState.SUPERSEDED, why=bindparam("reason"))
)
_ADD = insert(events).inline()
_ADVANCE = (
    update(tickets)
    .where(_T.number_key == bindparam("of_key"), _T.version == bindparam("was"))
    .values(version=bindparam("now_at"))
)
_WANT = (
    update(cards)
    .where(cards.c.number_key == bindparam("of_key"), cards.c.is_current == true())
    .values(wanted=bindparam("now_at"))
)
_SAY = (
    update(deadlines)
    .where(
        _D.number_key == bindparam("of_key"),
        _D.round == bindparam("of_round"),
        _D.kind == bindparam("of_kind"),
        _D.detail == bindparam("of_detail"),
    )
    .values(
        look_at=bindparam("at"),
        stage=bindparam("next_stage"),
        said_stage=bindparam("said"),
        said_due_at=bindparam("said_due"),
    )
)
_POSTPONE = (
    update(deadlines)
    .where(_D.number_key == bindparam("of_key"), _D.look_at <= bindparam("now"))
    .values(look_at=bindparam("until"))
)
_NEXT_STEP = update(tickets).where(_T.number_key == bindparam("of_key"))
_OPEN = (
    select(_T.number)
    .where(_T.is_open == true(), _T.number_key > bindparam("after"))
    .order_by(_T.number_key)
    .limit(bindparam("at_most"))
    .with_for_update()
)
_MARK = select(marks.c.at, marks.c.value).where(marks.c.name == bindparam("of_name"))


@dataclass(frozen=True, slots=True)
class SqlWatch:
    """Satisfies tickets.ports.watching.Watching."""

    connection: Connection

    def due(self, *, now: datetime, limit: int) -> tuple[Due, ...]:
        """Take what is due, the longest due first; tickets that another process holds are left out."""
        keys = self.connection.execute(FIND, {"now": now, "at_most": limit}).scalars().all()
        return self._held(list(dict.fromkeys(keys)), now) if keys else ()

    def due_of(self, number: Number, *, now: datetime) -> tuple[Due, ...]:
        """Take what is due of one ticket."""
        return self._held([key_of(number)], now)

    def unsent(self, numbers: Sequence[Number]) -> Mapping[Number, tuple[str, ...]]:
        """Give the keys of these tickets' warnings, breaches and rungs that are still to be sent."""
        found: defaultdict[Number, tuple[str, ...]] = defaultdict(tuple)
        if numbers:
            for row in self.connection.execute(_UNSENT, {"numbers": list(numbers)}):
                found[Number(row.number)] += (row.key,)
        return found

    def supersede(self, keys: Sequence[str], *, reason: str) -> None:
        """Void these notices where they are not on their way yet."""
        if keys:
            self.connection.execute(_VOID, [{"of_key": key, "reason": reason} for key in keys])

    def record(self, steps: Sequence[Step]) -> None:
        """Append what was said, note how far, and ask for the cards. Raises Conflict: another was faster."""
        if not steps:
            return
        self._append([step.event for step in steps if step.event])
        self.connection.execute(_SAY, [_said_row(step) for step in steps])

    def renew(self, ticket: Ticket, new: Sequence[Event], *, deadlines: Sequence[Deadline]) -> None:
        """Append what a recomputation moved and remake the deadlines' rows. Raises Conflict."""
        key = key_of(ticket.number)
        self._append(new)
        keep_deadlines(self.connection, key, ticket.version, deadlines)
        self.connection.execute(_NEXT_STEP.values(next_step(deadlines)), {"of_key": key})

    def postpone(self, number: Number, *, now: datetime, until: datetime) -> None:
        """Look at what is due of a ticket later: something is wrong with it."""
        self.connection.execute(_POSTPONE, {"of_key": key_of(number), "now": now, "until": until})

    def deadlines(self, number: Number) -> tuple[Deadline, ...]:
        """Give a ticket's deadlines as they were reckoned last, settled ones as they were then."""
        rows = self.connection.execute(_ALL, {"of_key": key_of(number)})
        return tuple(_deadline(row, urgent=row.priority == Priority.P1) for row in rows)

    def next_look_at(self) -> datetime | None:
        """Tell when the next deadline has something to say."""
        return self.connection.execute(_NEXT).scalar()

    def open_after(self, number: Number | None, *, limit: int) -> tuple[Number, ...]:
        """Take open tickets in the order of their numbers, from the one after this."""
        after = key_of(number) if number else 0
        rows = self.connection.execute(_OPEN, {"after": after, "at_most": limit})
        return tuple(Number(one) for one in rows.scalars())

    def mark(self, name: str) -> Mark | None:
        """Read where something stood last; None: it never ran."""
        row = self.connection.execute(_MARK, {"of_name": name}).first()
        return Mark(row.at, row.value) if row else None

    def keep_mark(self, name: str, mark: Mark) -> None:
        """Note where something stands."""
        upsert(self.connection, marks, [{"name": name, "at": mark.at, "value": mark.value}])

    def _held(self, keys: Sequence[int], now: datetime) -> tuple[Due, ...]:
        """Lock the tickets before their deadlines are read, in the order in which people's changes do."""
        held = {row.number_key: row for row in self.connection.execute(_HOLD, {"keys": list(keys)})}
        if not held:
            return ()
        rows = self.connection.execute(_DUE, {"keys": list(held), "now": now})
        return tuple(_due(held[row.number_key], row) for row in rows)

    def _append(self, new: Sequence[Event]) -> None:
        """Append entries without words, raise the tickets' versions, ask for their cards."""
        if not new:
            return
        self.connection.execute(_ADD, [_event_row(event) for event in new])
        first: dict[Number, int] = {}
        last: dict[Number, int] = {}
        for event in new:
            first.setdefault(event.number, event.seq)
            last[event.number] = event.seq
        changed = [
            {"of_key": key_of(number), "was": first[number] - 1, "now_at": last[number]}
            for number in last
        ]
        done = self.connection.execute(_ADVANCE, changed)
        if done.rowcount != len(changed):
            raise Conflict("records.conflict", number=new[0].number)
        self.connection.execute(_WANT, changed)


def _due(ticket: Row[*tuple[Any, ...]], row: Row[*tuple[Any, ...]]) -> Due:
    return Due(
        ticket_id=ticket.id,
        number=number_of(ticket.number_key),
        version=ticket.version,
        kind=Kind(ticket.kind),
        category=ticket.category,
        round=ticket.round,
        priority=Priority(ticket.priority),
        department=ticket.department,
        assignee=ticket.assignee,
        logged_by=ticket.logged_by,
        caller=ticket.caller,
        deadline=_deadline(row, urgent=ticket.priority == Priority.P1),
    )


def _deadline(row: Row[*tuple[Any, ...]], *, urgent: bool = False) -> Deadline:
    return Deadline(
        kind=DeadlineKind(row.kind),
        round=row.round,
        starts_at=row.starts_at,
        due_at=row.due_at,
        warn_at=row.warn_at,
        met_at=row.met_at,
        breached_at=row.breached_at,
        void=row.void,
        paused_since=row.paused_since,
        provisional=row.provisional,
        policy=row.policy,
        detail=row.detail,
        ladder=ladder_of(row.ladder),
        urgent=urgent,
        backfilled=bool(row.backfilled),
        said=Said(row.said_stage, row.said_due_at) if row.said_stage is not None else None,
        look=Look(row.stage, row.look_at) if row.look_at is not None else None,
    )


def _said_row(step: Step) -> dict[str, object]:
    one, look, said = step.due.deadline, step.look, step.said
    return {
        "of_key": key_of(step.due.number),
        "of_round": one.round,
        "of_kind": one.kind,
        "of_detail": one.detail,
        "at": look.at if look else None,
        "next_stage": look.stage if look else None,
        "said": said.stage if said else None,
        "said_due": said.due_at if said else None,
    }


def _event_row(event: Event) -> dict[str, object]:
    written = write(event.fact)
    if written.words:
        raise ValueError(f"{written.kind} holds words, which only the vault may write")
    return {
        "ticket_id": event.ticket_id,
        "number": event.number,
        "seq": event.seq,
        "at": event.at,
        "actor": event.by,
        "kind": written.kind,
        "plain": written.plain,
        "words": None,
    }
