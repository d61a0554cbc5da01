"""Between departments: asked, answered, not theirs; forms that were sent (R44)."""

from handlers.forms_work import must_say
from handlers.sent import Sent, on_ticket
from handlers.views.ids import FieldId as F
from tickets.desk import between
from tickets.errors import Incomplete
from tickets.message import say


@on_ticket
def submit_ask_department(sent: Sent) -> None:
    """A question to another department."""
    department = sent.fields.picked(F.DEPARTMENT)
    if department is None:
        raise Incomplete({F.DEPARTMENT: say("field.pick_one")})
    question = must_say(sent.fields, F.QUESTION)
    between.ask(sent.desk, sent.number, department, question, by=sent.by, receipt=sent.receipt)


@on_ticket
def submit_answer_question(sent: Sent) -> None:
    """The answer."""
    text = must_say(sent.fields, F.ANSWER)
    between.answer(sent.desk, sent.number, _which(sent), text, by=sent.by, receipt=sent.receipt)


@on_ticket
def submit_not_ours(sent: Sent) -> None:
    """Not theirs, and why."""
    reason = must_say(sent.fields, F.REASON)
    between.decline(sent.desk, sent.number, _which(sent), reason, by=sent.by, receipt=sent.receipt)


def _which(sent: Sent) -> str:
    """Give the question's key: the form was about one, or one of several was picked in it."""
    return sent.item or sent.fields.picked(F.QUESTION) or ""
