"""What one person reads in a direct message: what is theirs to do now, with the button for it."""

from datetime import datetime

from slack_sdk.models.blocks import ButtonElement

from bot.voice.render_rounds import low_score_again
from bot.voice.render_ticket import whole
from bot.voice.scene import Scene
from handlers.views.buttons import step
from handlers.views.ids import ActionId
from handlers.views.labels import round_name
from handlers.views.notices import (
    Said,
    draft_button,
    link_to,
    message,
    step_button,
    takeable,
)
from handlers.views.rich import Piece, Run
from handlers.views.screen import Screen
from handlers.views.steps import next_steps
from handlers.views.telling import Node, text_for
from tickets.care.answering import answered_by, came_outside_hours
from tickets.care.talks import mark_of
from tickets.case.facts import Resolved
from tickets.case.values import Kind, PersonId, Status
from tickets.delivery import Pointless
from tickets.message import Who
from tickets.notices import Plain
from tickets.time.deadline import DeadlineKind

TECHNICAL = frozenset({"message", "trouble", "meant_for", "meant_for_person", "maybe_sent"})


def person_in(param: Plain) -> PersonId:
    """Read a person out of a notice's parameter."""
    return PersonId(str(param))


def logged(scene: Scene) -> Screen | Pointless:
    """Tell the logger who has the case and by when; outside hours also what to tell the customer."""
    ticket, reader = scene.ticket, scene.reader
    for_customer = _for_the_customer(scene)
    copy = [step(ActionId.COPY, ticket.number, reader.tongue)] if for_customer else []
    same_call = step_button(ActionId.SAME_CALL, ticket.number, reader.tongue)
    return message(
        _who_has_it(scene),
        *_what_is_owed(scene),
        under=[for_customer],
        buttons=[same_call, *copy],
        link=_link(scene),
    )


def complaint_filed(scene: Scene) -> Screen | Pointless:
    """Tell a supervisor, or whom the rule names, of a new case at once; of a high risk all of it."""
    ticket, reader = scene.ticket, scene.reader
    if not ticket.status.is_open:
        return Pointless("the ticket is no longer open")
    owner = reader.person(ticket.assignee)
    if ticket.is_restricted:
        return whole(scene, reader.say("notice.risk_filed", number=ticket.number, assignee=owner))
    complaint = ticket.intake.kind is Kind.COMPLAINT
    said = reader.say(
        "notice.complaint_filed" if complaint else "notice.case_filed",
        title=reader.title(ticket),
        assignee=owner,
    )
    return message(said, under=[reader.owed(ticket, scene.known.deadlines)], link=_link(scene))


def handed_back(scene: Scene) -> Screen | Pointless:
    """Ask the logger, the second time the supervisors, to decide who takes it (R45)."""
    ticket, reader = scene.ticket, scene.reader
    if not ticket.status.is_open:
        return Pointless("the ticket is no longer open")
    again = int(scene.text("times") or 1) > 1
    said = reader.say(
        "notice.handed_back_again" if again else "notice.handed_back",
        by=Who(person_in(scene.text("by"))),
        title=reader.title(ticket),
    )
    why = scene.known.hand_back_reason
    reason = [reader.say("notice.reason", reason=why)] if why else []
    reassign = step_button(ActionId.REASSIGN, ticket.number, reader.tongue)
    return message(said, *reason, buttons=[reassign], link=_link(scene))


def next_step(scene: Scene) -> Screen | Pointless:
    """Answer who told the customer or noted the score: it is on record, and this comes next."""
    ticket, reader = scene.ticket, scene.reader
    if ticket.status not in {Status.RESOLVED, Status.FOLLOW_UP}:
        return Pointless("nothing is left to tell or to ask")
    scored = ticket.satisfaction is not None
    said = reader.say(
        "notice.scored_next" if scored else "notice.told_next", title=reader.title(ticket)
    )
    buttons = [step_button(one, ticket.number, reader.tongue) for one in next_steps(ticket)[:2]]
    return message(said, buttons=buttons, link=_link(scene))


def resolved(scene: Scene) -> Screen | Pointless:
    """Ask the logger to tell the customer the result, and by when (R59)."""
    ticket, reader = scene.ticket, scene.reader
    if ticket.customer_told_at or ticket.status not in {Status.RESOLVED, Status.FOLLOW_UP}:
        return Pointless("the customer has been told, or the work goes on")
    by, due = Who(person_in(scene.text("by"))), _due(scene, DeadlineKind.CUSTOMER_FEEDBACK)
    done = reader.say("notice.resolved", by=by, title=reader.title(ticket))
    tell = reader.say("notice.tell_by", due=due) if due else reader.say("notice.tell")
    ready = reader.say("notice.for_customer", text=text_for(Node.TOLD, scene.about))
    mark = mark_of(scene.known.log, Resolved)
    one_tap = step(ActionId.RESULT_TOLD, ticket.number, reader.tongue, item=mark)
    return message(
        done,
        tell,
        under=[ready.run],
        buttons=[*_with_the_number(ActionId.TELL, scene), one_tap],
        link=_link(scene),
    )


