"""What is said privately of help between departments: a proposal to agree to, a complex case that needs one's own (R41)."""

from bot.voice.scene import Scene
from handlers.views import labels
from handlers.views.buttons import step
from handlers.views.ids import ActionId
from handlers.views.notices import link_to, message
from handlers.views.screen import Screen
from handlers.views.text import clip, visible
from tickets.delivery import Pointless
from tickets.message import Who

LONG = 1500  # characters; the history shows it whole


def proposed(scene: Scene) -> Screen | Pointless:
    """Ask a lead or supervisor to agree to who might help."""
    ticket, reader = scene.ticket, scene.reader
    waiting = ticket.proposal
    if waiting is None or not ticket.status.is_working:
        return Pointless("it was agreed to meanwhile, or the work is done")
    said = [
        reader.say(
            "notice.help_proposed",
            by=Who(waiting.by),
            title=reader.title(ticket),
            people=labels.people(waiting.people, reader.tongue),
            contact=Who(waiting.contact),
        )
    ]
    if waiting.need:
        need = clip(visible(scene.known.clean(waiting.need)), LONG)
        said.append(reader.say("notice.help_proposed_need", need=need))
    number, tongue = ticket.number, reader.tongue
    buttons = [
        step(ActionId.AGREE_HELP, number, tongue, style="primary", item=str(waiting.asked_seq)),
        step(ActionId.COLLABORATORS, number, tongue),
        step(ActionId.DETAILS, number, tongue),
    ]
    return message(*said, buttons=buttons, link=link_to(scene.link, number, tongue))


def head_told(scene: Scene) -> Screen | Pointless:
    """Tell a department's head that a complex case needs their people, and who they are."""
    ticket, reader = scene.ticket, scene.reader
    department = reader.handbook.departments.get(scene.text("department"))
    if department is None or not ticket.status.is_open:
        return Pointless("the case is over, or the department is gone")
    theirs = [one for one in ticket.collaborators if one in {*department.members, department.lead}]
    said = [
        reader.say(
            "notice.head_told",
            title=reader.title(ticket),
            department=reader.department(department.key),
        )
    ]
    if theirs:
        named = labels.people(theirs, reader.tongue)
        said.append(reader.say("notice.head_told_people", people=named))
    if ticket.contact_person:
        said.append(reader.say("notice.head_told_contact", contact=Who(ticket.contact_person)))
    return message(*said, link=link_to(scene.link, ticket.number, reader.tongue))
