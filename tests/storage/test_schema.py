"""The schema: made all or nothing, grown by nobody else, refused where it does not fit."""

import shutil
from pathlib import Path
from random import Random

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import event, insert
from sqlalchemy.exc import DatabaseError

from storage import migrations, schema
from storage.archive_digest import digests_of
from storage.database import JOBS, Database, open_database
from storage.records import SqlRecords
from storage.schema import require_current, require_sound, upgrade
from storage.tables import events, metadata
from storage.trouble import Damaged, SchemaTooNew, SchemaTooOld
from tests.storage.cases import LOGGER, NINE, keep_case
from tests.tickets.desk.desks import a_desk
from tests.tickets.insight.year import live_a_year
from tickets.case import facts as f
from tickets.case.values import Text
from tickets.ports import AuditEntry


@pytest.fixture
def fresh(tmp_path: Path) -> Database:
    return open_database(f"sqlite:///{tmp_path / 'new' / 'desk.db'}", readers=2)


VERSIONS = Path(migrations.__file__).parent / "versions"
STEPS = tuple(sorted(path.name[1:5] for path in VERSIONS.glob("r[0-9]*.py")))


def test_the_migrated_schema_is_the_declared_one(database: Database) -> None:
    with database.reading() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        differences = compare_metadata(context, metadata)

    assert [one for one in differences if "_search" not in str(one)] == []


def test_an_upgrade_is_done_once(fresh: Database) -> None:
    assert upgrade(fresh) == STEPS
    assert upgrade(fresh) == ()
    require_current(fresh)
    fresh.dispose()


@pytest.mark.proves("F45")
def test_customers_of_an_older_backup_are_named_and_no_id_is_given_twice(fresh: Database) -> None:
    upgrade(fresh, to="0013")
    with fresh.writing(JOBS) as connection:
        connection.exec_driver_sql("INSERT INTO serials (day, last) VALUES ('customers', 500)")
        for one in ("a", "b"):
            connection.exec_driver_sql(
                "INSERT INTO customers (id, salutation, type, groups, created_at) "
                f"VALUES ('{one}', 'none', 'new', '[]', '2026-11-2{ord(one) - 96}T00:00:00+00:00')"
            )

    upgrade(fresh)

    with fresh.reading() as connection:
        codes = connection.exec_driver_sql("SELECT code FROM customers ORDER BY id").scalars().all()
        last = connection.exec_driver_sql("SELECT last FROM serials").scalars().all()
    assert (codes, last) == (["C000001", "C000002"], [502])
    fresh.dispose()


@pytest.mark.proves("F45")
@pytest.mark.requirement(69)
def test_an_upgrade_learns_from_the_logs_which_customers_confirmed(
    database: Database, records: SqlRecords
) -> None:
    done, again = (
        f.Resolved(result=Text("好了")),
        f.RoundBegun(round=2, by_low_score=False, reason=Text("又坏了")),
    )
    with records.write() as unit:
        lives = {
            keep_case(unit, *facts).number: shown
            for facts, shown in (
                ((done, f.Confirmed()), True),
                ((done,), False),
                ((done, f.Confirmed(), f.Closed()), False),
                ((done, f.Confirmed(), f.Closed(), f.Archived(key="20261124-x")), False),
                ((done, f.Confirmed(), again), False),
                ((done, f.Confirmed(), again, done), False),
                ((done, f.Confirmed(), again, done, f.Confirmed()), True),
            )
        }
    sealed = archived_digests(database)
    back_to(database, "0024")

    assert upgrade(database) == steps_after("0024")

    assert archived_digests(database) == sealed
    assert len(sealed) == 1
    with database.reading() as connection:
        rows = connection.exec_driver_sql("SELECT number, confirmed FROM tickets").all()
    assert {number: bool(confirmed) for number, confirmed in rows} == lives


def archived_digests(database: Database) -> dict[int, bytes]:
    """Digest what is archived as its seal covers it."""
    with database.reading() as connection:
        upto = connection.exec_driver_sql(
            "SELECT number_key, version FROM tickets WHERE status = 'archived'"
        ).all()
        return digests_of(connection, {row.number_key: row.version for row in upto})


@pytest.mark.requirement(103)
def test_an_upgrade_learns_from_the_clocks_what_was_given_for_a_first_contact(
    database: Database, records: SqlRecords
) -> None:
    live_a_year(a_desk(records), Random(5), steps=60)
    known = expected(database)
    assert len({given for given in known.values() if given}) > 1
    back_to(database, "0025")

    assert upgrade(database) == steps_after("0025")

    assert expected(database) == known


def expected(database: Database) -> dict[tuple[int, int], int | None]:
    """Give what each round was given for a first contact, in seconds."""
    with database.reading() as connection:
        rows = connection.exec_driver_sql("SELECT number_key, round, expected_s FROM round_figures")
        return {(key, place): given for key, place, given in rows}


