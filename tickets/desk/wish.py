"""What a meeting wants on one ticket, as typed, and what it lacks."""

from dataclasses import dataclass, replace
from datetime import datetime

from tickets.case.values import PersonId, Text
from tickets.errors import Incomplete
from tickets.message import say


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a meeting wants on one ticket, as typed; a blocker is a known one or a new name."""

    text: Text | None = None
    owner: PersonId | None = None
    due_at: datetime | None = None
    blocker: str | None = None
    blocker_name: Text | None = None
    help: Text | None = None


def require_whole(wish: Wish, now: datetime) -> None:
    """A decision has an owner and a date; without one there is a blocker or help to note. Raises Incomplete."""
    problems = {}
    if wish.text and wish.owner is None:
        problems["person"] = say("meeting.owner_missing")
    if wish.text and wish.due_at is None:
        problems["day"] = say("field.day_missing")
    if wish.due_at and not wish.text:
        problems["decision"] = say("meeting.decision_missing")
    elif not any((wish.text, wish.blocker, wish.blocker_name, wish.help)):
        problems["decision"] = say("meeting.nothing_decided")
    if problems:
        raise Incomplete(problems)
    if wish.text and wish.due_at:
        require_to_come(wish.due_at, now)


def meant(wish: Wish) -> Wish:
    """Leave out the owner that the form only offered: without a decision nobody chose them."""
    return wish if wish.text else replace(wish, owner=None, due_at=None)


def require_to_come(due_at: datetime, now: datetime) -> None:
    """Refuse a date that is over. Raises Incomplete."""
    if due_at <= now:
        raise Incomplete({"day": say("meeting.date_past")})
