"""What a repeat call brings: the answer told again, and cases gathered under a parent case (R29, R79)."""

from dataclasses import dataclass
from datetime import datetime

from tickets.case.facts.base import Fact
from tickets.case.values import ContactChannel, Emotion, Number, RepeatCause, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldAgain(Fact):
    """The customer asked again and was told again, with an apology; no new ticket came of it (R79)."""

    cause: RepeatCause
    way: ContactChannel
    happened_at: datetime
    message: Text | None = None  # as it was said
    answer: Text | None = None  # what the customer added


@dataclass(frozen=True, slots=True, kw_only=True)
class ParentNamed(Fact):
    """This case belongs to a parent case; the signal that opened it, where one did (R29)."""

    parent: Number
    signal: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ParentLeft(Fact):
    """It is not the same problem after all."""

    parent: Number


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildJoined(Fact):
    """A case joined this parent case: how it came in, and how its customer felt then."""

    child: Number
    contact_channel: ContactChannel | None = None
    emotion: Emotion | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildLeft(Fact):
    """A case left this parent case."""

    child: Number


@dataclass(frozen=True, slots=True, kw_only=True)
class SignalSeen(Fact):
    """Why the desk opened this parent case: so many complaints in so many days, against what is usual (R29)."""

    count: int
    days: int
    usual: float
    limit: int
