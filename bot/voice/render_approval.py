"""What is said privately of a compensation or a cost: who may approve it, and how it was decided (R73)."""

from bot.voice.scene import Scene
from handlers.views.buttons import step
from handlers.views.complaint_lines import money
from handlers.views.ids import ActionId
from handlers.views.notices import link_to, message, step_button
from handlers.views.screen import Screen
from tickets.delivery import Pointless
from tickets.message import PersonId, Who


def asked(scene: Scene) -> Screen | Pointless:
    """Ask somebody who may for a yes or a no."""
    ticket, reader = scene.ticket, scene.reader
    waiting = ticket.complaint.approval
    if waiting is None:
        return Pointless("it was decided meanwhile")
    by = Who(PersonId(scene.text("by")))
    if waiting.amount is None:
        said = reader.say("notice.cost_asked", by=by, title=reader.title(ticket))
    else:
        amount = money(waiting.amount, reader.handbook, reader.tongue)
        said = reader.say("notice.approval_asked", by=by, title=reader.title(ticket), amount=amount)
    number, tongue = ticket.number, reader.tongue
    buttons = [
        step_button(ActionId.APPROVE, number, tongue),
        step(ActionId.REFUSE_APPROVAL, number, tongue),
        step(ActionId.DETAILS, number, tongue),
    ]
    link = link_to(scene.link, number, tongue)
    return message(said, buttons=buttons, link=link)


def decided(scene: Scene) -> Screen:
    """Tell who asked how it was decided."""
    ticket, reader = scene.ticket, scene.reader
    given = bool(scene.notice.params.get("given"))
    said = reader.say(
        "notice.approval_given" if given else "notice.approval_refused",
        by=Who(PersonId(scene.text("by"))),
        title=reader.title(ticket),
    )
    link = link_to(scene.link, ticket.number, reader.tongue)
    buttons = [step(ActionId.DETAILS, ticket.number, reader.tongue)]
    return message(said, buttons=buttons, link=link)
