"""The knowledge base of the matrix: an article in each standing, and somebody else's task."""

from tests.storage.articles import a_content
from tests.tickets.desk.desks import Trial
from tickets.knowledge import moves
from tickets.knowledge.article import Standing
from tickets.knowledge.product import Task, ToDo
from tickets.message import PersonId
from tickets.ports import Unit

PUBLISHED, WAITING, DRAFT, RETIRED = 1, 2, 3, 4
AUTHOR = PersonId("U0AUTHOR")  # none of the columns
TASKS, TASK = "00000000-0000-4000-8000-0000000007a5", "00000000-0000-4000-8000-0000000007a5:01"


def keep_articles(trial: Trial, unit: Unit) -> None:
    """Keep one in each standing, and a new product's checklist of somebody else's."""
    now = trial.clock.at
    for standing in (Standing.PUBLISHED, Standing.WAITING, Standing.DRAFT, Standing.RETIRED):
        first = Standing.DRAFT if standing is Standing.DRAFT else Standing.WAITING
        new = moves.begun(unit.articles.next_id(), a_content(), by=AUTHOR, at=now, standing=first)
        if standing is Standing.PUBLISHED:
            new = moves.published(new, by=AUTHOR, at=now)
        if standing is Standing.RETIRED:
            new = moves.retire(moves.published(new, by=AUTHOR, at=now), by=AUTHOR, at=now)
        unit.articles.add(new)
    task = ToDo(
        id=TASK,
        list_id=TASKS,
        product="KF-36",
        task=Task.SOP,
        owner=AUTHOR,
        asked_by=AUTHOR,
        asked_at=now,
    )
    unit.articles.add_to_do([task])
