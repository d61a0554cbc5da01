"""Forms towards the customer: told, scored, tried, called, followed up (R59–R65, R75, R86–R92)."""

from collections.abc import Mapping
from datetime import timedelta
from types import MappingProxyType
from zlib import crc32

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from handlers.views.buttons import button, row
from handlers.views.ids import ActionId, CallbackId, FieldId
from handlers.views.inputs import field, option, radio, ticks
from handlers.views.meta import Opaque
from handlers.views.modal import (
    Sheet,
    choices,
    modal,
    moment_field,
    outcome_field,
    say,
    text_field,
    way_field,
)
from handlers.views.modals_promise import promised_too
from handlers.views.questions import questions
from handlers.views.soothing import soothing_of
from handlers.views.telling import Node, text_for
from handlers.views.text import visible
from tickets.case.values import ContactOutcome, Dissatisfaction, Solved

SCORES = (5, 4, 3, 2, 1)  # R86, the best first as on the paper form
LOW = 3  # R87: 3 or less begins another round
_NOTHING: Mapping[str, Opaque] = MappingProxyType({})
_DAYS = {"d": 1, "w": 7}


def tell(sheet: Sheet, said: Mapping[str, str] | None = None) -> View:
    """Ask what was done, the result and how it is prevented; the text to copy or say is made of it (R59, R78).

    `said` is what the form holds by now, where the text is to be made anew.
    """
    known = _known(sheet) if said is None else said
    about = sheet.about(said or {})
    message = text_for(Node.TOLD, about)
    anew = (
        "" if said is None else f".{crc32(message.encode()):08x}"
    )  # else what was typed would stay
    compose = button(ActionId.TELL_COMPOSE, sheet.tongue("telling.compose"), sheet.ticket.number)
    blocks: list[Block] = [
        *soothing_of(sheet),
        way_field(sheet, "modals.tell_way"),
        moment_field(sheet, FieldId.WHEN, "modals.tell_when", at=sheet.now, required=True),
        text_field(sheet, FieldId.DONE, "telling.what_was_done", initial=known["done"]),
        text_field(sheet, FieldId.RESULT, "modals.result", initial=known["result"]),
        text_field(sheet, FieldId.PREVENTION, "modals.prevention", initial=known["prevention"]),
        row([compose], block_id="compose"),
        text_field(
            sheet,
            f"{FieldId.MESSAGE}{anew}",
            "modals.tell_message",
            hint="modals.tell_message_hint",
            initial=message,
        ),
        text_field(sheet, FieldId.ANSWER, "modals.customer_answer", hint="telling.answer_hint"),
        *promised_too(sheet),
    ]
    return modal(sheet, CallbackId.TELL, sheet.tongue("button.tell"), blocks)


def _known(sheet: Sheet) -> dict[str, str]:
    ticket = sheet.ticket
    done = ticket.plan.measures if ticket.plan else ticket.workaround
    texts = {"done": done, "result": ticket.result, "prevention": ticket.prevention}
    return {name: visible(sheet.case.redact(text or "")) for name, text in texts.items()}


def score(sheet: Sheet, picked: int | None = None, kept: Mapping[str, Opaque] = _NOTHING) -> View:
    """Ask the neutral question and the score; the reason appears once a low score is picked (R87, R88).

    `kept` is what the form remembers already: the round it asks about, the card it was opened from.
    """
    tongue = sheet.tongue
    words = [option(str(one), f"{one} · {tongue(f'satisfaction.{one}')}") for one in SCORES]
    chosen = radio(words, str(picked or ""), action_id=ActionId.SCORE_PICKED)
    blocks: list[Block] = [
        say(sheet, "modals.score_question"),
        field(FieldId.SCORE, tongue("modals.score"), chosen, optional=False, dispatch=True),
    ]
    if picked is not None and picked <= LOW:
        reasons = choices(Dissatisfaction, lambda one: tongue(f"dissatisfaction.{one}"))
        blocks += [
            field(
                FieldId.DISSATISFACTION, tongue("modals.why_low"), radio(reasons), optional=False
            ),
            say(sheet, "modals.low_score_follows"),
        ]
    solved = choices(Solved, lambda one: tongue(f"solved.{one}"))
    blocks += [
        field(FieldId.SOLVED, tongue("modals.solved"), radio(solved), optional=False),
        text_field(sheet, FieldId.WORDS, "modals.score_words", hint="modals.score_words_hint"),
        text_field(sheet, FieldId.SUGGESTIONS, "modals.suggestions"),
        *questions(sheet),
    ]
    of_round, card = kept.get("r", sheet.ticket.round), kept.get("c")
    return modal(sheet, CallbackId.SCORE, tongue("button.score"), blocks, r=of_round, c=card)


def attempt(sheet: Sheet) -> View:
    """Ask how a callback ended that brought no score."""
    ended = [one for one in ContactOutcome if one is not ContactOutcome.REACHED]
    blocks = [
        say(sheet, "modals.attempt_says"),
        outcome_field(sheet, ended, ContactOutcome.NO_ANSWER),
        text_field(sheet, FieldId.NOTE, "modals.note"),
        field(
            FieldId.NEVER_AGAIN,
            sheet.tongue("modals.never_again"),
            ticks([option("yes", sheet.tongue("modals.never_again_tick"))]),
        ),
    ]
    title, of_round = sheet.tongue("button.attempt"), sheet.ticket.round
    return modal(sheet, CallbackId.ATTEMPT, title, blocks, r=of_round)


def supervisor_call(sheet: Sheet) -> View:
    """Ask for the supervisor's call after a low score (R62)."""
    blocks = [
        outcome_field(sheet, ContactOutcome, ContactOutcome.REACHED),
        text_field(sheet, FieldId.NOTE, "modals.supervisor_call_note", required=True),
    ]
    return modal(sheet, CallbackId.SUPERVISOR_CALL, sheet.tongue("button.supervisor_call"), blocks)


def follow_up(sheet: Sheet) -> View:
    """Ask until when the case is watched; the desk's usual days stand there already (R65)."""
    usual = sheet.handbook.follow_up
    ahead = timedelta(days=usual.amount * _DAYS[usual.unit]) if usual.unit in _DAYS else None
    blocks = [
        say(sheet, "modals.follow_up_says"),
        moment_field(
            sheet, FieldId.UNTIL, "modals.follow_up_until", at=sheet.now + ahead if ahead else None
        ),
        text_field(sheet, FieldId.REASON, "modals.follow_up_reason"),
    ]
    return modal(sheet, CallbackId.FOLLOW_UP, sheet.tongue("button.follow_up"), blocks)


def follow_up_end(sheet: Sheet) -> View:
    """Ask what the watch showed; it ended well."""
    note = text_field(sheet, FieldId.NOTE, "modals.note")
    title = sheet.tongue("button.follow_up_end")
    return modal(
        sheet, CallbackId.FOLLOW_UP_END, title, [say(sheet, "modals.follow_up_end_says"), note]
    )
