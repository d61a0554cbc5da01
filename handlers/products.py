"""A new product: what a desk has to bring up to date, handed to its owners and ticked off (R126)."""

from slack_bolt import Ack, BoltRequest, BoltResponse

from handlers.forms import fields_of
from handlers.opening import present
from handlers.payloads import Json
from handlers.tapped import Tap, at_once
from handlers.views.meta import unpack
from handlers.views.modal import sentence
from handlers.views.product import PRODUCT, product_form
from tickets.desk.articles_product import checklist, hand_out, tick
from tickets.desk.context import Desk
from tickets.message import PersonId
from tickets.tongue import Tongue


def open_product(
    product: str, desk: Desk, person: PersonId, tongue: Tongue, request: BoltRequest
) -> None:
    """Show what a product asks for."""
    found = checklist(desk, product, by=person, language=tongue.language)
    present(request, product_form(found, tongue))


def open_form(desk: Desk, person: PersonId, tongue: Tongue, request: BoltRequest) -> None:
    """The button of the knowledge base."""
    open_product("", desk, person, tongue, request)


def submit_product(
    ack: Ack, view: Json, desk: Desk, person: PersonId, receipt: str, tongue: Tongue
) -> BoltResponse:
    """The name was sent: each owner hears what is theirs."""
    product = fields_of(view).required(PRODUCT)
    tasks = hand_out(desk, product, by=person, receipt=receipt)
    owners = len({one.owner for one in tasks})
    said = tongue("product.handed_out", count=len(tasks), owners=owners)
    return ack(response_action="update", view=sentence(tongue("product.title"), said, tongue))


@at_once
def done(tap: Tap) -> None:
    """A task is done; what is left is said privately."""
    kept = unpack(tap.value)
    list_id, task_id = str(kept.get("l", "")), str(kept.get("t", ""))
    tasks = tick(tap.desk, list_id, task_id, by=tap.person, receipt=tap.receipt)
    left = sum(one.done_at is None for one in tasks)
    tap.say(tap.tongue("product.left", count=left))
