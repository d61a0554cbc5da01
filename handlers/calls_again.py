"""不再回访 taken back, from a customer's profile."""

from slack_bolt import Ack, BoltRequest, BoltResponse

from handlers.customer import id_in
from handlers.forms import fields_of
from handlers.opening import present
from handlers.payloads import Json, memory_of, value_of
from handlers.views.calls_again import DECISION, WISH, calls_again
from handlers.views.ids import FieldId as F
from handlers.views.modal import sentence
from tickets.desk.asking import rights_of
from tickets.desk.calls_again import call_again
from tickets.desk.context import Desk
from tickets.desk.profile import to_edit
from tickets.errors import Incomplete
from tickets.message import PersonId, say
from tickets.people.roles import Action
from tickets.tongue import Tongue


def open_form(
    action: Json, desk: Desk, person: PersonId, tongue: Tongue, request: BoltRequest
) -> None:
    """The form that asks why."""
    known = to_edit(desk, id_in(value_of(action)), by=person)
    may_decide = Action.ASK_AGAIN in rights_of(desk, by=person)
    present(request, calls_again(known, may_decide=may_decide, tongue=tongue))


def submit(
    ack: Ack, view: Json, desk: Desk, person: PersonId, receipt: str, tongue: Tongue
) -> BoltResponse:
    """The customer is asked again."""
    picked = fields_of(view).picked(F.WHY_AGAIN)
    if picked not in {WISH, DECISION}:
        raise Incomplete({F.WHY_AGAIN: say("field.pick_one")})
    customer = id_in(memory_of(view))
    call_again(desk, customer, wished=picked == WISH, by=person, receipt=receipt)
    said = sentence(tongue("profile.title"), tongue("calls_again.done"), tongue)
    return ack(response_action="update", view=said)
