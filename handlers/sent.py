"""What every sent form of a ticket brings: which ticket, its fields, and who under which receipt."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from slack_bolt import Ack, BoltResponse
from slack_sdk.models.views import View

from handlers.forms import Fields, fields_of
from handlers.numbers import number_in
from handlers.payloads import Json, memory_of
from handlers.views.meta import unpack
from tickets.case.values import Number
from tickets.desk.context import Desk
from tickets.message import PersonId
from tickets.tongue import Tongue


@dataclass(frozen=True, slots=True)
class Sent:
    """A form about a ticket, as one person sent it."""

    desk: Desk
    number: Number
    fields: Fields
    by: PersonId
    receipt: str
    now: datetime
    tongue: Tongue
    item: str = ""  # which of several things the form is about
    card: str = ""  # the call card a form was opened from, to which it returns
    of_round: int | None = None  # the round a form was opened in, where it remembers it


def on_ticket(use: Callable[[Sent], object]) -> Callable[..., BoltResponse]:
    """Make the listener of a form: read it, do the one thing, close it."""

    def submit(
        ack: Ack, view: Json, desk: Desk, person: PersonId, receipt: str, tongue: Tongue
    ) -> BoltResponse:
        memory = memory_of(view)
        number, of_round = number_in(memory), unpack(memory).get("r")
        card = str(unpack(memory).get("c", ""))
        after = use(
            Sent(
                desk=desk,
                number=number,
                fields=fields_of(view),
                by=person,
                # On a call card one view after the other is the same view to Slack.
                receipt=f"{receipt}:{number}:{of_round}" if card else receipt,
                now=desk.clock.now(),
                tongue=tongue,
                card=card,
                item=str(unpack(memory).get("q", "")),
                of_round=of_round if isinstance(of_round, int) else None,
            )
        )
        if isinstance(after, View):  # the next thing to do in the same place
            return ack(response_action="update", view=after)
        return ack(response_action="clear")

    submit.__name__ = getattr(use, "__name__", "submit")
    submit.__doc__ = use.__doc__
    return submit
