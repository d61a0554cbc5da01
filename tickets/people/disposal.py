"""Ending what is kept of people: an erasure that a customer asked for, or records past their age; by two people's consent.

A supervisor asks, a director who is somebody else decides (DESK.md 2; RELIABILITY.md 4: asks, approves,
runs). An erasure is then carried out by an administrator, what is past its age by the desk itself.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum

from tickets.case.values import CustomerId, Number, PersonId, Text
from tickets.errors import IllegalMove, Refused
from tickets.handbook import Duration, Handbook
from tickets.message import Who, Word

DECIDE_WITHIN = timedelta(days=14)
"""Neither a question nor a consent lies in a drawer: after that it has to be asked anew."""

RESTORED = Text("restored")
"""Why an erasure is to be asked for once more: a backup from before it was restored."""

AT_ONCE = 200  # tickets in one list of what is past its age
_LEAP = 29


class Occasion(StrEnum):
    """Why something ends."""

    ERASURE = "erasure"  # the customer asked for it (PIPL art. 47)
    RETENTION = "retention"  # it is past its age


class Standing(StrEnum):
    """How far a request has come."""

    PROPOSED = "proposed"  # by the desk; nobody has asked for it yet
    ASKED = "asked"
    APPROVED = "approved"  # and waits for an administrator
    RUNNING = "running"  # goes on after a crash
    DONE = "done"
    REFUSED = "refused"
    EXPIRED = "expired"


WAITING = frozenset({Standing.PROPOSED, Standing.ASKED, Standing.APPROVED})
"""What a person has to do something about, within DECIDE_WITHIN."""

Told = str | int
Report = Mapping[str, Told]


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What is to end, why, and who agreed."""

    id: str
    occasion: Occasion
    standing: Standing
    reason: Text
    numbers: tuple[Number, ...]
    customers: tuple[CustomerId, ...]
    made_at: datetime
    since: datetime  # when it came to stand as it does
    asked_by: PersonId | None = None
    decided_by: PersonId | None = None
    run_by: PersonId | None = None
    report: Report = field(default_factory=dict)

    @property
    def expires_at(self) -> datetime:
        """Tell until when it waits for the next person."""
        return self.since + DECIDE_WITHIN


def ask(request: Request, *, by: PersonId, now: datetime) -> Request:
    """Ask for what the desk proposed. Raises IllegalMove."""
    _require(request, Standing.PROPOSED, now)
    return replace(request, standing=Standing.ASKED, asked_by=by, since=now)


def approve(request: Request, *, by: PersonId, now: datetime) -> Request:
    """Agree; what is past its age is then carried out at once. Raises IllegalMove, or Refused of the one who asked."""
    _require_another(request, by, now)
    is_run = request.occasion is Occasion.RETENTION
    standing = Standing.RUNNING if is_run else Standing.APPROVED
    return replace(request, standing=standing, decided_by=by, since=now)


def refuse(request: Request, *, by: PersonId, now: datetime) -> Request:
    """Decide against it. Raises IllegalMove, or Refused of the one who asked."""
    _require_another(request, by, now)
    return replace(request, standing=Standing.REFUSED, decided_by=by, since=now)


def start(request: Request, *, by: PersonId, now: datetime) -> Request:
    """Begin to carry out what was approved. Raises IllegalMove."""
    _require(request, Standing.APPROVED, now)
    return replace(request, standing=Standing.RUNNING, run_by=by, since=now)


def finish(request: Request, report: Report, *, now: datetime) -> Request:
    """Note that all of it is carried out."""
    return replace(request, standing=Standing.DONE, report=report, since=now)


def expire(request: Request, *, now: datetime) -> Request:
    """Note that nobody took it further in time."""
    return replace(request, standing=Standing.EXPIRED, since=now)


def is_over(request: Request, *, now: datetime) -> bool:
    """Tell whether it waited for too long."""
    return request.standing in WAITING and now >= request.expires_at


def age_of(handbook: Handbook, kind: str) -> Duration:
    """Tell how long a class of records is kept: `tickets` or `customers`."""
    return handbook.retention.get(kind, handbook.privacy.keep)


def kept_since(age: Duration, *, now: datetime) -> datetime:
    """Give the moment before which records are past their age; 3y is the same day three years ago."""
    if age.unit != "y":
        return now - timedelta(days=age.amount)
    year = now.year - age.amount
    is_missing = (now.month, now.day) == (2, _LEAP) and not _is_leap(year)
    return now.replace(year=year, day=28 if is_missing else now.day)


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def _require_another(request: Request, by: PersonId, now: datetime) -> None:
    _require(request, Standing.ASKED, now)
    if by == request.asked_by:
        raise Refused("rights.same_person")


def _require(request: Request, standing: Standing, now: datetime) -> None:
    if is_over(request, now=now):
        raise IllegalMove("rights.over", standing=Word(f"rights.standing.{Standing.EXPIRED}"))
    if request.standing is not standing:
        by = request.run_by or request.decided_by or request.asked_by
        word = Word(f"rights.standing.{request.standing}")
        if by is None:
            raise IllegalMove("rights.over", standing=word)
        raise IllegalMove("rights.over_by", standing=word, by=Who(by))
