"""The forms of an improvement: action, target, owner and date; and what was done."""

from slack_sdk.models.blocks import Block, DatePickerElement, Option
from slack_sdk.models.views import View

from handlers.views import labels, retro_words
from handlers.views.ids import VALUE, CallbackId, FieldId
from handlers.views.inputs import (
    MOST_OPTIONS,
    field,
    grouped,
    line,
    option,
    paragraph,
    radio,
    select,
)
from handlers.views.meta import pack
from handlers.views.retro_forms import about, one_person, options
from handlers.views.retro_sheet import RetroSheet
from handlers.views.text import one_line
from tickets.case.values import Priority
from tickets.desk.measuring import OF_A_DEPARTMENT
from tickets.handbook import Handbook
from tickets.retrospectives.pursuit import Direction, Figure, Pursued
from tickets.tongue import Tongue

BY_WORDS = "words"  # instead of a figure
WHOLE = "all"
F = FieldId


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
            hint=tongue("improvement.field_day_hint"),
            optional=False,
        ),
    ]
    before = follows.item.id if follows else None
    return about(sheet, CallbackId.RETRO_ITEM, "retro.form_item", blocks, f=before)


def done(sheet: RetroSheet, one: Pursued) -> View:
    """Ask an owner what was done."""
    tongue = sheet.tongue
    blocks: list[Block] = [
        *retro_words.blocks_of(retro_words.item_lines(one, sheet.handbook, tongue)),
        field(F.DONE, tongue("retro.form_done"), paragraph(), optional=False),
    ]
    view = about(sheet, CallbackId.RETRO_DONE, "retro.form_done_title", blocks)
    view.private_metadata = pack(i=one.item.id)
    return view


def _scopes(sheet: RetroSheet) -> list[tuple[str, list[Option]]]:
    tongue, handbook = sheet.tongue, sheet.handbook
    departments = [
        (f"{OF_A_DEPARTMENT}{key}", labels.department(key, handbook, tongue))
        for key in handbook.departments
    ]
    categories = [
        (
            one_line(first.name.in_(tongue.language)),
            options((key, labels.category_path(key, handbook, tongue)) for key in first.sub),
        )
        for first in handbook.categories.values()
    ]
    return [
        (tongue("retro.whole_desk"), [option(WHOLE, tongue("retro.whole_desk"))]),
        (tongue("retro.by_department"), options(departments)[:MOST_OPTIONS]),
        *categories,
    ]


def _scope(sheet: RetroSheet) -> str:
    ticket = sheet.view.ticket
    known = ticket and sheet.handbook.subcategory(ticket.category)
    return ticket.category if ticket and known else WHOLE


def _departments(handbook: Handbook, tongue: Tongue) -> list[Option]:
    return options((key, labels.department(key, handbook, tongue)) for key in handbook.departments)


def _department(sheet: RetroSheet) -> str:
    return sheet.view.ticket.department if sheet.view.ticket else ""
