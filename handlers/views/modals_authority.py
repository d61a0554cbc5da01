"""Forms of a case before an authority outside: that it waits, that it set another date, that it has its answer."""

from slack_sdk.models.blocks import InputBlock, Option
from slack_sdk.models.views import View

from handlers.views import labels
from handlers.views.ids import CallbackId, FieldId
from handlers.views.inputs import field, line, moment, option, radio, select
from handlers.views.modal import Sheet, choices, modal, moment_field, reason_field, say, text_field
from handlers.views.referral_lines import referral_words
from handlers.views.text import clip
from tickets.case.values import Direction
from tickets.handbook import Handbook
from tickets.tongue import Tongue

IN_A_LIST = 70  # characters of an option (SLACK.md 2.1: 75)


def refer(sheet: Sheet) -> View:
    """Ask which authority it came through or went to, its number there, and by when it is answered."""
    tongue = sheet.tongue
    ways = choices(Direction, lambda one: tongue(f"direction.{one}"))
    blocks = [
        say(sheet, "modals.refer_says"),
        field(
            FieldId.AUTHORITY,
            tongue("form.authority"),
            select(authorities(sheet.handbook, tongue)),
            optional=False,
        ),
        field(
            FieldId.DIRECTION,
            tongue("modals.direction"),
            radio(ways, Direction.CAME),
            optional=False,
        ),
        field(FieldId.REFERENCE, tongue("form.authority_no"), line()),
        field(
            FieldId.UNTIL,
            tongue("form.authority_due"),
            moment(),
            hint=tongue("form.authority_due_hint"),
        ),
    ]
    return modal(sheet, CallbackId.REFER, tongue("button.refer"), blocks)


def refer_move(sheet: Sheet) -> View:
    """Ask which date the authority set instead, and why."""
    blocks = [
        say(sheet, "modals.refer_move_says"),
        *_which(sheet),
        moment_field(sheet, FieldId.UNTIL, "form.authority_due", required=True),
        reason_field(sheet),
    ]
    return modal(sheet, CallbackId.REFER_MOVE, sheet.tongue("button.refer_move"), blocks)


def refer_answer(sheet: Sheet) -> View:
    """Ask what it was answered and when; its clock ends."""
    blocks = [
        say(sheet, "modals.refer_answer_says"),
        *_which(sheet),
        text_field(sheet, FieldId.ANSWER, "modals.authority_answer", required=True),
        moment_field(sheet, FieldId.WHEN, "modals.authority_when", at=sheet.now, required=True),
    ]
    return modal(sheet, CallbackId.REFER_ANSWER, sheet.tongue("button.refer_answer"), blocks)


def authorities(handbook: Handbook, tongue: Tongue) -> list[Option]:
    """Offer every authority the desk knows."""
    return [option(key, labels.authority(key, handbook, tongue)) for key in handbook.authorities]


def _which(sheet: Sheet) -> list[InputBlock]:
    """Ask which of those that wait; the one first due stands there unless a button named another."""
    waiting = sheet.ticket.unanswered
    if not waiting:
        return []
    offered = [option(one.key, clip(referral_words(one, sheet), IN_A_LIST)) for one in waiting]
    keys = [one.key for one in waiting]
    chosen = sheet.item if sheet.item in keys else next(iter(keys), "")
    label = sheet.tongue("modals.referral")
    return [field(FieldId.REFERRAL, label, select(offered, chosen), optional=False)]
