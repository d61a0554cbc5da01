"""Forms of a complaint: its checklist, and the fields that other forms ask of a complaint too (R18, R78)."""

from slack_sdk.models.blocks import Block, SectionBlock, UserMultiSelectElement
from slack_sdk.models.views import View

from handlers.views.complaint_lines import currency_name
from handlers.views.ids import VALUE, CallbackId, FieldId
from handlers.views.inputs import field, line, option, radio, ticks
from handlers.views.modal import Sheet, choices, modal, reason_field, say, text_field
from handlers.views.text import plain
from tickets.case.complaint_gates import lacking_evidence, lacking_steps
from tickets.case.values import ComplaintOutcome, Kind
from tickets.complaint_rules import Unfinished
from tickets.message import Word
from tickets.message import say as message


def checklist(sheet: Sheet) -> View:
    """Offer the steps of a complaint to be ticked; what was ticked already stands so."""
    tongue = sheet.tongue
    steps = [
        option(step.key, step_name(sheet, step.key)) for step in sheet.handbook.complaints.checklist
    ]
    done = {one.step for one in sheet.ticket.complaint.ticked}
    boxes = field(FieldId.STEPS, tongue("modals.checklist"), ticks(steps, done))
    blocks = [say(sheet, "modals.checklist_says"), boxes]
    return modal(sheet, CallbackId.CHECKLIST, tongue("button.checklist"), blocks)


def complained_about(sheet: Sheet) -> View:
    """Ask privately whom the complaint is about; only this form shows who they are."""
    named = sorted(sheet.ticket.complaint.about)
    people = UserMultiSelectElement(action_id=VALUE, initial_users=named or None)
    blocks = [
        say(sheet, "modals.complained_about_says"),
        field(FieldId.PEOPLE, sheet.tongue("modals.complained_about"), people),
    ]
    title = sheet.tongue("button.complained_about")
    return modal(sheet, CallbackId.COMPLAINED_ABOUT, title, blocks)


def refuse_approval(sheet: Sheet) -> View:
    """Ask why a compensation or a cost is refused."""
    title = sheet.tongue("button.refuse_approval")
    return modal(sheet, CallbackId.REFUSE_APPROVAL, title, [reason_field(sheet)])


def amount_field(sheet: Sheet) -> Block:
    """Ask how much compensation; what is above one's limit waits for approval (R73)."""
    tongue = sheet.tongue
    label = tongue("modals.amount", currency=currency_name(sheet.handbook, tongue))
    return field(FieldId.AMOUNT, label, line(), hint=tongue("modals.amount_hint"))


def step_name(sheet: Sheet, key: str) -> str:
    """Name a step in the desk's words, or the procedures'."""
    return sheet.tongue.of(message("complaint.step", step=Word(f"complaint_step.{key}")))


def outcome_fields(sheet: Sheet) -> list[Block]:
    """Ask of a complaint how it ended, whether or not the desk insists; a case of another kind nothing."""
    if sheet.ticket.intake.kind is not Kind.COMPLAINT:
        return []
    words = choices(ComplaintOutcome, lambda one: sheet.tongue(f"complaint_outcome.{one}"))
    chosen = radio(words, sheet.ticket.complaint.outcome or "")
    may_wait = sheet.handbook.complaints.unfinished is Unfinished.NOTE
    return [field(FieldId.JUDGED, sheet.tongue("modals.judged"), chosen, optional=may_wait)]


def evidence_fields(sheet: Sheet) -> list[Block]:
    """Say what evidence is lacking; a supervisor may say why it goes on without (R18)."""
    note = evidence_note(sheet)
    return [*note, _without(sheet)] if note else []


def evidence_note(sheet: Sheet) -> list[Block]:
    """Say what evidence is lacking before the case may go to another department or be resolved."""
    lacking = lacking_evidence(sheet.ticket, sheet.handbook)
    if not lacking:
        return []
    return [SectionBlock(text=plain(sheet.tongue("modals.evidence_lacking", what=lacking)))]


def checklist_fields(sheet: Sheet) -> list[Block]:
    """Say which steps a complaint still lacks; a supervisor may say why it ends without (R78)."""
    lacking = lacking_steps(sheet.ticket, sheet.handbook.complaints)
    if not lacking:
        return []
    said = sheet.tongue("modals.checklist_lacking", steps=lacking)
    return [SectionBlock(text=plain(said)), _without(sheet)]


def _without(sheet: Sheet) -> Block:
    return text_field(sheet, FieldId.WITHOUT, "modals.without", hint="modals.without_hint")
