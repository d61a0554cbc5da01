"""How a desk handles complaints, as desk.yml says or as the procedures do (R78)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from tickets.insight.frequency import Frequency


class Unfinished(StrEnum):
    """What becomes of a complaint that is to end without a required step, or without an outcome."""

    NOTE = "note"  # it ends, and what was not done stays on its record
    REASON = "reason"  # the supervisor says why
    REFUSE = "refuse"


EXPLAINED, ACCEPTED = "explained", "accepted"
CHECKLIST: Mapping[str, bool] = {
    "confirmed": False,
    "apologised": False,
    "recorded": False,
    EXPLAINED: True,
    "carried_out": False,
    "told": False,
    ACCEPTED: True,
}
"""The steps of R78 in their order, and which of them a complaint must not end without."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the checklist; its words are the desk's own or the catalogue's."""

    key: str
    required: bool = False
    words: Mapping[str, str] = field(default_factory=dict)  # by language


@dataclass(frozen=True, slots=True)
class Named:
    """One of a list the desk may change: a type of complaint, a first cause; words where they are its own."""

    key: str
    words: Mapping[str, str] = field(default_factory=dict)  # by language


TYPES = tuple(map(Named, ("product", "attitude", "timeliness", "accuracy", "policy")))
"""投诉类型 (R25)."""
CAUSES = tuple(
    map(
        Named,
        ("quality", "attitude", "delivery", "response", "information", "policy", "usage", "other"),
    )
)
"""First causes: the core of the issue (R27)."""


LIMITS: Mapping[str, int | None] = {
    "agent": 0,
    "assignee": 100,
    "lead": 500,
    "supervisor": 2000,
    "director": None,
}
"""What each may promise without asking; None is without limit (R73)."""


@dataclass(frozen=True, slots=True)
class Compensation:
    """Section `compensation` of desk.yml: whole units of the currency."""

    currency: str = "CNY"
    limits: Mapping[str, int | None] = field(default_factory=lambda: LIMITS)


@dataclass(frozen=True, slots=True)
class ComplaintRules:
    """Section `complaints` of desk.yml."""

    checklist: tuple[Step, ...] = tuple(Step(key, must) for key, must in CHECKLIST.items())
    frequency: Frequency = field(default_factory=Frequency)
    unfinished: Unfinished = Unfinished.NOTE  # DESK.md 2 asks for no more before the end
    types: tuple[Named, ...] = TYPES
    causes: tuple[Named, ...] = CAUSES
