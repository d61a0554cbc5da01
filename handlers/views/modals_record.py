"""Forms on the record: note, evidence, correct, priority, complexity, invalid, close, reopen, reveal."""

from slack_sdk.models.blocks import Block, InputBlock
from slack_sdk.models.blocks.block_elements import FileInputElement
from slack_sdk.models.views import View

from handlers.views import labels
from handlers.views.form_case import MOST_FILES, category_options
from handlers.views.form_fields import TICKED
from handlers.views.ids import VALUE, ActionId, CallbackId, FieldId
from handlers.views.inputs import field, grouped, line, option, paragraph, radio, select, ticks
from handlers.views.modal import Sheet, choices, modal, reason_field, say, text_field
from handlers.views.modals_complaint import checklist_fields, outcome_fields
from tickets.case.copies import copied
from tickets.case.corrections import CORRECTABLE, IDENTITY
from tickets.case.lifecycle import missing_to_close
from tickets.case.values import (
    Complexity,
    ContactChannel,
    Emotion,
    Impact,
    Kind,
    LateCause,
    Priority,
)

_SETS = {
    "kind": Kind,
    "contact_channel": ContactChannel,
    "emotion": Emotion,
    "impact": Impact,
}


def note(sheet: Sheet) -> View:
    """Ask for a note."""
    text = text_field(sheet, FieldId.NOTE, "modals.note", required=True)
    return modal(sheet, CallbackId.NOTE, sheet.tongue("button.note"), [text])


def evidence(sheet: Sheet) -> View:
    """Ask for files or a link (R18)."""
    tongue = sheet.tongue
    files = FileInputElement(action_id=VALUE, max_files=MOST_FILES)
    blocks = [
        field(FieldId.EVIDENCE, tongue("form.evidence"), files, hint=tongue("form.evidence_hint")),
        field(FieldId.LINK, tongue("modals.evidence_link"), line()),
    ]
    return modal(sheet, CallbackId.EVIDENCE, tongue("button.evidence"), blocks)


def correct(sheet: Sheet, picked: str = "") -> View:
    """Ask which field is wrong and, once it is picked, what it should say."""
    tongue = sheet.tongue
    is_complaint = sheet.ticket.intake.kind is Kind.COMPLAINT
    names = [
        option(one, tongue(f"form.{one}"))
        for one in _correctable()
        if is_complaint or one != "complaint_type"
    ]
    element = select(names, picked, action_id=ActionId.CORRECT_FIELD)
    blocks: list[Block] = [
        say(sheet, "modals.correct_says"),
        field(
            FieldId.FIELD, tongue("modals.correct_field"), element, optional=False, dispatch=True
        ),
    ]
    if picked in CORRECTABLE:
        blocks.append(_correction(sheet, picked))
    return modal(sheet, CallbackId.CORRECT, tongue("button.correct"), blocks)


def _correctable() -> list[str]:
    """Order the fields as the form does."""
    order = [
        "name",
        "phone",
        "email",
        "category",
        "kind",
        "contact_channel",
        "description",
        "when",
        "where",
        "expectation",
    ]
    return sorted(CORRECTABLE, key=lambda one: order.index(one) if one in order else len(order))


def _correction(sheet: Sheet, name: str) -> InputBlock:
    """Ask for the new value; words with personal data in them are never shown, so they begin empty."""
    tongue, block_id = sheet.tongue, f"{FieldId.CORRECTION}.{name}"
    label = tongue(f"form.{name}")
    if name in IDENTITY:
        return field(block_id, label, line(), optional=False)
    was = str(getattr(sheet.ticket.intake, name) or "")
    if name == "category":
        offered = category_options(sheet.handbook, tongue)
        return field(block_id, label, grouped(offered, was), optional=False)
    if name == "complaint_type":
        types = [
            option(one.key, labels.complaint_type(one.key, sheet.handbook, tongue))
            for one in sheet.handbook.complaints.types
        ]
        return field(block_id, label, select(types, was), optional=False)
    if name in _SETS:
        options = choices(_SETS[name], lambda one: labels.choice(name, one, tongue))
        return field(block_id, label, select(options, was), optional=False)
    masked = sheet.case.redact(was)
    hint = tongue("modals.correct_masked", masked=masked) if masked != was else ""
    return field(block_id, label, paragraph("" if hint else was), hint=hint)


