"""The connection to Slack over Socket Mode: two sockets, an abrupt loss noticed within seconds."""

import socket
import traceback
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field

from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler

SOCKETS = 2  # an envelope goes to any one of them; losing one leaves the other (SLACK.md 2.3)
# Threads that may close a socket of ours while we do: a reader, a monitor, a reconnection.
FASTER_ONES = 3
CONCURRENCY = 32  # envelopes worked on at once, per socket
# The built-in client gives a connection up after five failed pings, or when the last answer is over four
# intervals old: with its default of 10 s it was deaf for 57 s after an abrupt loss (LIBRARIES.md 1).
PING_INTERVAL_S = 0.6


@dataclass(slots=True)
class Sockets:
    """All sockets of this process; each reconnects by itself."""

    app: App
    app_token: str
    handlers: Sequence[SocketModeHandler] = field(default_factory=list)

    def start(self) -> None:
        """Connect. Raises SlackApiError when Slack refuses the app token."""
        self.handlers = [
            SocketModeHandler(
                self.app,
                self.app_token,
                ping_interval=PING_INTERVAL_S,
                concurrency=CONCURRENCY,
            )
            for _ in range(SOCKETS)
        ]
        for handler in self.handlers:
            handler.client.on_error_listeners.append(_close_half_open)
            handler.connect()  # type: ignore[no-untyped-call]  # Bolt leaves these two untyped

    def stop(self) -> None:
        """Close all sockets; what is being handled is finished."""
        # Each waits up to three seconds for its reading thread: together, not one after the other.
        with ThreadPoolExecutor(SOCKETS) as closing:
            list(closing.map(_close, self.handlers))

    @property
    def connected(self) -> int:
        """Count the sockets that are alive."""
        return sum(
            bool(handler.client and handler.client.is_connected()) for handler in self.handlers
        )


def _close(handler: SocketModeHandler) -> None:
    _surely(handler.close)
    _surely(handler.client.disconnect)  # what a reconnection under way has opened meanwhile


def _surely(close: Callable[[], None]) -> None:
    """Close; the library looks for its socket before it takes the lock, and stumbles where another thread was faster."""
    for _ in range(FASTER_ONES):
        with suppress(AttributeError):
            close()
            return
    close()


def _close_half_open(trouble: Exception) -> None:
    """Close the socket of a handshake that failed: the library forgets it open."""
    for frame, _line in traceback.walk_tb(trouble.__traceback__):
        half_open = frame.f_locals.get("sock")
        if isinstance(half_open, socket.socket):
            half_open.close()
