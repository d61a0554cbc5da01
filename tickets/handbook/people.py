"""Who is who, and how a department shares its work out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from enum import StrEnum

from tickets.case.values import PersonId
from tickets.handbook.words import Words


class AssignWay(StrEnum):
    """How a department picks an assignee (DESK.md 4)."""

    ROUND_ROBIN = "round-robin"
    LEAST_OPEN = "least-open"
    LEAD = "lead"
    ROSTER = "roster"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Assign:
    """A way of picking and, for a named person, who."""

    way: AssignWay
    person: PersonId | None = None


@dataclass(frozen=True, slots=True)
class Shift:
    """One row of a duty roster, in the desk's local time; `days` are 0 (Monday) to 6, or dates."""

    start: time
    end: time  # 00:00 means midnight at the end of the day
    people: tuple[PersonId, ...]
    days: frozenset[int] = frozenset()
    dates: frozenset[date] = frozenset()


@dataclass(frozen=True, slots=True)
class Department:
    """责任部门."""

    key: str
    name: Words
    channel: str  # "#tech" or a channel id
    lead: PersonId
    members: tuple[PersonId, ...]
    assign: Assign
    roster: tuple[Shift, ...] = ()


@dataclass(frozen=True, slots=True)
class People:
    """Who is who, already resolved to Slack member ids."""

    agents: frozenset[PersonId] = frozenset()
    supervisors: frozenset[PersonId] = frozenset()
    directors: frozenset[PersonId] = frozenset()
    admins: frozenset[PersonId] = frozenset()
    auditors: frozenset[PersonId] = frozenset()
    librarians: frozenset[PersonId] = frozenset()
    analysts: frozenset[PersonId] = frozenset()
    deputies: Mapping[PersonId, PersonId] = field(default_factory=dict)
    staff_no: Mapping[PersonId, str] = field(default_factory=dict)
