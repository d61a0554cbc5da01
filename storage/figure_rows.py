"""The rows of figures as the rules make them, a ticket at a time; what asks many of them is in figure_counts.py."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, bindparam, delete, exists, func, insert, select

from storage import figure_counts
from storage.batched import execute_all
from storage.figure_words import said_causes
from storage.numbers import key_of, number_of
from storage.tables import errand_figures, round_figures, tickets
from storage.upsert import upsert
from storage.vault import Vault
from tickets.case.listing import Page, Sight
from tickets.case.values import (
    CauseDimension,
    LateCause,
    Number,
)
from tickets.insight.figures import Bin, Counted, Figure, Length, Selection
from tickets.insight.overview import SaidCause
from tickets.insight.rounds import ErrandRow, Lasted, RoundRow, Rows

_T, _R, _E = tickets.c, round_figures.c, errand_figures.c
_OF_KEY = "of_key"
_DROP_ERRANDS = delete(errand_figures).where(_E.number_key == bindparam(_OF_KEY))
_ADD_ROUNDS, _ADD_ERRANDS = insert(round_figures), insert(errand_figures)
_HOW_MANY = select(func.count()).select_from(tickets)
_NUMBERS = (
    select(_T.number_key)
    .where(_T.number_key > bindparam("after"))
    .order_by(_T.number_key)
    .limit(bindparam("at_most"))
)
_WITHOUT = _NUMBERS.where(~exists().where(_R.number_key == _T.number_key))
_LENGTHS = ("response", "handling", "allowed")
_ALIKE = (
    *("round", "is_last", "counts", "standing", "logged_at", "department", "assignee"),
    *("kind", "category", "priority", "channel", "customer_type", "peak"),
    *("promised", "in_time", "score", "cause", "late_cause", "repeats", "expected_s"),
)
_ALIKE_ERRANDS = (
    *("round", "kind", "detail", "department", "person"),
    *("starts_at", "due_at", "met_at", "dropped"),
)


@dataclass(frozen=True, slots=True)
class SqlFigureRows:
    """Satisfies tickets.ports.figures.FigureRows."""

    connection: Connection
    vault: Vault

    def keep(self, number: Number, rows: Rows) -> None:
        """Keep a ticket's rows in place of those there are."""
        key = key_of(number)
        upsert(self.connection, round_figures, [_round_row(key, one) for one in rows.rounds])
        self.connection.execute(_DROP_ERRANDS, {_OF_KEY: key})
        if rows.errands:
            self.connection.execute(_ADD_ERRANDS, [_errand_row(key, one) for one in rows.errands])

    def how_many(self) -> int:
        """Count the tickets there are."""
        return self.connection.execute(_HOW_MANY).scalar_one()

    def numbers(self, *, after: Number | None, limit: int) -> Sequence[Number]:
        """Name the tickets there are, in the order of their numbers."""
        return self._numbers(_NUMBERS, after, limit)

    def without_rows(self, *, after: Number | None, limit: int) -> Sequence[Number]:
        """Name tickets that have no rows yet, in the order of their numbers."""
        return self._numbers(_WITHOUT, after, limit)

    def count(self, figure: Figure, chosen: Selection) -> Mapping[str, Counted]:
        """Count what a figure is taken of, and what of it counts, for each group."""
        return figure_counts.count(self.connection, figure, chosen)

    def counts(self, chosen: Selection) -> Mapping[Figure, Mapping[str, Counted]]:
        """Count for all figures at once."""
        return figure_counts.counts(self.connection, chosen)

    def lengths(
        self, length: Length, chosen: Selection, *, working: bool
    ) -> Mapping[str, Sequence[Bin]]:
        """Give lengths of time for each group, those of the same whole minutes together."""
        return figure_counts.lengths(self.connection, length, chosen, working=working)

    def causes(self, chosen: Selection) -> Mapping[str, Mapping[CauseDimension, int]]:
        """Count the causes of what was solved, for each group."""
        return figure_counts.causes(self.connection, chosen)

    def late_causes(self, chosen: Selection) -> Mapping[str, Mapping[LateCause, int]]:
        """Count the reasons said of what was overdue, by case, for each group."""
        return figure_counts.late_causes(self.connection, chosen)

    def said_causes(self, chosen: Selection, *, seen_by: Sight, most: int) -> Sequence[SaidCause]:
        """Give the first causes written down with the newest results, as far as `seen_by` may read them."""
        return said_causes(self.connection, self.vault, chosen, seen_by=seen_by, most=most)

    def behind(
        self, figure: Figure, chosen: Selection, *, seen_by: Sight, page: int, size: int
    ) -> Page:
        """Give one page of the cases a figure is taken of; what does not count comes first."""
        return figure_counts.behind(
            self.connection, figure, chosen, seen_by=seen_by, page=page, size=size
        )

    def _numbers(self, asking: Any, after: Number | None, limit: int) -> Sequence[Number]:
        where = {"after": key_of(after) if after else 0, "at_most": limit}
        return [number_of(key) for key in self.connection.execute(asking, where).scalars()]


def add_rows(connection: Connection, tickets_: Sequence[Rows]) -> None:
    """Keep the rows of new tickets at once."""
    rounds = [_round_row(key_of(one.number), one) for rows in tickets_ for one in rows.rounds]
    errands = [_errand_row(key_of(one.number), one) for rows in tickets_ for one in rows.errands]
    for adding, rows in ((_ADD_ROUNDS, rounds), (_ADD_ERRANDS, errands)):
        if rows:
            execute_all(connection, adding, rows)


def _round_row(key: int, one: RoundRow) -> dict[str, object]:
    row: dict[str, object] = {name: getattr(one, name) for name in _ALIKE}
    row |= {"number_key": key, "channel": one.channel or ""}
    for name in _LENGTHS:
        row |= _lasted(name, getattr(one, name))
    return row


def _errand_row(key: int, one: ErrandRow) -> dict[str, object]:
    row: dict[str, object] = {name: getattr(one, name) for name in _ALIKE_ERRANDS}
    return row | {"number_key": key} | _lasted("took", one.took)


def _lasted(name: str, length: Lasted | None) -> dict[str, object]:
    clock, working = (length.clock, length.working) if length else (None, None)
    return {f"{name}_s": clock, f"{name}_open_s": working}
