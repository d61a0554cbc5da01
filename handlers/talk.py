"""What is added to a case: note, evidence, a call for help, a promise, a correction; forms that were sent."""

from handlers.forms_talk import correction, evidence, promised
from handlers.forms_work import must_say
from handlers.sent import Sent, on_ticket
from handlers.views.ids import FieldId as F
from tickets.desk import promises, talk


@on_ticket
def submit_note(sent: Sent) -> None:
    """A note."""
    text = must_say(sent.fields, F.NOTE)
    talk.note(sent.desk, sent.number, text, by=sent.by, receipt=sent.receipt)


@on_ticket
def submit_evidence(sent: Sent) -> None:
    """Files and a link, each on record once."""
    for place, one in enumerate(evidence(sent.fields)):
        receipt = f"{sent.receipt}:{place}"
        talk.add_evidence(sent.desk, sent.number, one, by=sent.by, receipt=receipt)


@on_ticket
def submit_help_wanted(sent: Sent) -> None:
    """The lead and the supervisor are called."""
    text = must_say(sent.fields, F.NEED)
    talk.ask_help(sent.desk, sent.number, text, by=sent.by, receipt=sent.receipt)


@on_ticket
def submit_promise(sent: Sent) -> None:
    """A date told to the customer."""
    given = promised(sent.fields)
    promises.promise(sent.desk, sent.number, given, by=sent.by, receipt=sent.receipt)


@on_ticket
def submit_correct(sent: Sent) -> None:
    """An intake field put right."""
    field, value = correction(sent.fields)
    talk.correct(sent.desk, sent.number, field, value, by=sent.by, receipt=sent.receipt)
