"""The monthly meeting, run from its report: start, decide on a point, close (R84)."""

import re

from slack_bolt import Ack, BoltRequest, BoltResponse

from handlers.forms import Fields, fields_of, tampered
from handlers.forms_work import words
from handlers.opening import present
from handlers.payloads import Json, memory_of, value_of
from handlers.tapped import tapped
from handlers.views import improvements as forms
from handlers.views.ids import CallbackId
from handlers.views.ids import FieldId as F
from handlers.views.meta import pack, unpack
from handlers.views.monthly import about
from handlers.views.notices import Reader
from tickets.case.values import Priority
from tickets.desk import monthly
from tickets.desk.context import Desk
from tickets.meetings.proposal import Proposal
from tickets.message import PersonId
from tickets.tongue import Tongue

_PERIOD = re.compile(r"\d{4}-\d{2}")
_POINT = re.compile(r"[\w:/.-]{1,200}")


def _period_in(packed: object) -> str:
    if isinstance(packed, str) and _PERIOD.fullmatch(packed):
        return packed
    raise tampered()


start = tapped(monthly.start, read=_period_in)
close = tapped(monthly.close, read=_period_in)


def open_decide(
    action: Json, desk: Desk, person: PersonId, tongue: Tongue, request: BoltRequest
) -> None:
    """Decide on a point of the agenda, or on something else: the form opens."""
    period, key = _where(value_of(action))
    prepared = monthly.prepare(desk, period, key, by=person)
    reader = Reader(
        tongue=tongue, handbook=desk.handbook(), present=frozenset(), now=desk.clock.now()
    )
    view = forms.decide(
        callback=CallbackId.MONTHLY_DECIDE,
        memory=pack(m=period, p=key),
        about=about(prepared.point, prepared.advice, reader),
        handbook=desk.handbook(),
        tongue=tongue,
    )
    present(request, view)


def submit_decide(ack: Ack, view: Json, desk: Desk, person: PersonId, receipt: str) -> BoltResponse:
    """A decision with its measurable target, owner and date."""
    period, key = _where(memory_of(view))
    wish = proposal_in(fields_of(view), desk)
    monthly.decide(desk, period, key, wish, by=person, receipt=receipt)
    return ack(response_action="clear")


def proposal_in(fields: Fields, desk: Desk) -> Proposal:
    """Read what somebody wants to be made better; a day means its close of business."""
    day = fields.day(F.DAY)
    return Proposal(
        pain=words(fields, F.PAIN),
        action=words(fields, F.DECISION),
        goal=words(fields, F.GOAL),
        priority=fields.choice(F.PRIORITY, Priority),
        department=fields.picked(F.DEPARTMENT),
        owner=fields.person(F.PERSON),
        due_at=desk.calendar().close_of(day) if day else None,
    )


def _where(packed: str) -> tuple[str, str]:
    """Read which point of which month is meant: ids only, checked here and by the use case."""
    told = unpack(packed)
    key = told.get("p")
    if not isinstance(key, str) or not _POINT.fullmatch(key):
        raise tampered()
    return _period_in(told.get("m")), key
