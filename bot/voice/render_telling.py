"""What whoever took the call is to tell the customer at a node, with the text for it and one tap to record it (R42, R75)."""

from datetime import datetime

from bot.voice.scene import Scene
from handlers.views.buttons import step
from handlers.views.ids import ActionId
from handlers.views.notices import link_to, message, step_button
from handlers.views.screen import Screen
from handlers.views.telling import Node, text_for
from tickets.care.talks import last_heard, mark_of
from tickets.case.facts import Planned
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
            step(
                ActionId.PLAN_TOLD,
                ticket.number,
                reader.tongue,
                style="primary",
                item=mark_of(scene.known.log, Planned),
            ),
            *(step(one, ticket.number, reader.tongue) for one in others),
        ],
        link=link_to(scene.link, ticket.number, reader.tongue),
    )


def silence(scene: Scene) -> Screen | Pointless:
    """Remind whoever took the call that the customer waits for word, and offer to record it."""
    ticket, reader = scene.ticket, scene.reader
    heard, since = last_heard(scene.known.log), datetime.fromisoformat(scene.text("since"))
    if not ticket.status.is_working or (heard and heard.happened_at > since):
        return Pointless("the customer has heard, or the work is done")
    nothing = heard is None
    said = reader.say(
        "telling.silent_from_the_start" if nothing else "telling.silent_since",
        title=reader.title(ticket),
        since=since,
    )
    who = (
        reader.say("telling.ask_whom", assignee=reader.person(ticket.assignee))
        if ticket.assignee
        else reader.say("telling.ask_nobody", department=reader.department(ticket.department))
    )
    steps = (ActionId.CONTACT, ActionId.TALKS)
    return message(
        said,
        who,
        buttons=[
            step_button(steps[0], ticket.number, reader.tongue),
            step(steps[1], ticket.number, reader.tongue),
        ],
        link=link_to(scene.link, ticket.number, reader.tongue),
    )
