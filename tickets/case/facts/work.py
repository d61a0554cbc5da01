"""What is done to solve it."""

from dataclasses import dataclass
from datetime import datetime

from tickets.case.facts.base import Fact
from tickets.case.values import CauseDimension, ContactChannel, ContactOutcome, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Started(Fact):
    """处理中."""

    reason: Text | None = None  # a lead or supervisor says why they begin for another


@dataclass(frozen=True, slots=True, kw_only=True)
class Contacted(Fact):
    """The customer was reached, or an attempt was made; `happened_at` may lie before the entry."""

    way: ContactChannel
    outcome: ContactOutcome
    happened_at: datetime
    note: Text | None = None
    answer: Text | None = None  # the customer's words: 客户沟通记录 (R75)


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned(Fact):
    """处理方案: measures, resources and a date that must be set (R73)."""

    measures: Text
    resources: Text | None = None
    finish_by: datetime
    cost: Text | None = None  # asks the lead's approval
    amount: int | None = None  # of compensation, in hundredths
    reason: Text | None = None  # why somebody plans for the assignee


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkaroundGiven(Fact):
    """临时解决方案, and whether the customer knows it (R74)."""

    workaround: Text
    told: bool
    fixed_by: datetime | None = None
    compensation: Text | None = None
    amount: int | None = None  # of it, in hundredths
    reason: Text | None = None  # why somebody gives it for the assignee


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting(Fact):
    """待客户配合: stops the solution clocks (C5)."""

    reason: Text
    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Held(Fact):
    """暂缓处理: waiting for outsiders, the reason is mandatory (R69)."""

    reason: Text
    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Resumed(Fact):
    """Work goes on after a pause."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved(Fact):
    """处理完成: the result as told to the centre (R72)."""

    result: Text
    prevention: Text | None = None  # how it will not happen again (R78)
    first_cause: Text | None = None
    dimension: CauseDimension | None = None
    overdue_reason: Text | None = None
    on_the_spot: bool = False
