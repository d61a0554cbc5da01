"""Targets and the calendar they are counted on."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from tickets.handbook.routing import Condition


@dataclass(frozen=True, slots=True)
class Duration:
    """A target as written: 30m, 24h, 7d, 4wh, 5wd (DESK.md 3)."""

    amount: int
    unit: str  # m h d wh wd
    ends: str = ""  # for wd: close | midnight; "" where the policy decides


SILENCE = Duration(3, "wd")
"""How long a customer may hear nothing before the logger is reminded (R42)."""


@dataclass(frozen=True, slots=True)
class EscalationStep:
    """One rung of the ladder: `after` the breach (None: at it), who is told."""

    after: Duration | None
    tell: tuple[str, ...]  # assignee lead supervisors directors or person ids


@dataclass(frozen=True, slots=True)
class PolicyRow:
    """One row of `deadlines`: each key given by the first matching row that names it."""

    place: int
    when: Condition
    targets: Mapping[str, Duration]  # deadline kind → duration ("accept", "response", …)
    starts: Mapping[str, str] = field(
        default_factory=dict
    )  # deadline kind → logged assigned resolved told confirmed
    internal: Mapping[str, Duration] = field(default_factory=dict)  # department → answer within
    warn_before: Duration | None = None
    escalate: tuple[EscalationStep, ...] | None = None
    ends: str | None = None  # close | midnight, for `wd` targets that do not say


@dataclass(frozen=True, slots=True)
class Span:
    """An opening span of a day in local minutes from midnight, half-open; 1440 is midnight's end."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class CalendarPlan:
    """The desk's calendar as configured, with the holidays the bot looked up."""

    timezone: str
    hours: Mapping[int, tuple[Span, ...]]  # weekday 0–6 → spans
    open_on_holidays: bool
    closed: frozenset[date]  # the desk's own days off
    open: Mapping[date, tuple[Span, ...]]  # the desk's own working days; () = the usual hours
    peak: tuple[Span, ...]  # 忙时, by clock time every day (R4)
    holidays: frozenset[date]  # legal days off, also those on a weekend
    makeup_days: frozenset[date]  # 调休上班日
    decreed_years: frozenset[int]  # years whose holidays are known for sure
    workweek: frozenset[int] = frozenset(range(5))  # the country's; 0 is Monday
    holiday_hours: tuple[Span, ...] = ()  # where open_on_holidays; () = the weekday's usual hours
