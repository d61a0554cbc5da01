"""A desk of the first schema, with data in it, killed with -9 at every statement of its upgrade (F46)."""

from collections.abc import Iterator
from itertools import groupby

import pytest
from sqlalchemy import Connection, inspect, text

from storage import schema
from storage.backups.lines import Shape, keep, lines, tables
from storage.database import JOBS, Database, open_database
from storage.guards import guards_of
from storage.records import SqlRecords
from tests.conftest import make_database
from tests.faults.nursery import Nursery
from tests.faults.test_crash_points import KILLED
from tests.faults.worker import Order
from tests.storage.cases import LOGGER, NINE, a_deadline, a_notice, go_on, keep_case
from tickets.case import facts as f
from tickets.case.values import Text
from tickets.ports import AuditEntry, Draft

FIRST = "0001"
STRIDES = [7, pytest.param(1, marks=pytest.mark.long)]
"""Every seventh statement in every run, each of them in `make faults`."""


@pytest.fixture
def data(filed_records: SqlRecords) -> Iterator[tuple[Shape, list[object]]]:
    """What a desk holds, row by row."""
    with filed_records.write() as unit:
        keep_case(unit, deadlines=(a_deadline(),))
        ended = keep_case(unit)
        go_on(unit, ended, f.Resolved(result=Text("换新"), on_the_spot=True), f.Closed())
        archived = keep_case(unit, f.Resolved(result=Text("换新"), on_the_spot=True), f.Closed())
        go_on(unit, archived, f.Archived(key="20261124-售后服务-故障报修"))
        unit.notices.plan([a_notice("assigned:1", number=ended.number)])
        unit.cards.want(ended.number, department="engineering", version=1)
        unit.drafts.keep(Draft(id="d1", person=LOGGER, text="电话里说", kept_at=NINE))
        unit.audit.write(AuditEntry(at=NINE, by=LOGGER, action="log", number=None, outcome="done"))
    with filed_records.database.reading() as connection:
        yield from (_rows(connection),)


def _rows(connection: Connection) -> Iterator[tuple[Shape, list[object]]]:
    shape = None
    for _, line in lines(connection, tables()):
        if isinstance(line, dict):
            shape = Shape.read(line)
        elif shape and isinstance(line, list):
            yield shape, line


@pytest.fixture(params=["sqlite", "postgresql"])
def old(
    request: pytest.FixtureRequest,
    tmp_path: object,
    data: Iterator[tuple[Shape, list[object]]],
) -> Iterator[tuple[Database, str]]:
    """A database of the first schema that holds these data, and its address."""
    url = f"sqlite:///{tmp_path}/old.db"
    if request.param == "postgresql":
        cluster = request.getfixturevalue("postgres")
        name = f"old_{abs(hash(request.node.name)) % 10**9}"
        make_database(cluster, name, template="template1")
        url = cluster.url(name)
    database = open_database(url, readers=2)
    schema.upgrade(database, to=FIRST)
    with database.writing(JOBS) as connection:
        for shape, rows in groupby(data, key=lambda found: found[0]):
            _fill(connection, shape, [row for _, row in rows])
    yield database, url
    database.dispose()


def _fill(connection: Connection, shape: Shape, rows: list[list[object]]) -> None:
    """Put rows into a table as it was then."""
    looked = inspect(connection)
    if not looked.has_table(shape.name):
        return
    then = {column["name"] for column in looked.get_columns(shape.name)}
    places = [place for place, (name, _) in enumerate(shape.columns) if name in then]
    was = Shape(shape.name, tuple(shape.columns[place] for place in places))
    keep(connection, was, [[row[place] for place in places] for row in rows])


def standing(database: Database) -> object:
    """Everything there is: tables, columns, triggers, rows."""
    with database.reading() as connection:
        looked = inspect(connection)
        names = sorted(looked.get_table_names())
        columns = {
            name: [
                (one["name"], str(one["type"]), one["nullable"]) for one in looked.get_columns(name)
            ]
            for name in names
        }
        held = {
            name: sorted(map(repr, connection.execute(text(f'SELECT * FROM "{name}"'))))
            for name in names
            if not name.startswith(("ticket_search_", "article_search_"))
        }
        return columns, held, sorted(guards_of(connection))


@pytest.mark.proves("F46")
@pytest.mark.parametrize("stride", STRIDES)
def test_an_upgrade_killed_at_any_statement_has_changed_nothing_or_all(
    nursery: Nursery, old: tuple[Database, str], stride: int
) -> None:
    database, url = old
    before = standing(database)
    database.dispose()  # as after a crash: nobody has it open
    killed = 0

    while True:
        nth = 1 + killed * stride
        order = Order(database=url, migrates=True, crash_at="migration", nth=nth)
        status = nursery.start(order).ends_within(60)
        if status == 0:
            break
        assert status == KILLED
        killed += 1
        with database.reading() as connection:
            revision = schema.revision_of(connection)
        assert revision in {FIRST, schema.head()}, f"half way, at {revision}, killed at {nth}"
        if revision == FIRST:
            assert standing(database) == before, f"killed at {nth}"
        database.dispose()

    schema.require_current(database)
    after = standing(database)
    assert killed * stride > 40
    assert len(after[1]["events"]) == len(before[1]["events"])  # type: ignore[index]
    assert len(after[1]["tickets"]) == 3  # type: ignore[index]
