"""Complaints: forms that were sent (R18, R78)."""

from handlers.forms_work import must_say
from handlers.sent import Sent, on_ticket
from handlers.views.ids import FieldId as F
from tickets.desk import compensation, complaints


@on_ticket
def submit_checklist(sent: Sent) -> None:
    """Which steps are done."""
    done = sent.fields.all_ticked(F.STEPS)
    complaints.tick(sent.desk, sent.number, done, by=sent.by, receipt=sent.receipt)


@on_ticket
def submit_complained_about(sent: Sent) -> None:
    """Whom it is about."""
    people = sent.fields.people(F.PEOPLE)
    complaints.name_complained_about(
        sent.desk, sent.number, people, by=sent.by, receipt=sent.receipt
    )


@on_ticket
def submit_refuse_approval(sent: Sent) -> None:
    """No, and why."""
    reason = must_say(sent.fields, F.REASON)
    compensation.refuse(sent.desk, sent.number, reason, by=sent.by, receipt=sent.receipt)
