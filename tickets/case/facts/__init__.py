"""What can happen to a ticket: one small class a fact, the vocabulary of the event log.

A field of type `Text` holds a person's words and is sealed by the vault; every other field is kept
plainly and never holds anything that names a customer.
"""

from tickets.case.facts.archive import Addendum, Disposed, DossierMade
from tickets.case.facts.base import Fact
from tickets.case.facts.complaint import (
    ChecklistWaived,
    EvidenceWaived,
    OutcomeJudged,
    StepTicked,
    StepUnticked,
)
from tickets.case.facts.customer import (
    CallbackTried,
    CallTakenOver,
    Confirmed,
    CustomerTold,
    Promised,
    PromiseKept,
    RoundBegun,
    Scored,
    SupervisorCalled,
)
from tickets.case.facts.ending import (
    Absorbed,
    Archived,
    Closed,
    FollowedUp,
    FollowUpEnded,
    Linked,
    Merged,
)
from tickets.case.facts.intake import (
    Corrected,
    CustomerTagged,
    FilledIn,
    InvalidTakenBack,
    Logged,
    MarkedInvalid,
)
from tickets.case.facts.lateness import LatenessExplained
from tickets.case.facts.meeting import Blocked, Decided, Unblocked
from tickets.case.facts.ownership import (
    Accepted,
    Assigned,
    CollaboratorsNamed,
    ComplexityJudged,
    HandedBack,
    PriorityChanged,
)
from tickets.case.facts.talk import (
    Answered,
    Asked,
    EvidenceAdded,
    HelpAsked,
    Noted,
    NotOurs,
    Revealed,
    Said,
    SaidAnew,
    StatusSaid,
    Unsaid,
)
from tickets.case.facts.time import DeadlineMoved, Heard, StageReached
from tickets.case.facts.work import (
    Contacted,
    Held,
    Planned,
    Resolved,
    Resumed,
    Started,
    Waiting,
    WorkaroundGiven,
)

__all__ = [
    "Absorbed",
    "Accepted",
    "Addendum",
    "Answered",
    "Archived",
    "Asked",
    "Assigned",
    "Blocked",
    "CallTakenOver",
    "CallbackTried",
    "ChecklistWaived",
    "Closed",
    "CollaboratorsNamed",
    "ComplexityJudged",
    "Confirmed",
    "Contacted",
    "Corrected",
    "CustomerTagged",
    "CustomerTold",
    "DeadlineMoved",
    "Decided",
    "Disposed",
    "DossierMade",
    "EvidenceAdded",
    "EvidenceWaived",
    "Fact",
    "FilledIn",
    "FollowUpEnded",
    "FollowedUp",
    "HandedBack",
    "Heard",
    "Held",
    "HelpAsked",
    "InvalidTakenBack",
    "LatenessExplained",
    "Linked",
    "Logged",
    "MarkedInvalid",
    "Merged",
    "NotOurs",
    "Noted",
    "OutcomeJudged",
    "Planned",
    "PriorityChanged",
    "PromiseKept",
    "Promised",
    "Resolved",
    "Resumed",
    "Revealed",
    "RoundBegun",
    "Said",
    "SaidAnew",
    "Scored",
    "StageReached",
    "Started",
    "StatusSaid",
    "StepTicked",
    "StepUnticked",
    "SupervisorCalled",
    "Unblocked",
    "Unsaid",
    "Waiting",
    "WorkaroundGiven",
]
