"""Clocks: the only place that looks at the time (DESIGN.md); real, or moved by the sandbox."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import httpx
import structlog

log = structlog.get_logger(__name__)

LOOK_EVERY_S = 0.25  # how soon a moved sandbox clock is noticed


@dataclass(frozen=True, slots=True)
class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """Give the present moment in UTC."""
        return datetime.now(UTC)


@dataclass(slots=True)
class SandboxClock:
    """The sandbox's clock: real time plus an offset that its page moves forward."""

    url: str
    on_move: Callable[[], None] = lambda: None  # called after each move
    _offset: timedelta = timedelta()
    _stop: threading.Event = field(default_factory=threading.Event)

    def now(self) -> datetime:
        """Give the sandbox's present moment in UTC."""
        return datetime.now(UTC) + self._offset

    def start(self) -> None:
        """Follow the sandbox's clock in a thread of its own."""
        self.look()
        threading.Thread(target=self._follow, name="sandbox-clock", daemon=True).start()

    def stop(self) -> None:
        """Stop following."""
        self._stop.set()

    def look(self) -> None:
        """Read the sandbox's clock once. Raises httpx.HTTPError when the sandbox is not there."""
        seen = timedelta(
            seconds=float(httpx.get(self.url, timeout=2).raise_for_status().json()["offset"])
        )
        if seen != self._offset:
            self._offset = seen
            self.on_move()

    def _follow(self) -> None:
        while not self._stop.wait(LOOK_EVERY_S):
            try:
                self.look()
            except httpx.HTTPError as trouble:
                log.debug("sandbox clock not read", why=type(trouble).__name__)
