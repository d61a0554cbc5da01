"""Promises in forms: one of its own, and the two fields of it where the customer is reached anyway."""

from slack_sdk.models.blocks import Block, InputBlock
from slack_sdk.models.views import View

from handlers.views.ids import CallbackId, FieldId
from handlers.views.inputs import field, option, select
from handlers.views.modal import Sheet, modal, moment_field, say, text_field
from handlers.views.text import clip, one_line, visible
from tickets.case.ticket import Promise

IN_A_LIST = 70  # characters of an option (SLACK.md 2.1: 75)


def promise(sheet: Sheet) -> View:
    """Ask what is promised by when; it moves no other deadline. Of those owed one may be told anew."""
    blocks = [
        say(sheet, "modals.promise_says"),
        text_field(sheet, FieldId.PROMISE, "modals.promise_what", required=True),
        moment_field(sheet, FieldId.UNTIL, "modals.promise_until", required=True),
        *_told_anew(sheet),
    ]
    return modal(sheet, CallbackId.PROMISE, sheet.tongue("button.promise"), blocks)


def promised_too(sheet: Sheet) -> list[InputBlock]:
    """Ask, where the customer was reached, whether a date was promised."""
    return [
        text_field(sheet, FieldId.PROMISE, "modals.promised_too"),
        moment_field(sheet, FieldId.PROMISED_UNTIL, "modals.promise_until"),
    ]


def said(one: Promise, sheet: Sheet) -> str:
    """Say what was promised by when, personal data taken out."""
    what = one_line(visible(sheet.case.redact(one.what)))
    return sheet.tongue("promise.said", due=sheet.tongue.near(one.due_at, now=sheet.now), what=what)


def _told_anew(sheet: Sheet) -> list[Block]:
    owed = sheet.ticket.promises
    if not owed:
        return []
    offered = [option(one.key, clip(said(one, sheet), IN_A_LIST)) for one in owed if one.key]
    chosen = sheet.item if any(one.key == sheet.item for one in owed) else ""
    label, hint = (
        sheet.tongue("modals.promise_instead"),
        sheet.tongue("modals.promise_instead_hint"),
    )
    return [field(FieldId.INSTEAD_OF, label, select(offered, chosen), hint=hint)] if offered else []