_UNDONE = {
    "0025": "ALTER TABLE tickets DROP COLUMN confirmed",
    "0026": "ALTER TABLE round_figures DROP COLUMN expected_s",
    "0027": "DROP INDEX ix_deadlines_authority",
    "0028": "DROP TABLE addenda_found",
}


def back_to(database: Database, step: str) -> None:
    """Make the tables those of an earlier step, rows and all."""
    with database.writing(JOBS) as connection:
        for later in steps_after(step):
            connection.exec_driver_sql(_UNDONE[later])
        connection.exec_driver_sql(f"UPDATE alembic_version SET version_num = '{step}'")


def steps_after(step: str) -> tuple[str, ...]:
    return tuple(one for one in STEPS if one > step)


def test_a_new_database_is_its_owners_alone(fresh: Database, tmp_path: Path) -> None:
    upgrade(fresh)

    modes = {path.stat().st_mode & 0o777 for path in (tmp_path / "new").iterdir()}
    assert modes == {0o600}
    fresh.dispose()


@pytest.mark.proves("F47")
def test_an_older_database_asks_for_an_upgrade(fresh: Database, tmp_path: Path) -> None:
    (tmp_path / "new").mkdir()

    with pytest.raises(SchemaTooOld, match="db upgrade"):
        require_current(fresh)
    fresh.dispose()


@pytest.mark.proves("F47")
def test_a_newer_database_is_left_alone(database: Database) -> None:
    with database.writing(JOBS) as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")

    for looking in (upgrade, require_current):
        with pytest.raises(SchemaTooNew, match="9999"):
            looking(database)


def test_somebody_elses_database_is_left_alone(fresh: Database, tmp_path: Path) -> None:
    (tmp_path / "new").mkdir()
    with fresh.writing(JOBS) as connection:
        connection.exec_driver_sql("CREATE TABLE shop (id INTEGER)")

    with pytest.raises(Damaged, match="none of a desk"):
        upgrade(fresh)
    fresh.dispose()


@pytest.mark.parametrize("stopped_after", [1, 5, 12, 25])
def test_a_migration_that_fails_leaves_nothing_behind(
    fresh: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stopped_after: int
) -> None:
    made = schema.sqlite_engine

    def faulty(*args: object, **named: object) -> object:
        engine = made(*args, **named)
        left = [stopped_after]

        def fail_at_last(*_: object) -> None:
            left[0] -= 1
            if left[0] == 0:
                raise RuntimeError("the power went")

        def count(_c: object, _cursor: object, statement: str, *_: object) -> None:
            if statement.lstrip().startswith("CREATE"):
                fail_at_last()

        event.listen(engine, "after_cursor_execute", count)
        return engine

    monkeypatch.setattr(schema, "sqlite_engine", faulty)
    with pytest.raises(RuntimeError):
        upgrade(fresh)
    monkeypatch.undo()

    with fresh.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar() == 0
    assert upgrade(fresh) == STEPS
    fresh.dispose()


@pytest.mark.parametrize("table", ["events", "audit"])
@pytest.mark.parametrize("tampering", ["UPDATE {} SET actor = 'U0'", "DELETE FROM {}"])
def test_what_happened_cannot_be_changed(
    database: Database, records: SqlRecords, table: str, tampering: str
) -> None:
    with records.write() as unit:
        keep_case(unit)
        unit.audit.write(AuditEntry(at=NINE, by=LOGGER, action="log", number=None, outcome="done"))

    with pytest.raises(DatabaseError, match="can only grow"), database.writing(JOBS) as connection:
        connection.exec_driver_sql(tampering.format(table))


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_what_happened_cannot_be_replaced(database: Database, records: SqlRecords) -> None:
    with records.write() as unit:
        keep_case(unit)

    with pytest.raises(DatabaseError, match="can only grow"), database.writing(JOBS) as connection:
        connection.exec_driver_sql("REPLACE INTO events SELECT * FROM events")


def test_an_event_has_its_place_to_itself(database: Database, records: SqlRecords) -> None:
    with records.write() as unit:
        keep_case(unit)

    with pytest.raises(DatabaseError), database.writing(JOBS) as connection:
        row = connection.execute(events.select()).first()
        connection.execute(insert(events), dict(row._mapping))


@pytest.mark.proves("F43")
@pytest.mark.parametrize("harm", ["flipped", "cut", "no database"])
def test_a_damaged_file_is_never_served(empty_desk: Path, tmp_path: Path, harm: str) -> None:
    path = tmp_path / "desk.db"
    shutil.copyfile(empty_desk, path)
    content = bytearray(path.read_bytes())
    match harm:
        case "flipped":
            content[4096 * 3 : 4096 * 6] = b"\x5a" * (4096 * 3)
        case "cut":
            del content[len(content) // 2 :]
        case _:
            content[:100] = b"x" * 100
    path.write_bytes(content)
    database = open_database(f"sqlite:///{path}", readers=2)

    with pytest.raises(Damaged, match="backup"):
        upgrade(database)
    with pytest.raises(Damaged, match="backup"):
        require_current(database)
    database.dispose()


def test_a_sound_file_is_served(database: Database) -> None:
    require_sound(database)
