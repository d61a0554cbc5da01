"""The rows of the weekly meeting: decide, give to somebody, promise a date, say that a blocker is solved."""

from datetime import datetime
from typing import assert_never

from slack_bolt import Ack, BoltRequest, BoltResponse
from slack_sdk.models.views import View

from handlers.forms import Fields, fields_of, tampered
from handlers.forms_work import must_say, words
from handlers.meeting import meeting_in
from handlers.numbers import number_in
from handlers.opening import present
from handlers.payloads import Json, memory_of, value_of
from handlers.sheets import sheet_of
from handlers.views import meeting_forms as forms
from handlers.views.details import details
from handlers.views.ids import FieldId as F
from handlers.views.ids import RowChoice
from handlers.views.meeting_row import ROW
from handlers.views.meta import unpack
from tickets.case import facts as f
from tickets.case.values import Number
from tickets.desk import chair, meeting
from tickets.desk.context import Desk
from tickets.desk.meeting_look import prepare, require_under_way
from tickets.desk.wish import Wish
from tickets.errors import IllegalMove, Incomplete
from tickets.message import PersonId, say
from tickets.tongue import Tongue


def open_decide(
    action: Json, desk: Desk, person: PersonId, tongue: Tongue, request: BoltRequest
) -> None:
    """Decide on a row: its form opens."""
    key, number = _row_in(action)
    held, line, blockers = prepare(desk, key, number, by=person)
    require_under_way(held, number)
    form = forms.RowForm(meeting=key, line=line, handbook=desk.handbook(), tongue=tongue)
    present(request, forms.decide(form, blockers))


def choose(
    action: Json, desk: Desk, person: PersonId, tongue: Tongue, request: BoltRequest
) -> None:
    """What a row's ⋯ offers."""
    key, number = _row_in(action)
    choice = value_of(action)
    if choice not in set(RowChoice):
        raise tampered()
    present(request, _chosen(RowChoice(choice), key, number, desk, person, tongue))


def submit_decide(ack: Ack, view: Json, desk: Desk, person: PersonId, receipt: str) -> BoltResponse:
    """A decision, a blocker or help."""
    key, number = _remembered(view)
    fields = fields_of(view)
    wish = Wish(
        text=words(fields, F.DECISION),
        owner=fields.person(F.PERSON),
        due_at=_end_of(fields, desk),
        blocker=fields.picked(F.BLOCKER),
        blocker_name=words(fields, F.BLOCKER_NAME),
        help=words(fields, F.NEED),
    )
    meeting.decide(desk, key, number, wish, by=person, receipt=receipt)
    return ack(response_action="clear")


def submit_owner(ack: Ack, view: Json, desk: Desk, person: PersonId, receipt: str) -> BoltResponse:
    """Somebody has the ticket from now on."""
    key, number = _remembered(view)
    owner = fields_of(view).person(F.PERSON)
    if owner is None:
        raise Incomplete({F.PERSON: say("assign.to_whom")})
    meeting.give_to(desk, key, number, owner, by=person, receipt=receipt)
    return ack(response_action="clear")


def submit_date(ack: Ack, view: Json, desk: Desk, person: PersonId, receipt: str) -> BoltResponse:
    """A new date, promised."""
    key, number = _remembered(view)
    fields = fields_of(view)
    due_at = _end_of(fields, desk)
    if due_at is None:
        raise Incomplete({F.DAY: say("field.day_missing")})
    promised = f.Promised(what=must_say(fields, F.PROMISE), due_at=due_at)
    meeting.promise(desk, key, number, promised, by=person, receipt=receipt)
    return ack(response_action="clear")


def submit_solved(ack: Ack, view: Json, desk: Desk, person: PersonId, receipt: str) -> BoltResponse:
    """A blocker is solved."""
    key, number = _remembered(view)
    blocker = fields_of(view).picked(F.BLOCKER)
    if blocker is None:
        raise Incomplete({F.BLOCKER: say("field.pick_one")})
    chair.solve_blocker(desk, key, number, blocker, by=person, receipt=receipt)
    return ack(response_action="clear")


def _chosen(
    choice: RowChoice, key: str, number: Number, desk: Desk, person: PersonId, tongue: Tongue
) -> View:
    if choice is RowChoice.OPEN:
        return details(sheet_of(number, desk, person, tongue))
    held, line, _blockers = prepare(desk, key, number, by=person)
    form = forms.RowForm(meeting=key, line=line, handbook=desk.handbook(), tongue=tongue)
    if choice is RowChoice.SOLVED:
        if not line.blockers:
            raise IllegalMove("meeting.no_blocker", number=number)
        return forms.solved(form)
    require_under_way(held, number)
    match choice:
        case RowChoice.OWNER:
            return forms.give_to(form)
        case RowChoice.DATE:
            return forms.promise(form)
        case _:
            assert_never(choice)


def _end_of(fields: Fields, desk: Desk) -> datetime | None:
    """A day in a meeting means its close of business."""
    day = fields.day(F.DAY)
    return desk.calendar().close_of(day) if day else None


def _row_in(action: Json) -> tuple[str, Number]:
    """Read which row a button stands on: ids only, checked here and by the use case."""
    kind, _, rest = str(action.get("block_id") or "").partition(":")
    key, _, number = rest.partition(":")
    if kind != ROW:
        raise tampered()
    return meeting_in(key), number_in(number)


def _remembered(view: Json) -> tuple[str, Number]:
    memory = memory_of(view)
    return meeting_in(unpack(memory).get("m")), number_in(memory)
