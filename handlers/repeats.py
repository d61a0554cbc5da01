"""A repeat call that needs no new ticket: told again, with an apology and the cause (R79)."""

from slack_bolt import Ack, BoltResponse

from handlers.forms import fields_of
from handlers.forms_work import words
from handlers.numbers import number_in
from handlers.payloads import Json, memory_of
from handlers.views.ids import FieldId as F
from tickets.case import facts as f
from tickets.case.values import ContactChannel, RepeatCause
from tickets.desk.context import Desk
from tickets.desk.repeats import tell_again
from tickets.message import PersonId


def submit_tell_again(
    ack: Ack, view: Json, desk: Desk, person: PersonId, receipt: str
) -> BoltResponse:
    """The customer was told again; what they add leads back to the form underneath, if there is one."""
    fields = fields_of(view)
    told = f.ToldAgain(
        cause=fields.must_choose(F.REPEAT_CAUSE, RepeatCause),
        way=fields.must_choose(F.WAY, ContactChannel),
        happened_at=fields.moment(F.WHEN) or desk.clock.now(),
        message=words(fields, F.MESSAGE),
        answer=words(fields, F.ANSWER),
    )
    tell_again(desk, number_in(memory_of(view)), told, by=person, receipt=receipt)
    return ack() if told.answer else ack(response_action="clear")
