"""Retrospectives and pursuits as rows: ids and moments plainly, people's words sealed with the desk's key."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Connection,
    Row,
    Select,
    Table,
    bindparam,
    exists,
    func,
    insert,
    select,
    update,
)

from storage.numbers import key_of, number_of
from storage.retrospective_values import (
    about_of,
    about_pursuit,
    pursuit_of,
    record_of,
    record_text,
    retro_of,
)
from storage.tables import complained_about, events, improvements, pursuits, retrospectives, tickets
from storage.upsert import make_insert
from storage.vault import Spot, Vault
from tickets.case.facts import Imported
from tickets.case.values import Number, PersonId, Priority, Text
from tickets.errors import NotFound
from tickets.retrospectives.occasions import Sign, SignKind
from tickets.retrospectives.pursuit import Pursuit
from tickets.retrospectives.retrospective import OPEN, Retrospective

_R, _P, _I, _E, _T = retrospectives.c, pursuits.c, improvements.c, events.c, tickets.c
_GET = select(retrospectives).where(_R.id == bindparam("of_id"))
_PURSUIT = select(pursuits).where(_P.item == bindparam("of_item"))
_later = events.alias()
_CAME_IN_WITH = exists().where(
    _later.c.ticket_id == _E.ticket_id, _later.c.seq > _E.seq, _later.c.kind == Imported.__name__
)
_SIGNS = (
    select(_E.id, _E.kind, _E.at, _E.plain, _T.number_key, _T.priority, _T.round)
    .join_from(events, tickets, _E.ticket_id == _T.id)
    .where(
        _E.id > bindparam("after"),
        _E.kind.in_([str(kind) for kind in SignKind]),
        _T.backfilled.is_(False),
        ~_CAME_IN_WITH,
    )
    .order_by(_E.id)
)


@dataclass(frozen=True, slots=True)
class SqlRetrospectives:
    """Satisfies tickets.ports.Retrospectives."""

    connection: Connection
    vault: Vault

    def add(self, retro: Retrospective) -> bool:
        """Keep a new one; False: its occasion is known already, nothing was kept."""
        adding = make_insert(self.connection.dialect.name, retrospectives)
        once = adding.on_conflict_do_nothing(index_elements=["key"]).returning(_R.id)
        values = {
            "id": retro.id,
            "occasion": retro.occasion,
            "key": retro.key,
            "number_key": key_of(retro.number) if retro.number else None,
            "made_at": retro.made_at,
            **self._moving(retro),
        }
        return self.connection.execute(once, values).first() is not None

    def get(self, retro_id: str) -> Retrospective:
        """Give one. Raises NotFound."""
        return self._one(_GET, retro_id)

    def hold(self, retro_id: str) -> Retrospective:
        """Give one, and let nobody else change it until the transaction ends. Raises NotFound."""
        return self._one(_GET.with_for_update(), retro_id)

    def save(self, retro: Retrospective) -> None:
        """Keep how far one has come."""
        saving = update(retrospectives).where(_R.id == retro.id)
        self.connection.execute(saving.values(self._moving(retro)))

    def of_case(self, number: Number) -> Sequence[Retrospective]:
        """List those about a case, the newest first."""
        return self._all(select(retrospectives).where(_R.number_key == key_of(number)))

    def newest(self, *, most: int) -> Sequence[Retrospective]:
        """List the newest, whatever became of them."""
        return self._all(select(retrospectives).limit(most))

    def complained_of(self, person: PersonId) -> frozenset[Number]:
        """Name the cases that are complaints about somebody: they hear nothing of them (R25)."""
        asked = select(complained_about.c.number_key).where(complained_about.c.person == person)
        return frozenset(number_of(key) for key in self.connection.execute(asked).scalars())

    def under_way(self, *, most: int) -> Sequence[Retrospective]:
        """List those that somebody has the next step of, the newest first."""
        asked = select(retrospectives).where(_R.standing.in_(sorted(OPEN)))
        return self._all(asked.limit(most))

    def due(self, now: datetime, *, most: int) -> Sequence[str]:
        """Name those that have something to send or to ask."""
        asked = select(_R.id).where(_R.look_at <= now).order_by(_R.look_at, _R.id).limit(most)
        return tuple(self.connection.execute(asked).scalars())

    def signs(self, after: int, *, most: int) -> tuple[Sequence[Sign], int]:
        """Give what happened to cases after a place in the log, and the place it was read up to."""
        newest = self.log_end()
        rows = self.connection.execute(_SIGNS.limit(most), {"after": after}).all()
        reached = rows[-1].id if len(rows) == most else max(newest, after)
        return tuple(_sign(row) for row in rows), reached

    def log_end(self) -> int:
        """Give the newest place in the log."""
        return self.connection.execute(select(func.max(_E.id))).scalar_one() or 0

    # --- improvements -----------------------------------------------------------------------------

    def pursue(self, pursuit: Pursuit) -> None:
        """Keep how a new improvement is to be pursued."""
        self.connection.execute(
            insert(pursuits),
            {
                "item": pursuit.item,
                "retro": pursuit.retro,
                "place": pursuit.place,
                "resources": self._sealed(pursuits, pursuit.item, "resources", pursuit.resources),
                "about": about_pursuit(pursuit),
                "look_at": pursuit.look_at,
            },
        )

    def pursuit(self, item: str) -> Pursuit:
        """Give how an improvement is pursued. Raises NotFound."""
        return self._pursued(_PURSUIT, item)

    def hold_pursuit(self, item: str) -> Pursuit:
        """Give it, and let nobody else change it until the transaction ends. Raises NotFound."""
        return self._pursued(_PURSUIT.with_for_update(), item)

    def save_pursuit(self, pursuit: Pursuit) -> None:
        """Keep how far it has come."""
        values = {"about": about_pursuit(pursuit), "look_at": pursuit.look_at}
        self.connection.execute(update(pursuits).where(_P.item == pursuit.item).values(values))

    def pursuits(self, retro_id: str) -> Sequence[Pursuit]:
        """List a retrospective's, in order."""
        asked = select(pursuits).where(_P.retro == retro_id).order_by(_P.place, _P.item)
        return tuple(self._pursuit(row) for row in self.connection.execute(asked))

    def owned(self, person: PersonId, *, most: int) -> Sequence[Pursuit]:
        """List those whose improvement somebody has yet to carry out, the earliest due first."""
        asked = (
            select(pursuits)
            .join_from(pursuits, improvements, _P.item == _I.id)
            .where(_I.owner == person, _I.done_at.is_(None))
            .order_by(_I.due_at, _P.item)
            .limit(most)
        )
        return tuple(self._pursuit(row) for row in self.connection.execute(asked))

    def due_pursuits(self, now: datetime, *, most: int) -> Sequence[str]:
        """Name the improvements about which there is something to say or to measure."""
        asked = select(_P.item).where(_P.look_at <= now).order_by(_P.look_at, _P.item).limit(most)
        return tuple(self.connection.execute(asked).scalars())

    def next_look_at(self) -> datetime | None:
        """Tell when the next of all of these is."""
        firsts = [
            self.connection.execute(
                select(look).where(look.is_not(None)).order_by(look).limit(1)
            ).scalar()
            for look in (_R.look_at, _P.look_at)
        ]
        return min((one for one in firsts if one), default=None)

    # --- words ------------------------------------------------------------------------------------

    def _moving(self, retro: Retrospective) -> dict[str, object]:
        words = record_text(retro.record)
        return {
            "standing": retro.standing,
            "about": about_of(retro),
            "record": self._sealed(retrospectives, retro.id, "record", words),
            "changes": retro.changes,
            "look_at": retro.look_at,
        }

    def _sealed(self, table: Table, row: str, column: str, words: str) -> bytes:
        return self.vault.seal(words, Spot(table.name, row, column), subject=None)

    def _one(self, asked: Select[Any], retro_id: str) -> Retrospective:
        row = self.connection.execute(asked, {"of_id": retro_id}).first()
        if row is None:
            raise NotFound("retro.unknown")
        return self._retro(row)

    def _all(self, asked: Select[Any]) -> tuple[Retrospective, ...]:
        rows = self.connection.execute(asked.order_by(_R.made_at.desc(), _R.id))
        return tuple(self._retro(row) for row in rows)

    def _retro(self, row: Row[*tuple[Any, ...]]) -> Retrospective:
        spot = Spot(retrospectives.name, row.id, "record")
        record = record_of(self.vault.open(row.record, spot, subject=None))
        return replace(retro_of(row), record=record)

    def _pursued(self, asked: Select[Any], item: str) -> Pursuit:
        row = self.connection.execute(asked, {"of_item": item}).first()
        if row is None:
            raise NotFound("improvement.unknown")
        return self._pursuit(row)

    def _pursuit(self, row: Row[*tuple[Any, ...]]) -> Pursuit:
        spot = Spot(pursuits.name, row.item, "resources")
        words = Text(self.vault.open(row.resources, spot, subject=None))
        return replace(pursuit_of(row), resources=words)


def _sign(row: Row[*tuple[Any, ...]]) -> Sign:
    return Sign(
        kind=SignKind(row.kind),
        number=number_of(row.number_key),
        at=row.at,
        priority=Priority(row.priority),
        round=row.round,
        score=row.plain.get("score"),
    )
