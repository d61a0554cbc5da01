"""What time says about a case: the warning, the breach, a step up the ladder (SCREENS.md; R49, R81, R82)."""

from datetime import datetime, timedelta

from slack_sdk.models.blocks import Block, ButtonElement

from bot.voice.render_ticket import called, is_private, link_under, whole
from bot.voice.scene import Scene
from handlers.views import labels
from handlers.views.buttons import row
from handlers.views.notices import Said, message
from handlers.views.rich import Mention, Piece, Run
from handlers.views.screen import Screen
from handlers.views.text import clip, one_line, visible
from handlers.views.watch import (
    Lateness,
    listed,
    overdue,
    overdue_buttons,
    stands,
    warning_buttons,
)
from handlers.views.watch import warning as warning_said
from tickets.case.values import PersonId
from tickets.delivery import Pointless
from tickets.time.deadline import Deadline, DeadlineKind
from tickets.time.durations import to_minute

FAR = timedelta(hours=1)  # DESIGN.md: a stage is said again only where the due moved so far
ORDER_LIMIT = 60
PROMISE_LIMIT = 200
_CALLERS_TASK = frozenset(
    {DeadlineKind.CUSTOMER_FEEDBACK, DeadlineKind.CALLBACK, DeadlineKind.WATCH}
)


def warning(scene: Scene) -> Screen | Pointless:
    """Warn of a deadline that comes near."""
    one = _owed(scene)
    if isinstance(one, Pointless):
        return one
    if one.due_at is not None and one.due_at <= scene.reader.now:
        return Pointless("it is overdue by now, which the breach says")
    people = called(scene.notice)
    owner = _owner(scene, one)
    if owner is None or owner not in people:
        owner = people[0] if people else None
    said = warning_said(
        scene.reader,
        scene.reader.title(scene.ticket),
        one,
        _away(scene, one),
        Mention(owner) if owner else None,
    )
    others = [person for person in people if person != owner]
    told = [said, *_promised(scene, one), *_stands(scene), *_for_information(scene, others)]
    return _post(scene, told, one)


def breach(scene: Scene) -> Screen | Pointless:
    """Say that a deadline has passed, to those whom the policy names."""
    return _passed(scene, "watch.breach")


def escalation(scene: Scene) -> Screen | Pointless:
    """Say further up that it is still not done."""
    return _passed(scene, "watch.escalation")


def _passed(scene: Scene, words: str) -> Screen | Pointless:
    one = _owed(scene)
    if isinstance(one, Pointless):
        return one
    if one.due_at is None or one.due_at > scene.reader.now:
        return Pointless("it is not due any more")
    said = overdue(
        scene.reader, scene.reader.title(scene.ticket), one, _away(scene, one), message=words
    )
    people = listed(scene.reader, _people(scene, one))
    return _post(scene, [said, *_promised(scene, one), people, *_stands(scene)], one)


# --- whether there is still something to say -------------------------------------------------------


def _owed(scene: Scene) -> Deadline | Pointless:
    """Find the deadline as it is now; what is done, stopped or moved far needs no word."""
    kind, detail = scene.text("deadline"), scene.text("detail")
    round_ = int(scene.text("round") or scene.ticket.round)
    one = next(
        (
            each
            for each in scene.known.deadlines
            if (each.kind, each.detail, each.round) == (kind, detail, round_)
        ),
        None,
    )
    if one is None or not (scene.ticket.status.is_open or kind == DeadlineKind.SUPERVISOR_CALLBACK):
        return Pointless("nothing of the kind is owed any more")
    if not one.is_owed:
        return Pointless("it is done, or not needed any more")
    if one.due_at is None:
        return Pointless("its clock stands still")
    if abs(one.due_at - datetime.fromisoformat(scene.text("due_at"))) >= FAR:
        return Pointless("it was moved")
    return one


# --- what is said -----------------------------------------------------------------------------------


def _is_veiled(scene: Scene) -> bool:
    return scene.reader.is_veiled(scene.ticket)


def _away(scene: Scene, one: Deadline) -> Lateness:
    """Measure from now to the due moment, or from the due moment to now."""
    now = to_minute(scene.reader.now)  # deadlines lie on whole minutes: "2 h left", not 1 h 59
    due = one.due_at or now
    first, last = min(due, now), max(due, now)
    return Lateness(
        by_the_clock=last - first,
        working=scene.calendar.working_between(first, last),
        ordinary_day=scene.calendar.ordinary_day,
    )


def _stands(scene: Scene) -> list[Said]:
    if _is_veiled(scene):
        return []
    reader, case = scene.reader, scene.known
    status = labels.standing(scene.ticket, reader.handbook, reader.tongue)
    order = clip(one_line(case.order_no), ORDER_LIMIT)
    return [stands(reader, status, case.last_entry_at or scene.ticket.logged_at, order)]


