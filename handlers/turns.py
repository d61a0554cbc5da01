"""Background work takes turns on the processor, so that acknowledgements need not wait for it (DESIGN.md, latency bars).

Making a form of Slack's objects and checking them takes some 8 ms; done for forty people on forty
threads at once, it kept their acknowledgements waiting for 370 ms, one after another for 80 ms.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock, local
from typing import Any

from slack_sdk import WebClient

PATIENCE_S = 0.5  # a trigger lives 3 s (SLACK.md 2.3): whoever waits longer works without a turn


class Turns:
    """One piece of background work computes at a time; its turn is over as soon as it waits for Slack."""

    def __init__(self, *, patience_s: float = PATIENCE_S) -> None:
        """Start with nobody at work."""
        self._patience_s = patience_s
        self._turn = Lock()
        self._mine = local()

    @contextmanager
    def taken(self) -> Iterator[None]:
        """Compute when it is this thread's turn, or when that takes too long."""
        self._mine.held = self._turn.acquire(timeout=self._patience_s)
        try:
            yield
        finally:
            self.over()

    def over(self) -> None:
        """Let the next one compute; a thread without a turn changes nothing."""
        if getattr(self._mine, "held", False):
            self._mine.held = False
            self._turn.release()


class CourteousClient(WebClient):
    """Ends the turn of whoever calls Slack: waiting for an answer needs no processor."""

    def __init__(self, turns: Turns, **settings: Any) -> None:
        """Take WebClient's own settings."""
        super().__init__(**settings)
        self._turns = turns

    def api_call(self, *args: Any, **kwargs: Any) -> Any:
        """Call Slack, with what was computed for it in hand."""
        self._turns.over()
        return super().api_call(*args, **kwargs)
