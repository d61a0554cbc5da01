"""Running a retrospective from its message: points, causes, directions, improvements, its end and its minutes."""

import re
import unicodedata
from collections.abc import Callable

from slack_bolt import Ack, BoltRequest, BoltResponse
from slack_sdk.models.views import View

from handlers.answers import whisper_text
from handlers.forms import Fields, fields_of, tampered
from handlers.forms_work import must_say, words
from handlers.lazy import later
from handlers.opening import present
from handlers.payloads import Json, memory_of, value_of
from handlers.retro import retro_in, retro_of, sheet_around
from handlers.views import retro_forms as forms
from handlers.views import retro_words
from handlers.views.ids import FieldId as F
from handlers.views.meta import unpack
from handlers.views.retro_sheet import DIRECTIONS, POINTS, RetroSheet
from tickets.case.values import CauseDimension, Priority, Text
from tickets.desk import retro_items as items
from tickets.desk import retro_look as look
from tickets.desk import retro_minutes as minutes
from tickets.desk import retro_run as use
from tickets.desk.context import Desk
from tickets.errors import Incomplete
from tickets.message import PersonId, say
from tickets.people.roles import Action
from tickets.retrospectives.causes import UNSAID
from tickets.retrospectives.pursuit import Direction, Figure, Target, Verdict
from tickets.retrospectives.retrospective import Retrospective
from tickets.tongue import Tongue

_FIGURE = re.compile(r"(\d{1,7})(?:\.\d+)?\s*(?:%|分钟|分鐘|min|minutes?|件|cases?)?")
_RUN = Action.RUN_RETROSPECTIVE

Step = Callable[..., Retrospective]
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


def one_tap(step: Step, said: str) -> Callable[..., BoltResponse]:
    """Make the listener of a button that takes one further; says privately what follows."""

    def press(
        ack: Ack,
        action: Json,
        desk: Desk,
        person: PersonId,
        receipt: str,
        tongue: Tongue,
        request: BoltRequest,
    ) -> BoltResponse:
        step(desk, retro_in(value_of(action)), by=person, receipt=receipt)
        later(request, lambda: whisper_text(request, tongue(said)))
        return ack()

    press.__doc__ = step.__doc__
    return press


def judges(verdict: Verdict) -> Callable[..., BoltResponse]:
    """Make the listener of a button that says whether an improvement helped."""

    def press(
        ack: Ack,
        action: Json,
        desk: Desk,
        person: PersonId,
        receipt: str,
        tongue: Tongue,
        request: BoltRequest,
    ) -> BoltResponse:
        """A person's word, where no figure tells."""
        items.judge(desk, retro_in(value_of(action)), verdict, by=person, receipt=receipt)
        later(request, lambda: whisper_text(request, tongue("retro.now_judged")))
        return ack()

    return press


start = one_tap(use.start, "retro.now_running")
close = one_tap(use.close, "retro.now_held")
approve = one_tap(minutes.approve, "retro.now_approved")
open_points = opens(forms.points)
open_directions = opens(forms.directions)
open_cause = opens(forms.cause)
open_item = opens(forms.item)
open_minutes = opens(forms.minutes)
open_return = opens(forms.send_back, Action.APPROVE_MINUTES)
proved, not_proved, worse = (judges(one) for one in Verdict)


def open_follow(
    action: Json, desk: Desk, person: PersonId, tongue: Tongue, request: BoltRequest
) -> None:
    """It did not help: what follows it."""
    found, one = look.item(desk, retro_in(value_of(action)), by=person, is_owner=False)
    present(request, forms.item(sheet_around(found, desk, tongue), one))


def open_done(
    action: Json, desk: Desk, person: PersonId, tongue: Tongue, request: BoltRequest
) -> None:
    """It is carried out: what was done."""
    found, one = look.item(desk, retro_in(value_of(action)), by=person, is_owner=True)
    present(request, forms.done(sheet_around(found, desk, tongue), one))


def submit_points(ack: Ack, view: Json, desk: Desk, person: PersonId, receipt: str) -> BoltResponse:
    """What is looked back on, what went well, what did not."""
    return _write_down(POINTS, ack, view, desk, person, receipt)


def submit_directions(
    ack: Ack, view: Json, desk: Desk, person: PersonId, receipt: str
) -> BoltResponse:
    """What is to change."""
    return _write_down(DIRECTIONS, ack, view, desk, person, receipt)


