"""Notices: what must become visible, its key, its urgency and where it goes (DESIGN.md, two walks)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum, StrEnum
from types import MappingProxyType

from tickets.case.values import Number, PersonId

Plain = str | int | float | bool | None
"""What a notice may carry: ids, numbers and moments as text, never a person's words."""


class NoticeKind(StrEnum):
    """Every kind of post the desk makes; each has a renderer in bot/voice."""

    CARD = "card"  # the first post of a ticket's card
    ASSIGNED = "assigned"  # in the thread, mentions the assignee
    COMPLAINT_FILED = "complaint_filed"  # to the supervisors (R39) and whom `tell` names
    LOGGED = "logged"  # to the logger: who has it and by when
    HANDED_BACK = "handed_back"
    DISPUTE_SETTLED = (
        "dispute_settled"  # to the leads: which department is answerable, and why (R45)
    )
    REPORTED_UP = "reported_up"  # to the directors: a case that nobody takes
    HELP_ASKED = "help_asked"
    COLLABORATION = "collaboration"  # in the thread: who helps, and the one contact (R41)
    QUESTION = "question"  # to another department: asked something, by when (R44)
    QUESTION_REDRAWN = "question_redrawn"  # its message, once it is answered
    ANSWERED = (
        "answered"  # to who asked, and who has the ticket: the answer, or that it is not theirs
    )
    PLAN_SET = "plan_set"  # to who owes the customer word: tell them the plan (R75)
    SILENCE = "silence"  # to who took the call: the customer heard nothing for too long (R42)
    HELP_PROPOSED = "help_proposed"  # to lead and supervisors: agree to who helps (R41)
    HEAD_TOLD = "head_told"  # to a department's head: a complex case needs its people, once
    REFERRED = "referred"  # to supervisors and assignee: an authority outside waits for an answer
    APPROVAL_ASKED = "approval_asked"  # to who may approve a compensation or a cost (R73)
    APPROVAL_DECIDED = "approval_decided"  # to who asked
    DECISION_REDRAWN = "decision_redrawn"  # what somebody was asked to decide, once that is decided
    RESOLVED = "resolved"  # to the logger: tell the customer
    NEXT_STEP = "next_step"  # to who told or scored: done, and what comes next
    LOW_SCORE = "low_score"  # to the supervisors: call within 24 h
    EARLIER_ROUNDS = (
        "earlier_rounds"  # to who takes a further round on: facts and demand first (R46)
    )
    PASSED_ON = "passed_on"  # to who had the case before: a colleague looks at it afresh
    REOPENED = "reopened"
    MERGED = "merged"  # to who had or logged it: it goes on in another ticket
    TOLD_AGAIN = "told_again"  # to who answers for the case: the customer called again, and why
    FREQUENCY = "frequency"  # to the supervisors: a complaint above its usual rate
    PARENT_RESOLVED = "parent_resolved"  # in a child's thread: the result there is
    ABSORBED = "absorbed"  # in the survivor's thread: another ticket was merged into it
    MOVED = "moved"  # in the old card's thread: moved to another channel
    POINTED_OUT = (
        "pointed_out"  # to who wrote it: personal data, a private way, a phrase not to use
    )
    EXPOSED = "exposed"  # to who uploaded it: a file of a restricted case that a channel still sees
    CONFIRMATION = "confirmation"  # to one person: what they asked for is done
    REMINDER = "reminder"
    FIELDS_OWED = "fields_owed"  # to a logger: what the fast lane left open
    HANDOVER = "handover"  # open work for the next shift
    REVEAL_ALARM = "reveal_alarm"  # somebody reveals faster, or more customers, than is usual
    DRAFT_KEPT = "draft_kept"  # the form could not open: a button to continue
    WARNING = "warning"  # in the thread and the channel: a deadline comes near
    BREACH = "breach"  # a deadline has passed
    ESCALATION = "escalation"  # a rung of the ladder after a breach
    OUTSIDE = "outside"  # to a group robot or a webhook; rendered in bot/voice/outside
    ROLL_UP = "roll_up"  # many late ones for one conversation (tickets/rollup.py)
    MEETING_HEAD = "meeting_head"  # the weekly meeting is run from it
    MEETING_DEPARTMENT = "meeting_department"  # its thread holds the rows
    MEETING_ROWS = "meeting_rows"
    MEETING_SOLVED = "meeting_solved"
    MEETING_CHART = "meeting_chart"  # a file
    MEETING_SHEET = "meeting_sheet"  # a file
    MEETING_REDRAWN = "meeting_redrawn"  # brings one of these up to date
    MEETING_MINUTES = "meeting_minutes"
    MONTHLY_MINUTES = "monthly_minutes"  # of the monthly meeting, to every responsible department
    IMPROVEMENT = "improvement"  # to its owner: theirs now, due soon, past its date
    RETROSPECTIVE = "retrospective"  # a message of one; its page says which
    RETROSPECTIVE_PAPER = "retrospective_paper"  # a file
    RETROSPECTIVE_REDRAWN = "retrospective_redrawn"  # brings its head, or minutes, up to date
    COMPARISON = "comparison"  # a file: a period before and one after, to whoever asked for it
    IMPROVEMENTS_SHEET = "improvements_sheet"  # a file, to whoever asked for it
    DECIDED = "decided"  # in the ticket's thread: what the meeting decided, calls the owner
    UNBLOCKED = "unblocked"  # in the ticket's thread: what held it up is solved
    DIGEST_REDRAWN = "digest_redrawn"  # brings a message of the archive check up to date
    EXPORT = "export"  # a table of the team's, to whoever asked for it
    EXPORT_REQUEST = "export_request"  # everything unmasked: whose turn it is
    DOSSIER = "dossier"  # a file, to whoever asked for it
    EVIDENCE = "evidence"  # a copy of what was handed in, to whoever asked for it
    DIGEST_CHART = "digest_chart"  # a file
    DIGEST_SHEET = "digest_sheet"  # a file
    DIGEST = "digest"  # of a scheduled job; its frozen figures are read by job, period and page
    ARTICLE = "article"  # of the knowledge base: what waits, was decided, is stale; a task
    RIGHTS = "rights"  # what is kept of people is to end: whose turn it is
    OPERATOR = "operator"  # to the admins: a bad desk.yml, a parked notice


