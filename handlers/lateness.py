"""Why a case is late: the form that was sent (超时原因)."""

from handlers.forms import Fields
from handlers.forms_work import words
from handlers.sent import Sent, on_ticket
from handlers.views.ids import FieldId as F
from tickets.case import facts as f
from tickets.case.values import LateCause
from tickets.desk.lateness import explain_lateness


@on_ticket
def submit_lateness(sent: Sent) -> None:
    """The cause for the figures, and words where they say more."""
    explain_lateness(sent.desk, sent.number, said(sent.fields), by=sent.by, receipt=sent.receipt)


def said(fields: Fields) -> f.LatenessExplained:
    """Read why a case is late."""
    return f.LatenessExplained(
        cause=fields.must_choose(F.LATE_CAUSE, LateCause),
        overdue_reason=words(fields, F.OVERDUE_REASON),
    )
