"""Roll-ups: binds what waits for one conversation to one message, and says of each how that ended."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Row,
    bindparam,
    exists,
    func,
    literal,
    select,
    true,
    update,
)

from storage.notices import SqlNotices, notice_of
from storage.numbers import find_key, number_of
from storage.tables import cards, is_ready, is_unfinished, notices
from tickets.case.values import Number
from tickets.notices import Notice, NoticeKind, NoticeState, Place, PlaceKind, Urgency, in_channel
from tickets.rollup import ALONE, MOST_LISTED, MOST_WAITING, ROLLED_UP, bundle

AT_A_TIME = 2_000  # candidates looked at in one transaction
_N = notices.c
_PLACES = (PlaceKind.THREAD, PlaceKind.PERSON, PlaceKind.DESK)


def is_free(source: FromClause) -> ColumnElement[bool]:
    """Say that no roll-up speaks for a notice."""
    return func.coalesce(source.c.covered_by, literal(ALONE)) == literal(ALONE)


def _may_be_rolled_up(source: FromClause) -> ColumnElement[bool]:
    return (
        is_ready(source)
        & source.c.covered_by.is_(None)
        & source.c.number.is_not(None)
        & (source.c.urgency > int(Urgency.P1))
        & source.c.kind.in_(sorted(ROLLED_UP))
        & source.c.place_kind.in_(_PLACES)
    )


_one, _earlier = notices.alias("one"), notices.alias("earlier")
_kept_back = exists().where(
    _earlier.c.order_group == _one.c.order_group,
    _earlier.c.id < _one.c.id,
    is_unfinished(_earlier),
    _earlier.c.due_at <= bindparam("now"),
    # What would stand in the same list goes with it; anything else has to be seen first.
    ~(
        _may_be_rolled_up(_earlier)
        & (_earlier.c.place_kind == _one.c.place_kind)
        & (_earlier.c.place_key == _one.c.place_key)
    ),
)
_CANDIDATES = (
    select(_one)
    .where(_may_be_rolled_up(_one), _one.c.due_at <= bindparam("now"), ~_kept_back)
    .order_by(_one.c.urgency, _one.c.due_at, _one.c.id)
    .limit(AT_A_TIME)
)
_MANY = select(func.count()).select_from(
    select(_N.id)
    .where(is_ready(notices), _N.due_at <= bindparam("now"))
    .limit(MOST_WAITING + 1)
    .subquery()
)
_HOMES = select(cards.c.number_key, cards.c.channel_id).where(
    cards.c.number_key.in_(bindparam("keys", expanding=True)),
    cards.c.is_current == true(),
    cards.c.channel_id.is_not(None),
)
_UNSENT = select(_N.key).where(
    is_ready(notices),
    _N.kind == NoticeKind.ROLL_UP,
    _N.place_kind == bindparam("to_kind"),
    _N.place_key == bindparam("to_key"),
)
_COVERED = _N.covered_by == bindparam("roll_up")
# Another process may have been faster: whatever is on its way or bound already is left alone.
_BIND = update(notices).where(
    _N.key == bindparam("of_key"), is_ready(notices), _N.covered_by.is_(None)
)
_SAID = update(notices).where(_COVERED, is_ready(notices))
_ABSORBED = update(notices).where(_N.key == bindparam("of_key"), is_ready(notices))


def may_be_many(connection: Connection, now: datetime) -> bool:
    """Tell cheaply whether so much is due that a roll-up may be called for."""
    return connection.execute(_MANY, {"now": now}).scalar_one() > MOST_WAITING


def roll_up(connection: Connection, *, now: datetime, at: datetime) -> int:
    """Bind what over twenty wait with for one conversation to roll-ups; give how many were planned."""
    planned = 0
    for place, waiting in _by_place(connection, now).items():
        if len(waiting) <= MOST_WAITING:
            continue
        taken = [*waiting, *_taken_back(connection, place, at)]
        for notice, covered in bundle(place, taken, at=at):
            _bind(connection, notice, covered)
            planned += 1
    return planned


def note_end(connection: Connection, key: str, state: object, values: Mapping[str, object]) -> None:
    """Say of everything a roll-up covers how the roll-up ended; refused, they go by themselves."""
    match state:
        case NoticeState.SENT:
            connection.execute(_SAID.values(dict(values)), {"roll_up": key})
        case NoticeState.PARKED | NoticeState.SUPERSEDED:
            connection.execute(_SAID.values(covered_by=ALONE), {"roll_up": key})
        case _:
            pass


def _by_place(connection: Connection, now: datetime) -> dict[Place, list[Notice]]:
    rows = connection.execute(_CANDIDATES, {"now": now}).all()
    homes = _homes(connection, rows)
    waiting: dict[Place, list[Notice]] = defaultdict(list)
    for row in rows:
        notice = notice_of(row)
        place = notice.place
        if place.kind is PlaceKind.THREAD:
            home = homes.get(notice.number) if notice.number else None
            if home is None:
                continue
            place = in_channel(home)
        waiting[place].append(notice)
    return waiting


def _homes(connection: Connection, rows: Sequence[Row[*tuple[Any, ...]]]) -> Mapping[Number, str]:
    keys = {find_key(row.number) for row in rows if row.place_kind == PlaceKind.THREAD}
    found = connection.execute(_HOMES, {"keys": sorted(key for key in keys if key is not None)})
    return {number_of(row.number_key): row.channel_id for row in found}


def _taken_back(connection: Connection, place: Place, at: datetime) -> list[Notice]:
    """Dissolve the place's roll-ups that have not gone and have room, so that few messages say all."""
    unsent = connection.execute(_UNSENT, {"to_kind": place.kind, "to_key": place.key}).scalars()
    taken: list[Notice] = []
    for key in unsent.all():
        members = SqlNotices(connection).covered(key)
        values = {"state": NoticeState.SUPERSEDED, "why": "absorbed", "ended_at": at}
        if len(members) >= MOST_LISTED:
            continue
        if connection.execute(_ABSORBED.values(values), {"of_key": key}).rowcount != 1:
            continue  # it has just gone
        connection.execute(_SAID.values(covered_by=None), {"roll_up": key})
        taken += members
    return taken


def _bind(connection: Connection, notice: Notice, covered: Sequence[Notice]) -> None:
    SqlNotices(connection).plan([notice])
    bound = [{"of_key": one.key} for one in covered]
    connection.execute(_BIND.values(covered_by=notice.key), bound)
