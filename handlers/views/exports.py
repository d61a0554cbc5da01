"""Taking a table out: the form that asks for it (X18)."""

from collections.abc import Collection
from datetime import date

from slack_sdk.models.blocks import (
    Block,
    DatePickerElement,
    Option,
    RadioButtonsElement,
    StaticMultiSelectElement,
)
from slack_sdk.models.views import View

from handlers.views import labels
from handlers.views.ids import VALUE, CallbackId, FieldId
from handlers.views.inputs import field, option, paragraph, radio, select
from handlers.views.meta import pack
from handlers.views.modal import TITLE_LIMIT, sentence
from handlers.views.text import plain
from tickets.case.values import Status
from tickets.handbook import Handbook
from tickets.people.roles import Action
from tickets.sheets.tables import Narrowing, Table
from tickets.sheets.wish import SUFFIXES, Wish
from tickets.tongue import Tongue

MASKED, FULL = "masked", "full"
LANGUAGES = {"zh-Hans": "简体中文", "zh-Hant": "繁體中文", "en": "English"}


def form(wish: Wish, rights: Collection[Action], handbook: Handbook, tongue: Tongue) -> View:
    """Ask for table, period, department, status, language, format, what for; masked unless more is asked."""
    departments = [
        option(key, labels.department(key, handbook, tongue)) for key in handbook.departments
    ]
    blocks: list[Block] = [
        field(
            FieldId.EXPORT_TABLE,
            tongue("export.table"),
            select([option(one, tongue(f"sheet.table.{one}")) for one in Table], wish.table),
            optional=False,
        ),
        field(FieldId.SINCE, tongue("export.since"), _day(wish.since), optional=False),
        field(FieldId.UNTIL, tongue("export.until"), _day(wish.until), optional=False),
        field(FieldId.DEPARTMENT, tongue("export.department"), select(departments)),
        field(FieldId.EXPORT_STATUS, tongue("export.status"), _statuses(handbook, tongue)),
        field(
            FieldId.EXPORT_LANGUAGE,
            tongue("export.language"),
            select([option(key, name) for key, name in LANGUAGES.items()], wish.language),
            optional=False,
        ),
        field(
            FieldId.EXPORT_FORMAT,
            tongue("export.format"),
            radio([option(one, one.removeprefix(".")) for one in SUFFIXES], wish.suffix),
            optional=False,
        ),
        field(FieldId.EXPORT_HOW, tongue("export.how"), _how(rights, tongue), optional=False),
        field(FieldId.REASON, tongue("export.reason"), paragraph(), optional=False),
    ]
    return View(
        type="modal",
        callback_id=CallbackId.EXPORT,
        title=plain(tongue("export.title"), TITLE_LIMIT),
        submit=plain(tongue("export.submit"), TITLE_LIMIT),
        close=plain(tongue("button.cancel"), TITLE_LIMIT),
        private_metadata=pack(),
        blocks=blocks,
    )


def answered(said: str, tongue: Tongue) -> View:
    """Say what follows."""
    return sentence(tongue("export.title"), tongue(said), tongue)


def scope_of(wish: Wish, handbook: Handbook, tongue: Tongue) -> str:
    """Say what a table is narrowed to, as far as it goes by that."""
    if not wish.goes_by(Narrowing.PERIOD):
        return tongue("export.scope_all")
    period = tongue("export.scope_period", since=f"{wish.since}", until=f"{wish.until}")
    if not wish.goes_by(Narrowing.DEPARTMENT):
        return tongue("export.scope_desk", period=period)
    named = [labels.picked_status(one, handbook, tongue) for one in sorted(wish.statuses)]
    statuses = dict.fromkeys(named)  # a desk may call two states by one word
    return tongue(
        "export.scope_cases",
        period=period,
        department=labels.department(wish.department or "", handbook, tongue)
        or tongue("sheet.all"),
        status=labels.listed(statuses, tongue) or tongue("sheet.all"),
    )


def file_name(wish: Wish, *, today: date) -> str:
    """Name the file by what it is of: its period, or the day of what has none."""
    days = (wish.since, wish.until) if wish.goes_by(Narrowing.PERIOD) else (today,)
    return "-".join((wish.table.replace("_", "-"), *map(str, days)))


def file_title(wish: Wish, tongue: Tongue) -> str:
    """Title a masked table where it is sent."""
    table = tongue(f"sheet.table.{wish.table}")
    if not wish.goes_by(Narrowing.PERIOD):
        return tongue("export.file_title_all", table=table)
    period = tongue("export.scope_period", since=f"{wish.since}", until=f"{wish.until}")
    return tongue("export.file_title", table=table, period=period)


def _day(day: date) -> DatePickerElement:
    return DatePickerElement(action_id=VALUE, initial_date=day.isoformat())


def called_alike(
    picked: Collection[Status], handbook: Handbook, tongue: Tongue
) -> frozenset[Status]:
    """Give every status under the words that were picked: a desk may call two states by one (DESK.md 2)."""
    words = {word for one in picked for word in labels.faces(one, handbook, tongue)}
    return frozenset(
        one for one in Status if words.intersection(labels.faces(one, handbook, tongue))
    )


def _statuses(handbook: Handbook, tongue: Tongue) -> StaticMultiSelectElement:
    by_words: dict[str, Status] = {}
    for one in Status:
        by_words.setdefault(labels.picked_status(one, handbook, tongue), one)
    return StaticMultiSelectElement(
        action_id=VALUE, options=[option(one, words) for words, one in by_words.items()]
    )


def _how(rights: Collection[Action], tongue: Tongue) -> RadioButtonsElement:
    offered: list[Option] = []
    if Action.EXPORT_MASKED in rights:
        offered.append(option(MASKED, tongue("export.masked")))
    if Action.ASK_FULL_EXPORT in rights:
        offered.append(option(FULL, tongue("export.full")))
    return radio(offered, MASKED)
