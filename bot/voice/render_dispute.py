"""What is said of a dispute between departments: to the supervisor who decides, the leads, the directors (R45)."""

from collections.abc import Iterator

from slack_sdk.models.blocks import ButtonElement

from bot.voice import render_private
from bot.voice.decided import came_of_it
from bot.voice.scene import Scene
from handlers.views.buttons import step
from handlers.views.ids import ActionId
from handlers.views.notices import Said, link_to, message
from handlers.views.rich import Run
from handlers.views.screen import Screen
from handlers.views.text import clip, visible
from tickets.case import facts as f
from tickets.case.values import PersonId
from tickets.delivery import Pointless
from tickets.desk.dispute import IN_DISPUTE
from tickets.message import Who

LONG = 600  # characters of one reason; the history shows it whole


def handed_back(scene: Scene) -> Screen | Pointless:
    """Tell the logger of a first hand-back; of a second, give the supervisors the whole dispute to decide."""
    ticket, reader = scene.ticket, scene.reader
    if int(scene.text("times") or 1) < IN_DISPUTE:
        return render_private.handed_back(scene)
    if not ticket.status.is_open:
        return Pointless("the ticket is no longer open")
    if _is_settled(scene):
        return Pointless("it is settled already")
    by = Who(PersonId(scene.text("by")))
    said = reader.say("notice.handed_back_again", by=by, title=reader.title(ticket))
    return message(
        said,
        reader.say("notice.dispute_please"),
        *_reasons(scene),
        *_rule(scene),
        buttons=_buttons(scene, ActionId.SETTLE, ActionId.REPORT_UP, ActionId.HISTORY),
        link=_link(scene),
    )


def decided(scene: Scene) -> Screen | Pointless:
    """Show a supervisor the dispute that they were given, and what came of it."""
    if int(scene.text("times") or 1) < IN_DISPUTE:
        return Pointless("it was the first hand-back: there was nothing to decide")
    ticket, reader = scene.ticket, scene.reader
    by = Who(PersonId(scene.text("by")))
    said = reader.say("notice.handed_back_again", by=by, title=reader.title(ticket))
    buttons = _buttons(scene, ActionId.DETAILS, ActionId.HISTORY)
    reasons = _reasons(scene, upto=int(scene.text("seq")))
    return message(said, *reasons, came_of_it(scene), buttons=buttons)


def settled(scene: Scene) -> Screen | Pointless:
    """Tell a lead which department is answerable now, and why."""
    ticket, reader = scene.ticket, scene.reader
    if not ticket.status.is_open:
        return Pointless("the ticket is no longer open")
    department = scene.text("department")
    said = reader.say(
        "notice.dispute_settled" if department else "notice.dispute_kept",
        by=Who(PersonId(scene.text("by"))),
        title=reader.title(ticket),
        **({"department": reader.department(department)} if department else {}),
    )
    why = _last_reason(scene, f.DisputeSettled)
    return message(
        said,
        reader.say("notice.reason", reason=why),
        reader.say("notice.dispute_over"),
        buttons=_buttons(scene, ActionId.DETAILS),
        link=_link(scene),
    )


def reported_up(scene: Scene) -> Screen | Pointless:
    """Put a case that nobody takes before a director, with what each department says."""
    ticket, reader = scene.ticket, scene.reader
    if not ticket.status.is_open:
        return Pointless("the ticket is no longer open")
    by = Who(PersonId(scene.text("by")))
    said = reader.say("notice.reported_up", by=by, title=reader.title(ticket))
    why = reader.say("notice.reason", reason=_last_reason(scene, f.ReportedUp))
    buttons = _buttons(scene, ActionId.DETAILS, ActionId.HISTORY)
    return message(said, why, *_reasons(scene), buttons=buttons, link=_link(scene))


def _is_settled(scene: Scene) -> bool:
    """Tell whether a supervisor decided after the last hand-back."""
    last = [e.fact for e in scene.known.log if isinstance(e.fact, f.HandedBack | f.DisputeSettled)]
    return bool(last) and isinstance(last[-1], f.DisputeSettled)


def _reasons(scene: Scene, *, upto: int | None = None) -> Iterator[Said]:
    """Say who handed it back for which department, and why, in order; of this round, or the one of an earlier place."""
    department = ""
    said: list[Said] = []
    for event in scene.known.log[:upto]:
        match event.fact:
            case f.Assigned(department=given):
                department = given
            case f.RoundBegun():
                said = []
            case f.HandedBack(reason=reason):
                said.append(
                    scene.reader.say(
                        "notice.dispute_reason",
                        department=scene.reader.department(department),
                        by=Who(event.by),
                        reason=_shown(scene, reason),
                    )
                )
    yield from said


def _rule(scene: Scene) -> Iterator[Said]:
    """Say which rule had sent it where first."""
    sent = (e.fact for e in scene.known.log if isinstance(e.fact, f.Assigned) and e.fact.rule)
    first = next(sent, None)
    if first and first.rule:
        department = scene.reader.department(first.department)
        yield scene.reader.say("notice.dispute_rule", rule=first.rule, department=department)


def _last_reason(scene: Scene, kind: type[f.DisputeSettled | f.ReportedUp]) -> str:
    said = [event.fact.reason for event in scene.known.log if isinstance(event.fact, kind)]
    return _shown(scene, said[-1]) if said else ""


def _shown(scene: Scene, text: str) -> str:
    return clip(visible(scene.known.clean(text)), LONG)


def _buttons(scene: Scene, *actions: ActionId) -> list[ButtonElement]:
    number, tongue = scene.ticket.number, scene.reader.tongue
    return [
        step(one, number, tongue, style="primary" if one is ActionId.SETTLE else None)
        for one in actions
    ]


def _link(scene: Scene) -> Run | None:
    return link_to(scene.link, scene.ticket.number, scene.reader.tongue)
