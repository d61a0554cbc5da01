"""Work on Bolt's listener threads, carrying the log context of the request it belongs to."""

from collections.abc import Callable
from contextvars import copy_context

from slack_bolt import BoltRequest


def start(request: BoltRequest, work: Callable[[], None]) -> None:
    """Run work on a listener thread in its turn; an error in it is the caller's business."""
    carried, turns = copy_context(), request.context["wiring"].turns

    def run() -> None:
        with turns.taken():
            carried.run(work)

    request.context.listener_runner.lazy_listener_runner.start(function=run, request=request)
