"""What can happen to a ticket: one small class a fact, the vocabulary of the event log.

A field of type `Text` holds a person's words and is sealed by the vault; every other field is kept
plainly and never holds anything that names a customer.
"""

from dataclasses import dataclass
from datetime import datetime

from tickets.case.values import (
    AssignCause,
    CauseDimension,
    Complexity,
    ContactChannel,
    ContactOutcome,
    CustomerId,
    CustomerType,
    Dissatisfaction,
    Emotion,
    Impact,
    Kind,
    Number,
    PersonId,
    Priority,
    Risk,
    Solved,
    Status,
    Text,
)


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that happened to a ticket."""


# --- intake -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Logged(Fact):
    """A case was taken down (R2–R19); the first fact of every ticket, once."""

    customer_id: CustomerId
    customer_type: CustomerType
    customer_level: str = ""
    anonymous: bool = False
    has_contact: bool = True
    withholds_contact: bool = False
    kind: Kind
    category: str
    urgency: Priority  # as typed (R15)
    priority: Priority  # after the desk's rules
    contact_channel: ContactChannel
    received_at: datetime  # to the minute (R3)
    backfilled: bool = False  # 补录 (R21)
    read_back_at: datetime | None = None  # 已复述确认 (R12)
    product: Text | None = None
    order_no: Text | None = None
    description: Text
    when: Text | None = None
    where: Text | None = None
    expectation: Text | None = None
    expected_by: datetime | None = None
    emotion: Emotion = Emotion.CALM
    risks: frozenset[Risk] = frozenset()
    impact: Impact = Impact.ONE
    needs_customer: bool = False
    known_issue: bool = False
    remarks: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrected(Fact):
    """An intake field was put right, from what to what (DESK.md 7)."""

    field: str
    was: Text | None = None
    now: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedInvalid(Fact):
    """无效反馈 (R17)."""

    note: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class InvalidTakenBack(Fact):
    """The supervisor took the mark back before the day was archived."""

    reason: Text


# --- ownership ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Assigned(Fact):
    """A department and a person (or nobody: visibly unassigned) have the ticket now."""

    department: str
    assignee: PersonId | None = None
    cause: AssignCause
    rule: int | None = None  # the routing rule's place, when a rule sent it
    stands_in_for: PersonId | None = None
    reason: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted(Fact):
    """受理."""

    reason: Text | None = None  # a lead or supervisor says why they accept for another


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedBack(Fact):
    """退回; the second time goes to the supervisor (推诿, R45)."""

    reason: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class CollaboratorsNamed(Fact):
    """Who helps, and the one contact among them (R41)."""

    people: tuple[PersonId, ...]
    contact: PersonId | None = None
    need: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PriorityChanged(Fact):
    """The supervisor (or a low score) changed the priority."""

    was: Priority
    now: Priority
    reason: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplexityJudged(Fact):
    """The supervisor judged the case ordinary or complex (R51)."""

    complexity: Complexity
    reason: Text


# --- work ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Started(Fact):
    """处理中."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contacted(Fact):
    """The customer was reached, or an attempt was made; `happened_at` may lie before the entry."""

    way: ContactChannel
    outcome: ContactOutcome
    happened_at: datetime
    note: Text | None = None
    answer: Text | None = None  # the customer's words: 客户沟通记录 (R75)


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned(Fact):
    """处理方案: measures, resources and a date that must be set (R73)."""

    measures: Text
    resources: Text | None = None
    finish_by: datetime
    cost: Text | None = None  # asks the lead's approval


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkaroundGiven(Fact):
    """临时解决方案, and whether the customer knows it (R74)."""

    workaround: Text
    told: bool
    fixed_by: datetime | None = None
    compensation: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting(Fact):
    """待客户配合: stops the solution clocks (C5)."""

    reason: Text
    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Held(Fact):
    """暂缓处理: waiting for outsiders, the reason is mandatory (R69)."""

    reason: Text
    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Resumed(Fact):
    """Work goes on after a pause."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved(Fact):
    """处理完成: the result as told to the centre (R72)."""

    result: Text
    first_cause: Text | None = None
    dimension: CauseDimension | None = None
    overdue_reason: Text | None = None
    on_the_spot: bool = False


# --- the customer -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerTold(Fact):
    """The result was told: what was done, the result, how it is prevented (R59, R78)."""

    way: ContactChannel
    happened_at: datetime
    message: Text | None = None
    answer: Text | None = None


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
    solved: Solved
    words: Text | None = None  # 评价内容, verbatim
    suggestions: Text | None = None
    dissatisfaction: Dissatisfaction | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundBegun(Fact):
    """二次处理: a new round from `new` (R87), or a reopened ticket."""

    round: int
    by_low_score: bool
    reason: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class SupervisorCalled(Fact):
    """主管回访 after a low score (R62)."""

    note: Text
    outcome: ContactOutcome = ContactOutcome.REACHED


@dataclass(frozen=True, slots=True, kw_only=True)
class CallTakenOver(Fact):
    """Somebody else of the next shift owes the customer the call now; the logger stays the logger."""

    caller: PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class Promised(Fact):
    """A date told to the customer or set in a meeting; a clock of its own (承诺)."""

    what: Text
    due_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseKept(Fact):
    """The promise was done."""


# --- the end ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowedUp(Fact):
    """待跟进 until a date (R65)."""

    until: datetime
    reason: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpEnded(Fact):
    """The watch period ended well: back to resolved."""

    note: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Closed(Fact):
    """已关闭; this moment is 归档日期 (R94). `refusal` documents that the customer gave no score."""

    refusal: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged(Fact):
    """This ticket ended in another one (final)."""

    survivor: Number


@dataclass(frozen=True, slots=True, kw_only=True)
class Absorbed(Fact):
    """Another ticket was merged into this one; the earlier `received_at` is taken."""

    other: Number
    received_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked(Fact):
    """Two tickets belong together; nothing changes."""

    other: Number


@dataclass(frozen=True, slots=True, kw_only=True)
class Archived(Fact):
    """已归档 under the key of R95."""

    key: str


# --- talk ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted(Fact):
    """A note on the ticket."""

    text: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Said(Fact):
    """Somebody wrote in the ticket's thread."""

    message_ts: str
    text: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidAnew(Fact):
    """A thread message was edited: the later state of it."""

    message_ts: str
    edited_ts: str
    text: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsaid(Fact):
    """A thread message was removed in Slack; the record keeps a line."""

    message_ts: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceAdded(Fact):
    """A file or a link as evidence (R18)."""

    file_id: str
    name: Text
    mimetype: str = ""
    size: int = 0
    link: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpAsked(Fact):
    """请求协助: the lead and the supervisor hear of it."""

    text: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked(Fact):
    """A question to another department; its answer has a clock of its own (内部时限, R44)."""

    department: str
    question: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered(Fact):
    """The department answered."""

    department: str
    answer: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Revealed(Fact):
    """Somebody saw the customer's full name and number, privately and for a reason (R110)."""

    reason: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusSaid(Fact):
    """A status set by import, where no single step explains it."""

    status: Status
