"""What every sent form of a retrospective brings: what it remembers, its fields, and who under which receipt."""

from collections.abc import Callable
from dataclasses import dataclass

from slack_bolt import Ack, BoltRequest, BoltResponse

from handlers.answers import whisper_text
from handlers.forms import Fields, fields_of
from handlers.lazy import later
from handlers.payloads import Json, memory_of
from tickets.desk.context import Desk
from tickets.message import PersonId
from tickets.tongue import Tongue


@dataclass(frozen=True, slots=True)
class RetroSent:
    """A form of a retrospective, as one person sent it."""

    desk: Desk
    memory: str
    fields: Fields
    by: PersonId
    receipt: str
    tongue: Tongue


Use = Callable[[RetroSent], object]


def on_retro(said: str | None = None) -> Callable[[Use], Callable[..., BoltResponse]]:
    """Make the listener of a form: read it, do the one thing, close it; `said` is told privately after."""

    def of(use: Use) -> Callable[..., BoltResponse]:
        def submit(
            ack: Ack,
            view: Json,
            desk: Desk,
            person: PersonId,
            receipt: str,
            tongue: Tongue,
            request: BoltRequest,
        ) -> BoltResponse:
            use(RetroSent(desk, memory_of(view), fields_of(view), person, receipt, tongue))
            if said:
                later(request, lambda: whisper_text(request, tongue(said)))
            return ack(response_action="clear")

        submit.__name__ = getattr(use, "__name__", "submit")
        submit.__doc__ = use.__doc__
        return submit

    return of
