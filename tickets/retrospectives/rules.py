"""Section `retrospectives` of desk.yml: what is offered when, and who is invited (DESK.md 8)."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from tickets.case.values import PersonId, Priority

ROLES = ("service", "tech", "product", "quality")  # R120, R121


@dataclass(frozen=True, slots=True, kw_only=True)
class RetrospectiveRules:
    """What a desk has of it; left out, it is as the procedures have it."""

    channel: str | None = None  # None: the supervisors'
    priorities: frozenset[Priority] = frozenset({Priority.P1, Priority.P2})
    low_score: int = 3  # at most; 0: none is offered for a score
    repeats: bool = True
    falling: int = 10  # points of satisfaction against the month before; 0: never
    fewest: int = 5  # scores of either month, below which nothing falls
    quarterly: bool = True
    chair: PersonId | None = None  # None: a director, else who calls it
    departments: Mapping[str, str] = field(default_factory=dict)  # role → department
    """Without a value each role is the department of the same key, where the desk has one."""
