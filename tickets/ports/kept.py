"""The small values that are kept: receipts, audit entries, people and channels, drafts, cards."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from tickets.case.values import Number, PersonId
from tickets.notices import Plain


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What a repeated delivery is answered with (DESIGN.md, receipt keys)."""

    key: str
    kind: str  # the use case
    number: Number | None = None
    answer: Mapping[str, Plain] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEntry:
    """One row of the audit log: ids and codes only, never a person's words (R115)."""

    at: datetime
    by: PersonId
    action: str
    number: Number | None
    outcome: str  # done | refused | noop
    detail: Mapping[str, Plain] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A person as Slack knows them; kept by events and a refresh."""

    id: PersonId
    name: str
    language: str = "en"  # zh-Hans, zh-Hant, en: from Slack's locale
    timezone: str = "UTC"
    is_active: bool = True
    is_guest: bool = False
    is_bot: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """A conversation the desk posts to."""

    id: str
    name: str
    is_archived: bool = False
    has_bot: bool = False
    members: frozenset[PersonId] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A form's text that Slack's expired trigger kept from opening; sealed, for its author only."""

    id: str
    person: PersonId
    text: str
    kept_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A ticket's card in one channel: a projection that is brought up to date."""

    number: Number
    department: str  # whose channel it was posted to
    channel_id: str | None  # None until posted
    message_ts: str | None
    wanted: int  # the ticket's version it should show
    shown: int  # the version it shows; 0 before the first post
    is_current: bool  # False: "moved to …"


@dataclass(frozen=True, slots=True)
class Posting:
    """Where a message stands in Slack."""

    channel_id: str
    message_ts: str
