"""A new product: the checklist of what names it or has to, handed to those whose it is, ticked off (R126)."""

from collections.abc import Sequence
from dataclasses import dataclass

from tickets.case.values import PersonId
from tickets.desk.articles import counted_since
from tickets.desk.articles_check import clean_note
from tickets.desk.asking import asked, reading
from tickets.desk.change import present_actor
from tickets.desk.context import Desk
from tickets.desk.surely import surely
from tickets.errors import Incomplete, NotFound, Refused
from tickets.knowledge.product import MOST_ARTICLES, Task, ToDo, duties
from tickets.knowledge.shelves import Line, Query, Sight
from tickets.message import Word, say
from tickets.notices import Notice, NoticeKind, Urgency, to_person
from tickets.people import roles
from tickets.people.roles import Action
from tickets.ports import AuditEntry, Receipt, Unit

LONGEST_NAME = 80  # characters


@dataclass(frozen=True, slots=True, kw_only=True)
class Checklist:
    """What is to do for a product, before or after it was handed out."""

    product: str
    tasks: tuple[tuple[Task, int | None, PersonId], ...]
    titles: dict[int, str]


def checklist(desk: Desk, product: str, *, by: PersonId, language: str) -> Checklist:
    """Find what a product asks for; the articles are those that name it. Raises Refused."""
    with reading(desk, by, Action.KEEP_ARTICLES) as (unit, _who):
        naming = _naming(desk, unit, product, by=by, language=language)
        tasks = duties(desk.handbook(), naming, asked_by=by)
        return Checklist(product=product, tasks=tasks, titles={n.id: n.title for n in naming})


def hand_out(desk: Desk, product: str, *, by: PersonId, receipt: str) -> Sequence[ToDo]:
    """Hand the checklist to its owners, once per receipt. Raises Refused or Incomplete."""
    name = clean_note(desk, product)[:LONGEST_NAME]
    if not name:
        raise Incomplete({"product": say("field.missing")})

    def once() -> Sequence[ToDo]:
        with desk.records.write() as unit:
            handbook, now = desk.handbook(), desk.clock.now()
            roles.require(present_actor(unit, by, handbook), Action.KEEP_ARTICLES)
            known = unit.receipts.find(receipt)
            if known:
                return unit.articles.to_do(str(known.answer["list"]))
            list_id = desk.new_id()
            naming = _naming(desk, unit, name, by=by, language=handbook.language)
            tasks = tuple(
                ToDo(
                    id=f"{list_id}:{place:02}",
                    list_id=list_id,
                    product=name,
                    task=task,
                    owner=owner,
                    asked_by=by,
                    asked_at=now,
                    article=article,
                )
                for place, (task, article, owner) in enumerate(
                    duties(handbook, naming, asked_by=by), start=1
                )
            )
            unit.articles.add_to_do(tasks)
            unit.receipts.keep(
                Receipt(key=receipt, kind=Action.KEEP_ARTICLES, answer={"list": list_id}), at=now
            )
            unit.audit.write(_entry(desk, by=by, list_id=list_id, step="handed_out"))
            unit.notices.plan(tuple(_asking(desk, one) for one in _by_owner(tasks)))
            return tasks

    with asked(desk, by, Action.KEEP_ARTICLES):
        tasks = surely(once)
    desk.wake()
    return tasks


def tick(desk: Desk, list_id: str, task_id: str, *, by: PersonId, receipt: str) -> Sequence[ToDo]:
    """Note that a task is done: by its owner or a keeper; again changes nothing. Raises Refused or NotFound."""

    def once() -> Sequence[ToDo]:
        with desk.records.write() as unit:
            now = desk.clock.now()
            who = present_actor(unit, by, desk.handbook())
            roles.require(who, Action.READ_ARTICLES)
            tasks = unit.articles.to_do(list_id)
            one = next((task for task in tasks if task.id == task_id), None)
            if one is None:
                raise NotFound("error.not_understood")
            if one.owner != by and not roles.may(who, Action.KEEP_ARTICLES):
                raise Refused(
                    "product.not_your_task", action=Word(f"action.{Action.KEEP_ARTICLES}")
                )
            if unit.receipts.find(receipt):
                return tasks
            changed = unit.articles.tick(task_id, by=by, at=now)
            unit.receipts.keep(Receipt(key=receipt, kind=Action.READ_ARTICLES), at=now)
            outcome = "done" if changed else "noop"
            unit.audit.write(_entry(desk, by=by, list_id=list_id, step="ticked", outcome=outcome))
            return unit.articles.to_do(list_id)

    with asked(desk, by, Action.READ_ARTICLES):
        return surely(once)


def _naming(
    desk: Desk, unit: Unit, product: str, *, by: PersonId, language: str
) -> tuple[Line, ...]:
    """Find the published articles that name it."""
    if not product.strip():
        return ()
    return unit.articles.page(
        Query(
            sight=Sight(person=by, keeps=True),
            words=product,
            used_since=counted_since(desk),
            stale_before=desk.clock.now(),
            language=language,
            size=MOST_ARTICLES,
        )
    ).lines


def _by_owner(tasks: Sequence[ToDo]) -> Sequence[ToDo]:
    """Give each owner's first task; each is told once of all of theirs."""
    first: dict[PersonId, ToDo] = {}
    for one in tasks:
        first.setdefault(one.owner, one)
    return tuple(first.values())


def _asking(desk: Desk, one: ToDo) -> Notice:
    return Notice(
        key=f"{NoticeKind.ARTICLE}:product:{one.list_id}:{one.owner}",
        kind=NoticeKind.ARTICLE,
        place=to_person(one.owner),
        urgency=Urgency.PRIVATE,
        due_at=desk.clock.now(),
        params={"what": "product", "list": one.list_id},
    )


def _entry(
    desk: Desk, *, by: PersonId, list_id: str, step: str, outcome: str = "done"
) -> AuditEntry:
    return AuditEntry(
        at=desk.clock.now(),
        by=by,
        action=Action.KEEP_ARTICLES,
        number=None,
        outcome=outcome,
        detail={"list": list_id, "step": step},
    )
