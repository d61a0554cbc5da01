"""Faults that a test or the page can inject into the Web API."""

import itertools
import random
import threading
from dataclasses import dataclass, field
from enum import StrEnum


class FaultKind(StrEnum):
    """How a call can go wrong."""

    REPLY_LOST = "reply_lost"  # accepted, then the connection breaks
    ACCEPTED_LATE = "accepted_late"  # the connection breaks, accepted `delay_s` later
    HTTP_ERROR = "http_error"  # `status`, nothing accepted
    ERROR = "error"  # `ok: false` with `error`
    RATELIMITED = "ratelimited"  # HTTP 429 with Retry-After
    SLOW = "slow"  # answered `delay_s` later
    HISTORY_LAG = "history_lag"  # accepted, but read back only after `delay_s`


@dataclass(slots=True)
class Fault:
    """One fault: which calls it hits, how often, and what it does.

    `times` None means always; `probability` is drawn from `seed`; `delay_s` is real seconds.
    """

    method: str
    kind: FaultKind
    times: int | None = 1
    probability: float = 1.0
    seed: int = 0
    channel: str | None = None
    delay_s: float = 1.0
    status: int = 500
    error: str = "internal_error"
    retry_after_s: int = 1
    accepted: bool = False  # for http_error: what Slack did before it answered badly
    until: threading.Event | None = None  # for accepted_late: not before a test says so
    id: int = 0
    hits: int = 0
    _dice: random.Random = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Seed the dice."""
        self._dice = random.Random(self.seed)  # noqa: S311 - repeatable on purpose

    def strikes(self, method: str, channel: str | None) -> bool:
        """Decide whether this call is hit, and count it."""
        if self.method not in {"*", method} or (self.channel and self.channel != channel):
            return False
        if self.times is not None and self.hits >= self.times:
            return False
        if self.probability < 1.0 and self._dice.random() >= self.probability:
            return False
        self.hits += 1
        return True


class Faults:
    """The faults in force, first match wins."""

    def __init__(self) -> None:
        """Start without any."""
        self._faults: list[Fault] = []
        self._numbers = itertools.count(1)

    def add(self, fault: Fault) -> Fault:
        """Put a fault in force and give it back with its id."""
        fault.id = next(self._numbers)
        self._faults.append(fault)
        return fault

    def clear(self) -> None:
        """Take all faults away."""
        self._faults.clear()

    def strike(self, method: str, channel: str | None) -> Fault | None:
        """Give the fault that hits this call, if any."""
        return next((fault for fault in self._faults if fault.strikes(method, channel)), None)
