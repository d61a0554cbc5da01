"""What passes between us and the customer."""

from dataclasses import dataclass
from datetime import datetime

from tickets.case.facts.base import Fact
from tickets.case.values import (
    ContactChannel,
    ContactOutcome,
    Dissatisfaction,
    PersonId,
    Solved,
    Text,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerTold(Fact):
    """The result was told: what was done, the result, how it is prevented (R59, R78)."""

    way: ContactChannel
    happened_at: datetime
    done: Text | None = None
    result: Text | None = None
    prevention: Text | None = None
    message: Text | None = None  # as it was said
    answer: Text | None = None  # 客户反馈, the customer's words (R76)


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmed(Fact):
    """The customer confirmed the result (待确认 → 已解决, R69)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CallbackTried(Fact):
    """One attempt to ask for the score that did not bring one (R88: at most three)."""

    outcome: ContactOutcome
    note: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored(Fact):
    """满意度 of a round (R86–R92)."""

    score: int
    solved: Solved | None = None  # a survey need not have asked
    words: Text | None = None  # 评价内容, verbatim
    suggestions: Text | None = None
    dissatisfaction: Dissatisfaction | None = None
    answered_at: datetime | None = None  # in a survey; clocks go by when it is recorded


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion(Fact):
    """One answer to a question of the desk's own beside the score of a round (R90, R91)."""

    question: str  # its key in desk.yml
    scale: int | None = None  # 1 to 5
    choice: str | None = None  # a key of the question's choices
    words: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CallsDeclined(Fact):
    """不再回访: the customer does not want to be called for an opinion any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CallsWelcome(Fact):
    """不再回访 taken back: the customer wishes so, or a supervisor decided it."""

    wished: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundBegun(Fact):
    """二次处理: a new round from `new` (R87), or a reopened ticket."""

    round: int
    by_low_score: bool
    dissatisfaction: Dissatisfaction | None = None  # of a low score: the reason on record
    reason: Text | None = None  # of a reopening; what the customer said stands with the score


@dataclass(frozen=True, slots=True, kw_only=True)
class SupervisorCalled(Fact):
    """主管回访 after a low score (R62)."""

    note: Text
    outcome: ContactOutcome = ContactOutcome.REACHED

    @property
    def is_made(self) -> bool:
        """Tell whether nothing more is owed: spoken with, refused, or nobody there to be reached; not when nobody answered."""
        return self.outcome is not ContactOutcome.NO_ANSWER


@dataclass(frozen=True, slots=True, kw_only=True)
class CallTakenOver(Fact):
    """Somebody else of the next shift owes the customer the call now; the logger stays the logger."""

    caller: PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class Promised(Fact):
    """A date told to the customer or set in a meeting; a clock of its own (承诺)."""

    what: Text
    due_at: datetime
    key: str = ""  # tells it from other promises on the ticket; its clock goes by it
    instead_of: str = ""  # the promise that is told anew, by its key


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseKept(Fact):
    """The promise was done."""

    key: str = ""
