"""The archive: each press of a day sealed, and the one way in which archived words end."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from tickets.case.values import Number, PersonId, Text


@dataclass(frozen=True, slots=True)
class SealedPart:
    """What one press archived, sealed: its place in the day, how many, and the keyed head over all of it."""

    day: date
    part: int
    count: int
    head: str  # hexadecimal; chained to the part before


@dataclass(frozen=True, slots=True, kw_only=True)
class Disposal:
    """Why the words of a case end, who asked for it and who else agreed."""

    id: str
    reason: Text
    asked_by: PersonId
    approved_by: PersonId


class Archive(Protocol):
    """What is archived, sealed day by day."""

    def seal(self, numbers: Sequence[Number], *, day: date, at: datetime) -> SealedPart:
        """File and seal what was just archived in this transaction, as the next part of the day.

        Nothing of these tickets may be changed afterwards without `verify_archive` finding it.
        """
        ...

    def dispose(self, number: Number, disposal: Disposal, *, at: datetime) -> None:
        """End the words of one ticket, archived or not: for erasure and retention, nothing else.

        One call within the writing transaction of the use case, which checks the right of both people
        before and audits after. It enters the disposal, writes `Disposed` on the ticket's log, empties the
        words of its events, its summary, its search words and what meetings decided on it, and closes the
        disposal with the digest of what remains: number, category, times, people and scores. The ticket
        then folds with empty words. Its customer's record is not touched: disposing of that, or of its key,
        is the caller's. Raises NotFound; Conflict where it was disposed of before, or by one person alone.
        """
        ...

    def with_addenda(self) -> tuple[Number, ...]:
        """List the tickets that addenda stand beside."""
        ...

    def is_disposed(self, number: Number) -> bool:
        """Tell whether a ticket's words have ended."""
        ...
