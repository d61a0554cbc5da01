"""What is said privately when a case begins a further round: to who takes it on, who had it, and the directors."""

from bot.voice.scene import Scene
from handlers.views.buttons import step
from handlers.views.ids import ActionId
from handlers.views.labels import round_name
from handlers.views.notices import Said, link_to, message, step_button
from handlers.views.rich import Bold, Run, weave
from handlers.views.screen import Screen
from handlers.views.standings import echoes
from handlers.views.text import clip, one_line, visible
from tickets.delivery import Pointless

LONG = 600  # characters of one text; the details show it whole


def earlier_rounds(scene: Scene) -> Screen | Pointless:
    """Give who takes it on the facts and the demand alone; what was done before opens by its own button (R46)."""
    ticket, reader = scene.ticket, scene.reader
    if not ticket.status.is_working:
        return Pointless("the work is done")
    if (ticket.assignee or "") != scene.text("assignee"):
        return Pointless("assigned to somebody else meanwhile")
    head = reader.say(
        "notice.earlier_rounds",
        round=round_name(ticket.round, reader.tongue),
        title=reader.title(ticket),
    )
    fresh = reader.say("notice.earlier_rounds_fresh")
    number, tongue = ticket.number, reader.tongue
    said_already = ActionId.ACCEPT in echoes(ticket, reader.handbook, tongue)
    accept = step_button(ActionId.ACCEPT, number, tongue)
    buttons = [
        *([] if ticket.accepted_at or said_already else [accept]),
        step(ActionId.EARLIER, number, tongue),
        step(ActionId.DETAILS, number, tongue),
        *([step(ActionId.REVEAL, number, tongue)] if ticket.intake.has_contact else []),
    ]
    owed = reader.owed(ticket, scene.known.deadlines)
    return message(
        head, under=[*_reported(scene), owed, fresh.run], buttons=buttons, link=_link(scene)
    )


def passed_on(scene: Scene) -> Screen | Pointless:
    """Tell who had the case before that a colleague looks at it afresh, without blame."""
    ticket, reader = scene.ticket, scene.reader
    if not ticket.status.is_open:
        return Pointless("the ticket is no longer open")
    has_it = ticket.assignee is not None
    said = reader.say(
        "notice.passed_on" if has_it else "notice.passed_on_open",
        title=reader.title(ticket),
        assignee=reader.person(ticket.assignee),
    )
    return message(said, reader.say("notice.passed_on_help"), link=_link(scene))


def low_score_again(scene: Scene, head: Said) -> Screen:
    """Tell a director of a second low score; the call is the supervisor's, the look at the case theirs."""
    ticket, reader = scene.ticket, scene.reader
    said = reader.say("notice.low_score_director", assignee=reader.person(ticket.assignee))
    buttons = [
        step(one, ticket.number, reader.tongue) for one in (ActionId.EARLIER, ActionId.DETAILS)
    ]
    return message(head, said, buttons=buttons, link=_link(scene))


def _reported(scene: Scene) -> list[Run]:
    return [
        weave(
            scene.reader.tongue,
            "details.line",
            label=Bold(scene.reader.tongue(label)),
            value=clip(one_line(visible(text)), LONG),
        )
        for label, text in scene.known.reported
    ]


def _link(scene: Scene) -> Run | None:
    return link_to(scene.link, scene.ticket.number, scene.reader.tongue)