def submit_cause(ack: Ack, view: Json, desk: Desk, person: PersonId, receipt: str) -> BoltResponse:
    """The answer to a why, or one taken out again."""
    fields, retro = fields_of(view), retro_of(view)
    drop, text = _place(fields, F.CAUSE_DROP), words(fields, F.CAUSE)
    if drop is None and text is None:
        raise Incomplete({F.CAUSE: say("field.missing")})
    if drop is not None:
        use.drop_cause(desk, retro, drop, by=person, receipt=f"{receipt}:drop")
    if text is not None:
        use.add_cause(
            desk,
            retro,
            text,
            dimension=fields.choice(F.DIMENSION, CauseDimension),
            beneath=_place(fields, F.UNDER),
            by=person,
            receipt=receipt,
        )
    return ack(response_action="clear")


def submit_item(
    ack: Ack, view: Json, desk: Desk, person: PersonId, receipt: str, tongue: Tongue
) -> BoltResponse:
    """An improvement."""
    fields, follows = fields_of(view), unpack(memory_of(view)).get("f")
    target = _target(fields)
    goal = words(fields, F.GOAL_WORDS)
    if target.figure:
        said = retro_words.figure_goal(target, desk.handbook(), tongue)
        goal = Text(said)
    day = fields.day(F.DAY)
    wish = use.ItemWish(
        action=words(fields, F.ACTION),
        direction=fields.choice(F.DIRECTION, Direction),
        target=target,
        goal=goal,
        resources=words(fields, F.RESOURCES),
        pain=words(fields, F.PAIN),
        priority=fields.choice(F.PRIORITY, Priority) or Priority.P2,
        owner=fields.person(F.OWNER),
        department=fields.picked(F.DEPARTMENT),
        due_at=desk.calendar().close_of(day) if day else None,
        follows=retro_in(follows) if follows else None,
    )
    use.add_item(desk, retro_of(view), wish, by=person, receipt=receipt)
    return ack(response_action="clear")


def submit_minutes(
    ack: Ack,
    view: Json,
    desk: Desk,
    person: PersonId,
    receipt: str,
    tongue: Tongue,
    request: BoltRequest,
) -> BoltResponse:
    """The minutes are sent in."""
    conclusion = must_say(fields_of(view), F.CONCLUSION)
    minutes.submit(desk, retro_of(view), conclusion, by=person, receipt=receipt)
    later(request, lambda: whisper_text(request, tongue("retro.now_submitted")))
    return ack(response_action="clear")


def submit_return(ack: Ack, view: Json, desk: Desk, person: PersonId, receipt: str) -> BoltResponse:
    """The minutes are sent back."""
    why = must_say(fields_of(view), F.REASON)
    minutes.send_back(desk, retro_of(view), why, by=person, receipt=receipt)
    return ack(response_action="clear")


def submit_done(
    ack: Ack,
    view: Json,
    desk: Desk,
    person: PersonId,
    receipt: str,
    tongue: Tongue,
    request: BoltRequest,
) -> BoltResponse:
    """An improvement is carried out."""
    said = must_say(fields_of(view), F.DONE)
    item = retro_in(unpack(memory_of(view)).get("i"))
    items.done(desk, item, said, by=person, receipt=receipt)
    later(request, lambda: whisper_text(request, tongue("retro.now_done")))
    return ack(response_action="clear")


def _write_down(
    names: tuple[str, ...], ack: Ack, view: Json, desk: Desk, person: PersonId, receipt: str
) -> BoltResponse:
    fields = fields_of(view)
    said = {name: words(fields, name) or UNSAID for name in names}
    use.write_down(desk, retro_of(view), said, by=person, receipt=receipt)
    return ack(response_action="clear")


def _target(fields: Fields) -> Target:
    picked, scope = fields.picked(F.FIGURE), fields.picked(F.SCOPE)
    if picked in {None, forms.BY_WORDS}:
        return Target()
    figure = fields.choice(F.FIGURE, Figure)
    return Target(
        figure=figure,
        scope="" if scope in {None, forms.WHOLE} else str(scope),
        was=_number(fields, F.GOAL_FROM),
        goal=_number(fields, F.GOAL_TO),
    )


def _number(fields: Fields, name: F) -> int | None:
    """Read a figure with or without its unit: `85%`, `15 分钟`. Raises Incomplete."""
    typed = unicodedata.normalize("NFKC", fields.text(name)).strip()
    if not typed:
        return None
    found = _FIGURE.fullmatch(typed)
    if found is None:
        raise Incomplete({name: say("retro.not_a_figure")})
    return int(found[1])


def _place(fields: Fields, name: F) -> int | None:
    picked = fields.picked(name)
    if picked is None:
        return None
    if not picked.isdecimal() or len(picked) > 3:
        raise tampered()
    return int(picked)
