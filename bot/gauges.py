"""The figures of delivery for Prometheus, as /metrics shows them."""

from collections.abc import Sequence
from dataclasses import dataclass

from prometheus_client import CollectorRegistry, Counter, Gauge

from scheduler.watchdog import Trouble
from tickets.delivery import Claim, Outcome, Standing


@dataclass(frozen=True, slots=True)
class Gauges:
    """What was seen last; one set a process."""

    handled: Counter
    waiting: Gauge
    overdue: Gauge
    unclear: Gauge
    stranded: Gauge
    troubles: Gauge
    looked_at: Gauge

    def note_handled(self, claim: Claim, outcome: Outcome) -> None:
        """Count how a notice ended."""
        self.handled.labels(claim.notice.kind, type(outcome).__name__.lower()).inc()

    def note_standing(self, standing: Standing) -> None:
        """Show how delivery stands."""
        self.waiting.set(standing.waiting)
        self.overdue.set(standing.overdue)
        self.unclear.set(standing.unclear)
        self.stranded.set(standing.stranded)

    def note_troubles(self, troubles: Sequence[Trouble]) -> None:
        """Show what the watchdog found."""
        self.troubles.clear()
        for trouble in troubles:
            self.troubles.labels(trouble.code).set(1)
        self.looked_at.set_to_current_time()


def gauges(registry: CollectorRegistry) -> Gauges:
    """Make the figures of one process."""

    def gauge(name: str, says: str, *labels: str) -> Gauge:
        return Gauge(f"deskbot_{name}", says, labels, registry=registry)

    return Gauges(
        handled=Counter(
            "deskbot_notices_handled",
            "Notices handled, by kind and how it ended",
            ("kind", "outcome"),
            registry=registry,
        ),
        waiting=gauge("notices_waiting", "Notices due and not settled"),
        overdue=gauge("notices_overdue", "Notices due over five minutes ago and not settled"),
        unclear=gauge("notices_unclear", "Notices of unknown fate for over five minutes"),
        stranded=gauge("notices_stranded", "Notices refused within a day that reached nobody"),
        troubles=gauge("trouble", "1 for each trouble the watchdog sees", "code"),
        looked_at=gauge("watchdog_looked_at_seconds", "When the watchdog looked last"),
    )
