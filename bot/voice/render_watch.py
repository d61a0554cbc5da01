"""What is said when a deadline comes near, passes, or climbs the ladder (DESK.md 5)."""

from datetime import datetime

from bot.voice.render_ticket import called
from bot.voice.scene import Scene
from handlers.views.notices import calling, link_to, message
from handlers.views.screen import Screen
from tickets.delivery import Pointless


def warning(scene: Scene) -> Screen | Pointless:
    """Say what is due soon."""
    return _due(scene)


def breach(scene: Scene) -> Screen | Pointless:
    """Say what is overdue."""
    return _due(scene)


def escalation(scene: Scene) -> Screen | Pointless:
    """Say what is still overdue to those further up."""
    return _due(scene)


def _due(scene: Scene) -> Screen | Pointless:
    ticket, reader = scene.ticket, scene.reader
    if not ticket.status.is_open:
        return Pointless("the ticket is no longer open")
    said = reader.say("notice.next_due", due=datetime.fromisoformat(scene.text("due_at")))
    return message(
        calling(called(scene.notice), reader, said),
        under=[reader.owed(ticket, scene.known.deadlines)],
        link=link_to(scene.link, ticket.number, reader.tongue),
    )
