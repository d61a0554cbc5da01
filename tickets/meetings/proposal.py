"""What somebody wants to be made better, as typed, and what it lacks: a target that can be measured, an owner, a date."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from tickets.case.values import PersonId, Priority, Text
from tickets.meetings.improvement import is_measurable
from tickets.message import Message, say


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What somebody wants to be made better, as typed."""

    pain: Text | None
    action: Text | None
    goal: Text | None
    priority: Priority | None
    department: str | None
    owner: PersonId | None
    due_at: datetime | None


def missing(wish: Proposal, now: datetime) -> Sequence[tuple[str, Message]]:
    """List what a proposal lacks, by the field that is to be mended."""
    lacks = {
        "pain": say("improvement.pain_missing") if not wish.pain else None,
        "decision": say("improvement.action_missing") if not wish.action else None,
        "goal": say("improvement.goal_missing") if not wish.goal else None,
        "priority": say("field.pick_one") if not wish.priority else None,
        "department": say("field.pick_one") if not wish.department else None,
        "person": say("meeting.owner_missing") if not wish.owner else None,
        "day": say("field.day_missing") if not wish.due_at else None,
    }
    if wish.goal and not is_measurable(wish.goal):
        lacks["goal"] = say("improvement.goal_vague")
    if wish.due_at and wish.due_at <= now:
        lacks["day"] = say("meeting.date_past")
    return [(field, sentence) for field, sentence in lacks.items() if sentence]
