"""Taking everything out unmasked: a supervisor asks, a director who is somebody else approves, once and not for long (X18)."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from tickets.case.values import PersonId, Text
from tickets.errors import IllegalMove, Refused
from tickets.sheets.wish import Wish

DECIDE_WITHIN = timedelta(days=7)
USE_WITHIN = timedelta(hours=48)
"""A consent that is not used is none: after that it has to be asked anew."""


class Standing(StrEnum):
    """How far a request has come."""

    ASKED = "asked"
    APPROVED = "approved"
    REFUSED = "refused"
    USED = "used"
    MASKED = "masked"  # needs nobody's consent; kept for its reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What is to be taken out unmasked, why, and who agreed."""

    id: str
    wish: Wish
    reason: Text
    standing: Standing
    asked_by: PersonId
    asked_at: datetime
    decided_by: PersonId | None = None
    decided_at: datetime | None = None
    used_by: PersonId | None = None
    used_at: datetime | None = None

    @property
    def expires_at(self) -> datetime:
        """Tell until when the next person may act on it."""
        if self.decided_at is None:
            return self.asked_at + DECIDE_WITHIN
        return self.decided_at + USE_WITHIN


def approve(request: Request, *, by: PersonId, now: datetime) -> Request:
    """Agree. Raises IllegalMove, or Refused of the one who asked."""
    _require_another(request, by, now)
    return replace(request, standing=Standing.APPROVED, decided_by=by, decided_at=now)


def refuse(request: Request, *, by: PersonId, now: datetime) -> Request:
    """Decide against it. Raises IllegalMove, or Refused of the one who asked."""
    _require_another(request, by, now)
    return replace(request, standing=Standing.REFUSED, decided_by=by, decided_at=now)


def use(request: Request, *, by: PersonId, now: datetime) -> Request:
    """Take it out; a second time it has to be asked anew. Raises IllegalMove."""
    _require(request, Standing.APPROVED, now)
    return replace(request, standing=Standing.USED, used_by=by, used_at=now)


def _require_another(request: Request, by: PersonId, now: datetime) -> None:
    _require(request, Standing.ASKED, now)
    if by == request.asked_by:
        raise Refused("export.two_people")


def _require(request: Request, standing: Standing, now: datetime) -> None:
    if request.standing is not standing:
        raise IllegalMove(f"export.is_{request.standing}")
    if now >= request.expires_at:
        raise IllegalMove("export.is_expired")
