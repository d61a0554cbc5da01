"""Breakers: a receiver that keeps failing is left alone for a while, then tried with one notice."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock

import structlog

log = structlog.get_logger(__name__)

OPENS_AFTER = 4  # failures in a row
FIRST_REST, LONGEST_REST = timedelta(seconds=30), timedelta(minutes=10)
PROBE = timedelta(seconds=30)  # while one is under way nobody else tries
CLOSED = timedelta(0)


@dataclass(slots=True)
class _State:
    failures: int = 0
    rest: timedelta = FIRST_REST
    open_until: datetime | None = None
    is_told: bool = False


@dataclass(slots=True)
class Breakers:
    """One breaker a destination, in real time; every process has its own."""

    _states: dict[str, _State] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def ask(self, destination: str, *, at: datetime) -> timedelta:
        """Say how long to wait; CLOSED means go. After a rest the first who asks goes as a probe."""
        with self._lock:
            state = self._states.get(destination)
            if state is None or state.open_until is None:
                return CLOSED
            if at < state.open_until:
                return state.open_until - at
            state.open_until = at + PROBE
            return CLOSED

    def is_away(self, destination: str) -> bool:
        """Tell whether it has failed for a quarter of an hour, once after each such failure."""
        with self._lock:
            state = self._states.get(destination)
            if state is None or state.rest < LONGEST_REST or state.is_told:
                return False
            state.is_told = True
            return True

    def worked(self, destination: str) -> None:
        """Note an answer of any kind: somebody is there."""
        with self._lock:
            state = self._states.pop(destination, None)
        if state and state.open_until:
            log.info("outside destination answers again", destination=destination)

    def failed(self, destination: str, *, at: datetime) -> None:
        """Note a failure; enough of them, or a failed probe, open the breaker."""
        with self._lock:
            state = self._states.setdefault(destination, _State())
            state.failures += 1
            if state.failures < OPENS_AFTER:
                return
            state.open_until = at + state.rest
            state.is_told = False
            state.rest = min(state.rest * 2, LONGEST_REST)
        log.warning("outside destination left alone for a while", destination=destination)
