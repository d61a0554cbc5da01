"""Where a desk speaks of its own accord: digests, group robots, webhooks."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Digest:
    """One scheduled post as configured; `at` as written (`Mon 09:00`, `open days 16:00`)."""

    key: str
    at: str
    channel: str | None = None
    to: str | None = None
    on_holiday: str = "next"
    before_close: timedelta | None = None  # of a day that closes early: so long before that


class OutsideEvent(StrEnum):
    """What robots and webhooks may ask to be told of."""

    LOGGED = "logged"
    ASSIGNED = "assigned"
    WARNING = "warning"
    BREACH = "breach"
    RESOLVED = "resolved"
    TOLD = "told"
    SCORED = "scored"
    CLOSED = "closed"
    REOPENED = "reopened"
    STUCK = "stuck"  # the desk itself is in trouble, Slack's or its own
    AUDIT_HEAD = "audit_head"  # once a day, to webhooks: how far the audit log's chain has come


class RobotKind(StrEnum):
    """Whose group robot it is."""

    DINGTALK = "dingtalk"
    FEISHU = "feishu"
    WECOM = "wecom"


@dataclass(frozen=True, slots=True)
class Robot:
    """A group robot outside Slack; its address and secret are settings, never here."""

    key: str
    kind: RobotKind
    events: frozenset[OutsideEvent]
    departments: frozenset[str] = frozenset()  # whose cases it tells of; empty: all


@dataclass(frozen=True, slots=True)
class Webhook:
    """Another system told of events; without an address here it is a setting, as its secret always is."""

    key: str
    events: frozenset[OutsideEvent]
    url: str | None = None
