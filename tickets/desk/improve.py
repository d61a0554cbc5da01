"""Improvements: put on the list with target, owner and date; done with a word; shown to everybody of the desk (R131)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from tickets.case.log import OPERATOR
from tickets.case.values import PersonId, Text
from tickets.desk.asking import asked, reading
from tickets.desk.change import present_actor
from tickets.desk.context import Desk
from tickets.desk.improve_shown import shown_to
from tickets.errors import IllegalMove, Incomplete, Refused
from tickets.meetings.improvement import Improvement, Source
from tickets.meetings.monthly_posts import list_for, told_owner
from tickets.meetings.proposal import Proposal, missing
from tickets.message import Who, say
from tickets.people import roles
from tickets.people.privacy import redact
from tickets.people.roles import Action
from tickets.ports import AuditEntry, Receipt, Unit

PAGE = 10  # items of a page: three texts each
FINISH = "finish_improvement"
TAKE_LIST = "take_improvements"


@dataclass(frozen=True, slots=True)
class Listed:
    """One page of the list."""

    items: Sequence[Improvement]
    page: int
    pages: int
    to_do: int
    total: int


def put_on_list(desk: Desk, wish: Proposal, *, by: PersonId, receipt: str) -> Improvement | None:
    """Put an item on the list by hand; None where this form was sent before. Raises Incomplete, Refused."""
    with asked(desk, by, Action.CHAIR), desk.records.write() as unit:
        roles.require(present_actor(unit, by, desk.handbook()), Action.CHAIR)
        if unit.receipts.find(receipt):
            return None
        item = add(desk, unit, wish, by=by, source=Source.BY_HAND)
        note(desk, unit, item, by=by, receipt=receipt, action=Action.CHAIR)
    desk.wake()
    return item


def finish(desk: Desk, item_id: str, outcome: Text, *, by: PersonId, receipt: str) -> Improvement:
    """Say that an item is done, and what it measures now; its owner, or who chairs. Raises Refused, IllegalMove."""
    with asked(desk, by, Action.CHAIR), desk.records.write() as unit:
        item = unit.improvements.get(item_id)
        require_owner(desk, unit, item, by)
        if unit.receipts.find(receipt):
            return item
        _require_ours(item)
        words = Text(redact(outcome, phones=desk.phones.spans))
        after = replace(item, done_at=desk.clock.now(), done_by=by, outcome=words)
        unit.improvements.save(after)
        note(desk, unit, after, by=by, receipt=receipt, action=FINISH)
    desk.wake()
    return after


def look_at_item(desk: Desk, item_id: str, *, by: PersonId) -> Improvement:
    """Give an item to whoever may finish it, before the form opens. Raises Refused, NotFound, IllegalMove."""
    with asked(desk, by, Action.CHAIR), desk.records.read() as unit:
        item = unit.improvements.get(item_id)
        require_owner(desk, unit, item, by)
    _require_ours(item)
    return item


def list_improvements(desk: Desk, *, by: PersonId, page: int = 1) -> Listed:
    """List what is to be made better, those to be done first. Raises Refused."""
    with reading(desk, by, Action.SEE_FIGURES) as (unit, who):
        to_do, total = unit.improvements.count()
        pages = max(1, -(-total // PAGE))
        shown = max(1, min(page, pages))
        found = unit.improvements.listed(after=(shown - 1) * PAGE, most=PAGE)
        items = shown_to(unit, who, found)
    return Listed(items, shown, pages, to_do, total)


def before_new(desk: Desk, *, by: PersonId) -> None:
    """Before the form opens: may this person put items on the list. Raises Refused."""
    with reading(desk, by, Action.CHAIR):
        pass


def ask_for_sheet(desk: Desk, *, by: PersonId, receipt: str) -> None:
    """Have the whole list sent to somebody as a table, privately. Raises Refused."""
    with asked(desk, by, Action.SEE_FIGURES), desk.records.write() as unit:
        roles.require(present_actor(unit, by, desk.handbook()), Action.SEE_FIGURES)
        if unit.receipts.find(receipt):
            return
        now = desk.clock.now()
        unit.notices.plan((list_for(by, receipt, at=now),))
        unit.receipts.keep(Receipt(key=receipt, kind=Action.SEE_FIGURES), at=now)
        entry = AuditEntry(at=now, by=by, action=TAKE_LIST, number=None, outcome="done")
        unit.audit.write(entry)
    desk.wake()


def all_for_operator(desk: Desk) -> Sequence[Improvement]:
    """Give the whole list to the command line; that it was taken out stands on the audit log."""
    with desk.records.write() as unit:
        items = unit.improvements.listed(most=10_000)
        entry = AuditEntry(
            at=desk.clock.now(),
            by=OPERATOR,
            action=TAKE_LIST,
            number=None,
            outcome="done",
            detail={"count": len(items)},
        )
        unit.audit.write(entry)
    return items


def add(
    desk: Desk,
    unit: Unit,
    wish: Proposal,
    *,
    by: PersonId,
    source: Source,
    origin: str = "",
    point: str = "",
) -> Improvement:
    """Keep an item and tell its owner, in this transaction. Raises Incomplete, IllegalMove."""
    item = _whole(desk, wish, by=by, source=source, origin=origin, point=point)
    _require_of_the_desk(desk, unit, item.owner)
    unit.improvements.add(item)
    unit.notices.plan((told_owner(item, at=desk.clock.now()),))
    return item


def note(
    desk: Desk, unit: Unit, item: Improvement, *, by: PersonId, receipt: str, action: str
) -> None:
    """Keep the receipt and put it on the audit log: ids alone."""
    now = desk.clock.now()
    unit.receipts.keep(Receipt(key=receipt, kind=action, answer={"item": item.id}), at=now)
    detail = {"item": item.id, "origin": item.origin, "owner": item.owner}
    unit.audit.write(
        AuditEntry(at=now, by=by, action=action, number=None, outcome="done", detail=detail)
    )


def require_owner(desk: Desk, unit: Unit, item: Improvement, person: PersonId) -> None:
    """Refuse whoever neither owns an item nor chairs. Raises Refused."""
    who = present_actor(unit, person, desk.handbook())
    if who.is_stranger:
        raise Refused("refused.stranger")
    if item.owner != person:
        roles.require(who, Action.CHAIR)


def _require_ours(item: Improvement) -> None:
    """A retrospective measures again what its items brought: they are ended there."""
    if item.source is Source.RETROSPECTIVE:
        raise IllegalMove("improvement.of_retrospective")
    if item.done_at:
        raise IllegalMove("improvement.done_already", at=item.done_at)


def _whole(
    desk: Desk, wish: Proposal, *, by: PersonId, source: Source, origin: str, point: str
) -> Improvement:
    now = desk.clock.now()
    problems = dict(missing(wish, now))
    handbook = desk.handbook()
    if wish.department and wish.department not in handbook.departments:
        problems["department"] = say("field.pick_one")
    if not (wish.pain and wish.action and wish.goal and wish.priority and wish.department):
        raise Incomplete(problems)
    if problems or wish.owner is None or wish.due_at is None:
        raise Incomplete(problems)

    def clean(text: Text) -> Text:
        return Text(redact(text, phones=desk.phones.spans))

    return Improvement(
        id=desk.new_id(),
        source=source,
        origin=origin,
        point=point,
        pain=clean(wish.pain),
        action=clean(wish.action),
        goal=clean(wish.goal),
        priority=wish.priority,
        department=wish.department,
        owner=wish.owner,
        due_at=wish.due_at,
        decided_at=now,
        decided_by=by,
    )


def _require_of_the_desk(desk: Desk, unit: Unit, person: PersonId) -> None:
    who = roles.actor(person, desk.handbook())
    if who.is_stranger or unit.directory.gone([person]):
        raise Incomplete({"person": say("assign.not_of_the_desk", person=Who(person))})
