"""Forms on who has the case: reassign, collaborators, need help (DESK.md 4, R41)."""

from slack_sdk.models.blocks import Block, UserMultiSelectElement, UserSelectElement
from slack_sdk.models.views import View

from handlers.views import labels
from handlers.views.ids import VALUE, CallbackId, FieldId
from handlers.views.inputs import field, option, select
from handlers.views.modal import Sheet, modal, say, text_field
from handlers.views.modals_complaint import evidence_note


def reassign(sheet: Sheet) -> View:
    """Ask for a person, or for a department that picks one its own way."""
    tongue, handbook = sheet.tongue, sheet.handbook
    offered = [
        option(key, labels.department(key, handbook, tongue)) for key in handbook.departments
    ]
    blocks = [
        say(sheet, "modals.reassign_says"),
        *evidence_note(sheet),
        field(FieldId.PERSON, tongue("modals.person"), UserSelectElement(action_id=VALUE)),
        field(FieldId.DEPARTMENT, tongue("modals.department"), select(offered)),
        text_field(
            sheet,
            FieldId.REASON,
            "modals.reason",
            required=sheet.ticket.assignee is not None,
        ),
    ]
    return modal(sheet, CallbackId.REASSIGN, tongue("button.reassign"), blocks)


def collaborators(sheet: Sheet) -> View:
    """Ask who helps, who of them is the one contact, and with what."""
    blocks = _who_helps(sheet)
    return modal(sheet, CallbackId.COLLABORATORS, sheet.tongue("button.collaborators"), blocks)


def propose_help(sheet: Sheet) -> View:
    """Ask who might help; the lead or a supervisor agrees with one tap."""
    blocks = [say(sheet, "modals.propose_help_says"), *_who_helps(sheet)]
    return modal(sheet, CallbackId.PROPOSE_HELP, sheet.tongue("button.propose_help"), blocks)


def _who_helps(sheet: Sheet) -> list[Block]:
    tongue, ticket = sheet.tongue, sheet.ticket
    people = UserMultiSelectElement(
        action_id=VALUE, initial_users=list(ticket.collaborators) or None
    )
    contact = UserSelectElement(action_id=VALUE, initial_user=ticket.contact_person)
    return [
        field(FieldId.PEOPLE, tongue("modals.people"), people),
        field(
            FieldId.CONTACT_PERSON,
            tongue("modals.contact_person"),
            contact,
            hint=tongue("modals.contact_person_hint"),
        ),
        text_field(sheet, FieldId.NEED, "modals.need"),
    ]


def help_wanted(sheet: Sheet) -> View:
    """Ask with what help is needed; the lead and the supervisors are called."""
    blocks = [
        say(sheet, "modals.help_says"),
        text_field(sheet, FieldId.NEED, "modals.help_need", required=True),
    ]
    return modal(sheet, CallbackId.HELP_WANTED, sheet.tongue("button.help_wanted"), blocks)
