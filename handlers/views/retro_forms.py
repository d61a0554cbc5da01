"""The forms of a retrospective: call it, move it, write down what is said, decide, send the minutes in."""

from collections.abc import Iterable

from slack_sdk.models.blocks import (
    Block,
    DatePickerElement,
    InputBlock,
    Option,
    SectionBlock,
    UserSelectElement,
)
from slack_sdk.models.views import View

from handlers.views import labels, retro_words
from handlers.views.ids import VALUE, CallbackId, FieldId
from handlers.views.inputs import (
    MOST_OPTIONS,
    OPTION_LIMIT,
    field,
    grouped,
    line,
    moment,
    option,
    paragraph,
    radio,
    select,
)
from handlers.views.meta import Opaque, pack
from handlers.views.modal import TITLE_LIMIT
from handlers.views.retro_sheet import DIRECTIONS, POINTS, RetroSheet, asked_in
from handlers.views.text import clip, one_line, plain
from tickets.case.values import CauseDimension, Priority
from tickets.desk.measuring import OF_A_DEPARTMENT
from tickets.handbook import Handbook
from tickets.message import PersonId
from tickets.retrospectives.causes import DEEPEST, tree
from tickets.retrospectives.dates import AHEAD
from tickets.retrospectives.pursuit import Direction, Figure, Pursued
from tickets.tongue import Tongue

BY_WORDS = "words"  # instead of a figure
WHOLE = "all"
F = FieldId


def decline(sheet: RetroSheet) -> View:
    """Ask why none is needed, or why it is called off."""
    return _about(sheet, CallbackId.RETRO_DECLINE, "retro.form_decline", [_reason(sheet)])


def send_back(sheet: RetroSheet) -> View:
    """Ask a director what the minutes lack."""
    return _about(sheet, CallbackId.RETRO_RETURN, "retro.form_return", [_reason(sheet)])


def move(sheet: RetroSheet) -> View:
    """Ask for another date."""
    tongue, retro = sheet.tongue, sheet.view.retro
    hint = tongue("retro.form_when_hint", days=AHEAD)
    blocks = [
        field(F.WHEN, tongue("retro.form_when"), moment(retro.held_at), hint=hint, optional=False),
        field(F.WHY_SOONER, tongue("retro.form_why_sooner"), line(retro.record.why_sooner)),
    ]
    return _about(sheet, CallbackId.RETRO_MOVE, "retro.form_move", blocks)


def points(sheet: RetroSheet) -> View:
    """Ask for what is looked back on, what went well, what did not."""
    return _about(sheet, CallbackId.RETRO_POINTS, "retro.form_points", _texts(sheet, POINTS))


def directions(sheet: RetroSheet) -> View:
    """Ask what is to change in process, system and training."""
    fields = _texts(sheet, DIRECTIONS)
    return _about(sheet, CallbackId.RETRO_DIRECTIONS, "retro.form_directions", fields)


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
        offered = _options([(str(one.place), one.text) for one in open_ones])
        blocks.append(field(F.UNDER, tongue("retro.form_under"), select(offered)))
        every = _options([(str(one.cause.place), one.cause.text) for one in standing])
        blocks.append(field(F.CAUSE_DROP, tongue("retro.form_drop"), select(every)))
    return _about(sheet, CallbackId.RETRO_CAUSE, "retro.form_causes", blocks)


