"""Running a retrospective from its message: points, causes, directions, its end and its minutes."""

from collections.abc import Callable

from slack_bolt import BoltRequest
from slack_sdk.models.views import View

from handlers.forms import Fields, tampered
from handlers.forms_work import must_say, words
from handlers.opening import present
from handlers.payloads import Json, value_of
from handlers.retro import retro_in, retro_of, sheet_around
from handlers.retro_sent import RetroSent, on_retro
from handlers.tapped import tapped
from handlers.views import retro_forms as forms
from handlers.views.ids import FieldId as F
from handlers.views.meta import unpack
from handlers.views.retro_sheet import DIRECTIONS, POINTS, RetroSheet
from tickets.case.values import CauseDimension
from tickets.desk import retro_look as look
from tickets.desk import retro_minutes as minutes
from tickets.desk import retro_run as use
from tickets.desk.context import Desk
from tickets.desk.retro_causes import CauseWish, find_causes
from tickets.message import PersonId
from tickets.people.roles import Action
from tickets.retrospectives.causes import UNSAID
from tickets.tongue import Tongue

_RUN = Action.RUN_RETROSPECTIVE

Form = Callable[[RetroSheet], View]


def opens(form: Form, needs: Action = _RUN) -> Callable[..., None]:
    """Make the listener of a button that opens a form about one."""

    def listener(
        action: Json, desk: Desk, person: PersonId, tongue: Tongue, request: BoltRequest
    ) -> None:
        found = look.show(desk, retro_in(value_of(action)), by=person, action=needs)
        present(request, form(sheet_around(found, desk, tongue)))

    listener.__doc__ = form.__doc__
    return listener


def _approve(desk: Desk, packed: str, *, by: PersonId, receipt: str) -> None:
    """The minutes are approved as they were read."""
    retro, read = _read_in(packed)
    minutes.approve(desk, retro, read, by=by, receipt=receipt)


start = tapped(use.start, "retro.now_running", read=retro_in)
close = tapped(use.close, "retro.now_held", read=retro_in)
approve = tapped(_approve, "retro.now_approved")
open_points = opens(forms.points)
open_directions = opens(forms.directions)
open_cause = opens(forms.cause)
open_minutes = opens(forms.minutes)


def open_return(
    action: Json, desk: Desk, person: PersonId, tongue: Tongue, request: BoltRequest
) -> None:
    """Ask a director what the minutes lack that were read."""
    retro, read = _read_in(value_of(action))
    found = look.show(desk, retro, by=person, action=Action.APPROVE_MINUTES)
    present(request, forms.send_back(sheet_around(found, desk, tongue), read))


@on_retro()
def submit_points(sent: RetroSent) -> None:
    """What is looked back on, what went well, what did not."""
    _write_down(POINTS, sent)


@on_retro()
def submit_directions(sent: RetroSent) -> None:
    """What is to change."""
    _write_down(DIRECTIONS, sent)


@on_retro()
def submit_cause(sent: RetroSent) -> None:
    """The answer to a why, one taken out again, or both."""
    fields = sent.fields
    wish = CauseWish(
        text=words(fields, F.CAUSE),
        dimension=fields.choice(F.DIMENSION, CauseDimension),
        beneath=_place(fields, F.UNDER),
        out=_place(fields, F.CAUSE_DROP),
    )
    find_causes(sent.desk, retro_of(sent), wish, by=sent.by, receipt=sent.receipt)


@on_retro("retro.now_submitted")
def submit_minutes(sent: RetroSent) -> None:
    """The minutes are sent in."""
    conclusion = must_say(sent.fields, F.CONCLUSION)
    minutes.submit(sent.desk, retro_of(sent), conclusion, by=sent.by, receipt=sent.receipt)


@on_retro()
def submit_return(sent: RetroSent) -> None:
    """The minutes are sent back."""
    retro, read = _read_in(sent.memory)
    why = must_say(sent.fields, F.REASON)
    minutes.send_back(sent.desk, retro, why, by=sent.by, receipt=sent.receipt, read=read)


def _write_down(names: tuple[str, ...], sent: RetroSent) -> None:
    said = {name: words(sent.fields, name) or UNSAID for name in names}
    use.write_down(sent.desk, retro_of(sent), said, by=sent.by, receipt=sent.receipt)


def _read_in(packed: str) -> tuple[str, int]:
    """Take out which retrospective, and the change at which its minutes were read."""
    given = unpack(packed)
    read = given.get("v")
    if not isinstance(read, int):
        raise tampered()
    return retro_in(given.get("r")), read


def _place(fields: Fields, name: F) -> int | None:
    picked = fields.picked(name)
    if picked is None:
        return None
    if not picked.isdecimal() or len(picked) > 3:
        raise tampered()
    return int(picked)
