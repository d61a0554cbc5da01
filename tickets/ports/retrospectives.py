"""The records of the retrospectives and of how their improvements are pursued."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from tickets.case.values import Number, PersonId
from tickets.retrospectives.occasions import Sign
from tickets.retrospectives.pursuit import Pursuit
from tickets.retrospectives.retrospective import Retrospective


class Retrospectives(Protocol):
    """Retrospectives from their occasion to their minutes, and what became of their improvements."""

    def add(self, retro: Retrospective) -> bool:
        """Keep a new one; False: its occasion is known already, nothing was kept."""
        ...

    def get(self, retro_id: str) -> Retrospective:
        """Give one. Raises NotFound."""
        ...

    def hold(self, retro_id: str) -> Retrospective:
        """Give one, and let nobody else change it until the transaction ends. Raises NotFound."""
        ...

    def save(self, retro: Retrospective) -> None:
        """Keep how far one has come."""
        ...

    def of_case(self, number: Number) -> Sequence[Retrospective]:
        """List those about a case, the newest first."""
        ...

    def newest(self, *, most: int) -> Sequence[Retrospective]:
        """List the newest, whatever became of them."""
        ...

    def complained_of(self, person: PersonId) -> frozenset[Number]:
        """Name the cases that are complaints about somebody: they hear nothing of them (R25)."""
        ...

    def under_way(self, *, most: int) -> Sequence[Retrospective]:
        """List those that somebody has the next step of, the newest first."""
        ...

    def due(self, now: datetime, *, most: int) -> Sequence[str]:
        """Name those that have something to send or to ask."""
        ...

    def signs(self, after: int, *, most: int) -> tuple[Sequence[Sign], int]:
        """Give what happened to cases after a place in the log, and the place it was read up to.

        What was brought in from elsewhere, or written down later, is no occasion.
        """
        ...

    def log_end(self) -> int:
        """Give the newest place in the log."""
        ...

    def pursue(self, pursuit: Pursuit) -> None:
        """Keep how a new improvement is to be pursued."""
        ...

    def pursuit(self, item: str) -> Pursuit:
        """Give how an improvement is pursued. Raises NotFound."""
        ...

    def hold_pursuit(self, item: str) -> Pursuit:
        """Give it, and let nobody else change it until the transaction ends. Raises NotFound."""
        ...

    def save_pursuit(self, pursuit: Pursuit) -> None:
        """Keep how far it has come."""
        ...

    def pursuits(self, retro_id: str) -> Sequence[Pursuit]:
        """List a retrospective's, in order."""
        ...

    def owned(self, person: PersonId, *, most: int) -> Sequence[Pursuit]:
        """List those whose improvement somebody has yet to carry out, the earliest due first."""
        ...

    def due_pursuits(self, now: datetime, *, most: int) -> Sequence[str]:
        """Name the improvements about which there is something to say or to measure."""
        ...

    def next_look_at(self) -> datetime | None:
        """Tell when the next of all of these is."""
        ...
