"""Cases somebody took and others solve, by when their customers heard last (R42)."""

from dataclasses import dataclass
from datetime import datetime

from tickets.case.values import Number, PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A case under work; `since`: what its customer heard last, else when it was received."""

    number: Number
    logged_by: PersonId
    is_restricted: bool
    since: datetime
