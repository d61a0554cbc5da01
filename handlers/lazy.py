"""Acknowledge first, work afterwards: for what only opens or draws (Slack allows 3 s, SLACK.md 2.3).

Bolt's own lazy listeners copy the whole context, records and all, and swallow errors; these share it
and bring errors to the one error handler.
"""

from collections.abc import Callable
from inspect import getfullargspec, unwrap

from slack_bolt import Ack, BoltRequest, BoltResponse
from slack_bolt.kwargs_injection import build_required_kwargs

from handlers import background
from handlers.errors import show_afterwards

Listener = Callable[..., BoltResponse | None]
Work = Callable[[], None]


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
    """Run work afterwards, its parameters filled in by name as Bolt fills those of a listener."""
    afterwards(request, lambda: work(**_arguments(work, request)))


def afterwards(request: BoltRequest, work: Work) -> None:
    """Run work on a listener thread; its errors are shown to the person like any other."""

    def guarded() -> None:
        try:
            work()
        except Exception as error:  # noqa: BLE001  # the boundary of a listener thread
            show_afterwards(error, request)

    background.start(request, guarded)


def _arguments(work: Callable[..., None], request: BoltRequest) -> dict[str, object]:
    return build_required_kwargs(
        logger=request.context.logger,
        required_arg_names=getfullargspec(unwrap(work)).args,
        request=request,
        response=None,
        this_func=work,
    )
