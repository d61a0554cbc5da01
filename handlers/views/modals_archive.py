"""Forms on an archived case: an addendum, and the reason for taking its dossier (R96, R98)."""

from slack_sdk.models.views import View

from handlers.views.ids import CallbackId, FieldId
from handlers.views.modal import Sheet, modal, reason_field, say, text_field


def addendum(sheet: Sheet) -> View:
    """Ask what is corrected or added; it stands beside the record for good."""
    text = text_field(sheet, FieldId.ADDENDUM, "modals.addendum", required=True)
    blocks = [say(sheet, "modals.addendum_says"), text]
    return modal(sheet, CallbackId.ADDENDUM, sheet.tongue("button.addendum"), blocks)


def dossier(sheet: Sheet) -> View:
    """Ask why the whole record is taken as one file."""
    blocks = [say(sheet, "modals.dossier_says"), reason_field(sheet)]
    return modal(sheet, CallbackId.DOSSIER, sheet.tongue("button.dossier"), blocks)
