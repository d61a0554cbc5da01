"""The knowledge base beside all stored tickets: pages with snippets, what is offered for a case, what indexing costs.

With `--postgres URL` of an empty database the pages are asked of that engine too, over the same rows.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import islice
from random import Random
from statistics import median
from time import process_time

from sqlalchemy import Connection

from benchmarks import wording
from benchmarks.creation import Form
from benchmarks.ground import AGENTS, ENGINEERS, READERS, SUPERVISOR, Place, desk_on, founded
from benchmarks.measure import CPU, Variant, take_turns, timed_ms
from benchmarks.report import Bar, Figure, Report, at_most
from benchmarks.scale import Scale
from bot.foundation import Foundation
from storage import search
from storage.backups.lines import Shape, keep, lines, search_lines, tables
from storage.database import JOBS, Database, open_database
from storage.schema import upgrade
from tickets.desk.articles import Asked, browse, suggest
from tickets.desk.context import Desk
from tickets.desk.look import search as search_tickets
from tickets.knowledge import moves
from tickets.knowledge.article import Content, Scenario, Wording
from tickets.message import PersonId

PAGE_MS, PAGE_MS_POSTGRES = 5.0, 15.0
INDEXING = 1.3  # of logging without it
TERMS = (
    "退款",
    "发票 退款",
    "打印机",
    "彗星",
    "license",
    "server 缓慢",
    "制冷效果差",
    "没有这个词",
)
_COPIED = ("customers", "tickets", "collaborators", "complained_about")
_BATCH, _KEPT_AT_ONCE = 2_000, 250
_KINDS = ("product", "process", "faq", "script")
_OFFERED = "offered for a case"
_WITH, _WITHOUT = "logging, indexed", "logging, not indexed"

Look = Callable[[], object]


class NoIndex(search.Fts5):
    """As if tickets' words were not indexed."""

    def add(self, connection: Connection, key: int, tokens: str, facets: str) -> None:
        """Keep nothing."""


def run(place: Place, scale: Scale) -> Report:
    """Ask for pages of articles and of tickets, on one engine or both; log tickets with and without the index."""
    own = place.copied("articles")
    with founded(own) as foundation:
        _keep_articles(foundation, scale.articles)
        desk = desk_on(foundation)
        looks = {name: (look, PAGE_MS) for name, look in _looks(desk).items()}
        with _second(foundation, scale) as other:
            if other:
                mirrored = _looks(desk_on(other)).items()
                looks |= {
                    f"postgresql, {name}": (look, PAGE_MS_POSTGRES) for name, look in mirrored
                }
            variants = {name: _paged(look, scale.pages) for name, (look, _) in looks.items()}
            variants |= {"indexing": _indexing(Form(desk), scale.created)}
            found = take_turns(scale.rounds, variants)
    own.remove()
    cpu = found["indexing", _WITH].over(found["indexing", _WITHOUT])
    return Report(
        f"knowledge: first page of 20, {scale.tickets:,} tickets and {scale.articles:,} articles stored",
        [
            *(
                Figure(name, found[name, "ms"], "ms", _bar(name, bar))
                for name, (_, bar) in looks.items()
            ),
            Figure(f"{_WITH}, {CPU}", found["indexing", _WITH], "ms"),
            Figure(f"{_WITHOUT}, {CPU}", found["indexing", _WITHOUT], "ms"),
            Figure("  the one over the other", cpu, "x", at_most(INDEXING)),
        ],
    )


def _bar(name: str, limit: float) -> Bar | None:
    """What a form offers is drawn behind the person's back; pages are waited for."""
    return None if name.endswith(_OFFERED) else at_most(limit)


