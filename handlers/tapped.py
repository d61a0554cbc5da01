"""Buttons that take something further at once, without a form, and say privately what follows."""

from collections.abc import Callable

from slack_bolt import Ack, BoltRequest, BoltResponse

from handlers.answers import whisper_text
from handlers.lazy import later
from handlers.payloads import Json, value_of
from tickets.desk.context import Desk
from tickets.message import PersonId
from tickets.tongue import Tongue

Step = Callable[..., object]
"""A use case: `step(desk, which, by=…, receipt=…)`."""


def tapped(
    step: Step, said: str, *, read: Callable[[str], str] = str
) -> Callable[..., BoltResponse]:
    """Make the listener of such a button; `read` tells by its value what it is about."""

    def press(
        ack: Ack,
        action: Json,
        desk: Desk,
        person: PersonId,
        receipt: str,
        tongue: Tongue,
        request: BoltRequest,
    ) -> BoltResponse:
        step(desk, read(value_of(action)), by=person, receipt=receipt)
        later(request, lambda: whisper_text(request, tongue(said)))
        return ack()

    press.__doc__ = step.__doc__
    return press
