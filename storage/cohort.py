"""The cases of a period as they stood at a moment, and what was missed in it; read from rows and plain facts."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from itertools import groupby
from operator import attrgetter
from typing import Any

from sqlalchemy import (
    CompoundSelect,
    Connection,
    Row,
    and_,
    bindparam,
    exists,
    or_,
    select,
    union_all,
)

from storage.event_log import opened_words
from storage.numbers import key_of, number_of
from storage.tables import deadlines, events, is_running, round_figures, tickets
from storage.vault import Vault
from tickets.case.values import LateCause, Number, Status, Text
from tickets.insight.cohort import Case, Clocked, Lateness, Standing
from tickets.insight.rounds import said_standing
from tickets.time.deadline import DeadlineKind

_T, _D, _E, _R = tickets.c, deadlines.c, events.c, round_figures.c
AT_ONCE = 500  # keys in one statement

_logged = (_T.logged_at >= bindparam("start"), _T.logged_at < bindparam("end"))
_CASES = (
    select(
        _T.number_key, _T.id, _T.department, _T.category, _T.received_at, _R.response_s, _R.promised
    )
    .select_from(
        tickets.outerjoin(round_figures, and_(_R.number_key == _T.number_key, _R.round == 1))
    )
    .where(*_logged)
    .order_by(_T.number_key)
)
_CLOCKS = (
    select(_D.number_key, _D.kind, _D.starts_at, _D.due_at, _D.met_at)
    .join_from(tickets, deadlines, _D.number_key == _T.number_key)
    .where(*_logged, _D.round == 1, _D.kind.in_([DeadlineKind.RESPONSE, DeadlineKind.RESOLUTION]))
    .order_by(_D.number_key, _D.kind, _D.starts_at)
)
_TURNS = (
    *("Resolved", "RoundBegun", "MarkedInvalid", "InvalidTakenBack", "Merged", "Scored"),
    "StatusSaid",
)
_FACTS = (
    select(_E.ticket_id, _E.at, _E.kind, _E.plain)
    .join_from(tickets, events, _E.ticket_id == _T.id)
    .where(*_logged, _E.kind.in_(_TURNS), _E.at <= bindparam("as_of"))
    .order_by(_E.ticket_id, _E.seq)
)
# What went on under another number is counted there.
_goes_on = ~exists().where(_T.number_key == _D.number_key, _T.status == Status.MERGED)
# Two statements, each in the words of its partial index.
_MISSED = union_all(
    select(_D.number_key).where(
        _D.breached_at >= bindparam("start"), _D.breached_at < bindparam("end"), _goes_on
    ),
    select(_D.number_key).where(
        _D.due_at >= bindparam("start"), _D.due_at < bindparam("end"), is_running(deadlines)
    ),
)
_SAID = (
    select(_T.number_key, _T.customer_id, _E.ticket_id, _E.seq, _E.at, _E.plain, _E.words)
    .join_from(tickets, events, _E.ticket_id == _T.id)
    .where(
        _T.number_key.in_(bindparam("keys", expanding=True)),
        _E.kind.in_(("LatenessExplained", "Resolved")),
        _E.at <= bindparam("as_of"),
        or_(_E.kind == "LatenessExplained", _E.words.is_not(None)),
    )
    .order_by(_T.number_key, _E.seq)
)


def cases_of(
    connection: Connection, start: datetime, end: datetime, *, as_of: datetime
) -> list[Case]:
    """Give the cases logged in a period as they stood at a moment."""
    period = {"start": start, "end": end}
    clocks = _clocks(connection, period, as_of)
    turns = _facts(connection, period, as_of)
    return [
        _case(row, clocks.get(row.number_key, {}), turns.get(row.id, ()), as_of)
        for row in connection.execute(_CASES, period)
    ]


def missed_in(connection: Connection, start: datetime, end: datetime) -> list[Number]:
    """Name the cases a deadline of which passed unmet in a period."""
    keys = connection.execute(_MISSED, {"start": start, "end": end}).scalars()
    return [number_of(key) for key in sorted(set(keys))]


def missed_clocks(start: datetime, end: datetime) -> CompoundSelect[int, int]:
    """Find the rounds a deadline of which passed unmet in a period, some more than once."""
    which = select(_D.number_key, _D.round)
    return union_all(
        which.where(_D.breached_at >= start, _D.breached_at < end, _goes_on),
        which.where(_D.due_at >= start, _D.due_at < end, is_running(deadlines)),
    )


def reasons_of(
    connection: Connection, vault: Vault, numbers: Sequence[Number], *, as_of: datetime
) -> list[Lateness]:
    """Give the last reason said of each of these cases, in words alone of the cause named before; words are opened for these alone."""
    keys = [key_of(number) for number in numbers]
    found: dict[int, Lateness] = {}
    for begun in range(0, len(keys), AT_ONCE):
        some = {"keys": keys[begun : begun + AT_ONCE], "as_of": as_of}
        for row in connection.execute(_SAID, some):
            reason = _reason(row, vault, found.get(row.number_key))
            if reason is not None:
                found[row.number_key] = reason  # the later ones come later
    return list(found.values())


def _reason(row: Row[*tuple[Any, ...]], vault: Vault, before: Lateness | None) -> Lateness | None:
    words = opened_words(row, vault).get("overdue_reason")
    cause = row.plain.get("cause")
    if cause is None and words is None:
        return None
    kept = before.cause if before else None
    return Lateness(
        number=number_of(row.number_key),
        at=row.at,
        cause=LateCause(cause) if cause else kept,
        words=Text(words) if words else None,
    )


def _clocks(
    connection: Connection, period: Mapping[str, datetime], as_of: datetime
) -> dict[int, dict[str, Clocked]]:
    clocks: dict[int, dict[str, Clocked]] = {}
    for row in connection.execute(_CLOCKS, period):
        met_at = row.met_at if row.met_at and row.met_at <= as_of else None
        mine = clocks.setdefault(row.number_key, {})
        mine.setdefault(
            row.kind, Clocked(starts_at=row.starts_at, due_at=row.due_at, met_at=met_at)
        )
    return clocks


def _facts(
    connection: Connection, period: Mapping[str, datetime], as_of: datetime
) -> dict[str, list[Row[*tuple[Any, ...]]]]:
    rows = connection.execute(_FACTS, {**period, "as_of": as_of})
    return {ticket: list(said) for ticket, said in groupby(rows, key=attrgetter("ticket_id"))}


def _case(
    row: Row[*tuple[Any, ...]],
    clocks: Mapping[str, Clocked],
    facts: Sequence[Row[*tuple[Any, ...]]],
    as_of: datetime,
) -> Case:
    standing, solved_at = Standing.OPEN, None
    for fact in facts:
        if fact.kind == "StatusSaid":  # by an import, which knows no single step
            standing = said_standing(Status(fact.plain["status"]))
        standing = _STANDING.get(fact.kind, standing)
        solved_at = fact.at if fact.kind == "Resolved" else solved_at
    return Case(
        number=number_of(row.number_key),
        department=row.department,
        category=row.category,
        received_at=row.received_at,
        standing=standing,
        solved_at=solved_at if standing is Standing.SOLVED else None,
        response=clocks.get(DeadlineKind.RESPONSE),
        reached_at=_reached_at(row, as_of),
        resolution=clocks.get(DeadlineKind.RESOLUTION),
        scores=tuple(fact.plain["score"] for fact in facts if fact.kind == "Scored"),
    )


def _reached_at(row: Row[*tuple[Any, ...]], as_of: datetime) -> datetime | None:
    """Tell when a customer was reached whom no policy promised it; a clock says it of the others."""
    if row.promised or row.response_s is None:
        return None
    moment: datetime = row.received_at + timedelta(seconds=row.response_s)
    return moment if moment <= as_of else None


_STANDING = {
    "Resolved": Standing.SOLVED,
    "RoundBegun": Standing.OPEN,
    "MarkedInvalid": Standing.INVALID,
    "InvalidTakenBack": Standing.OPEN,
    "Merged": Standing.MERGED,
}
