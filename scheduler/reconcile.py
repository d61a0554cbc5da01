"""Reconciling: what may or may not have been accepted is looked up before it is said again."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import structlog

from scheduler.courier import Parked
from tickets.delivery import SET_BACK, Claim, Finding, Never, NotNow, Outbox, Voice
from tickets.notices import Urgency
from tickets.ports import Clock

log = structlog.get_logger(__name__)

MAYBE_SENT = "maybe_sent"  # why a notice whose channel can no longer be read is sent another way
LATER = timedelta(seconds=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class SettleTimes:
    """How long Slack may take to accept late (RELIABILITY.md 3.1, rule 9); always over the HTTP timeout."""

    usual: timedelta = timedelta(seconds=30)
    urgent: timedelta = timedelta(seconds=15)  # P1

    def of(self, urgency: Urgency) -> timedelta:
        """Give the time to wait before a notice's channel is read."""
        return self.urgent if urgency is Urgency.P1 else self.usual


@dataclass(frozen=True, slots=True, kw_only=True)
class Reconciler:
    """Reads the channels of unclear notices; several may run, what they prove is the same."""

    outbox: Outbox
    voice: Voice
    parked: Parked
    real: Clock
    settle_times: SettleTimes
    wake: Callable[[], None]  # the courier, when something is to be said again

    def work_once(self) -> int:
        """Settle what has waited long enough; give how many were found out."""
        findings = [self._reconcile(claim) for claim in self._settled()]
        return len([finding for finding in findings if not isinstance(finding, NotNow)])

    def _settled(self) -> list[Claim]:
        at = self.real.now()
        unclear = self.outbox.unclear(settled_by=at - self.settle_times.urgent)
        return [
            claim
            for claim in unclear
            if claim.last_sent_at <= at - self.settle_times.of(claim.notice.urgency)
            or claim.last_sent_at > at + SET_BACK  # nobody knows when that was
        ]

    def _reconcile(self, claim: Claim) -> Finding:
        finding = self._found(claim)
        notice = claim.notice
        if isinstance(finding, Never):
            self.parked(notice, f"{MAYBE_SENT}: {finding.why}")
        self.outbox.reconciled(claim, finding, at=self.real.now())
        log.info(
            "notice reconciled",
            kind=notice.kind,
            number=notice.number,
            finding=type(finding).__name__,
        )
        self.wake()
        return finding

    def _found(self, claim: Claim) -> Finding:
        try:
            return self.voice.find(claim)
        except Exception as trouble:
            # One place that cannot be read must not keep the others waiting.
            log.exception("looking back failed", kind=claim.notice.kind)
            return NotNow(LATER, type(trouble).__name__)
