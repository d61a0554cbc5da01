"""Ending what is kept of people: what the one whose turn it is reads, and what those hear who wait for the end."""

from collections.abc import Mapping, Sequence

from slack_sdk.models.blocks import ButtonElement

from bot.voice.decided import came_of_it
from bot.voice.scene import Scene
from handlers.views.ids import ActionId
from handlers.views.notices import Said, message
from handlers.views.rich import Piece
from handlers.views.rights import final_button, listed, plain_button
from handlers.views.screen import Screen
from tickets.case.values import PersonId
from tickets.delivery import Pointless
from tickets.errors import NotFound
from tickets.message import Who
from tickets.people import roles
from tickets.people.disposal import RESTORED, Occasion, Request, Standing
from tickets.people.roles import Role
from tickets.tongue import Tongue


def turn(scene: Scene) -> Screen | Pointless:
    """Say how a request stands, to whoever has the next step or waits for it."""
    try:
        request = scene.unit.disposals.get(scene.text("request"))
    except NotFound:
        return Pointless("there is no such request")
    if request.standing != scene.text("standing"):
        return Pointless("the request has gone further meanwhile")
    return message(*_said(scene, request), buttons=_buttons(scene, request))


def taken(scene: Scene) -> Screen | Pointless:
    """Show whose turn it was what they were asked, and how it went on."""
    try:
        request = scene.unit.disposals.get(scene.text("request"))
    except NotFound:
        return Pointless("there is no such request")
    asked = _turn(scene, request, Standing(scene.text("standing")))
    return message(*asked, came_of_it(scene))


def _said(scene: Scene, request: Request) -> Sequence[Said]:
    reader, about = scene.reader, _about(request, scene.reader.tongue)
    match request.standing:
        case Standing.PROPOSED:
            is_erasure = request.occasion is Occasion.ERASURE
            please = "rights.erasure_proposed_please" if is_erasure else "rights.proposed_please"
            return (*_turn(scene, request, request.standing), reader.say(please))
        case Standing.ASKED:
            until = reader.say("rights.until", until=request.expires_at)
            return (*_turn(scene, request, request.standing), until)
        case Standing.APPROVED:
            until = reader.say("rights.until_run", until=request.expires_at)
            return (*_turn(scene, request, request.standing), until)
        case Standing.REFUSED:
            by = Who(request.decided_by or PersonId(""))
            return (reader.say("rights.refused", by=by, **about),)
        case Standing.EXPIRED:
            return (reader.say("rights.expired", **about),)
        case _:
            return _done(scene, request)


def _turn(scene: Scene, request: Request, standing: Standing) -> Sequence[Said]:
    """Say what somebody is to do, or was."""
    reader, about = scene.reader, _about(request, scene.reader.tongue)
    match standing:
        case Standing.ASKED:
            by = Who(request.asked_by or PersonId(""))
            said = reader.say(f"rights.{request.occasion}_asked", by=by, **about)
            return (said, *_reason(scene, request), reader.say("rights.what_stays"))
        case Standing.APPROVED:
            by = Who(request.decided_by or PersonId(""))
            return (reader.say("rights.approved", by=by, **about), *_reason(scene, request))
        case _:
            return _proposed(scene, request, about)


def _about(request: Request, tongue: Tongue) -> Mapping[str, Piece]:
    numbers = listed(request.numbers, tongue) or "–"
    return {"count": len(request.numbers), "numbers": numbers}


def _proposed(scene: Scene, request: Request, about: Mapping[str, Piece]) -> Sequence[Said]:
    reader = scene.reader
    if request.occasion is Occasion.ERASURE:
        return (reader.say("rights.erasure_proposed", **about),)
    age, customers = _age(request, reader.tongue), len(request.customers)
    return (
        reader.say("rights.proposed", age=age, customers=customers, **about),
        reader.say("rights.what_stays"),
    )


def _reason(scene: Scene, request: Request) -> Sequence[Said]:
    if request.occasion is Occasion.RETENTION:
        return (scene.reader.say("rights.past_age", age=_age(request, scene.reader.tongue)),)
    if request.reason == RESTORED:
        return (scene.reader.say("rights.restored"),)
    return (scene.reader.say("notice.reason", reason=str(request.reason)),)


def _age(request: Request, tongue: Tongue) -> str:
    """Say how long it was kept: the desk's own reason is the age as desk.yml has it, 3y or 90d."""
    amount, unit = request.reason[:-1], request.reason[-1:]
    if unit not in {"y", "d"} or not amount.isdigit():
        return request.reason
    return tongue("rights.age_y" if unit == "y" else "rights.age_d", count=int(amount))


def _done(scene: Scene, request: Request) -> Sequence[Said]:
    report = request.report
    said = scene.reader.say(
        f"rights.{request.occasion}_done",
        count=int(report.get("tickets", 0)),
        customers=int(report.get("customers", 0)),
    )
    if not report.get("evidence"):
        return (said,)
    files = scene.reader.say(
        "rights.files_left", count=int(report["evidence"]), files=str(report["files"])
    )
    return (said, files)


def _buttons(scene: Scene, request: Request) -> Sequence[ButtonElement]:
    tongue, one = scene.reader.tongue, request.id
    who = roles.actor(PersonId(scene.notice.place.key), scene.reader.handbook)
    match request.standing:
        case Standing.PROPOSED:
            return (plain_button(ActionId.RIGHTS_ASK, one, tongue),)
        case Standing.ASKED:
            return (
                final_button(ActionId.RIGHTS_APPROVE, one, tongue),
                plain_button(ActionId.RIGHTS_REFUSE, one, tongue),
            )
        case Standing.APPROVED if Role.ADMIN in who.roles:
            return (final_button(ActionId.RIGHTS_RUN, one, tongue),)
        case _:
            return ()
