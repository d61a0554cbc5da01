"""The end of a case: told, scored, watched, closed, reopened, or no case at all; forms that were sent (R59–R94)."""

from slack_sdk.models.views import View

from handlers.forms_ending import opinions, scored, supervisor_call, told, tried
from handlers.forms_talk import promised_with_it
from handlers.forms_work import must_say, words
from handlers.sent import Sent, on_ticket
from handlers.views.call_card import call_card_view
from handlers.views.ids import FieldId as F
from tickets.case.values import ComplaintOutcome
from tickets.desk import ending
from tickets.desk.calls import call_card, decline_calls


@on_ticket
def submit_tell(sent: Sent) -> None:
    """The customer was told the result."""
    done = told(sent.fields, now=sent.now)
    promised = promised_with_it(sent.fields)
    ending.tell(sent.desk, sent.number, done, by=sent.by, receipt=sent.receipt, promised=promised)


@on_ticket
def submit_score(sent: Sent) -> View | None:
    """The customer's score; a low one begins another round. From a call card it goes back to what is left."""
    ending.score(
        sent.desk,
        sent.number,
        scored(sent.fields),
        by=sent.by,
        receipt=sent.receipt,
        of_round=sent.of_round,
        opinions=opinions(sent.fields, sent.desk.handbook().callbacks.questions),
    )
    if not sent.card:
        return None
    card = call_card(sent.desk, sent.number, by=sent.by)
    return call_card_view(card, handbook=sent.desk.handbook(), tongue=sent.tongue)


@on_ticket
def submit_attempt(sent: Sent) -> None:
    """A call that brought no score."""
    done = tried(sent.fields)
    if sent.fields.ticked(F.NEVER_AGAIN):
        decline_calls(
            sent.desk,
            sent.number,
            done,
            by=sent.by,
            receipt=sent.receipt,
            of_round=sent.of_round,
        )
        return
    ending.callback_tried(
        sent.desk, sent.number, done, by=sent.by, receipt=sent.receipt, of_round=sent.of_round
    )


@on_ticket
def submit_supervisor_call(sent: Sent) -> None:
    """The supervisor's call after a low score."""
    call = supervisor_call(sent.fields)
    ending.supervisor_called(sent.desk, sent.number, call, by=sent.by, receipt=sent.receipt)


@on_ticket
def submit_follow_up(sent: Sent) -> None:
    """Watch the case until a day."""
    until, reason = sent.fields.moment(F.UNTIL), words(sent.fields, F.REASON)
    ending.follow_up(sent.desk, sent.number, until, reason, by=sent.by, receipt=sent.receipt)


@on_ticket
def submit_follow_up_end(sent: Sent) -> None:
    """The watch ended well."""
    note = words(sent.fields, F.NOTE)
    ending.end_follow_up(sent.desk, sent.number, note, by=sent.by, receipt=sent.receipt)


@on_ticket
def submit_close(sent: Sent) -> None:
    """Close for good."""
    refusal = words(sent.fields, F.REFUSAL)
    ending.close(
        sent.desk,
        sent.number,
        refusal,
        by=sent.by,
        receipt=sent.receipt,
        outcome=sent.fields.choice(F.JUDGED, ComplaintOutcome),
        without=words(sent.fields, F.WITHOUT),
    )


@on_ticket
def submit_reopen(sent: Sent) -> None:
    """Begin another round."""
    reason = must_say(sent.fields, F.REASON)
    ending.reopen(sent.desk, sent.number, reason, by=sent.by, receipt=sent.receipt)


@on_ticket
def submit_invalid(sent: Sent) -> None:
    """No valid case, and why."""
    note = must_say(sent.fields, F.NOTE)
    ending.mark_invalid(sent.desk, sent.number, note, by=sent.by, receipt=sent.receipt)


@on_ticket
def submit_take_invalid_back(sent: Sent) -> None:
    """A case after all."""
    reason = must_say(sent.fields, F.REASON)
    ending.take_invalid_back(sent.desk, sent.number, reason, by=sent.by, receipt=sent.receipt)