def item(sheet: RetroSheet, follows: Pursued | None = None) -> View:
    """Ask for an improvement: action, measurable target, resources, owner, department, date (R123)."""
    tongue, handbook = sheet.tongue, sheet.handbook
    aim = follows.pursuit.target if follows else None
    figures = [option(BY_WORDS, tongue("retro.by_words"))]
    figures += [option(one, tongue(f"figure.{one}")) for one in Figure]
    ways = [option(one, tongue(f"direction.{one}")) for one in Direction]
    grades = [option(one, labels.priority(one, handbook, tongue)) for one in Priority]
    above: list[Block] = []
    if follows:
        above = [*retro_words.blocks_of(retro_words.item_lines(follows, handbook, tongue))]
    figure = (aim.figure or BY_WORDS) if aim else Figure.SATISFACTION
    scope = (aim.scope or WHOLE) if aim else _scope(sheet)
    owner = follows.item.owner if follows else None
    department = follows.item.department if follows else _department(sheet)
    hint = tongue("retro.form_from_hint")
    blocks = [
        *above,
        field(F.ACTION, tongue("retro.form_action"), paragraph(), optional=False),
        field(F.DIRECTION, tongue("retro.form_direction"), radio(ways), optional=False),
        field(F.FIGURE, tongue("retro.form_figure"), select(figures, figure), optional=False),
        field(F.SCOPE, tongue("retro.form_scope"), grouped(_scopes(sheet), scope)),
        field(F.GOAL_FROM, tongue("retro.form_from"), line(), hint=hint),
        field(F.GOAL_TO, tongue("retro.form_to"), line()),
        field(F.GOAL_WORDS, tongue("retro.form_goal_words"), line()),
        field(F.RESOURCES, tongue("retro.form_resources"), line()),
        field(F.PAIN, tongue("retro.form_pain"), line()),
        field(F.PRIORITY, tongue("modals.priority"), select(grades, Priority.P2)),
        one_person(F.OWNER, tongue("retro.form_owner"), owner),
        field(
            F.DEPARTMENT,
            tongue("retro.form_department"),
            select(_departments(handbook, tongue), department),
            optional=False,
        ),
        field(
            F.DAY,
            tongue("retro.form_day"),
            DatePickerElement(action_id=VALUE),
            hint=tongue("meeting.field_day_hint"),
            optional=False,
        ),
    ]
    before = follows.item.id if follows else None
    return _about(sheet, CallbackId.RETRO_ITEM, "retro.form_item", blocks, f=before)


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
    return _about(sheet, CallbackId.RETRO_MINUTES, "retro.form_minutes", blocks)


def done(sheet: RetroSheet, one: Pursued) -> View:
    """Ask an owner what was done."""
    tongue = sheet.tongue
    blocks: list[Block] = [
        *retro_words.blocks_of(retro_words.item_lines(one, sheet.handbook, tongue)),
        field(F.DONE, tongue("retro.form_done"), paragraph(), optional=False),
    ]
    view = _about(sheet, CallbackId.RETRO_DONE, "retro.form_done_title", blocks)
    view.private_metadata = pack(i=one.item.id)
    return view


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


def _options(rows: Iterable[tuple[str, str]]) -> list[Option]:
    return [option(value, clip(one_line(text), OPTION_LIMIT)) for value, text in rows]


def _departments(handbook: Handbook, tongue: Tongue) -> list[Option]:
    return _options((key, labels.department(key, handbook, tongue)) for key in handbook.departments)


def _scopes(sheet: RetroSheet) -> list[tuple[str, list[Option]]]:
    tongue, handbook = sheet.tongue, sheet.handbook
    departments = [
        (f"{OF_A_DEPARTMENT}{key}", labels.department(key, handbook, tongue))
        for key in handbook.departments
    ]
    categories = [
        (key, labels.category_path(key, handbook, tongue))
        for first in handbook.categories.values()
        for key in first.sub
    ]
    return [
        (tongue("retro.whole_desk"), [option(WHOLE, tongue("retro.whole_desk"))]),
        (tongue("retro.by_department"), _options(departments)[:MOST_OPTIONS]),
        (tongue("retro.by_category"), _options(categories)[:MOST_OPTIONS]),
    ]


def _scope(sheet: RetroSheet) -> str:
    ticket = sheet.view.ticket
    known = ticket and sheet.handbook.subcategory(ticket.category)
    return ticket.category if ticket and known else WHOLE


def _department(sheet: RetroSheet) -> str:
    return sheet.view.ticket.department if sheet.view.ticket else ""


def _reason(sheet: RetroSheet) -> InputBlock:
    return field(F.REASON, sheet.tongue("modals.reason"), paragraph(), optional=False)


def _about(
    sheet: RetroSheet,
    callback_id: CallbackId,
    title: str,
    blocks: Iterable[Block],
    **memory: Opaque | None,
) -> View:
    packed = pack(r=sheet.view.retro.id, **memory)
    return form_of(sheet.tongue, callback_id, title, [asked_in(sheet), *blocks], packed)


def form_of(
    tongue: Tongue, callback_id: CallbackId, title: str, blocks: Iterable[Block], memory: str
) -> View:
    return View(
        type="modal",
        callback_id=callback_id,
        title=plain(tongue(title), TITLE_LIMIT),
        submit=plain(tongue("modals.save"), TITLE_LIMIT),
        close=plain(tongue("button.cancel"), TITLE_LIMIT),
        private_metadata=memory,
        blocks=list(blocks),
    )
