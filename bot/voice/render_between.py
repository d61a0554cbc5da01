"""What departments read of one another: a question with its date, and its answer (R44)."""

from bot.voice.render_ticket import called, is_private
from bot.voice.scene import Scene
from handlers.views import labels
from handlers.views.buttons import step
from handlers.views.ids import ActionId
from handlers.views.notices import Said, calling, link_to, message
from handlers.views.rich import Run
from handlers.views.screen import Screen
from handlers.views.text import clip, visible
from tickets.case import facts as f
from tickets.case.ticket import Question
from tickets.case.values import PersonId
from tickets.delivery import Pointless
from tickets.message import Who
from tickets.time.deadline import DeadlineKind

LONG = 2000  # characters of one text; the history shows it whole


def question(scene: Scene) -> Screen | Pointless:
    """Ask the department, calling who is on duty there, by when it is to answer."""
    ticket, reader = scene.ticket, scene.reader
    asked = _question(scene)
    if asked is None or asked.settled_by or not ticket.status.is_open:
        return Pointless("it is answered, or nobody needs the answer any more")
    said, *words = _asked(scene, asked)
    head = said if is_private(scene) else calling(called(scene.notice), reader, said)
    buttons = [
        step(
            action,
            ticket.number,
            reader.tongue,
            item=asked.key,
            style="primary" if action is ActionId.ANSWER_QUESTION else None,
        )
        for action in (ActionId.ANSWER_QUESTION, ActionId.NOT_OURS, ActionId.DETAILS)
    ]
    return message(head, *words, *_by_when(scene), buttons=buttons, link=_link(scene))


def drawn_anew(scene: Scene) -> Screen | Pointless:
    """Show the question as it was put, with what became of it and nothing to answer any more.

    One that waits is drawn anew for what its readers may see by now.
    """
    asked = _question(scene)
    if asked is None or asked.settled_by is None:
        return question(scene)
    is_theirs = any(
        isinstance(event.fact, f.Answered) and event.fact.key == asked.key
        for event in scene.known.log
    )
    over = scene.reader.say(
        "notice.question_answered" if is_theirs else "notice.question_not_theirs",
        who=Who(asked.settled_by),
    )
    details = step(ActionId.DETAILS, scene.ticket.number, scene.reader.tongue)
    return message(*_asked(scene, asked), over, buttons=[details], link=_link(scene))


def _asked(scene: Scene, asked: Question) -> tuple[Said, ...]:
    """Say who asks; what they ask stays out of a channel that may not read of the case (R25, R30)."""
    reader = scene.reader
    said = reader.say(
        "notice.question",
        by=Who(PersonId(scene.text("by"))),
        department=reader.department(asked.department),
        title=_title(scene),
    )
    if scene.ticket.is_restricted and not (is_private(scene) or scene.text("person")):
        return (said,)
    return said, reader.say("notice.question_words", words=_words(scene, f.Asked))


def answered(scene: Scene) -> Screen | Pointless:
    """Tell who asked what the department says; where it is not theirs, whom to ask is to be decided anew."""
    ticket, reader = scene.ticket, scene.reader
    asked = _question(scene)
    if asked is None or not ticket.status.is_open:
        return Pointless("nobody needs the answer any more")
    is_theirs = bool(scene.notice.params.get("is_theirs"))
    said = reader.say(
        "notice.answered" if is_theirs else "notice.not_ours",
        by=Who(PersonId(scene.text("by"))),
        department=reader.department(asked.department),
        title=reader.title(ticket),
    )
    words = _words(scene, f.Answered if is_theirs else f.NotOurs)
    next_step = ActionId.HISTORY if is_theirs else ActionId.ASK_DEPARTMENT
    return message(
        said,
        reader.say("notice.question_words", words=words),
        buttons=[step(next_step, ticket.number, reader.tongue)],
        link=_link(scene),
    )


def _question(scene: Scene) -> Question | None:
    key = scene.text("question")
    return next((one for one in scene.ticket.questions if one.key == key), None)


def _title(scene: Scene) -> str:
    """Say which ticket it is; of a high risk nothing but number and priority (R30)."""
    ticket, reader = scene.ticket, scene.reader
    if not ticket.is_restricted:
        return reader.title(ticket)
    return labels.restricted_title(ticket, reader.handbook, reader.tongue)


def _words(scene: Scene, kind: type[f.Asked | f.Answered | f.NotOurs]) -> str:
    """Give what was said of this question, personal data taken out."""
    key = scene.text("question")
    for event in scene.known.log:
        match event.fact:
            case f.Asked(key=at, question=text) if kind is f.Asked and at == key:
                return _shown(scene, text)
            case f.Answered(key=at, reply=text) if kind is f.Answered and at == key:
                return _shown(scene, text)
            case f.NotOurs(key=at, reason=text) if kind is f.NotOurs and at == key:
                return _shown(scene, text)
    return ""


def _shown(scene: Scene, text: str) -> str:
    return clip(visible(scene.known.clean(text)), LONG)


def _by_when(scene: Scene) -> list[Said]:
    key = scene.text("question")
    due = next(
        (
            one.due_at
            for one in scene.known.deadlines
            if one.kind is DeadlineKind.INTERNAL and one.detail == key and one.is_owed
        ),
        None,
    )
    return [scene.reader.say("notice.question_by", due=due)] if due else []


def _link(scene: Scene) -> Run | None:
    return link_to(scene.link, scene.ticket.number, scene.reader.tongue)
