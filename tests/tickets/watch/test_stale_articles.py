"""Once a month the keepers hear what is old and unused; otherwise nothing is said."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from storage.records import SqlRecords
from storage.tables import notices
from tests.storage.articles import keep_article
from tests.tickets.desk.desks import ANN, SUE, Trial, a_desk
from tests.tickets.handbooks import a_handbook
from tests.tickets.time.plans import at
from tickets.case.values import PersonId
from tickets.desk.articles_use import use_article
from tickets.knowledge.rules import KnowledgeRules
from tickets.watch import jobs

pytestmark = pytest.mark.requirement(125)
LIB = PersonId("U0LIB")


def opened(records: SqlRecords, *, librarians: frozenset[PersonId] = frozenset()) -> Trial:
    """A desk in October 2025 whose jobs have begun, with one article kept in September."""
    book = a_handbook()
    people = replace(book.people, librarians=librarians)
    rules = KnowledgeRules(stale_after=timedelta(days=30))
    trial = a_desk(records, replace(book, people=people, knowledge=rules))
    trial.clock.at = at("2025-09-20 10:00")
    with trial.desk.records.write() as unit:
        article = keep_article(unit)
        kept = replace(article, updated_at=trial.clock.at)
        unit.articles.save(kept, was=article)
    jobs.work(trial.desk, now=trial.clock.at)
    return trial


def told(records: SqlRecords, trial: Trial, when: datetime) -> list[tuple[str, int]]:
    trial.clock.at = when
    jobs.work(trial.desk, now=when)
    asked = notices.select().where(notices.c.kind == "article")
    with records.database.reading() as connection:
        rows = connection.execute(asked.order_by(notices.c.id)).all()
    return [(row.place_key, row.params["count"]) for row in rows]


@pytest.mark.requirement(132)
def test_the_supervisors_hear_it_where_there_is_no_librarian(records: SqlRecords) -> None:
    trial = opened(records)

    assert told(records, trial, at("2025-10-09 09:00")) == []  # 19 days old
    assert told(records, trial, at("2025-11-03 09:00")) == [(SUE, 1)]
    assert told(records, trial, at("2025-11-03 18:00")) == [(SUE, 1)]


def test_the_librarians_hear_it_in_the_supervisors_place(records: SqlRecords) -> None:
    trial = opened(records, librarians=frozenset({LIB}))

    assert told(records, trial, at("2025-11-03 09:00")) == [(LIB, 1)]


def test_what_is_used_is_not_stale(records: SqlRecords) -> None:
    trial = opened(records)
    use_article(trial.desk, trial.log(), 1, by=ANN, receipt=trial.receipt())

    assert told(records, trial, at("2025-11-03 09:00")) == []
