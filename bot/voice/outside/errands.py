"""Errands: Slack's courier and the one beyond it take their notices out of one outbox, neither waits for the other."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from tickets.delivery import Claim, Finding, Outbox, Outcome, Reach
from tickets.ports import Card

RARELY = timedelta(minutes=10)


@dataclass(slots=True)
class _Errands:
    """An outbox of which one courier takes its part alone."""

    outbox: Outbox

    def settle(self, claim: Claim, outcome: Outcome, *, now: datetime, at: datetime) -> None:
        self.outbox.settle(claim, outcome, now=now, at=at)

    def unclear(self, *, settled_by: datetime) -> Sequence[Claim]:
        return self.outbox.unclear(settled_by=settled_by)

    def reconciled(self, claim: Claim, finding: Finding, *, at: datetime) -> None:
        self.outbox.reconciled(claim, finding, at=at)

    def shown(self, card: Card, outcome: Outcome, *, version: int, at: datetime) -> None:
        self.outbox.shown(card, outcome, version=version, at=at)


@dataclass(slots=True)
class SlackErrands(_Errands):
    """What Slack's courier sees: a receiver that hangs somewhere else costs it nothing."""

    def claim(
        self, *, now: datetime, at: datetime, owner: str, reach: Reach = Reach.EVERYWHERE
    ) -> Claim | None:
        """Take what goes to Slack; while Slack does not answer there is nothing else to do."""
        if reach is Reach.OUTSIDE:
            return None
        return self.outbox.claim(now=now, at=at, owner=owner, reach=Reach.SLACK)

    def roll_up(self, *, now: datetime, at: datetime) -> int:
        """Roll up what waits for one conversation."""
        return self.outbox.roll_up(now=now, at=at)

    def stale_cards(self, *, at: datetime, limit: int) -> Sequence[Card]:
        """List the cards to bring up to date."""
        return self.outbox.stale_cards(at=at, limit=limit)


@dataclass(slots=True)
class OutsideErrands(_Errands):
    """What the courier beyond Slack sees; a desk that tells nobody there is looked at rarely.

    Rarely and not never: what was planned before the desk file lost its robots is to be settled.
    """

    is_wanted: Callable[[], bool]
    _again_at: datetime | None = None

    def claim(
        self,
        *,
        now: datetime,
        at: datetime,
        owner: str,
        reach: Reach = Reach.EVERYWHERE,  # noqa: ARG002  it never goes to Slack
    ) -> Claim | None:
        """Take what goes to a robot or a webhook."""
        if not self.is_wanted() and self._again_at is not None and at < self._again_at:
            return None
        claim = self.outbox.claim(now=now, at=at, owner=owner, reach=Reach.OUTSIDE)
        self._again_at = at if claim else at + RARELY
        return claim

    def roll_up(self, *, now: datetime, at: datetime) -> int:  # noqa: ARG002  conversations are Slack's
        """Leave roll-ups to Slack's courier."""
        return 0

    def stale_cards(self, *, at: datetime, limit: int) -> Sequence[Card]:  # noqa: ARG002  cards are Slack's
        """Leave cards to Slack's courier."""
        return ()
