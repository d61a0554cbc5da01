"""The forms of a retrospective: move it, write down what is said, find causes, send the minutes in."""

from collections.abc import Iterable

from slack_sdk.models.blocks import Block, InputBlock, Option, SectionBlock, UserSelectElement
from slack_sdk.models.views import View

from handlers.views import retro_words
from handlers.views.ids import VALUE, CallbackId, FieldId
from handlers.views.inputs import (
    OPTION_LIMIT,
    field,
    line,
    moment,
    option,
    paragraph,
    radio,
    select,
)
from handlers.views.meta import Opaque, pack
from handlers.views.modal import saving
from handlers.views.retro_sheet import DIRECTIONS, POINTS, RetroSheet, asked_in
from handlers.views.text import clip, one_line, plain
from tickets.case.values import CauseDimension
from tickets.message import PersonId
from tickets.retrospectives.causes import DEEPEST, tree
from tickets.retrospectives.dates import AHEAD

F = FieldId


def decline(sheet: RetroSheet) -> View:
    """Ask why none is needed, or why it is called off."""
    return about(sheet, CallbackId.RETRO_DECLINE, "retro.form_decline", [_reason(sheet)])


def send_back(sheet: RetroSheet, read: int) -> View:
    """Ask a director what the minutes lack; `read` is the change at which they looked at them."""
    return about(sheet, CallbackId.RETRO_RETURN, "retro.form_return", [_reason(sheet)], v=read)


def move(sheet: RetroSheet) -> View:
    """Ask for another date."""
    tongue, retro = sheet.tongue, sheet.view.retro
    hint = tongue("retro.form_when_hint", days=AHEAD)
    blocks = [
        field(F.WHEN, tongue("retro.form_when"), moment(retro.held_at), hint=hint, optional=False),
        field(F.WHY_SOONER, tongue("retro.form_why_sooner"), line(retro.record.why_sooner)),
    ]
    return about(sheet, CallbackId.RETRO_MOVE, "retro.form_move", blocks)


def points(sheet: RetroSheet) -> View:
    """Ask for what is looked back on, what went well, what did not."""
    return about(sheet, CallbackId.RETRO_POINTS, "retro.form_points", _texts(sheet, POINTS))


def directions(sheet: RetroSheet) -> View:
    """Ask what is to change in process, system and training."""
    fields = _texts(sheet, DIRECTIONS)
    return about(sheet, CallbackId.RETRO_DIRECTIONS, "retro.form_directions", fields)


def cause(sheet: RetroSheet) -> View:
    """Ask for the answer to a why; what was said so far stands above."""
    tongue, known = sheet.tongue, sheet.view.retro.record.causes
    standing = tree(known)
    blocks: list[Block] = []
    if known:
        blocks += retro_words.blocks_of(retro_words.cause_lines(known, tongue, limit=80))
    dimensions = [option(one, tongue(f"cause_dimension.{one}")) for one in CauseDimension]
    hint = tongue("retro.form_cause_hint", most=DEEPEST)
    blocks += [
        field(F.CAUSE, tongue("retro.form_cause"), paragraph(), hint=hint),
        field(F.DIMENSION, tongue("retro.form_dimension"), radio(dimensions)),
    ]
    open_ones = [one.cause for one in standing if one.depth < DEEPEST]
    if open_ones:
        offered = options([(str(one.place), one.text) for one in open_ones])
        blocks.append(field(F.UNDER, tongue("retro.form_under"), select(offered)))
        every = options([(str(one.cause.place), one.cause.text) for one in standing])
        blocks.append(field(F.CAUSE_DROP, tongue("retro.form_drop"), select(every)))
    return about(sheet, CallbackId.RETRO_CAUSE, "retro.form_causes", blocks)


def minutes(sheet: RetroSheet) -> View:
    """Ask for the conclusion; the measures with departments and dates stand above (R122)."""
    tongue, record = sheet.tongue, sheet.view.retro.record
    shown = [
        retro_words.item_head(one, sheet.handbook, tongue, limit=60) for one in sheet.view.pursued
    ]
    blocks: list[Block] = [*retro_words.blocks_of(shown)]
    if record.why_back:
        said = tongue("retro.sent_back_because", why=clip(one_line(record.why_back), 600))
        blocks.insert(0, SectionBlock(text=plain(said)))
    hint = tongue("retro.form_conclusion_hint")
    blocks.append(
        field(
            F.CONCLUSION,
            tongue("retro.conclusion"),
            paragraph(record.conclusion),
            hint=hint,
            optional=False,
        )
    )
    return about(sheet, CallbackId.RETRO_MINUTES, "retro.form_minutes", blocks)


def one_person(name: FieldId, label: str, initial: PersonId | None) -> InputBlock:
    chosen = UserSelectElement(action_id=VALUE, initial_user=initial)
    return field(name, label, chosen, optional=False)


def _texts(sheet: RetroSheet, names: Iterable[str]) -> list[Block]:
    record, tongue = sheet.view.retro.record, sheet.tongue
    label = {**{one: f"retro.{one}" for one in POINTS}}
    return [
        field(
            name,
            tongue(label.get(name, f"direction.{name}")),
            paragraph(getattr(record, name)),
            hint=tongue(f"retro.{name}_hint"),
        )
        for name in names
    ]


def options(rows: Iterable[tuple[str, str]]) -> list[Option]:
    """Make options of values and words, clipped to what Slack takes."""
    return [option(value, clip(one_line(text), OPTION_LIMIT)) for value, text in rows]


def _reason(sheet: RetroSheet) -> InputBlock:
    return field(F.REASON, sheet.tongue("modals.reason"), paragraph(), optional=False)


def about(
    sheet: RetroSheet,
    callback_id: CallbackId,
    title: str,
    blocks: Iterable[Block],
    **memory: Opaque | None,
) -> View:
    """Make a form that stays with its retrospective and says which it is asked in."""
    packed = pack(r=sheet.view.retro.id, **memory)
    return saving(
        callback_id, sheet.tongue(title), packed, [asked_in(sheet), *blocks], sheet.tongue
    )
