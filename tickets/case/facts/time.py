"""What time does to a case: how far a deadline was said, why it moved, who heard of it."""

from dataclasses import dataclass
from datetime import datetime

from tickets.case.facts.base import Fact
from tickets.time.deadline import DeadlineKind, MoveCause, MoveEffect


@dataclass(frozen=True, slots=True, kw_only=True)
class StageReached(Fact):
    """A deadline came to its warning (0), its breach (1) or a rung of the ladder (2, 3 …)."""

    kind: DeadlineKind
    detail: str = ""
    round: int
    stage: int
    due_at: datetime
    missed_warning: bool = False  # the warning's moment passed while nobody watched


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineMoved(Fact):
    """A deadline that somebody still owes was reckoned anew; None: it stands still or ended."""

    kind: DeadlineKind
    detail: str = ""
    round: int
    before: datetime | None = None
    after: datetime | None = None
    why: MoveCause
    effect: MoveEffect = MoveEffect.NONE


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard(Fact):
    """Somebody pressed "Got it"; from a lead or supervisor it cancels the next rung (DESK.md 5)."""

    kind: DeadlineKind
    detail: str = ""
    round: int
    stage: int  # what was heard
    due_at: datetime
    cancels: int | None = None  # the rung that will not be said
