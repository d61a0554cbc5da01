"""Tickets at every point of their life, and sheets that show them."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from handlers.views.modal import Sheet
from tests.handlers.views.conftest import EVE, NOON, log_of, logged
from tickets.case import facts as f
from tickets.case.fold import fold
from tickets.case.values import (
    AssignCause,
    ContactChannel,
    Number,
    Salutation,
    Solved,
    Status,
    Text,
)
from tickets.desk.look import CaseView
from tickets.handbook import Handbook
from tickets.people.privacy import Masked
from tickets.time.deadline import Deadline
from tickets.tongue import Tongue

ASSIGNED = f.Assigned(department="tech", assignee=EVE, cause=AssignCause.RULE, rule=2)
RESOLVED = f.Resolved(result=Text("refrigerant added"))
TOLD = f.CustomerTold(way=ContactChannel.PHONE, happened_at=NOON)
SCORED = f.Scored(score=5, solved=Solved.YES)
LIVES: dict[Status, tuple[f.Fact, ...]] = {
    Status.NEW: (ASSIGNED,),
    Status.ACCEPTED: (ASSIGNED, f.Accepted()),
    Status.IN_PROGRESS: (ASSIGNED, f.Accepted(), f.Started()),
    Status.WAITING_CUSTOMER: (ASSIGNED, f.Started(), f.Waiting(reason=Text("photo"))),
    Status.ON_HOLD: (ASSIGNED, f.Started(), f.Held(reason=Text("parts"))),
    Status.RESOLVED: (ASSIGNED, RESOLVED),
    Status.FOLLOW_UP: (ASSIGNED, RESOLVED, f.FollowedUp(until=NOON + timedelta(days=7))),
    Status.CLOSED: (ASSIGNED, RESOLVED, TOLD, SCORED, f.Closed()),
    Status.INVALID: (f.MarkedInvalid(note=Text("harassment")),),
    Status.MERGED: (ASSIGNED, f.Merged(survivor=Number("20250922001"))),
    Status.ARCHIVED: (ASSIGNED, RESOLVED, f.Closed(), f.Archived(key="k")),
}
LI = Masked("李*", Salutation.MS, "****5678", "l***@example.com")


def a_sheet(
    handbook: Handbook,
    tongue: Tongue,
    facts: Sequence[f.Fact] = (ASSIGNED,),
    *,
    intake: f.Logged | None = None,
    owed: tuple[Deadline, ...] = (),
    redact: Callable[[str], str] = str,
    now: datetime = NOON,
) -> Sheet:
    """Put one ticket before a reader."""
    events = tuple(log_of([intake or logged(), *facts]))
    case = CaseView(
        ticket=fold(events),
        events=events,
        deadlines=owed,
        customer=LI,
        summary="27 °C at the outlet",
        redact=redact,
    )
    return Sheet(case=case, handbook=handbook, tongue=tongue, now=now)
