"""What is said of one problem in many cases: to the supervisors when it shows, to each case when it is solved (R29)."""

from bot.voice.scene import Scene
from handlers.views.buttons import step
from handlers.views.ids import ActionId
from handlers.views.labels import category
from handlers.views.notices import link_to, message
from handlers.views.screen import Screen
from handlers.views.signal_words import usual_words
from handlers.views.text import clip, visible
from tickets.case.values import Number
from tickets.delivery import Pointless
from tickets.people.privacy import redact

LONG = 2000  # characters of the result; the parent's history shows it whole


def frequency(scene: Scene) -> Screen | Pointless:
    """Tell a supervisor of a complaint above its usual rate, with the chart's figures."""
    ticket, reader = scene.ticket, scene.reader
    if not ticket.status.is_open:
        return Pointless("the parent case is no longer open")
    said = reader.say(
        "notice.frequency",
        category=category(ticket.category, reader.handbook, reader.tongue),
        count=int(scene.text("count")),
        days=int(scene.text("days")),
        usual=usual_words(float(scene.text("usual")), reader.tongue),
        limit=int(scene.text("limit")),
    )
    opened = reader.say("notice.frequency_parent", number=ticket.number, cases=len(ticket.children))
    buttons = [step(one, ticket.number, reader.tongue) for one in _WAYS]
    return message(
        said, opened, buttons=buttons, link=link_to(scene.link, ticket.number, reader.tongue)
    )


_WAYS = (ActionId.DETAILS, ActionId.DISMISS)


def parent_resolved(scene: Scene) -> Screen | Pointless:
    """Offer a child the result of its parent case as text; what becomes of the child is its people's to decide."""
    reader, child = scene.reader, scene.ticket.number
    parent = scene.unit.tickets.get(Number(scene.text("parent")))
    if child not in parent.children or not parent.result or parent.is_restricted:
        return Pointless("the case is no longer part of it, or its result is not for a channel")
    whose = scene.unit.customers.get(parent.customer_id)
    clean = redact(scene.known.clean(parent.result), names=(whose.name,) if whose.name else ())
    return message(
        reader.say("notice.parent_resolved", number=parent.number, child=child),
        reader.say("notice.parent_result", result=clip(visible(clean), LONG)),
    )
