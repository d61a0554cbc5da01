"""What a ticket holds as a complaint (R18, R78)."""

from dataclasses import dataclass
from datetime import datetime

from tickets.case.values import ComplaintOutcome, Number, PersonId, Text


@dataclass(frozen=True, slots=True)
class Ticked:
    """A step of the checklist, by whom and when it was ticked."""

    step: str
    by: PersonId
    at: datetime


@dataclass(frozen=True, slots=True)
class Approval:
    """What waits for somebody's yes: an amount in hundredths, or a cost alone."""

    amount: int | None
    asked_by: PersonId
    asked_seq: int = 0  # its place on the log


@dataclass(frozen=True, slots=True, kw_only=True)
class Grading:
    """How a case was graded last: known or not, whom it needs, the first cause and who says so (R34)."""

    known: bool
    like: Number | None
    departments: tuple[str, ...]
    cause: str
    report: Text
    by: PersonId
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Complaint:
    """A ticket as a complaint; of a case of another kind all of it stays empty."""

    ticked: tuple[Ticked, ...] = ()
    outcome: ComplaintOutcome | None = None  # of this round
    evidence_waived: bool = False
    evidence_deferred: bool = False  # passed on without it, and it is still owed
    checklist_waived: bool = False
    approval: Approval | None = None  # not decided yet
    grading: Grading | None = None
    about: frozenset[PersonId] = frozenset()  # neither handle nor read it

    def has_ticked(self, step: str) -> bool:
        """Tell whether a step is done."""
        return any(one.step == step for one in self.ticked)


NONE = Complaint()
"""Of a case of any other kind."""