def _promised(scene: Scene, one: Deadline) -> list[Said]:
    """Say what was promised: a ticket may owe several things at once."""
    if one.kind is not DeadlineKind.PROMISE or _is_veiled(scene):
        return []
    promises = scene.ticket.promises
    what = next((each.what for each in promises if each.key == one.detail), "")
    said = clip(one_line(visible(scene.known.clean(what))), PROMISE_LIMIT)
    return [scene.reader.say("watch.promised", what=said)] if said else []


def _about_the_delay(scene: Scene, one: Deadline) -> list[Said]:
    """Say why it comes so late: nobody watched, the warning was missed, it was logged afterwards."""
    reader = scene.reader
    said = []
    if scene.notice.params.get("backfilled"):
        said.append(reader.say("watch.backfilled"))
    elif scene.notice.params.get("missed_warning") and one.warn_at:
        said.append(reader.say("watch.missed_warning", at=one.warn_at))
    elif scene.notice.params.get("missed_warning"):
        said.append(reader.say("watch.missed_warning_unplanned"))
    since, until = scene.text("offline_from"), scene.text("offline_to")
    if since and until:
        said.append(
            reader.say(
                "watch.late_offline",
                since=datetime.fromisoformat(since),
                until=datetime.fromisoformat(until),
            )
        )
    return said


# --- whom it calls ----------------------------------------------------------------------------------


def _owner(scene: Scene, one: Deadline) -> PersonId | None:
    """Name who has to meet a deadline; nobody alone where it is the supervisors'."""
    ticket = scene.ticket
    match one.kind:
        case DeadlineKind.SUPERVISOR_CALLBACK:
            return None
        case DeadlineKind.INTERNAL:
            asked = scene.reader.handbook.departments.get(one.detail.partition("#")[0])
            return asked.lead if asked else None
        case kind if kind in _CALLERS_TASK:
            return ticket.caller
        case DeadlineKind.PROMISE:
            return ticket.assignee or ticket.logged_by
        case _:
            return ticket.assignee


def _people(scene: Scene, one: Deadline) -> list[Said]:
    """Name who has to do it, then everybody the policy tells, each by what they are to the case."""
    reader, people = scene.reader, called(scene.notice)
    owner = _owner(scene, one)
    named = list(people)
    if owner is None and one.kind is not DeadlineKind.SUPERVISOR_CALLBACK:
        return [reader.say("watch.role.nobody"), *(_role(scene, one) for one in named)]
    if owner is not None and owner not in people:
        first = reader.say(_owners_role(scene, owner), who=reader.person(owner))
        return [first, *(_role(scene, person) for person in named)]
    rest = [person for person in named if person != owner]
    called_first: list[Said] = []
    if owner is not None:
        called_first = [reader.say(_owners_role(scene, owner), who=Mention(owner))]
    return [*called_first, *(_role(scene, person) for person in rest)]


def _owners_role(scene: Scene, owner: PersonId) -> str:
    return "watch.role.assignee" if owner == scene.ticket.assignee else "watch.role.owner"


def _role(scene: Scene, person: PersonId) -> Said:
    handbook = scene.reader.handbook
    department = handbook.departments.get(scene.ticket.department)
    who: Piece = Mention(person)
    if department and person == department.lead:
        return scene.reader.say("watch.role.lead", who=who)
    if person in handbook.people.supervisors:
        return scene.reader.say("watch.role.supervisor", who=who)
    if person in handbook.people.directors:
        return scene.reader.say("watch.role.director", who=who)
    return scene.reader.say("watch.role.other", who=who)


def _for_information(scene: Scene, others: list[PersonId]) -> list[Said]:
    if not others:
        return []
    reader = scene.reader
    named = listed(reader, [reader.say("notice.person", who=Mention(one)) for one in others])
    woven = reader.say("watch.for_information", people=named.run)
    return [Said(woven.run, reader.tongue("watch.for_information", people=named.text))]


# --- the message ------------------------------------------------------------------------------------


def _post(scene: Scene, sentences: list[Said], one: Deadline) -> Screen:
    said = [*sentences, *_about_the_delay(scene, one)]
    buttons = _buttons(scene, one)
    if scene.ticket.is_restricted and is_private(scene):
        return _whole(scene, said, buttons)
    return message(*said, buttons=buttons, link=_link(scene))


def _whole(scene: Scene, said: list[Said], buttons: list[ButtonElement]) -> Screen:
    """Show those whom a high-risk case concerns all of it, privately."""
    about = message(*said, buttons=buttons, link=_link(scene))
    card = whole(scene, said[0]).blocks[1:]
    blocks: tuple[Block, ...] = (*about.blocks[:1], *card, row(buttons))
    return Screen(about.text, blocks)


def _buttons(scene: Scene, one: Deadline) -> list[ButtonElement]:
    passed = one.due_at is not None and one.due_at <= scene.reader.now
    make = overdue_buttons if passed else warning_buttons
    return make(scene.ticket, one, scene.reader)


def _link(scene: Scene) -> Run | None:
    return link_under(scene)
