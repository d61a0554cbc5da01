"""What is said privately of an authority outside that waits for an answer."""

from bot.voice.scene import Scene
from handlers.views import labels
from handlers.views.buttons import step
from handlers.views.ids import ActionId
from handlers.views.notices import link_to, message
from handlers.views.screen import Screen
from tickets.delivery import Pointless
from tickets.message import PersonId, Who


def referred(scene: Scene) -> Screen | Pointless:
    """Tell who has to answer, and the supervisors, which authority waits and by when."""
    ticket, reader = scene.ticket, scene.reader
    one = next((one for one in ticket.unanswered if one.key == scene.text("referral")), None)
    if one is None or not ticket.status.is_open:
        return Pointless("it has its answer, or the case is over")
    said = reader.say(
        f"notice.referred_{one.direction}",
        by=Who(PersonId(scene.text("by"))),
        title=reader.title(ticket),
        authority=labels.authority(one.authority, reader.handbook, reader.tongue),
    )
    by_when = reader.say("notice.referred_by", due=one.due_at)
    buttons = [
        step(action, ticket.number, reader.tongue, item=one.key, style=style)
        for action, style in ((ActionId.REFER_ANSWER, "primary"), (ActionId.REFER_MOVE, None))
    ]
    buttons.append(step(ActionId.DETAILS, ticket.number, reader.tongue))
    link = link_to(scene.link, ticket.number, reader.tongue)
    return message(said, by_when, buttons=buttons, link=link)
