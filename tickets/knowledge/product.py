"""A new product: what a desk has to bring up to date, with whose it is (R126)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from tickets.case.values import PersonId
from tickets.handbook import Handbook
from tickets.knowledge.shelves import Line

MOST_ARTICLES = 40  # of those that name it or what it follows; a view holds 100 blocks


class Task(StrEnum):
    """What there is to do."""

    KINDS = "kinds"  # categories, routing and clocks in the desk file
    SOP = "sop"  # how it is handled: the process articles
    SCRIPTS = "scripts"  # 话术
    NEW_ARTICLE = "new_article"  # what it is and does
    ARTICLE = "article"  # one that names it


@dataclass(frozen=True, slots=True, kw_only=True)
class ToDo:
    """One line of the checklist."""

    id: str
    list_id: str
    product: str
    task: Task
    owner: PersonId
    asked_by: PersonId
    asked_at: datetime
    article: int | None = None
    done_by: PersonId | None = None
    done_at: datetime | None = None


def duties(
    handbook: Handbook, naming: Sequence[Line], *, asked_by: PersonId
) -> tuple[tuple[Task, int | None, PersonId], ...]:
    """List what is to do for a new product: the task, the article where it is about one, and whose it is."""
    people = handbook.people
    admin = min(people.admins, default=None) or min(people.supervisors, default=asked_by)
    librarian = min(people.librarians, default=None) or min(people.supervisors, default=asked_by)
    supervisor = min(people.supervisors, default=None) or librarian
    always: tuple[tuple[Task, int | None, PersonId], ...] = (
        (Task.KINDS, None, admin),
        (Task.SOP, None, supervisor),
        (Task.SCRIPTS, None, supervisor),
        (Task.NEW_ARTICLE, None, librarian),
    )
    return (*always, *((Task.ARTICLE, one.id, one.owner) for one in naming[:MOST_ARTICLES]))