def low_score(scene: Scene) -> Screen | Pointless:
    """Ask a supervisor to call the customer after a low score (R62)."""
    ticket, reader = scene.ticket, scene.reader
    if not ticket.owes_supervisor_call:
        return Pointless("the call has been made")
    score = next((one for one in reversed(ticket.scores) if one <= 3), 0)
    again = int(scene.text("times") or 1) > 1
    head = reader.say(
        "notice.low_score_again" if again else "notice.low_score",
        title=reader.title(ticket),
        score=score,
        round=round_name(ticket.round, reader.tongue),
    )
    if person_in(scene.notice.place.key) not in reader.handbook.people.supervisors:
        return low_score_again(scene, head)
    due = _due(scene, DeadlineKind.SUPERVISOR_CALLBACK)
    call = reader.say("notice.call_by", due=due) if due else reader.say("notice.call")
    buttons = _with_the_number(ActionId.SUPERVISOR_CALL, scene)
    return message(head, call, buttons=buttons, link=_link(scene))


def confirmation(scene: Scene) -> Screen:
    """Say that what somebody asked for is done, in the sentence the use case chose."""
    return message(_chosen(scene), link=_link(scene) if scene.case else None)


def reminder(scene: Scene) -> Screen | Pointless:
    """Remind somebody of a ticket at the moment they asked for."""
    ticket, reader = scene.ticket, scene.reader
    if not ticket.status.is_open:
        return Pointless("the ticket is no longer open")
    said = reader.say("notice.reminder", title=reader.title(ticket))
    details = step_button(ActionId.DETAILS, ticket.number, reader.tongue)
    return message(
        said,
        under=[reader.owed(ticket, scene.known.deadlines)],
        buttons=[details],
        link=_link(scene),
    )


def handover(scene: Scene) -> Screen | Pointless:
    """List what a colleague leaves to the next shift, each taken with one tap."""
    reader, left = scene.reader, scene.left
    if not left.lines:
        return Pointless("nothing is left to take over")
    giver = person_in(scene.text("person"))
    said = [reader.say("notice.handover", by=Who(giver), cases=left.total)]
    if left.total > len(left.lines):
        said.append(reader.say("notice.handover_more", shown=len(left.lines)))
    head = message(*said)
    rows = [block for line in left.lines for block in takeable(reader, line, of=giver)]
    return Screen(head.text, (*head.blocks, *rows))


def draft_kept(scene: Scene) -> Screen:
    """Offer the text that an expired trigger kept from its form."""
    button = draft_button(scene.text("draft"), scene.reader.tongue)
    return message(scene.reader.say("notice.draft_kept"), buttons=[button])


def reveal_alarm(scene: Scene) -> Screen:
    """Tell those who answer for it that somebody looks at more customers than is usual (X19)."""
    said = f"notice.reveal_{scene.text('what')}"
    person = Who(person_in(scene.text("person")))
    count = int(scene.text("count"))
    return message(
        scene.reader.say(said, person=person, count=count),
        scene.reader.say("notice.reveal_check"),
    )


def operator(scene: Scene) -> Screen:
    """Tell an admin what needs their hand."""
    return message(_chosen(scene))


def _chosen(scene: Scene) -> Said:
    pieces: dict[str, Piece] = {
        name: datetime.fromisoformat(str(param)) if name == "since" else str(param)
        for name, param in scene.notice.params.items()
        if name not in TECHNICAL and param is not None
    }
    if scene.text("trouble"):
        pieces["what"] = scene.reader.tongue(f"trouble.{scene.text('trouble')}")
    return scene.reader.say(scene.text("message"), **pieces)


def _who_has_it(scene: Scene) -> Said:
    ticket, reader = scene.ticket, scene.reader
    title, department = reader.title(ticket), reader.department(ticket.department)
    match ticket.status:
        case Status.CLOSED:
            return reader.say("notice.logged_closed", title=title)
        case Status.INVALID:
            return reader.say("notice.logged_invalid", title=title)
        case Status.RESOLVED if ticket.on_the_spot:
            return reader.say("notice.logged_answered", title=title)
    if ticket.assignee is None:
        return reader.say("notice.logged_unassigned", title=title, department=department)
    owner = reader.person(ticket.assignee)
    return reader.say("notice.logged", title=title, assignee=owner, department=department)


def _what_is_owed(scene: Scene) -> list[Said]:
    response = _due(scene, DeadlineKind.RESPONSE)
    resolution = _due(scene, DeadlineKind.RESOLUTION)
    if response is None or resolution is None or not scene.ticket.status.is_open:
        return []
    return [scene.reader.say("notice.logged_due", response=response, resolution=resolution)]


def _for_the_customer(scene: Scene) -> Run:
    """Outside hours, the sentence to send to the customer (R67, DESK.md 4)."""
    ticket = scene.ticket
    if not ticket.status.is_open or answered_by(scene.known.deadlines) is None:
        return []
    if not came_outside_hours(ticket, scene.calendar):
        return []
    return scene.reader.say("notice.for_customer", text=text_for(Node.ACKNOWLEDGE, scene.about)).run


def _with_the_number(action: ActionId, scene: Scene) -> list[ButtonElement]:
    """Put beside what is asked for the way to the number it takes, where the desk has one."""
    ticket, tongue = scene.ticket, scene.reader.tongue
    asked = step_button(action, ticket.number, tongue)
    return (
        [asked, step(ActionId.REVEAL, ticket.number, tongue)]
        if ticket.intake.has_contact
        else [asked]
    )


def _due(scene: Scene, kind: DeadlineKind) -> datetime | None:
    owed = (one.due_at for one in scene.known.deadlines if one.kind is kind and one.is_owed)
    return next(owed, None)


def _link(scene: Scene) -> Run | None:
    return link_to(scene.link, scene.ticket.number, scene.reader.tongue)
