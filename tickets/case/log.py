"""The event log: who did what when, in order; it can only grow (DESK.md 1)."""

from dataclasses import dataclass
from datetime import datetime

from tickets.case.facts import Fact
from tickets.case.values import Number, PersonId

DESK = PersonId("desk")
"""The actor of what the desk does by itself (routing, a second round)."""

OPERATOR = PersonId("operator")
"""The actor of what is done on the command line."""


@dataclass(frozen=True, slots=True)
class Event:
    """One entry of the log: the fact with its place, moment (UTC) and author."""

    ticket_id: str
    number: Number
    seq: int  # 1, 2, … without gaps; the ticket's version after it
    at: datetime  # when it was recorded
    by: PersonId
    fact: Fact

    @property
    def happened_at(self) -> datetime:
        """Tell when the thing itself happened: typed by hand for contacts, else when it was recorded."""
        happened = getattr(self.fact, "happened_at", None)
        return happened if isinstance(happened, datetime) else self.at
