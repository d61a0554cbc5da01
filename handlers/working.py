"""Work on a case: forms that were sent (R69–R75)."""

from handlers.forms_talk import promised_with_it
from handlers.forms_work import (
    answered,
    contacted,
    must_say,
    planned,
    resolved,
    words,
    workaround_given,
)
from handlers.sent import Sent, on_ticket
from handlers.views.ids import FieldId as F
from tickets.case.values import ComplaintOutcome
from tickets.desk import work


@on_ticket
def submit_accept(sent: Sent) -> None:
    """A lead or supervisor accepts for another and says why."""
    reason = must_say(sent.fields, F.REASON)
    work.accept(sent.desk, sent.number, by=sent.by, receipt=sent.receipt, reason=reason)


@on_ticket
def submit_start(sent: Sent) -> None:
    """A lead or supervisor begins the work for another and says why."""
    reason = must_say(sent.fields, F.REASON)
    work.start(sent.desk, sent.number, by=sent.by, receipt=sent.receipt, reason=reason)


@on_ticket
def submit_contact(sent: Sent) -> None:
    """A contact with the customer, or an attempt."""
    done = contacted(sent.fields, now=sent.now)
    promised = promised_with_it(sent.fields)
    work.contact(sent.desk, sent.number, done, by=sent.by, receipt=sent.receipt, promised=promised)


@on_ticket
def submit_plan(sent: Sent) -> None:
    """Measures, resources and a date."""
    work.plan(sent.desk, sent.number, planned(sent.fields), by=sent.by, receipt=sent.receipt)


@on_ticket
def submit_workaround(sent: Sent) -> None:
    """An interim solution."""
    given = workaround_given(sent.fields)
    work.give_workaround(sent.desk, sent.number, given, by=sent.by, receipt=sent.receipt)


@on_ticket
def submit_wait(sent: Sent) -> None:
    """The customer has to do something first."""
    reason, until = must_say(sent.fields, F.REASON), sent.fields.moment(F.UNTIL)
    work.wait(sent.desk, sent.number, reason, until, by=sent.by, receipt=sent.receipt)


@on_ticket
def submit_hold(sent: Sent) -> None:
    """Outsiders have to do something first."""
    reason, until = must_say(sent.fields, F.REASON), sent.fields.moment(F.UNTIL)
    work.hold(sent.desk, sent.number, reason, until, by=sent.by, receipt=sent.receipt)


@on_ticket
def submit_resolve(sent: Sent) -> None:
    """The result."""
    work.resolve(
        sent.desk,
        sent.number,
        resolved(sent.fields),
        by=sent.by,
        receipt=sent.receipt,
        outcome=sent.fields.choice(F.JUDGED, ComplaintOutcome),
        without=words(sent.fields, F.WITHOUT),
    )


@on_ticket
def submit_answer(sent: Sent) -> None:
    """An answer on the spot, straight from new."""
    work.resolve(
        sent.desk,
        sent.number,
        answered(sent.fields),
        by=sent.by,
        receipt=sent.receipt,
        outcome=sent.fields.choice(F.JUDGED, ComplaintOutcome),
    )


@on_ticket
def submit_hand_back(sent: Sent) -> None:
    """Not mine, and why."""
    reason = must_say(sent.fields, F.REASON)
    work.hand_back(sent.desk, sent.number, reason, by=sent.by, receipt=sent.receipt)
