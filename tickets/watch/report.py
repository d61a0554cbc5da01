"""A digest in two steps, so that it can be looked at without being posted: take its figures, plan its posts."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from tickets.desk.context import Desk
from tickets.insight.frozen import freeze, thaw
from tickets.notices import Notice
from tickets.ports import Unit
from tickets.watch.occasion import Occasion, Run

Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class Report(Generic[Made]):
    """How one kind of digest comes about."""

    kind: type[Made]  # of its figures
    take: Callable[[Desk, Unit, Occasion], Made]
    posts: Callable[[Desk, Made, Occasion], Iterable[Notice]]

    def run(self, desk: Desk, unit: Unit, occasion: Occasion) -> None:
        """Freeze the figures of a period and plan the posts that say them."""
        self.prepare(desk, unit, occasion)(desk, unit, occasion)

    def prepare(self, desk: Desk, unit: Unit, occasion: Occasion) -> Run:
        """Take the figures of a period; what this gives freezes them and plans the posts that say them."""
        figures = self.take(desk, unit, occasion)

        def run(desk: Desk, unit: Unit, occasion: Occasion) -> None:
            unit.periods.freeze(occasion.period, freeze(figures))
            unit.notices.plan(tuple(self.posts(desk, figures, occasion)))

        return run

    def draft(self, desk: Desk, unit: Unit, occasion: Occasion) -> tuple[Notice, ...]:
        """Give the posts of a period, as they were where it was run; the figures are frozen as by `run`.

        For a transaction that is undone afterwards.
        """
        period = occasion.period
        settled = unit.periods.find(period.job, period.key)
        if settled and settled.was_run:
            return tuple(self.posts(desk, thaw(self.kind, settled.figures), occasion))
        unit.periods.settle(period, at=desk.clock.now(), was_run=True)
        figures = self.take(desk, unit, occasion)
        unit.periods.freeze(period, freeze(figures))
        return tuple(self.posts(desk, figures, occasion))
