"""Walking through the sandbox's time: from one moment at which something falls due to the next."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from time import monotonic

from bot.clock import SandboxClock, Wish

Moment = Callable[[], datetime | None]

SETTLED_WITHIN_S = 5.0  # what falls due together, posted at a post a second
ALL_SETTLED_WITHIN_S = 60.0  # of a whole walk; then it goes on without waiting
LOOK_EVERY_S = 0.02
STRIDE = timedelta(seconds=15)  # the tick's own, where something keeps being due


@dataclass(slots=True, kw_only=True)
class Walker:
    """Moves the clock as somebody wishes; at each step time does its work and the posts go out.

    `ahead` is the next moment at which anything falls due, `warning` the next of a deadline;
    `waiting` tells how many posts are due and not out yet.
    """

    clock: SandboxClock
    tick: Callable[[datetime], object]
    ahead: Moment
    warning: Moment
    waiting: Callable[[], int]
    wake: Callable[[], None]
    _patience_ends_at: float = field(default=0.0)

    def walk(self, wish: Wish) -> None:
        """Go there; the next warning may be nowhere, then the clock stays where it is."""
        self._patience_ends_at = monotonic() + ALL_SETTLED_WITHIN_S
        self._work()
        to = wish.to or self.warning()
        while to is not None and self.clock.now() < to:
            self.clock.step(min(self._next(), to))
            self._work()

    def _next(self) -> datetime:
        now, ahead = self.clock.now(), self.ahead()
        if ahead is None:
            return datetime.max.replace(tzinfo=now.tzinfo)
        return ahead if ahead > now else now + STRIDE

    def _work(self) -> None:
        self.tick(self.clock.now())
        self.wake()
        until = min(monotonic() + SETTLED_WITHIN_S, self._patience_ends_at)
        while self.waiting() and monotonic() < until:
            threading.Event().wait(LOOK_EVERY_S)
