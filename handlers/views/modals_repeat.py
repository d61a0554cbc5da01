"""The form of a repeat call: why the customer calls again, and the apology to say or to copy (R79)."""

from slack_sdk.models.views import View

from handlers.views import labels
from handlers.views.ids import CallbackId, FieldId
from handlers.views.inputs import field, radio
from handlers.views.modal import Sheet, choices, modal, moment_field, say, text_field, way_field
from handlers.views.soothing import soothing_of
from handlers.views.text import visible
from tickets.case.values import RepeatCause

_ENDS = " 。.；;！!"  # the text goes on after what a person wrote


def tell_again(sheet: Sheet) -> View:
    """Ask why it has to be told again; the answer stands there with an apology before it."""
    tongue = sheet.tongue
    causes = choices(RepeatCause, lambda one: tongue(f"repeat_cause.{one}"))
    blocks = [
        *soothing_of(sheet),
        say(sheet, "modals.tell_again_says"),
        field(
            FieldId.REPEAT_CAUSE,
            tongue("modals.repeat_cause"),
            radio(causes, RepeatCause.NOT_RECEIVED),
            optional=False,
        ),
        way_field(sheet, "modals.tell_way"),
        moment_field(sheet, FieldId.WHEN, "modals.tell_when", at=sheet.now, required=True),
        text_field(
            sheet,
            FieldId.MESSAGE,
            "modals.tell_message",
            hint="modals.tell_message_hint",
            initial=apology(sheet),
        ),
        text_field(sheet, FieldId.ANSWER, "modals.repeat_adds", hint="modals.repeat_adds_hint"),
    ]
    return modal(sheet, CallbackId.TELL_AGAIN, tongue("button.tell_again"), blocks)


def apology(sheet: Sheet) -> str:
    """Say sorry first, then what the answer was; every word of the record is masked."""
    ticket, tongue = sheet.ticket, sheet.tongue
    result = visible(sheet.case.redact(ticket.result or "")).rstrip(_ENDS)
    category = labels.category(ticket.category, sheet.handbook, tongue)
    sorry = tongue("repeat.apology", category=category)
    return f"{sorry}{tongue('repeat.answer', result=result)}" if result else sorry
