"""Acknowledge first, work afterwards: for what only opens or draws (Slack allows 3 s, SLACK.md 2.3).

Bolt's own lazy listeners copy the whole context, records and all, and swallow errors; these share it
and bring errors to the one error handler.
"""

from collections.abc import Callable

from slack_bolt import Ack, BoltRequest, BoltResponse

from handlers import background
from handlers.calls import call
from handlers.errors import show_afterwards

Listener = Callable[..., BoltResponse | None]


def lazily(work: Callable[..., None]) -> Listener:
    """Make a listener that acknowledges at once and does its work on a listener thread."""

    def acknowledge(ack: Ack, request: BoltRequest) -> BoltResponse:
        response = ack()
        later(request, work)
        return response

    acknowledge.__name__ = work.__name__
    acknowledge.__doc__ = work.__doc__
    acknowledge.__dict__["does"] = work  # for the test that checks parameter names
    return acknowledge


def later(request: BoltRequest, work: Callable[..., None]) -> None:
    """Run work on a listener thread; its errors are shown to the person like any other."""

    def guarded() -> None:
        try:
            call(work, request)
        except Exception as error:  # noqa: BLE001  # the boundary of a listener thread
            show_afterwards(error, request)

    background.start(request, guarded)