class Urgency(IntEnum):
    """Who goes first when posts wait for a channel (RELIABILITY.md 3.1, rule 13)."""

    P1 = 0
    BREACH = 1
    WARNING = 2
    ASSIGNMENT = 3
    CARD = 4
    PRIVATE = 5
    DIGEST = 6


class PlaceKind(StrEnum):
    """Where a notice is to appear, resolved to Slack's ids when it is sent."""

    PERSON = "person"  # a direct message
    CARD = "card"  # the ticket's card in its department's channel
    THREAD = "thread"  # a reply under the ticket's card
    DEPARTMENT = "department"  # a department's channel
    DESK = "desk"  # the supervisors' channel
    CHANNEL = "channel"  # a channel as desk.yml names it, e.g. of a digest
    ROBOT = "robot"  # a group robot of DingTalk, Feishu or WeCom, by its key in desk.yml
    WEBHOOK = "webhook"  # another system, by its key in desk.yml
    UNDER = "under"  # in the thread of another notice, by its key, once that is posted


@dataclass(frozen=True, slots=True)
class Place:
    """A destination in the desk's own terms: a person id, a ticket number, a department key."""

    kind: PlaceKind
    key: str = ""

    @property
    def is_outside(self) -> bool:
        """Tell whether it is beyond Slack, where nothing can be read back."""
        return self.kind in {PlaceKind.ROBOT, PlaceKind.WEBHOOK}


class NoticeState(StrEnum):
    """DESIGN.md: ready → sending → sent | unclear → sent or ready | parked | superseded."""

    READY = "ready"
    SENDING = "sending"
    SENT = "sent"
    UNCLEAR = "unclear"
    PARKED = "parked"
    SUPERSEDED = "superseded"


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """One thing people must notice; unique by its key for ever."""

    key: str
    kind: NoticeKind
    place: Place
    urgency: Urgency
    due_at: datetime  # never posted before
    number: Number | None = None
    params: Mapping[str, Plain] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def order_group(self) -> str:
        """Posts of one group appear in the order they were planned: a card before its thread."""
        if self.place.is_outside:  # one that is down never keeps a ticket's thread waiting
            return f"{self.place.kind}:{self.place.key}:{self.number or ''}"
        if self.number:
            return f"ticket:{self.number}"
        group = self.params.get("group")  # e.g. the parts of one meeting
        return str(group) if group else f"{self.place.kind}:{self.place.key}"


def to_person(person: PersonId) -> Place:
    """Address a direct message."""
    return Place(PlaceKind.PERSON, person)


def in_thread(number: Number) -> Place:
    """Address the conversation under a ticket's card."""
    return Place(PlaceKind.THREAD, number)


def in_channel(reference: str) -> Place:
    """Address a channel by the name or id that desk.yml gives it."""
    return Place(PlaceKind.CHANNEL, reference)


def under(key: str) -> Place:
    """Address the thread of another notice, by its key."""
    return Place(PlaceKind.UNDER, key)


def deadline_keys(number: Number, round_: int, deadline: str, detail: str) -> tuple[str, ...]:
    """Give how the keys of a deadline's notices begin; the stage and the due moment follow."""
    kinds = (NoticeKind.WARNING, NoticeKind.BREACH, NoticeKind.ESCALATION)
    return tuple(f"{kind}:{number}:{round_}:{deadline}/{detail}:" for kind in kinds)
