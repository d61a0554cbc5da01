"""A case whose work is done: what its record still lacks, and which word or call its customer is owed (R93)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from tickets.case.values import ContactOutcome, CustomerId, Number, PersonId, Priority, Status
from tickets.time.deadline import DeadlineKind

_SUPERVISORS = DeadlineKind.SUPERVISOR_CALLBACK


class Gap(StrEnum):
    """缺项: what a record lacks before it can be archived (R93)."""

    CATEGORY = "category"  # the desk has none of this name any more: nothing to file it under
    RESULT = "result"  # 处理结果
    TOLD = "told"  # 客户反馈
    SCORE = "score"  # 满意度评分, or why there is none
    CLOSED = "closed"  # 归档日期
    FIELDS = "fields"  # 补录: what the fast lane left open
    SUPERVISOR_CALL = "supervisor_call"  # 主管回访 after a low score (R62)


@dataclass(frozen=True, slots=True)
class Owed:
    """A running clock of the case's present round."""

    kind: DeadlineKind
    due_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """A case that is resolved, watched, closed or invalid; facts of its present round."""

    number: Number
    status: Status
    category: str
    priority: Priority
    is_restricted: bool
    customer_id: CustomerId
    caller: PersonId | None
    has_contact: bool
    has_result: bool = False
    is_told: bool = False
    is_scored: bool = False
    owes_fields: bool = False  # of the fast lane
    is_refused: bool = False  # the closing documents why there is no score
    attempts: tuple[ContactOutcome, ...] = ()
    owed: tuple[Owed, ...] = ()

    @property
    def needs_no_score(self) -> bool:
        """Tell whether the score may be missing: three attempts, a refusal, or nobody to reach (C14)."""
        tried = sum(one is ContactOutcome.NO_ANSWER for one in self.attempts) >= 3
        documented = {ContactOutcome.REFUSED, ContactOutcome.UNREACHABLE} & set(self.attempts)
        return tried or bool(documented) or self.is_refused or not self.has_contact

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """List what the record lacks, in the order it is mended."""
        if self.status is Status.INVALID:
            return ()  # its note was asked for when it was marked
        lacking = {
            Gap.RESULT: not self.has_result,
            Gap.TOLD: not self.is_told and not self.needs_no_score,
            Gap.SCORE: not self.is_scored and not self.needs_no_score,
            Gap.FIELDS: self.owes_fields,
            Gap.SUPERVISOR_CALL: any(one.kind is _SUPERVISORS for one in self.owed),
            Gap.CLOSED: self.status is not Status.CLOSED,
        }
        return tuple(gap for gap, lacks in lacking.items() if lacks)

    def is_due(self, now: datetime) -> bool:
        """Tell whether what is missing should be there by now: nothing owed lies ahead."""
        if self.status in {Status.CLOSED, Status.INVALID}:
            return True
        return not self.owed or any(one.due_at <= now for one in self.owed)

    @property
    def next_due(self) -> datetime | None:
        """Give the first moment something of it is due."""
        return min((one.due_at for one in self.owed), default=None)
