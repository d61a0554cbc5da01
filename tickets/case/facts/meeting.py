"""What a meeting decides on a ticket, and what stands in its way (R83)."""

from dataclasses import dataclass
from datetime import datetime

from tickets.case.facts.base import Fact
from tickets.case.values import PersonId, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided(Fact):
    """决议 of a weekly meeting, with who answers for it and by when."""

    meeting: str
    decision: Text
    owner: PersonId
    due_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Blocked(Fact):
    """卡点: something holds the ticket up, perhaps others too."""

    blocker: str
    name: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Unblocked(Fact):
    """What held the ticket up is solved."""

    blocker: str
    name: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class LookedBack(Fact):
    """复盘: a retrospective's approved conclusion on the case (R122)."""

    retro: str
    conclusion: Text
