"""An authority outside that waits for the desk's answer about a case."""

from dataclasses import dataclass
from datetime import datetime

from tickets.case.values import Direction, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Referral:
    """A case before an authority: which one, under what number there, and by when it is answered."""

    key: str
    authority: str
    direction: Direction
    reference: Text | None
    due_at: datetime
    answered_at: datetime | None = None
