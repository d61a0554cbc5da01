"""What is said when two tickets become one: to who had the one that ended, and under the one that goes on."""

from bot.voice.render_private import person_in
from bot.voice.render_ticket import called, is_private, link_under
from bot.voice.scene import Scene
from handlers.views.ids import ActionId
from handlers.views.notices import calling, message, step_button
from handlers.views.screen import Screen
from tickets.case.values import Number
from tickets.delivery import Pointless
from tickets.message import Who


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
