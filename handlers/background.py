"""Work on Bolt's listener threads, carrying the log context of the request it belongs to."""

from collections.abc import Callable
from contextvars import copy_context

from slack_bolt import BoltRequest


def start(request: BoltRequest, work: Callable[[], None]) -> None:
    """Run work on a listener thread; an error in it is the caller's business."""
    carried = copy_context()

    def run() -> None:
        carried.run(work)

    request.context.listener_runner.lazy_listener_runner.start(function=run, request=request)
