"""The courier: claims what is due, has the voice post it, notes how it ended (DESIGN.md, delivery)."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from heapq import heappop, heappush
from threading import Event

import structlog

from scheduler.silence import Silence
from tickets.delivery import Claim, Never, NotNow, Outbox, Outcome, Reach, Voice
from tickets.errors import Busy
from tickets.notices import Notice, Urgency
from tickets.ports import Card, Clock

log = structlog.get_logger(__name__)

Parked = Callable[[Notice, str], None]
"""Sends a refused notice another way and tells the admins; doing it twice changes nothing."""

TRIES = 3  # a notice that cannot be rendered is parked then (RELIABILITY.md F61)
BREATH = timedelta(seconds=5)  # between tries of what went wrong on our side
CARDS_AT_A_TIME = 5
ROLL_UP_EVERY = timedelta(seconds=2)  # while there is work
IDLE = timedelta(seconds=5)  # looks at least this often; the heartbeat and `wake` look sooner
NEVER_SHOWN = 0


@dataclass(slots=True, kw_only=True)
class Courier:
    """One worker; several processes may run one each, the outbox keeps them apart.

    `clock` is the desk's time, by which notices are due; `real` is real time, on which leases,
    settle times and waiting stay.
    """

    outbox: Outbox
    voice: Voice
    parked: Parked
    clock: Clock
    real: Clock
    owner: str
    handled: Callable[[Claim, Outcome], None] = lambda _claim, _outcome: None  # the figures
    _failures: Counter[str] = field(default_factory=Counter)
    _woken: Event = field(default_factory=Event)
    # A heap: when what was refused may be tried.
    _again_at: list[datetime] = field(default_factory=list)
    _silence: Silence = field(init=False)
    _roll_up_at: datetime | None = None

    def __post_init__(self) -> None:
        """Begin with a Slack that answers."""
        self._silence = Silence(self.voice.answers)

    def wake(self) -> None:
        """Look now: something was planned, or time went on."""
        self._woken.set()

    def run(self, stop: Event) -> None:
        """Work until told to stop; the present notice is finished, no other is claimed.

        Whoever sets `stop` calls `wake` too, so that nobody waits for a sleeper.
        """
        while not stop.is_set():
            self._woken.clear()
            if not self._worked() and not stop.is_set():
                self._woken.wait(self._idle_for().total_seconds())

    def work_once(self) -> bool:
        """Send the most urgent notice that is due, or bring stale cards up to date; tell if there was work."""
        now, at = self.clock.now(), self.real.now()
        self._roll_up(now, at)
        reach = Reach.OUTSIDE if self._silence.lasts(at=at) else Reach.EVERYWHERE
        claim = self.outbox.claim(now=now, at=at, owner=self.owner, reach=reach)
        if claim is None:
            return reach is Reach.EVERYWHERE and self._show_cards()
        self._send(claim)
        if claim.notice.urgency >= Urgency.CARD and reach is Reach.EVERYWHERE:
            self._show_cards()
        return True

    def _roll_up(self, now: datetime, at: datetime) -> None:
        """Look from time to time whether so much waits for one conversation that a list says it better."""
        waits = self._roll_up_at is not None and at < self._roll_up_at <= at + ROLL_UP_EVERY
        if not waits:
            self._roll_up_at = at + ROLL_UP_EVERY
            planned = self.outbox.roll_up(now=now, at=at)
            if planned:
                log.info("notices rolled up", messages=planned)

    def _worked(self) -> bool:
        try:
            return self.work_once()
        except Exception:
            # The courier must outlive a busy or broken database; the claim's lease runs out by itself.
            log.exception("courier stumbled")
            return False

    def _send(self, claim: Claim) -> None:
        outcome = self._outcome(claim)
        if not claim.notice.place.is_outside:
            self._silence.note(outcome)
        if isinstance(outcome, Never):
            log.error(
                "notice parked", kind=claim.notice.kind, number=claim.notice.number, why=outcome.why
            )
            self.parked(claim.notice, outcome.why)
        at = self.real.now()
        self._note_wait(outcome, at)
        self.outbox.settle(claim, outcome, now=self.clock.now(), at=at)
        self.handled(claim, outcome)
        log.info(
            "notice handled",
            kind=claim.notice.kind,
            number=claim.notice.number,
            outcome=type(outcome).__name__,
            attempt=claim.attempt,
        )

    def _outcome(self, claim: Claim) -> Outcome:
        key = claim.notice.key
        try:
            outcome = self.voice.deliver(claim)
        except Busy:
            # The records' fault, not the notice's: it must not count towards parking it.
            return NotNow(BREATH, "records busy")
        except Exception as trouble:
            # Whatever a renderer raises, nothing was sent: the voice itself answers for the wire.
            log.exception("notice failed", kind=claim.notice.kind, number=claim.notice.number)
            self._failures[key] += 1
            if self._failures[key] < TRIES:
                return NotNow(BREATH, type(trouble).__name__)
            outcome = Never(f"failed {TRIES} times: {type(trouble).__name__}")
        del self._failures[key]
        return outcome

    def _show_cards(self) -> bool:
        cards = self.outbox.stale_cards(at=self.real.now(), limit=CARDS_AT_A_TIME)
        for card in cards:
            outcome, version = self._shown(card)
            at = self.real.now()
            self._note_wait(outcome, at)
            self.outbox.shown(card, outcome, version=version, at=at)
        return bool(cards)

    def _shown(self, card: Card) -> tuple[Outcome, int]:
        try:
            return self.voice.show(card)
        except Exception as trouble:
            # One card that cannot be drawn must not keep the others from being drawn.
            log.exception("card failed", number=card.number)
            return NotNow(BREATH * 12, type(trouble).__name__), NEVER_SHOWN

    def _note_wait(self, outcome: Outcome, at: datetime) -> None:
        if isinstance(outcome, NotNow):
            heappush(self._again_at, at + outcome.after)

    def _idle_for(self) -> timedelta:
        at = self.real.now()
        while self._again_at and self._again_at[0] <= at:
            heappop(self._again_at)
        waits = [IDLE, *([self._again_at[0] - at] if self._again_at else [])]
        asks_in = self._silence.asks_in(at=at)
        return min([*waits, *([asks_in] if asks_in else [])])
