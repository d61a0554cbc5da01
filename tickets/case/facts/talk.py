"""What is said about a case, and what is put beside it."""

from dataclasses import dataclass

from tickets.case.facts.base import Fact
from tickets.case.values import PersonId, Status, Text


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
    posted_in: str = (
        ""  # the channel whose members see it; "": handed in with a form, to the desk alone
    )
    posted_ts: str = ""  # the thread message it came with


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpAsked(Fact):
    """请求协助: the lead and the supervisor hear of it."""

    text: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked(Fact):
    """A question to another department; its answer has a clock of its own (内部时限, R44)."""

    department: str
    question: Text
    key: str = ""  # tells it from other questions on the ticket; its clock goes by it
    called: PersonId | None = None  # who is on duty there, else who leads


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered(Fact):
    """The department answered."""

    department: str
    reply: Text
    key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NotOurs(Fact):
    """The department that was asked says that the question is not theirs; its clock ends."""

    department: str
    reason: Text
    key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Revealed(Fact):
    """Somebody saw the customer's full name and number, privately and for a reason (R110)."""

    reason: Text
    evidence: bool = False  # and had the copies of what was handed in sent to them


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusSaid(Fact):
    """A status set by import, where no single step explains it."""

    status: Status
