"""A channel that loses replies, accepts late, refuses and is read back, as Slack does."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from tickets.delivery import (
    Absent,
    Claim,
    Finding,
    Never,
    NotNow,
    Outcome,
    Pointless,
    Posted,
    Unclear,
)
from tickets.errors import Busy
from tickets.notices import Notice, NoticeKind, Urgency, to_person
from tickets.ports import Card

START = datetime(2025, 9, 22, 1, 30, tzinfo=UTC)
RETRY_AFTER = timedelta(seconds=7)


class Fault(StrEnum):
    NONE = "none"
    REPLY_LOST = "reply_lost"
    NEVER_ARRIVED = "never_arrived"
    ACCEPTED_LATE = "accepted_late"
    RATE_LIMITED = "rate_limited"
    KILLED_BEFORE = "killed_before"
    KILLED_AFTER = "killed_after"


class KilledError(BaseException):
    """The process ended here; no boundary of ours may catch it."""


@dataclass(slots=True)
class Time:
    at: datetime = START

    def now(self) -> datetime:
        return self.at

    def pass_by(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)


@dataclass(slots=True)
class FakeVoice:
    time: Time
    faults: list[Fault] = field(default_factory=list)
    posts: list[tuple[datetime, Notice]] = field(default_factory=list)  # when each became visible
    refused_until: datetime = START
    posted_too_early: int = 0
    raising: set[str] = field(default_factory=set)
    gone: set[str] = field(default_factory=set)
    pointless: set[str] = field(default_factory=set)
    unreadable: bool = False
    silent: bool = False  # Slack does not answer at all
    busy: int = 0  # so many times the records are busy
    drawn: list[Card] = field(default_factory=list)
    on_deliver: Callable[[Claim], None] = lambda _: None

    def deliver(self, claim: Claim) -> Outcome:
        self.on_deliver(claim)
        notice = claim.notice
        if self.busy:
            self.busy -= 1
            raise Busy("records.busy")
        if notice.key in self.raising:
            raise ValueError("cannot be rendered")
        if notice.key in self.gone:
            return Never("channel_not_found")
        if notice.key in self.pointless:
            return Pointless("the ticket is closed")
        return self._at_the_mercy_of(self.faults.pop(0) if self.faults else Fault.NONE, notice)

    def find(self, claim: Claim) -> Finding:
        if claim.notice.key in self.gone:
            return Never("channel_not_found")
        if self.unreadable:
            return NotNow(timedelta(seconds=5), "history is not complete")
        return self._posted(claim.notice) if claim.notice.key in self.visible() else Absent()

    def show(self, card: Card) -> tuple[Outcome, int]:
        if card.number in self.raising:
            raise ValueError("cannot be drawn")
        self.drawn.append(card)
        return Posted(card.channel_id or "", card.message_ts or ""), card.wanted

    def answers(self) -> bool:
        return not self.silent

    def visible(self) -> list[str]:
        return [notice.key for since, notice in self.posts if since <= self.time.at]

    def _at_the_mercy_of(self, fault: Fault, notice: Notice) -> Outcome:
        match fault:
            case Fault.KILLED_BEFORE:
                raise KilledError
            case Fault.NEVER_ARRIVED:
                return Unclear("timeout")
            case Fault.RATE_LIMITED:
                return NotNow(RETRY_AFTER, "ratelimited")
        late = timedelta(seconds=10 if fault is Fault.ACCEPTED_LATE else 0)
        self.posts.append((self.time.at + late, notice))
        if fault is Fault.KILLED_AFTER:
            raise KilledError
        lost = fault in {Fault.REPLY_LOST, Fault.ACCEPTED_LATE}
        return Unclear("reset") if lost else self._posted(notice)

    def _posted(self, notice: Notice) -> Posted:
        return Posted("C1", notice.key)


def a_notice(key: str, *, urgency: Urgency = Urgency.CARD, group: str = "") -> Notice:
    return Notice(
        key=key,
        kind=NoticeKind.CONFIRMATION,
        place=to_person(group or key),  # type: ignore[arg-type]
        urgency=urgency,
        due_at=START,
    )
