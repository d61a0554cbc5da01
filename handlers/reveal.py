"""Revealing a customer's full name and number: privately, for a reason, on record (R110)."""

from slack_bolt import Ack, BoltResponse

from handlers.forms import fields_of
from handlers.forms_work import must_say
from handlers.numbers import number_in
from handlers.payloads import Json, memory_of
from handlers.sheets import sheet_of
from handlers.views.ids import FieldId
from handlers.views.more import revealed
from tickets.desk.context import Desk
from tickets.desk.reveal import copies_of, reveal
from tickets.message import PersonId
from tickets.tongue import Tongue


def submit_reveal(
    ack: Ack, view: Json, desk: Desk, person: PersonId, receipt: str, tongue: Tongue
) -> BoltResponse:
    """The reason was given: the form becomes the view of the customer."""
    fields = fields_of(view)
    number, reason = number_in(memory_of(view)), must_say(fields, FieldId.REASON)
    evidence = fields.ticked(FieldId.WITH_EVIDENCE)
    _, customer = reveal(desk, number, reason, by=person, receipt=receipt, evidence=evidence)
    copies = copies_of(desk, number, by=person) if evidence else ()
    shown = revealed(sheet_of(number, desk, person, tongue), customer, copies)
    return ack(response_action="update", view=shown)
