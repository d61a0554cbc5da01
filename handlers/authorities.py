"""Authorities outside: forms that were sent."""

from handlers.forms_work import must_say, words
from handlers.sent import Sent, on_ticket
from handlers.views.ids import FieldId as F
from tickets.case.values import Direction
from tickets.desk import authorities
from tickets.desk.authorities import Waiting
from tickets.errors import Incomplete
from tickets.message import say


@on_ticket
def submit_refer(sent: Sent) -> None:
    """Which authority waits for an answer, and by when."""
    fields = sent.fields
    authority = fields.picked(F.AUTHORITY)
    if authority is None:
        raise Incomplete({F.AUTHORITY: say("field.pick_one")})
    typed = Waiting(
        authority=authority,
        direction=fields.must_choose(F.DIRECTION, Direction),
        reference=words(fields, F.REFERENCE),
        due_at=fields.moment(F.UNTIL),
    )
    authorities.refer(sent.desk, sent.number, typed, by=sent.by, receipt=sent.receipt)


@on_ticket
def submit_refer_move(sent: Sent) -> None:
    """Another date, and why."""
    key, due_at = sent.fields.picked(F.REFERRAL) or "", sent.fields.must_be_set(F.UNTIL)
    reason = must_say(sent.fields, F.REASON)
    authorities.move(sent.desk, sent.number, key, due_at, reason, by=sent.by, receipt=sent.receipt)


@on_ticket
def submit_refer_answer(sent: Sent) -> None:
    """What it was answered, and when."""
    key, said = sent.fields.picked(F.REFERRAL) or "", must_say(sent.fields, F.ANSWER)
    at = sent.fields.must_be_set(F.WHEN)
    authorities.answer(sent.desk, sent.number, key, said, at, by=sent.by, receipt=sent.receipt)