def _looks(desk: Desk) -> Mapping[str, Look]:
    def articles(words: str, by: PersonId) -> Look:
        return lambda: browse(desk, Asked(words=words), by=by, language="zh-Hans")

    def narrowed(words: str) -> Look:
        asked = Asked(words=words, category="faq", scenario=Scenario.AFTER_SALES)
        return lambda: browse(desk, asked, by=AGENTS[0], language="zh-Hans")

    def tickets(words: str, by: PersonId) -> Look:
        return lambda: search_tickets(desk, words, by=by)

    said = wording.description(Random(7))
    return {
        "articles, newest": articles("", AGENTS[0]),
        **{f"articles {term}": articles(term, AGENTS[0]) for term in TERMS},
        "articles 退款, narrowed": narrowed("退款"),
        "articles 退款, keeper": articles("退款", SUPERVISOR),
        _OFFERED: lambda: suggest(
            desk, said, "after_sales/fault", by=AGENTS[0], language="zh-Hans"
        ),
        **{f"tickets {term}, engineer": tickets(term, ENGINEERS[0]) for term in TERMS[:6]},
    }


def _keep_articles(foundation: Foundation, count: int) -> None:
    choose, began = Random(20251129), datetime(2025, 1, 1, tzinfo=UTC)
    for first in range(0, count, _KEPT_AT_ONCE):
        with foundation.for_jobs.write() as unit:
            for place in range(first, min(count, first + _KEPT_AT_ONCE)):
                at = began + timedelta(minutes=place)
                new = moves.begun(unit.articles.next_id(), _content(choose), by=AGENTS[1], at=at)
                unit.articles.add(moves.published(new, by=SUPERVISOR, at=at))


def _content(choose: Random) -> Content:
    """About 250 characters, in one language in five articles out of six."""
    said = "。".join(wording.description(choose) for _ in range(4))
    texts = {"zh": Wording(wording.description(choose)[:40], said)}
    if choose.random() < 1 / 6:
        texts["en"] = Wording("server license", "The server is slow once the license expired. " * 4)
    return Content(
        category=choose.choice(_KINDS),
        scenario=choose.choice(list(Scenario)),
        cases=frozenset({choose.choice(("after_sales/fault", "after_sales/returns"))}),
        texts=texts,
    )


def _paged(look: Look, times: int) -> Variant:
    return lambda: {"ms": median(timed_ms(look) for _ in range(times))}


def _indexing(form: Form, number: int) -> Variant:
    """Log one ticket with the index and one without, in turn; the median of each."""

    def once() -> Mapping[str, float]:
        found: dict[str, list[float]] = {_WITH: [], _WITHOUT: []}
        for _ in range(number):
            for name, index in ((_WITH, search.Fts5("rowid")), (_WITHOUT, NoIndex("rowid"))):
                with _index(index):
                    cpu = process_time()
                    form.log()
                    found[name].append((process_time() - cpu) * 1_000)
        return {name: median(several) for name, several in found.items()}

    return once


@contextmanager
def _index(index: search.WordIndex) -> Iterator[None]:
    was = search._INDEXES["sqlite"]
    search._INDEXES["sqlite"] = index
    try:
        yield
    finally:
        search._INDEXES["sqlite"] = was


@contextmanager
def _second(foundation: Foundation, scale: Scale) -> Iterator[Foundation | None]:
    """Open the other engine with the same tickets' rows and articles, where one was named."""
    if not scale.postgres:
        yield None
        return
    database = open_database(scale.postgres, readers=READERS)
    try:
        upgrade(database)
        _mirror(foundation.database, database)
        other = replace(foundation, database=database)
        _keep_articles(other, scale.articles)
        with database.writing(JOBS) as connection:
            connection.exec_driver_sql("ANALYZE")
        yield other
    finally:
        database.dispose()


def _mirror(source: Database, target: Database) -> None:
    """Copy what searches of tickets read; articles are kept anew."""
    with source.reading() as reading, target.writing(JOBS) as writing:
        for table in tables(only=_COPIED):
            _copy(writing, [line for _, line in lines(reading, [table])])
        found = (line for name, line in search_lines(reading) if name == "ticket_search")
        _copy(writing, list(found))


def _copy(writing: Connection, written: list[object]) -> None:
    head, *rows = written
    assert isinstance(head, dict)
    shape, left = Shape.read(head), iter(rows)
    while batch := list(islice(left, _BATCH)):
        keep(writing, shape, [row for row in batch if isinstance(row, list)])
