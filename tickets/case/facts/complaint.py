"""What a complaint is handled with: its steps, its outcome, what may be lacking for a reason (R18, R78)."""

from dataclasses import dataclass

from tickets.case.facts.base import Fact
from tickets.case.values import ComplaintOutcome, Number, PersonId, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class StepTicked(Fact):
    """A step of the complaint's checklist was done (R78)."""

    step: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StepUnticked(Fact):
    """A step had been ticked by mistake."""

    step: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeJudged(Fact):
    """投诉结论: upheld, partly, not, or withdrawn by the customer."""

    outcome: ComplaintOutcome


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceWaived(Fact):
    """The supervisor lets a case go on without the evidence its category asks for (R18)."""

    reason: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceDeferred(Fact):
    """A case was taken down without the evidence its category asks for; it is still owed (R18)."""

    reason: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecklistWaived(Fact):
    """The supervisor lets a complaint end without a step the desk asks for (R78)."""

    reason: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplainedAbout(Fact):
    """Whom the complaint is about: they neither handle nor read it (R25, attitude)."""

    people: tuple[PersonId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalAsked(Fact):
    """A plan's compensation is above what its author may promise, or it costs something (R73)."""

    amount: int | None = None  # in hundredths; None: the cost alone


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalGiven(Fact):
    """Somebody who may approved it; the customer may be told now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalRefused(Fact):
    """It was refused, and why."""

    reason: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Graded(Fact):
    """问题分级: a known problem or not, who else is needed, and the first cause (R27, R34)."""

    known: bool
    like: Number | None = None  # the earlier case of the same problem
    departments: tuple[str, ...] = ()  # needed beside the ticket's own
    cause: str  # by the desk's list
    report: Text  # 初步原因报告
