"""What an authority outside has to do with a case: it asks for an answer by a date (12315, 12345, platforms)."""

from dataclasses import dataclass
from datetime import datetime

from tickets.case.facts.base import Fact
from tickets.case.values import Direction, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorityNamed(Fact):
    """The case came through an authority, or went to one, which waits for our answer."""

    key: str  # tells it from others on the ticket; its clock goes by it
    authority: str  # as desk.yml names it
    direction: Direction
    reference: Text | None = None  # the authority's own number
    due_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorityMoved(Fact):
    """The authority set another date."""

    key: str
    authority: str
    was: datetime
    now: datetime
    reason: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorityAnswered(Fact):
    """The authority has our answer; its clock ends."""

    key: str
    authority: str
    statement: Text
    happened_at: datetime
