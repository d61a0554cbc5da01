"""A time away from the desk that was planned: from when to when, and why."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from tickets.case.values import PersonId


class AbsenceReason(StrEnum):
    """Why somebody is away; a closed set, so that nothing private is written down."""

    LEAVE = "leave"  # 年假, 休假
    SICK = "sick"
    TRAVEL = "travel"  # 出差
    TRAINING = "training"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Absence:
    """Half-open: away from `since` on, back at `until`."""

    person: PersonId
    since: datetime
    until: datetime
    reason: AbsenceReason
    planned_by: PersonId
