"""A ticket as its event log folds to it (DESK.md 1)."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from tickets.case.authority import Referral
from tickets.case.complaint import NONE, Complaint
from tickets.case.facts import ChildJoined, Logged, SignalSeen
from tickets.case.shown import Shown, shown_as
from tickets.case.values import (
    Complexity,
    ContactChannel,
    ContactOutcome,
    CustomerId,
    Emotion,
    LateCause,
    Number,
    PersonId,
    Priority,
    RepeatCause,
    Status,
    Text,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """处理方案 in force."""

    measures: Text
    resources: Text | None
    finish_by: datetime
    planned_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One file or link on record."""

    file_id: str
    name: Text
    mimetype: str
    added_by: PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """What somebody promised and still owes."""

    key: str
    due_at: datetime
    by: PersonId
    what: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """Who somebody wants to help; it waits for a lead or supervisor."""

    people: tuple[PersonId, ...]
    contact: PersonId
    need: Text | None
    by: PersonId
    asked_seq: int = 0  # its place on the log; who agrees, agrees to this one


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What another department was asked, and whether that is over: answered, or not theirs."""

    key: str
    department: str
    asked_by: PersonId
    asked_seq: int = 0  # its place on the log; its message goes by it
    of_lead: bool = False  # asked of the lead alone; that stays, whatever becomes of the case
    settled_by: PersonId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause:
    """Why and since when the ticket waits."""

    since: datetime
    reason: Text
    until: datetime | None


@dataclass(frozen=True, kw_only=True)  # without slots: it is copied once a step (steps/table.py)
class Ticket:
    """What is known of a ticket now; only `fold` makes one."""

    id: str
    number: Number
    version: int  # = number of events
    intake: Logged
    logged_at: datetime
    logged_by: PersonId  # 首问责任人, to the end (R42)
    received_at: datetime
    status: Status = Status.NEW
    filled_in_at: datetime | None = None  # what the fast lane owed
    caller: PersonId  # who owes the customer word and call: the logger, until taken over
    round: int = 1
    priority: Priority
    complexity: Complexity = Complexity.ORDINARY
    department: str = ""
    assignee: PersonId | None = None
    assigned_at: datetime | None = None
    assign_rule: int | None = None
    past_assignees: frozenset[PersonId] = frozenset()  # of all rounds, the present one left out
    hand_backs: int = 0
    collaborators: tuple[PersonId, ...] = ()
    contact_person: PersonId | None = None  # 接口人
    proposal: Proposal | None = None  # of collaborators, not agreed to yet
    questions: tuple[Question, ...] = ()  # of this round, to other departments
    accepted_at: datetime | None = None  # of this round, as all below to closed_at
    accepted_by: PersonId | None = None
    contacted_at: datetime | None = None
    plan: Plan | None = None
    workaround: Text | None = None
    pause: Pause | None = None
    result: Text | None = None
    prevention: Text | None = None
    first_cause: Text | None = None
    late_cause: LateCause | None = None  # 超时原因, of this round
    overdue_reason: Text | None = None
    resolved_at: datetime | None = None
    resolved_by: PersonId | None = None
    on_the_spot: bool = False
    customer_told_at: datetime | None = None
    confirmed_at: datetime | None = None
    attempts: tuple[ContactOutcome, ...] = ()  # callback attempts without a score
    refused_to_score: bool = False  # as whoever closed it documents
    satisfaction: int | None = None
    scores: tuple[int, ...] = ()  # of all rounds
    owes_supervisor_call: bool = False
    follow_up_until: datetime | None = None
    promises: tuple[Promise, ...] = ()  # of this round, until each is kept or told anew
    closed_at: datetime | None = None
    merged_into: Number | None = None
    absorbed: tuple[Number, ...] = ()  # what was merged into it
    repeats: tuple[RepeatCause, ...] = ()  # why it was told again, each time
    came_again: int = (
        0  # repeat calls that were logged: this one is linked to an earlier case, or took one in
    )
    parent: Number | None = None  # of the same problem in many cases
    children: tuple[Number, ...] = ()
    joined: tuple[ChildJoined, ...] = ()  # as each of them did
    signal: SignalSeen | None = None  # why the desk opened it by itself
    links: tuple[Number, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    articles: frozenset[int] = frozenset()  # of the knowledge base, used on it
    referrals: tuple[Referral, ...] = ()  # to authorities outside, of all rounds
    archive_key: str | None = None
    complaint: Complaint = NONE
    changed_at: datetime
    changed_by: PersonId
    words: dict[str, tuple[str, Text]] = field(
        default_factory=dict
    )  # message ts → (edited ts, text)

    @property
    def customer_id(self) -> CustomerId:
        """Whose case it is."""
        return self.intake.customer_id

    @property
    def category(self) -> str:
        """The second-level category's full key."""
        return self.intake.category

    @property
    def contact_channel(self) -> ContactChannel | None:
        """How it came in; where nobody came, as the desk opened it itself, what its children agree on (R29)."""
        said = self.intake.contact_channel
        return said or _agreed(one.contact_channel for one in self.joined)

    @property
    def emotion(self) -> Emotion | None:
        """How the customer felt; where nobody said, what its children agree on."""
        said = self.intake.emotion
        return said or _agreed(one.emotion for one in self.joined)

    @property
    def shown(self) -> Shown | None:
        """What its status is shown as, where that is not the status alone."""
        return shown_as(
            self.status,
            is_assigned=self.assignee is not None,
            is_confirmed=self.confirmed_at is not None,
        )

    @property
    def call_owed_by(self) -> PersonId | None:
        """Name who owes the customer word and call now; nobody does before the work is done."""
        return self.caller if self.status in {Status.RESOLVED, Status.FOLLOW_UP} else None

    @property
    def promise_due_at(self) -> datetime | None:
        """Give when the first of what is promised is due."""
        return min((one.due_at for one in self.promises), default=None)

    @property
    def open_questions(self) -> tuple[Question, ...]:
        """List what another department still owes an answer to, the oldest first."""
        return tuple(one for one in self.questions if one.settled_by is None)

    @property
    def unanswered(self) -> tuple[Referral, ...]:
        """List what an authority outside still waits for, the first due first."""
        waiting = (one for one in self.referrals if one.answered_at is None)
        return tuple(sorted(waiting, key=lambda one: one.due_at))

    @property
    def is_restricted(self) -> bool:
        """Tell whether a risk, or a colleague it is about, limits what a channel may see (R25, R30, DESK.md 4)."""
        return bool(self.intake.risks or self.complaint.about)

    @property
    def callback_exhausted(self) -> bool:
        """Tell whether the score may be missing: three attempts, a refusal, or nobody to reach."""
        enough = len([a for a in self.attempts if a is ContactOutcome.NO_ANSWER]) >= 3
        documented = bool({ContactOutcome.REFUSED, ContactOutcome.UNREACHABLE} & set(self.attempts))
        return enough or documented or not self.intake.has_contact


Said = TypeVar("Said", ContactChannel, Emotion)


def _agreed(said: Iterable[Said | None]) -> Said | None:
    """Give what all say; None where nobody does, or they differ."""
    found = set(said)
    return found.pop() if len(found) == 1 else None
