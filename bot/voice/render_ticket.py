"""What a ticket's department reads: the card, and the notices in its thread."""

from bot.voice.places import channel_for
from bot.voice.scene import Case, Scene
from handlers.views.card import card as card_view
from handlers.views.card import full_card
from handlers.views.ids import ActionId
from handlers.views.labels import round_name
from handlers.views.notices import Reader, Said, below, calling, link_to, message, step_button
from handlers.views.rich import Mention, Run
from handlers.views.screen import Screen
from handlers.views.standings import echoes
from tickets.case.values import AssignCause, PersonId
from tickets.delivery import Pointless
from tickets.message import Who
from tickets.notices import Notice, NoticeKind, PlaceKind


def called(notice: Notice) -> tuple[PersonId, ...]:
    """Name whom a notice in a channel calls; those who are not there are told privately."""
    params = notice.params
    match notice.kind:
        case NoticeKind.ASSIGNED:
            named = str(params.get("assignee") or params.get("decider") or "")
        case NoticeKind.HELP_ASKED:
            named = str(params.get("asked") or "")
        case NoticeKind.COLLABORATION:
            named = str(params.get("people") or "")
        case NoticeKind.QUESTION:
            named = str(params.get("called") or "")
        case NoticeKind.DECIDED:
            named = str(params.get("owner") or "")
        case NoticeKind.UNBLOCKED | NoticeKind.ABSORBED:
            named = str(params.get("assignee") or "")
        case NoticeKind.WARNING | NoticeKind.BREACH | NoticeKind.ESCALATION:
            named = str(params.get("called") or "")
        case _:
            named = ""
    return tuple(PersonId(person) for person in named.split(",") if person)


def card(scene: Scene) -> Screen | Pointless:
    """Post a ticket's card for the first time in this channel."""
    if scene.text("department") != scene.ticket.department:
        return Pointless("it moved on to another department")
    return drawn(scene.known, scene.reader)


def drawn(case: Case, reader: Reader) -> Screen:
    """Draw the card as the ticket is now."""
    return card_view(
        case.ticket,
        case.deadlines,
        customer_line=case.customer_line,
        redacted=case.redacted,
        handbook=reader.handbook,
        tongue=reader.tongue,
        now=reader.now,
    )


def whole(scene: Scene, head: Said) -> Screen:
    """Draw the full card privately, under a sentence; for those a high-risk case concerns."""
    case, reader = scene.known, scene.reader
    view = full_card(
        case.ticket,
        case.deadlines,
        customer_line=case.customer_line,
        redacted=case.redacted,
        handbook=reader.handbook,
        tongue=reader.tongue,
        now=reader.now,
    )
    return below(head, view)


def assigned(scene: Scene) -> Screen | Pointless:
    """Tell the assignee that the ticket is theirs, and why it came here."""
    ticket, assignee = scene.ticket, scene.text("assignee")
    if not ticket.status.is_open:
        return Pointless("the ticket is no longer open")
    if (ticket.assignee or "") != assignee:
        return Pointless("assigned to somebody else meanwhile")
    if not assignee:
        return _unassigned(scene)
    yours = _yours(scene, PersonId(assignee))
    if ticket.is_restricted and is_private(scene):
        return whole(scene, yours)
    reader = scene.reader
    accept = step_button(ActionId.ACCEPT, ticket.number, reader.tongue)
    is_asked = (
        is_private(scene)
        and ticket.accepted_at is None
        and ActionId.ACCEPT not in echoes(ticket, reader.handbook, reader.tongue)
    )
    return message(
        yours,
        _why(scene),
        under=[reader.owed(ticket, scene.known.deadlines)],
        buttons=[accept] if is_asked else [],
        link=link_under(scene),
    )


def help_asked(scene: Scene) -> Screen | Pointless:
    """Call those who can help."""
    if not scene.ticket.status.is_open:
        return Pointless("the ticket is no longer open")
    reader = scene.reader
    by = Who(PersonId(scene.text("by")))
    said = reader.say("notice.help_asked", by=by, title=reader.title(scene.ticket))
    return message(calling(called(scene.notice), reader, said), link=link_under(scene))


def collaboration(scene: Scene) -> Screen | Pointless:
    """Call the collaborators and name the one contact among them (R41)."""
    if not scene.ticket.status.is_open:
        return Pointless("the ticket is no longer open")
    reader = scene.reader
    contact = Who(PersonId(scene.text("contact")))
    said = reader.say("notice.collaboration", number=scene.ticket.number, contact=contact)
    return message(calling(called(scene.notice), reader, said), link=link_under(scene))


def reopened(scene: Scene) -> Screen | Pointless:
    """Say in the thread that a new round began."""
    ticket = scene.ticket
    if not ticket.status.is_open:
        return Pointless("the ticket is no longer open")
    begun = round_name(ticket.round, scene.reader.tongue)
    said = scene.reader.say("notice.reopened", number=ticket.number, round=begun)
    return message(said, under=[scene.reader.owed(ticket, scene.known.deadlines)])


def moved(scene: Scene) -> Screen | Pointless:
    """Say in the old card's thread where the ticket went."""
    to = scene.text("to")
    return message(
        scene.reader.say(
            "notice.moved",
            number=scene.ticket.number,
            department=scene.reader.department(to),
            channel=channel_for(to, scene.reader.handbook),
        )
    )


def _yours(scene: Scene, assignee: PersonId) -> Said:
    ticket, reader = scene.ticket, scene.reader
    return reader.say(
        "notice.assigned_restricted" if ticket.is_restricted else "notice.assigned",
        who=Mention(assignee),
        title=reader.title(ticket),
    )


def _unassigned(scene: Scene) -> Screen:
    ticket, reader = scene.ticket, scene.reader
    said = reader.say(
        "notice.unassigned",
        title=reader.title(ticket),
        department=reader.department(ticket.department),
    )
    reassign = step_button(ActionId.REASSIGN, ticket.number, reader.tongue)
    called_out = calling(called(scene.notice), reader, said)
    return message(called_out, buttons=[reassign], link=link_under(scene))


def _why(scene: Scene) -> Said:
    """Say why it came to this person: the rule, the round, or whom they stand in for."""
    reader, ticket = scene.reader, scene.ticket
    absent = scene.text("stands_in_for")
    if absent:
        return reader.say("notice.why.stands_in", absent=Who(PersonId(absent)))
    cause = AssignCause(scene.text("cause"))
    named = round_name(ticket.round, reader.tongue)
    return reader.say(f"notice.why.{cause}", rule=ticket.assign_rule or 0, round=named)


def is_private(scene: Scene) -> bool:
    """Tell whether one person reads it, not a channel."""
    return scene.notice.place.kind is PlaceKind.PERSON


def link_under(scene: Scene) -> Run | None:
    """Link to the card, where the notice does not stand under it."""
    return link_to(scene.link, scene.ticket.number, scene.reader.tongue)
