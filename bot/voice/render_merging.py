"""What is said of repeat calls and of two tickets that become one: to who answers for the case, and under its card."""

from bot.voice.render_private import person_in
from bot.voice.render_ticket import called, is_private, link_under
from bot.voice.scene import Scene
from handlers.views.buttons import step
from handlers.views.ids import ActionId
from handlers.views.notices import calling, message, step_button
from handlers.views.screen import Screen
from tickets.case.lifecycle import Move, is_possible
from tickets.case.values import Number, RepeatCause
from tickets.delivery import Pointless
from tickets.message import Who


def told_again(scene: Scene) -> Screen:
    """Tell the logger, of what is not settled the supervisors too, that the customer called again and why."""
    ticket, reader = scene.ticket, scene.reader
    cause = RepeatCause(scene.text("cause"))
    said = reader.say(
        "notice.told_again",
        by=Who(person_in(scene.text("by"))),
        title=reader.title(ticket),
        cause=reader.tongue(f"repeat_cause.{cause}"),
        times=int(scene.text("times") or 1),
    )
    is_supervisor = person_in(scene.notice.place.key) in reader.handbook.people.supervisors
    reopens = cause.is_open_again and is_supervisor and is_possible(Move.REOPEN, ticket)
    wanted = [ActionId.REOPEN, ActionId.HISTORY] if reopens else [ActionId.HISTORY]
    return message(
        said,
        *([reader.say("notice.told_again_open")] if reopens else []),
        buttons=[step(one, ticket.number, reader.tongue) for one in wanted],
        link=link_under(scene),
    )


def merged(scene: Scene) -> Screen:
    """Tell who had it or logged it that it goes on in another ticket, and that nothing is owed here any more."""
    reader, survivor = scene.reader, Number(scene.text("survivor"))
    said = reader.say(
        "notice.merged",
        by=Who(person_in(scene.text("by"))),
        title=reader.title(scene.ticket),
        survivor=survivor,
    )
    details = step_button(ActionId.DETAILS, survivor, reader.tongue)
    return message(said, buttons=[details])


def absorbed(scene: Scene) -> Screen | Pointless:
    """Call who has the survivor: the other's story is to be read on its timeline."""
    ticket, reader = scene.ticket, scene.reader
    if not ticket.status.is_open:
        return Pointless("the ticket is no longer open")
    said = reader.say(
        "notice.absorbed",
        by=Who(person_in(scene.text("by"))),
        other=scene.text("other"),
        number=ticket.number,
    )
    return message(
        calling(called(scene.notice), reader, said),
        under=[reader.owed(ticket, scene.known.deadlines)],
        buttons=[step_button(ActionId.HISTORY, ticket.number, reader.tongue)],
        link=link_under(scene) if is_private(scene) else None,
    )
