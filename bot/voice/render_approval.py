"""What is said privately of a compensation or a cost: who may approve it, and how it was decided (R73)."""

from bot.voice.decided import asked_then, came_of_it
from bot.voice.scene import Scene
from handlers.views.buttons import step
from handlers.views.complaint_lines import money
from handlers.views.ids import ActionId
from handlers.views.notices import Said, link_to, message, step_button
from handlers.views.screen import Screen
from tickets.case import facts as f
from tickets.delivery import Pointless
from tickets.message import PersonId, Who


def asked(scene: Scene) -> Screen | Pointless:
    """Ask somebody who may for a yes or a no."""
    ticket, reader = scene.ticket, scene.reader
    waiting = ticket.complaint.approval
    if waiting is None:
        return Pointless("it was decided meanwhile")
    said, please = _question(scene, waiting.amount), reader.say("notice.please_decide")
    number, tongue = ticket.number, reader.tongue
    buttons = [
        step_button(ActionId.APPROVE, number, tongue),
        step(ActionId.REFUSE_APPROVAL, number, tongue),
        step(ActionId.DETAILS, number, tongue),
    ]
    link = link_to(scene.link, number, tongue)
    return message(said, please, buttons=buttons, link=link)


def answered(scene: Scene) -> Screen | Pointless:
    """Show who was asked what it was about, and what came of it."""
    fact = asked_then(scene)
    if not isinstance(fact, f.ApprovalAsked):
        return Pointless("it is not on the log")
    details = step(ActionId.DETAILS, scene.ticket.number, scene.reader.tongue)
    return message(_question(scene, fact.amount), came_of_it(scene), buttons=[details])


def _question(scene: Scene, amount: int | None) -> Said:
    reader = scene.reader
    by, title = Who(PersonId(scene.text("by"))), reader.title(scene.ticket)
    if amount is None:
        return reader.say("notice.cost_asked", by=by, title=title)
    sum_ = money(amount, reader.handbook, reader.tongue)
    return reader.say("notice.approval_asked", by=by, title=title, amount=sum_)


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
