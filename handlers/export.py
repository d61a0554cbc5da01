"""`/ticket export` 导出: a table of the team's, masked and privately, or everything once a director agrees (X18)."""

from datetime import date

from slack_bolt import Ack, BoltRequest, BoltResponse

from handlers.commands import today
from handlers.forms import Fields, fields_of, tampered
from handlers.forms_work import must_say
from handlers.opening import present
from handlers.payloads import Json
from handlers.tapped import tapped
from handlers.views.exports import FULL, LANGUAGES, answered, called_alike, form
from handlers.views.ids import FieldId as F
from handlers.words import Line, folded
from tickets.case.values import Status
from tickets.desk import export as use
from tickets.desk.asking import rights_of
from tickets.desk.context import Desk
from tickets.errors import Incomplete
from tickets.message import PersonId, say
from tickets.sheets.tables import Table
from tickets.sheets.usual import usual_table
from tickets.sheets.wish import SUFFIXES, Wish
from tickets.tongue import Tongue

_NAMED = {
    Table.HOTLINE: "热线 熱線 来电 來電 hotline calls",
    Table.AFTER_SALES: "售后 售後 反馈 反饋 after_sales aftersales",
    Table.CRM: "需求 客户需求 客戶需求 crm requests",
    Table.SATISFACTION: "满意度 滿意度 satisfaction scores",
    Table.RESPONSE: "响应 響應 时效 時效 response",
    Table.KNOWLEDGE: "知识库 知識庫 knowledge kb",
}
_TABLES = {word: table for table, words in _NAMED.items() for word in words.split()}


def open_typed(
    line: Line, desk: Desk, person: PersonId, tongue: Tongue, request: BoltRequest
) -> None:
    """`export`, perhaps with a table's name behind it: the form, this month to begin with."""
    use.before(desk, by=person)
    now = today(desk)
    wish = Wish(
        table=_TABLES.get(folded(line.rest)) or usual_table(desk.handbook()),
        since=now.replace(day=1),
        until=now,
        language=tongue.language,
    )
    present(request, form(wish, rights_of(desk, by=person), desk.handbook(), tongue))


def submit(
    ack: Ack, view: Json, desk: Desk, person: PersonId, receipt: str, tongue: Tongue
) -> BoltResponse:
    """A table is wanted: it comes privately, or the directors are asked."""
    fields = fields_of(view)
    wish, reason = _wish(fields, desk, tongue), must_say(fields, F.REASON)
    if fields.picked(F.EXPORT_HOW) == FULL:
        use.ask_full(desk, wish, reason, by=person, receipt=receipt)
        return ack(response_action="update", view=answered("export.now_asked", tongue))
    use.ask_masked(desk, wish, reason, by=person, receipt=receipt)
    return ack(response_action="update", view=answered("export.coming", tongue))


approve = tapped(use.approve, "export.now_approved")
refuse = tapped(use.refuse, "export.now_refused")


def _wish(fields: Fields, desk: Desk, tongue: Tongue) -> Wish:
    """Read what is wanted. Raises Incomplete, or DeskError of what no form of ours sends."""
    department, suffix = fields.picked(F.DEPARTMENT), fields.picked(F.EXPORT_FORMAT)
    language = fields.picked(F.EXPORT_LANGUAGE)
    known = department is None or department in desk.handbook().departments
    if not known or suffix not in SUFFIXES or language not in LANGUAGES:
        raise tampered()
    return Wish(
        table=fields.must_choose(F.EXPORT_TABLE, Table),
        since=_must_pick(fields, F.SINCE),
        until=_must_pick(fields, F.UNTIL),
        department=department,
        statuses=called_alike(fields.choices(F.EXPORT_STATUS, Status), desk.handbook(), tongue),
        language=language,
        suffix=suffix,
    )


def _must_pick(fields: Fields, name: str) -> date:
    day = fields.day(name)
    if day is None:
        raise Incomplete({name: say("field.date_missing")})
    return day
