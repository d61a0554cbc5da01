"""How a field of a fact is said on the timeline: a choice in words, a person, a figure, a key of the desk file."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from handlers.views import labels
from handlers.views.complaint_lines import money
from handlers.views.rich import Piece
from handlers.views.signal_words import usual_words
from tickets.case import facts as f
from tickets.case.values import (
    AssignCause,
    CauseDimension,
    ComplaintOutcome,
    Complexity,
    ContactChannel,
    ContactOutcome,
    Direction,
    Dissatisfaction,
    LateCause,
    Priority,
    RepeatCause,
    Solved,
    Status,
)
from tickets.handbook import Handbook
from tickets.message import PersonId, Word, say
from tickets.time.deadline import DeadlineKind, MoveCause
from tickets.tongue import Tongue

_PEOPLE = frozenset({"assignee", "owner", "stands_in_for", "contact", "caller", "called", "people"})
_WORDS: Mapping[type[StrEnum], str] = MappingProxyType(
    {
        ContactChannel: "contact_channel",
        ContactOutcome: "contact_outcome",
        Direction: "direction",
        CauseDimension: "cause_dimension",
        Complexity: "complexity",
        Dissatisfaction: "dissatisfaction",
        Solved: "solved",
        AssignCause: "assign_cause",
        RepeatCause: "repeat_cause",
        LateCause: "late_cause",
        DeadlineKind: "deadline",
        ComplaintOutcome: "complaint_outcome",
        MoveCause: "move_cause",
    }
)


def piece_of(name: str, fact: f.Fact, handbook: Handbook, tongue: Tongue) -> Piece:
    """Say one field of a fact."""
    value = getattr(fact, name)
    if name in _PEOPLE:
        return _people(value, tongue)
    match value:
        case Priority():
            return labels.priority(value, handbook, tongue)
        case Status():
            return labels.status(value, handbook, tongue)
        case StrEnum():
            return tongue(f"{_WORDS[type(value)]}.{value}")
        case datetime() | int() | float() | None:
            return _figure(name, value, handbook, tongue)
        case _:
            return _key(name, str(value), handbook, tongue)


def _figure(name: str, value: datetime | float | None, handbook: Handbook, tongue: Tongue) -> Piece:
    if value is None:
        return tongue("timeline.cost" if name == "amount" else "timeline.not_said")
    if isinstance(value, float):
        return usual_words(value, tongue)
    if name == "round" and isinstance(value, int):
        return labels.round_name(value, tongue)
    if name == "amount" and isinstance(value, int):
        return money(value, handbook, tongue)
    return value


def _people(value: PersonId | tuple[PersonId, ...] | None, tongue: Tongue) -> str:
    if isinstance(value, tuple):
        return labels.people(value, tongue) or tongue("words.nobody")
    return labels.person(value, tongue)


def _of_complaint(name: str, value: str, handbook: Handbook, tongue: Tongue) -> str:
    """Name a step of the checklist, an authority; a cost is approved without an amount."""
    if name == "authority":
        return labels.authority(value, handbook, tongue)
    if name == "amount":
        return tongue("timeline.cost")
    return tongue.of(say("complaint.step", step=Word(f"complaint_step.{value}")))


def _key(name: str, value: str, handbook: Handbook, tongue: Tongue) -> str:
    match name:
        case "category" | "department" | "tag":
            return _of_the_desk(name, value, handbook, tongue)
        case "step" | "amount" | "authority":
            return _of_complaint(name, value, handbook, tongue)
        case "field":
            return tongue(f"form.{value}")
        case "source":
            return tongue(f"sheet.table.{value}")
        case _:
            return value


def _of_the_desk(name: str, value: str, handbook: Handbook, tongue: Tongue) -> str:
    if name == "category":
        return labels.category_path(value, handbook, tongue)
    if name == "tag":
        return labels.customer_tag(value, handbook, tongue)
    return labels.department(value, handbook, tongue) or handbook.name.in_(tongue.language)