def priority(sheet: Sheet) -> View:
    """Ask for another priority and why (R35)."""
    words = [option(one, labels.priority(one, sheet.handbook, sheet.tongue)) for one in Priority]
    grade = radio(words, sheet.ticket.priority)
    blocks = [
        field(FieldId.PRIORITY, sheet.tongue("modals.priority"), grade, optional=False),
        reason_field(sheet),
    ]
    return modal(sheet, CallbackId.PRIORITY, sheet.tongue("button.priority"), blocks)


def complexity(sheet: Sheet) -> View:
    """Ask whether the case is ordinary or complex, and why (R51)."""
    words = choices(Complexity, lambda one: sheet.tongue(f"complexity.{one}"))
    chosen = radio(words, sheet.ticket.complexity)
    blocks = [
        field(FieldId.COMPLEXITY, sheet.tongue("modals.complexity"), chosen, optional=False),
        reason_field(sheet),
    ]
    return modal(sheet, CallbackId.COMPLEXITY, sheet.tongue("button.complexity"), blocks)


def lateness(sheet: Sheet) -> View:
    """Ask why the case is late: one cause for the figures, words where they say more (R105)."""
    causes = choices(LateCause, lambda one: sheet.tongue(f"late_cause.{one}"))
    chosen = radio(causes, sheet.ticket.late_cause or "")
    blocks = [
        say(sheet, "modals.lateness_says"),
        field(FieldId.LATE_CAUSE, sheet.tongue("modals.late_cause"), chosen, optional=False),
        text_field(
            sheet,
            FieldId.OVERDUE_REASON,
            "modals.lateness_words",
            hint="modals.lateness_words_hint",
        ),
    ]
    return modal(sheet, CallbackId.LATENESS, sheet.tongue("button.lateness"), blocks)


def invalid(sheet: Sheet) -> View:
    """Ask why this is no valid case (R17)."""
    text = text_field(sheet, FieldId.NOTE, "modals.invalid_note", required=True)
    title = sheet.tongue("button.invalid")
    return modal(sheet, CallbackId.INVALID, title, [say(sheet, "modals.invalid_says"), text])


def take_invalid_back(sheet: Sheet) -> View:
    """Ask why it is a valid case after all."""
    title = sheet.tongue("button.take_invalid_back")
    return modal(sheet, CallbackId.TAKE_INVALID_BACK, title, [reason_field(sheet)])


def close(sheet: Sheet) -> View:
    """Say what closing still needs; without a score the customer's refusal can be documented (C14)."""
    gaps = missing_to_close(sheet.ticket, refusal=None)
    blocks: list[Block] = [say(sheet, f"modals.{gap.id.replace('.', '_')}") for gap in gaps]
    if not gaps:
        blocks.append(say(sheet, "modals.close_ready"))
    if any(gap.id == "close.no_score" for gap in gaps):
        blocks.append(
            text_field(sheet, FieldId.REFUSAL, "modals.refusal", hint="modals.refusal_hint")
        )
    blocks += outcome_fields(sheet) if sheet.ticket.complaint.outcome is None else []
    blocks += checklist_fields(sheet)
    return modal(sheet, CallbackId.CLOSE, sheet.tongue("button.close"), blocks)


def reopen(sheet: Sheet) -> View:
    """Ask why another round begins."""
    blocks = [say(sheet, "modals.reopen_says"), reason_field(sheet)]
    return modal(sheet, CallbackId.REOPEN, sheet.tongue("button.reopen"), blocks)


def reveal(sheet: Sheet) -> View:
    """Ask why somebody needs the full name and number (R110)."""
    blocks = [say(sheet, "modals.reveal_says"), reason_field(sheet)]
    if count := len(copied(sheet.ticket)):
        box = option(TICKED, sheet.tongue("modals.reveal_evidence_tick", count=count))
        blocks.append(
            field(
                FieldId.WITH_EVIDENCE,
                sheet.tongue("modals.reveal_evidence"),
                ticks([box]),
                optional=True,
            )
        )
    return modal(sheet, CallbackId.REVEAL, sheet.tongue("button.reveal"), blocks)
