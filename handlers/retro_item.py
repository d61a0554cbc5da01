"""Improvements of a retrospective: decided on, carried out, judged, followed by another."""

import re
import unicodedata
from collections.abc import Callable

from slack_bolt import BoltRequest, BoltResponse

from handlers.forms import Fields
from handlers.forms_work import must_say, words
from handlers.opening import present
from handlers.payloads import Json, value_of
from handlers.retro import retro_in, retro_of, sheet_around
from handlers.retro_run import opens
from handlers.retro_sent import RetroSent, on_retro
from handlers.tapped import tapped
from handlers.views import retro_forms_item as forms
from handlers.views import retro_words
from handlers.views.ids import FieldId as F
from handlers.views.meta import unpack
from tickets.case.values import Priority, Text
from tickets.desk import retro_items as items
from tickets.desk import retro_look as look
from tickets.desk import retro_run as use
from tickets.desk.context import Desk
from tickets.errors import Incomplete
from tickets.message import PersonId, say
from tickets.retrospectives.pursuit import Direction, Figure, Target, Verdict
from tickets.tongue import Tongue

_FIGURE = re.compile(r"(\d{1,7})(?:\.0+)?\s*(?:%|分钟|分鐘|min|minutes?|件|cases?)?")


def judges(verdict: Verdict) -> Callable[..., BoltResponse]:
    """Make the listener of a button that says whether an improvement helped, where no figure tells."""

    def judge(desk: Desk, which: str, *, by: PersonId, receipt: str) -> None:
        items.judge(desk, which, verdict, by=by, receipt=receipt)

    return tapped(judge, "retro.now_judged", read=retro_in)


open_item = opens(forms.item)
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


@on_retro()
def submit_item(sent: RetroSent) -> None:
    """An improvement."""
    fields, desk, follows = sent.fields, sent.desk, unpack(sent.memory).get("f")
    target = _target(fields)
    goal = words(fields, F.GOAL_WORDS)
    if target.figure:
        goal = Text(retro_words.figure_goal(target, desk.handbook(), sent.tongue))
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
    use.add_item(desk, retro_of(sent), wish, by=sent.by, receipt=sent.receipt)


@on_retro("retro.now_done")
def submit_done(sent: RetroSent) -> None:
    """An improvement is carried out."""
    said = must_say(sent.fields, F.DONE)
    item = retro_in(unpack(sent.memory).get("i"))
    items.done(sent.desk, item, said, by=sent.by, receipt=sent.receipt)


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
    """Read a figure with or without its unit: `85%`, `15 分钟`; a part of one is not cut off. Raises Incomplete."""
    typed = unicodedata.normalize("NFKC", fields.text(name)).strip()
    if not typed:
        return None
    found = _FIGURE.fullmatch(typed)
    if found is None:
        raise Incomplete({name: say("retro.not_a_figure")})
    return int(found[1])
