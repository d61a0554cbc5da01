"""Forms of the work: accept, contact, plan, workaround, wait, hold, resolve, answer, hand back (R69–R75)."""

from collections.abc import Iterator

from slack_sdk.models.blocks import Block, InputBlock
from slack_sdk.models.views import View

from handlers.views import labels
from handlers.views.article_offers import offers
from handlers.views.form_fields import TICKED
from handlers.views.ids import CallbackId, FieldId
from handlers.views.inputs import anew, field, option, select, ticks
from handlers.views.modal import (
    Sheet,
    choices,
    modal,
    moment_field,
    outcome_field,
    reason_field,
    say,
    text_field,
    way_field,
    why_for_another,
)
from handlers.views.modals_complaint import amount_field, evidence_fields, outcome_fields
from handlers.views.modals_promise import promised_too
from tickets.case.values import CauseDimension, ContactOutcome


def accept(sheet: Sheet) -> View:
    """Ask a lead or supervisor why they accept for another."""
    blocks = [say(sheet, "modals.accept_for_another"), reason_field(sheet)]
    return modal(sheet, CallbackId.ACCEPT, sheet.tongue("button.accept"), blocks)


def start(sheet: Sheet) -> View:
    """Ask a lead or supervisor why they begin the work for another."""
    blocks = [say(sheet, "modals.start_for_another"), reason_field(sheet)]
    return modal(sheet, CallbackId.START, sheet.tongue("button.start"), blocks)


def contact(sheet: Sheet) -> View:
    """Ask how the customer was reached, what came of it and what was said."""
    blocks = [
        way_field(sheet, "modals.contact_way"),
        outcome_field(sheet, ContactOutcome, ContactOutcome.REACHED),
        moment_field(sheet, FieldId.WHEN, "modals.contact_when", at=sheet.now, required=True),
        text_field(sheet, FieldId.NOTE, "modals.contact_note"),
        text_field(sheet, FieldId.ANSWER, "modals.customer_answer"),
        *promised_too(sheet),
    ]
    return modal(sheet, CallbackId.CONTACT, sheet.tongue("button.contact"), blocks)


def plan(sheet: Sheet) -> View:
    """Ask for measures, resources, a date that must be set, and the cost (R73)."""
    blocks = [
        *why_for_another(sheet),
        text_field(
            sheet,
            FieldId.MEASURES,
            "modals.plan_measures",
            hint="modals.plan_measures_hint",
            required=True,
        ),
        text_field(
            sheet, FieldId.RESOURCES, "modals.plan_resources", hint="modals.plan_resources_hint"
        ),
        moment_field(sheet, FieldId.FINISH_BY, "modals.plan_finish_by", required=True),
        text_field(sheet, FieldId.COST, "modals.plan_cost", hint="modals.plan_cost_hint"),
        amount_field(sheet),
    ]
    return modal(sheet, CallbackId.PLAN, sheet.tongue("button.plan"), blocks)


def workaround(sheet: Sheet) -> View:
    """Ask for the interim solution and whether the customer knows it (R74)."""
    told = option(TICKED, sheet.tongue("modals.workaround_told_tick"))
    blocks = [
        *why_for_another(sheet),
        text_field(sheet, FieldId.WORKAROUND, "modals.workaround", required=True),
        field(FieldId.TOLD, sheet.tongue("modals.workaround_told"), ticks([told])),
        moment_field(sheet, FieldId.FIXED_BY, "modals.workaround_fixed_by"),
        text_field(sheet, FieldId.COMPENSATION, "modals.workaround_compensation"),
        amount_field(sheet),
    ]
    return modal(sheet, CallbackId.WORKAROUND, sheet.tongue("button.workaround"), blocks)


def wait(sheet: Sheet) -> View:
    """Ask what the customer has to do; the solution clocks stop."""
    return _pause(sheet, CallbackId.WAIT, "button.wait", "modals.wait_says")


def hold(sheet: Sheet) -> View:
    """Ask whom or what the case waits for; the reason is mandatory (R69)."""
    return _pause(sheet, CallbackId.HOLD, "button.hold", "modals.hold_says")


def _pause(sheet: Sheet, callback_id: CallbackId, title: str, says: str) -> View:
    blocks = [
        say(sheet, says),
        reason_field(sheet),
        moment_field(sheet, FieldId.UNTIL, "modals.pause_until"),
    ]
    return modal(sheet, callback_id, sheet.tongue(title), blocks)


def resolve(sheet: Sheet) -> View:
    """Ask for the result and its first cause; why it is late only where it is."""
    dimensions = choices(CauseDimension, lambda one: sheet.tongue(f"cause_dimension.{one}"))
    blocks = [
        *evidence_fields(sheet),
        *_offers(sheet),
        _result(sheet, "modals.result", "modals.result_hint"),
        text_field(sheet, FieldId.PREVENTION, "modals.prevention", hint="modals.prevention_hint"),
        *outcome_fields(sheet),
        text_field(sheet, FieldId.FIRST_CAUSE, "modals.first_cause"),
        field(FieldId.DIMENSION, sheet.tongue("modals.dimension"), select(dimensions)),
    ]
    if labels.is_overdue(sheet.case.deadlines, sheet.now):
        blocks.append(text_field(sheet, FieldId.OVERDUE_REASON, "modals.overdue_reason"))
    return modal(sheet, CallbackId.RESOLVE, sheet.tongue("button.resolve"), blocks)


def answer(sheet: Sheet) -> View:
    """Ask what the customer was told on the spot (R36)."""
    result = _result(sheet, "modals.answered", "modals.answered_hint")
    blocks = [*_offers(sheet), result, *outcome_fields(sheet)]
    return modal(sheet, CallbackId.ANSWER, sheet.tongue("button.answer"), blocks)


def _offers(sheet: Sheet) -> Iterator[Block]:
    return offers(
        sheet.offered, sheet.tongue, used=sheet.ticket.articles, number=sheet.ticket.number
    )


def _result(sheet: Sheet, label: str, hint: str) -> InputBlock:
    """Ask for the result; an article's words that were taken over stand in it."""
    name = f"{FieldId.RESULT}{anew(sheet.inserted)}"
    return text_field(sheet, name, label, hint=hint, initial=sheet.inserted, required=True)


def hand_back(sheet: Sheet) -> View:
    """Ask why it goes back, and say who gets it (R45)."""
    to = "modals.hand_back_first" if sheet.ticket.hand_backs == 0 else "modals.hand_back_again"
    blocks = [say(sheet, to), reason_field(sheet)]
    return modal(sheet, CallbackId.HAND_BACK, sheet.tongue("button.hand_back"), blocks)
