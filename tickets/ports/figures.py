"""The rows that figures are taken from: kept with every change of a ticket, counted by the hundred thousand."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from tickets.case.listing import Page, Sight
from tickets.case.values import CauseDimension, LateCause, Number
from tickets.insight.figures import Bin, Counted, Figure, Length, Selection
from tickets.insight.overview import SaidCause
from tickets.insight.rounds import Rows


class FigureRows(Protocol):
    """Rows a ticket, round and errand; by a group's key, "" for those without one and where none was asked for."""

    def keep(self, number: Number, rows: Rows) -> None:
        """Keep a ticket's rows in place of those there are."""
        ...

    def how_many(self) -> int:
        """Count the tickets there are."""
        ...

    def numbers(self, *, after: Number | None, limit: int) -> Sequence[Number]:
        """Name the tickets there are, in the order of their numbers."""
        ...

    def without_rows(self, *, after: Number | None, limit: int) -> Sequence[Number]:
        """Name tickets that have no rows yet, in the order of their numbers."""
        ...

    def count(self, figure: Figure, chosen: Selection) -> Mapping[str, Counted]:
        """Count what a figure is taken of, and what of it counts, for each group."""
        ...

    def counts(self, chosen: Selection) -> Mapping[Figure, Mapping[str, Counted]]:
        """Count for all figures at once, for each group."""
        ...

    def lengths(
        self, length: Length, chosen: Selection, *, working: bool
    ) -> Mapping[str, Sequence[Bin]]:
        """Give lengths of time for each group, those of the same whole minutes together."""
        ...

    def causes(self, chosen: Selection) -> Mapping[str, Mapping[CauseDimension, int]]:
        """Count the causes of what was solved, for each group."""
        ...

    def late_causes(self, chosen: Selection) -> Mapping[str, Mapping[LateCause, int]]:
        """Count the reasons said of what was overdue, by case, for each group."""
        ...

    def said_causes(self, chosen: Selection, *, seen_by: Sight, most: int) -> Sequence[SaidCause]:
        """Give the first causes written down with the newest results, as far as `seen_by` may read them."""
        ...

    def behind(
        self, figure: Figure, chosen: Selection, *, seen_by: Sight, page: int, size: int
    ) -> Page:
        """Give one page of the cases a figure is taken of, whose words `seen_by` may read.

        What does not count comes first: of the first-response rate the cases contacted too late.
        """
        ...
