"""Once a month whoever keeps the knowledge base hears what in it is old and unused (DESK.md 9)."""

from tickets.desk.articles import counted_since
from tickets.desk.context import Desk
from tickets.handbook import Digest
from tickets.knowledge.shelves import Query, Shelf, Sight
from tickets.notices import Notice, NoticeKind, Urgency, to_person
from tickets.ports import Unit
from tickets.watch.occasion import Occasion

STALE_ARTICLES = Digest("stale_articles", "first workday 09:00", to="librarians")
"""Every desk has it; it is silent while nothing is stale. Without librarians the supervisors hear it."""


def remind(desk: Desk, unit: Unit, occasion: Occasion) -> None:
    """Count what is stale and tell each keeper."""
    people = desk.handbook().people
    keepers = sorted(people.librarians or people.supervisors)
    if not keepers:
        return
    count = unit.articles.page(
        Query(
            sight=Sight(person=keepers[0], keeps=True),
            shelf=Shelf.STALE,
            used_since=counted_since(desk),
            stale_before=desk.clock.now() - desk.handbook().knowledge.stale_after,
        )
    ).total
    if not count:
        return
    unit.notices.plan(
        [
            Notice(
                key=f"{NoticeKind.ARTICLE}:stale:{occasion.period.key}:{one}",
                kind=NoticeKind.ARTICLE,
                place=to_person(one),
                urgency=Urgency.PRIVATE,
                due_at=occasion.period.due_at,
                params={"what": "stale", "count": count},
            )
            for one in keepers
        ]
    )
