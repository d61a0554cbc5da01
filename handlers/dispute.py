"""Disputes between departments: settled by a supervisor, or taken to a director; forms that were sent (R45)."""

from handlers.forms_work import must_say
from handlers.sent import Sent, on_ticket
from handlers.views.dispute import KEEP
from handlers.views.ids import FieldId as F
from tickets.desk import dispute
from tickets.errors import Incomplete
from tickets.message import say


@on_ticket
def submit_settle(sent: Sent) -> None:
    """Which department is answerable, or that the supervisor keeps the case."""
    picked = sent.fields.picked(F.DEPARTMENT)
    if picked is None:
        raise Incomplete({F.DEPARTMENT: say("field.pick_one")})
    department = dispute.MYSELF if picked == KEEP else picked
    reason = must_say(sent.fields, F.REASON)
    dispute.settle(sent.desk, sent.number, department, reason, by=sent.by, receipt=sent.receipt)


@on_ticket
def submit_report_up(sent: Sent) -> None:
    """A director is asked."""
    reason = must_say(sent.fields, F.REASON)
    dispute.report_up(sent.desk, sent.number, reason, by=sent.by, receipt=sent.receipt)
