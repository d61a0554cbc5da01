"""How a case ends, or two become one."""

from dataclasses import dataclass
from datetime import datetime

from tickets.case.facts.base import Fact
from tickets.case.values import Number, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowedUp(Fact):
    """待跟进 until a date (R65)."""

    until: datetime
    reason: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpEnded(Fact):
    """The watch period ended well: back to resolved."""

    note: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Closed(Fact):
    """已关闭; this moment is 归档日期 (R94). `refusal` documents that the customer gave no score."""

    refusal: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged(Fact):
    """This ticket ended in another one (final)."""

    survivor: Number


@dataclass(frozen=True, slots=True, kw_only=True)
class Absorbed(Fact):
    """Another ticket was merged into this one; the earlier `received_at` is taken."""

    other: Number
    received_at: datetime
    is_repeat: bool = (
        False  # it was a call about the same again (R79), no second record of one call
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked(Fact):
    """Two tickets belong together; nothing changes."""

    other: Number
    is_repeat: bool = False  # this one is the customer's next call about the same (R79)


@dataclass(frozen=True, slots=True, kw_only=True)
class Archived(Fact):
    """已归档 under the key of R95."""

    key: str
