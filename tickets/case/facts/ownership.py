"""Whose case it is."""

from dataclasses import dataclass

from tickets.case.facts.base import Fact
from tickets.case.values import AssignCause, Complexity, PersonId, Priority, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Assigned(Fact):
    """A department and a person (or nobody: visibly unassigned) have the ticket now."""

    department: str
    assignee: PersonId | None = None
    cause: AssignCause
    rule: int | None = None  # the routing rule's place, when a rule sent it
    stands_in_for: PersonId | None = None
    reason: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted(Fact):
    """受理."""

    reason: Text | None = None  # a lead or supervisor says why they accept for another


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedBack(Fact):
    """退回; the second time goes to the supervisor (推诿, R45)."""

    reason: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class DisputeSettled(Fact):
    """推诿 ended: a supervisor decided which department is answerable, "" for none but themselves (R45)."""

    department: str
    reason: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedUp(Fact):
    """上报管理层: a supervisor asks a director about a case that nobody takes (R45)."""

    reason: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class CollaboratorsNamed(Fact):
    """Who helps, and the one contact among them (R41)."""

    people: tuple[PersonId, ...]
    contact: PersonId | None = None
    need: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CollaboratorsProposed(Fact):
    """Who might help, and the one contact among them; a lead or supervisor agrees (R41)."""

    people: tuple[PersonId, ...]
    contact: PersonId
    need: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PriorityChanged(Fact):
    """The supervisor (or a low score) changed the priority."""

    was: Priority
    now: Priority
    reason: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplexityJudged(Fact):
    """The supervisor judged the case ordinary or complex (R51)."""

    complexity: Complexity
    reason: Text
