"""Requests to take everything out unmasked: what the director decides on, and what those hear who wait."""

from collections.abc import Sequence

from slack_sdk.models.blocks import ButtonElement

from bot.voice.decided import came_of_it
from bot.voice.scene import Scene
from handlers.views.exports import scope_of
from handlers.views.ids import ActionId
from handlers.views.notices import Said, message
from handlers.views.rich import Piece
from handlers.views.rights import final_button, plain_button
from handlers.views.screen import Screen
from tickets.case.values import PersonId
from tickets.delivery import Pointless
from tickets.errors import NotFound
from tickets.message import Who
from tickets.people.exports import Request, Standing


def turn(scene: Scene) -> Screen | Pointless:
    """Say how a request stands, to whoever has the next step or waits for it."""
    try:
        request = scene.unit.exports.get(scene.text("request"))
    except NotFound:
        return Pointless("there is no such request")
    if request.standing != scene.text("standing"):
        return Pointless("the request has gone further meanwhile")
    return message(*_said(scene, request), buttons=_buttons(scene, request))


def decided(scene: Scene) -> Screen | Pointless:
    """Show a director what they were asked, and what came of it."""
    try:
        request = scene.unit.exports.get(scene.text("request"))
    except NotFound:
        return Pointless("there is no such request")
    return message(*_asked(scene, request), came_of_it(scene))


def _asked(scene: Scene, request: Request) -> Sequence[Said]:
    reader = scene.reader
    return (
        reader.say("export.asked", by=Who(request.asked_by), **_what(scene, request)),
        reader.say("notice.reason", reason=str(request.reason)),
    )


def _said(scene: Scene, request: Request) -> Sequence[Said]:
    reader = scene.reader
    decided = Who(request.decided_by or PersonId(""))
    table = reader.tongue(f"sheet.table.{request.wish.table}")
    match request.standing:
        case Standing.ASKED:
            by_when = reader.say("export.decide_by", until=request.expires_at)
            return (*_asked(scene, request), by_when)
        case Standing.APPROVED:
            until, one = request.expires_at, request.id
            return (reader.say("export.approved", by=decided, until=until, request=one),)
        case Standing.REFUSED:
            return (reader.say("export.refused", by=decided),)
        case _:
            at = request.used_at or request.asked_at
            return (reader.say("export.used", table=table, at=at),)


def _what(scene: Scene, request: Request) -> dict[str, Piece]:
    wish, tongue = request.wish, scene.reader.tongue
    return {
        "table": tongue(f"sheet.table.{wish.table}"),
        "scope": scope_of(wish, scene.reader.handbook, tongue),
    }


def _buttons(scene: Scene, request: Request) -> Sequence[ButtonElement]:
    if request.standing is not Standing.ASKED:
        return ()
    tongue = scene.reader.tongue
    return (
        final_button(ActionId.EXPORT_APPROVE, request.id, tongue),
        plain_button(ActionId.EXPORT_REFUSE, request.id, tongue),
    )
