"""The form that merges a ticket into another, or marks it as its duplicate (DESK.md 2)."""

from slack_sdk.models.views import View

from handlers.views.ids import CallbackId, FieldId
from handlers.views.inputs import field, line
from handlers.views.modal import Sheet, modal, say


def merge(sheet: Sheet) -> View:
    """Ask which ticket goes on."""
    tongue = sheet.tongue
    known = sheet.ticket.links[-1] if sheet.ticket.links else ""
    blocks = [
        say(sheet, "modals.merge_says"),
        field(
            FieldId.SURVIVOR,
            tongue("modals.survivor"),
            line(known),
            hint=tongue("modals.survivor_hint"),
            optional=False,
        ),
    ]
    return modal(sheet, CallbackId.MERGE, tongue("button.merge"), blocks)
