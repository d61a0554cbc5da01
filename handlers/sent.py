"""What every sent form of a ticket brings: which ticket, its fields, and who under which receipt."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from slack_bolt import Ack, BoltResponse

from handlers.forms import Fields, fields_of
from handlers.numbers import number_in
from handlers.payloads import Json, memory_of
from handlers.views.meta import unpack
from tickets.case.values import Number
from tickets.desk.context import Desk
from tickets.message import PersonId


@dataclass(frozen=True, slots=True)
class Sent:
    """A form about a ticket, as one person sent it."""

    desk: Desk
    number: Number
    fields: Fields
    by: PersonId
    receipt: str
    now: datetime
    item: str = ""  # which of several things the form is about
    of_round: int | None = None  # the round a form was opened in, where it remembers it


def on_ticket(use: Callable[[Sent], object]) -> Callable[..., BoltResponse]:
    """Make the listener of a form: read it, do the one thing, close it."""

    def submit(ack: Ack, view: Json, desk: Desk, person: PersonId, receipt: str) -> BoltResponse:
        memory = memory_of(view)
        number, of_round = number_in(memory), unpack(memory).get("r")
        use(
            Sent(
                desk=desk,
                number=number,
                fields=fields_of(view),
                by=person,
                receipt=receipt,
                now=desk.clock.now(),
                item=str(unpack(memory).get("q", "")),
                of_round=of_round if isinstance(of_round, int) else None,
            )
        )
        return ack(response_action="clear")

    submit.__name__ = getattr(use, "__name__", "submit")
    submit.__doc__ = use.__doc__
    return submit
