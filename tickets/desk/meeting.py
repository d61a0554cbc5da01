"""What people do in the weekly meeting: start it, decide, name and solve blockers, close it (R83, R85)."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from tickets.case import facts as f
from tickets.case import lifecycle
from tickets.case.lifecycle import Move
from tickets.case.values import Number, PersonId, Text
from tickets.desk.change import Decide, Outcome, Scene, change
from tickets.desk.context import Desk
from tickets.desk.owners import given_to, require_present
from tickets.desk.promises import keyed
from tickets.desk.wish import Wish, meant, require_to_come, require_whole
from tickets.errors import Conflict, IllegalMove, Incomplete, NotFound
from tickets.meetings.meeting import Blocker, Change, Decision, Meeting
from tickets.meetings.posts import head_key, part_of, redrawn, rows_key
from tickets.message import say
from tickets.notices import Notice, NoticeKind, Urgency, in_thread
from tickets.people.privacy import redact
from tickets.people.roles import Action
from tickets.ports import Unit

TRIES = 3  # of two who decide at once both are kept, one after the other


def decide(
    desk: Desk, key: str, number: Number, wish: Wish, *, by: PersonId, receipt: str
) -> Outcome:
    """Decide on a ticket: the decision with its owner and date, what holds it up, what help it needs.

    Raises Incomplete, Refused, IllegalMove (the meeting is closed, the step does not fit).
    """

    def facts(scene: Scene, meeting: Meeting) -> Sequence[f.Fact]:
        require_whole(wish, scene.now)
        blocker = _blocker(scene, wish)
        decided = (*_resolved(scene, meeting, wish), *_held_up(scene, blocker), *_help(wish))
        if decided:
            _keep(scene, _decision(scene, meeting, meant(wish), blocker))
        return decided

    return _on_row(desk, key, number, facts, by=by, action=Action.MEET, receipt=receipt)


def give_to(
    desk: Desk, key: str, number: Number, owner: PersonId, *, by: PersonId, receipt: str
) -> Outcome:
    """Give a ticket to somebody in the meeting."""

    def facts(scene: Scene, meeting: Meeting) -> Sequence[f.Fact]:
        given = given_to(scene, owner, None)
        if given:
            scene.unit.meetings.decide(_decision(scene, meeting, Wish(owner=owner), None))
        return given

    return _on_row(desk, key, number, facts, by=by, action=Action.MEET, receipt=receipt)


def promise(
    desk: Desk, key: str, number: Number, promised: f.Promised, *, by: PersonId, receipt: str
) -> Outcome:
    """Promise a new date in the meeting; it moves no other deadline."""

    def facts(scene: Scene, meeting: Meeting) -> Sequence[f.Fact]:
        require_to_come(promised.due_at, scene.now)
        wish = Wish(due_at=promised.due_at)
        scene.unit.meetings.decide(_decision(scene, meeting, wish, None))
        return (keyed(scene, promised),)

    return _on_row(desk, key, number, facts, by=by, action=Action.MEET, receipt=receipt)


def noted(unit: Unit, meeting: Meeting, numbers: Sequence[Number], *, at: datetime) -> None:
    """Count a change of a meeting and have its head and the rows of these tickets drawn anew."""
    drawn_anew(unit, meeting, _rows_with(unit, meeting, numbers), at=at)


def drawn_anew(unit: Unit, meeting: Meeting, replies: Iterable[str], *, at: datetime) -> None:
    """Count a change of a meeting and have its head and these of its messages drawn anew."""
    after = replace(meeting, changes=meeting.changes + 1)
    unit.meetings.save(after)
    targets = dict.fromkeys([*replies, head_key(meeting.key)])
    unit.notices.plan(redrawn(after, list(targets), at=at))


def _on_row(
    desk: Desk,
    key: str,
    number: Number,
    facts: Callable[[Scene, Meeting], Sequence[f.Fact]],
    *,
    by: PersonId,
    action: Action,
    receipt: str,
) -> Outcome:
    def whole(scene: Scene) -> Sequence[f.Fact]:
        meeting = _under_way(scene, key, number)
        lifecycle.require(Move.PROMISE, scene.ticket)
        decided = facts(scene, meeting)
        if decided:
            noted(scene.unit, meeting, [number], at=scene.now)
        return decided

    return _patiently(desk, number, whole, by=by, action=action, receipt=receipt)


def _patiently(
    desk: Desk, number: Number, decide: Decide, *, by: PersonId, action: Action, receipt: str
) -> Outcome:
    for _ in range(TRIES - 1):
        try:
            return change(desk, number, by=by, action=action, receipt=receipt, decide=decide)
        except Conflict:
            continue
    return change(desk, number, by=by, action=action, receipt=receipt, decide=decide)


def _keep(scene: Scene, decision: Decision) -> None:
    scene.unit.meetings.decide(decision)
    if decision.text:
        scene.unit.notices.plan([_decided(scene, decision)])


def _under_way(scene: Scene, key: str, number: Number) -> Meeting:
    meeting = scene.unit.meetings.hold(key)
    if meeting.closed_at:
        raise IllegalMove("meeting.closed", number=number, at=meeting.closed_at)
    if scene.unit.meetings.row(key, number) is None:
        raise NotFound("meeting.not_on_agenda", number=number)
    return meeting


def _resolved(scene: Scene, meeting: Meeting, wish: Wish) -> Iterator[f.Fact]:
    if wish.text is None or wish.owner is None or wish.due_at is None:
        return
    require_present(scene, wish.owner)
    yield f.Decided(meeting=meeting.key, decision=wish.text, owner=wish.owner, due_at=wish.due_at)
    yield keyed(scene, f.Promised(what=wish.text, due_at=wish.due_at))


def _help(wish: Wish) -> Iterator[f.Fact]:
    if wish.help:
        yield f.HelpAsked(text=wish.help)


def _held_up(scene: Scene, blocker: Blocker | None) -> Iterator[f.Fact]:
    if blocker and scene.unit.meetings.block(blocker.id, scene.ticket.number, since=scene.now):
        yield f.Blocked(blocker=blocker.id, name=blocker.name)


def _blocker(scene: Scene, wish: Wish) -> Blocker | None:
    """Take the blocker that was picked, or one of this name, or name a new one."""
    known = scene.unit.meetings.blockers()
    if wish.blocker_name:
        name = _clean(scene, wish.blocker_name)
        same = next((one for one in known if _folded(one.name) == _folded(name)), None)
        return same or _named(scene, name)
    if wish.blocker is None:
        return None
    found = next((one for one in known if one.id == wish.blocker), None)
    if found is None:
        raise Incomplete({"blocker": say("meeting.blocker_gone")})
    return found


def _named(scene: Scene, name: Text) -> Blocker:
    blocker = Blocker(id=scene.desk.new_id(), name=name, named_at=scene.now, named_by=scene.who.id)
    scene.unit.meetings.name_blocker(blocker)
    return blocker


def _folded(name: str) -> str:
    return "".join(name.split()).casefold()


def _decision(scene: Scene, meeting: Meeting, wish: Wish, blocker: Blocker | None) -> Decision:
    return Decision(
        id=scene.desk.new_id(),
        meeting=meeting.key,
        number=scene.ticket.number,
        place=meeting.changes + 1,
        text=_clean(scene, wish.text) if wish.text else None,
        owner=wish.owner,
        due_at=wish.due_at,
        help=_clean(scene, wish.help) if wish.help else None,
        blocker=blocker.id if blocker else None,
        decided_at=scene.now,
        decided_by=scene.who.id,
    )


def _clean(scene: Scene, text: Text) -> Text:
    customer = scene.unit.customers.get(scene.ticket.customer_id)
    names = (customer.name,) if customer.name else ()
    return Text(redact(text, names=names, phones=scene.desk.phones.spans))


def _decided(scene: Scene, decision: Decision) -> Notice:
    number = scene.ticket.number
    return Notice(
        key=f"{NoticeKind.DECIDED}:{number}:{decision.id}",
        kind=NoticeKind.DECIDED,
        place=in_thread(number),
        urgency=Urgency.ASSIGNMENT,
        due_at=scene.now,
        number=number,
        params={"meeting": decision.meeting, "decision": decision.id, "owner": decision.owner},
    )


def _rows_with(unit: Unit, meeting: Meeting, numbers: Sequence[Number]) -> Iterator[str]:
    for number in numbers:
        row = unit.meetings.row(meeting.key, number)
        if row and row.change is not Change.SOLVED:
            yield rows_key(meeting.key, row.case.department, part_of(row.place))
