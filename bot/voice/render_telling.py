"""What whoever took the call is to tell the customer at a node, with the text for it and one tap to record it (R42, R75)."""

from bot.voice.scene import Scene
from handlers.views.buttons import step
from handlers.views.ids import ActionId
from handlers.views.notices import link_to, message, step_button
from handlers.views.screen import Screen
from handlers.views.telling import Node, text_for
from tickets.delivery import Pointless


def plan_set(scene: Scene) -> Screen | Pointless:
    """Ask to tell the customer the plan that was set, in the text that stands ready."""
    ticket, reader = scene.ticket, scene.reader
    if not ticket.status.is_working or ticket.plan is None:
        return Pointless("there is no plan to tell any more")
    said = reader.say("telling.plan_set", title=reader.title(ticket))
    text = reader.say("notice.for_customer", text=text_for(Node.PLAN, scene.about))
    others = (ActionId.CONTACT, ActionId.TALKS)
    return message(
        said,
        under=[text.run],
        buttons=[
            step_button(ActionId.PLAN_TOLD, ticket.number, reader.tongue),
            *(step(one, ticket.number, reader.tongue) for one in others),
        ],
        link=link_to(scene.link, ticket.number, reader.tongue),
    )
