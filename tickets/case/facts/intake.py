"""How a case is taken down and put right."""

from dataclasses import dataclass
from datetime import datetime

from tickets.case.facts.base import Fact
from tickets.case.values import (
    ContactChannel,
    CustomerId,
    CustomerType,
    Emotion,
    Impact,
    Kind,
    Priority,
    Risk,
    Text,
)

NOTHING = Text("")


@dataclass(frozen=True, slots=True, kw_only=True)
class Logged(Fact):
    """A case was taken down (R2–R19); the first fact of every ticket, once."""

    customer_id: CustomerId
    customer_type: CustomerType
    customer_level: Text = NOTHING
    customer_groups: frozenset[str] = frozenset()  # special groups, e.g. elderly
    customer_tags: frozenset[str] = frozenset()  # the desk's own, by key
    anonymous: bool = False
    has_contact: bool = True
    withholds_contact: bool = False
    kind: Kind
    category: str
    urgency: Priority  # as typed (R15)
    priority: Priority  # after the desk's rules
    contact_channel: ContactChannel | None = None  # None: nobody came, the desk opened it (R29)
    received_at: datetime  # to the minute (R3)
    backfilled: bool = False  # 补录 (R21)
    fast_lane: bool = False  # taken in one line; the other fields are owed (R21)
    read_back_at: datetime | None = None  # 已复述确认 (R12)
    product: Text | None = None
    order_no: Text | None = None
    description: Text
    when: Text | None = None
    where: Text | None = None
    expectation: Text | None = None
    expected_by: datetime | None = None
    emotion: Emotion | None = None  # None: nobody said
    risks: frozenset[Risk] = frozenset()
    impact: Impact = Impact.ONE
    needs_customer: bool = False
    known_issue: bool = False
    complaint_type: str = ""  # 投诉类型, by the desk's list (R25)
    remarks: Text | None = None
    imported_at: datetime | None = None  # 导入: what is before it is a sheet's word, not the desk's
    resolve_by: datetime | None = None  # 要求处理时限, as that sheet had it


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrected(Fact):
    """An intake field was put right, from what to what (DESK.md 7)."""

    field: str
    was: Text | None = None
    now: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FilledIn(Fact):
    """What the fast lane left open was written down afterwards (R21)."""

    kind: Kind
    category: str
    urgency: Priority
    description: Text
    when: Text | None = None
    where: Text | None = None
    expectation: Text | None = None
    read_back: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerTagged(Fact):
    """The desk's rule gave the customer a tag with this case (R129)."""

    tag: str
    cases: int  # of the kind the rule counts


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedInvalid(Fact):
    """无效反馈 (R17)."""

    note: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class InvalidTakenBack(Fact):
    """The supervisor took the mark back before the day was archived."""

    reason: Text
