"""承诺 that are still owed, by their date."""

from dataclasses import dataclass
from datetime import datetime

from tickets.case.values import Number


@dataclass(frozen=True, slots=True, kw_only=True)
class OwedPromise:
    """A promise nobody has kept or told anew yet; its words are on the ticket, by its key."""

    number: Number
    key: str
    due_at: datetime
