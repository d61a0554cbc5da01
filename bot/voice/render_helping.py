"""What is said privately of help between departments: a proposal to agree to, a complex case that needs one's own (R41)."""

from bot.voice.decided import asked_then, came_of_it
from bot.voice.scene import Scene
from handlers.views import labels
from handlers.views.buttons import step
from handlers.views.ids import ActionId
from handlers.views.notices import Said, link_to, message
from handlers.views.screen import Screen
from handlers.views.text import clip, visible
from tickets.case import facts as f
from tickets.case.ticket import Proposal
from tickets.delivery import Pointless
from tickets.message import PersonId, Who

LONG = 1500  # characters; the history shows it whole


def proposed(scene: Scene) -> Screen | Pointless:
    """Ask a lead or supervisor to agree to who might help."""
    ticket, reader = scene.ticket, scene.reader
    waiting = ticket.proposal
    if waiting is None or not ticket.status.is_working:
        return Pointless("it was agreed to meanwhile, or the work is done")
    said = _proposal(scene, waiting, by=waiting.by)
    number, tongue = ticket.number, reader.tongue
    buttons = [
        step(ActionId.AGREE_HELP, number, tongue, style="primary", item=str(waiting.asked_seq)),
        step(ActionId.COLLABORATORS, number, tongue),
        step(ActionId.DETAILS, number, tongue),
    ]
    return message(*said, buttons=buttons, link=link_to(scene.link, number, tongue))


def settled(scene: Scene) -> Screen | Pointless:
    """Show who was asked to agree what was proposed, and what came of it."""
    fact = asked_then(scene)
    if not isinstance(fact, f.CollaboratorsProposed):
        return Pointless("it is not on the log")
    said = _proposal(scene, fact, by=PersonId(scene.text("by")))
    details = step(ActionId.DETAILS, scene.ticket.number, scene.reader.tongue)
    return message(*said, came_of_it(scene), buttons=[details])


def _proposal(
    scene: Scene, proposed: Proposal | f.CollaboratorsProposed, *, by: PersonId
) -> list[Said]:
    reader = scene.reader
    said = [
        reader.say(
            "notice.help_proposed",
            by=Who(by),
            title=reader.title(scene.ticket),
            people=labels.people(proposed.people, reader.tongue),
            contact=Who(proposed.contact),
        )
    ]
    if proposed.need:
        need = clip(visible(scene.known.clean(proposed.need)), LONG)
        said.append(reader.say("notice.help_proposed_need", need=need))
    return said


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
