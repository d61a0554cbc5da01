"""A backup holds one moment of the desk, sealed; what is put back is the same desk, made careful."""

import json
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert, select, text

from storage.backups.aftermath import SqlAftermath
from storage.backups.backup import (
    KEYS_NAME,
    backups_in,
    forget_old,
    head_of,
    make_backup,
    rows_of,
    verify,
)
from storage.backups.lines import lines, search_lines, tables
from storage.backups.restore import AFTERMATH, restore
from storage.database import JOBS, Database, open_database
from storage.keys import KeyRing, new_key, parse_ring
from storage.outbox import SqlOutbox
from storage.records import SqlRecords
from storage.tables import audit, marks, serials
from storage.trouble import BackupUnreadable, KeyLost, RestoreRefused, SchemaTooNew
from tests.conftest import copied, make_database
from tests.storage.cases import DAY, DIRECTOR, NINE, a_customer, a_notice, keep_case
from tickets.case.listing import Query
from tickets.ports import AuditEntry

SHANGHAI = ZoneInfo("Asia/Shanghai")
EVENING = datetime(2026, 11, 24, 14, 0, tzinfo=UTC)
SECRET_NAME, SECRET_PHONE = "欧阳玄德", "+8613912345678"


@pytest.fixture
def ring(desk_key: str) -> KeyRing:
    return parse_ring(desk_key)


@pytest.fixture
def target(tmp_path: Path) -> str:
    """Where nothing is yet."""
    return f"sqlite:///{tmp_path / 'new' / 'desk.db'}"


def a_desk_at_work(records: SqlRecords, cases: int = 3) -> None:
    with records.write() as unit:
        for _ in range(cases):
            keep_case(unit, customer=_known(unit))
        unit.audit.write(
            AuditEntry(at=NINE, by="U0LOGGER", action="log", number=None, outcome="done")
        )


def _known(unit: object) -> object:
    customer = a_customer(name=SECRET_NAME, phone=SECRET_PHONE)
    unit.customers.add(customer)  # type: ignore[attr-defined]
    return customer


def content(database: Database) -> dict[str, list[object]]:
    """Everything a desk holds, but what being restored adds."""
    held: dict[str, list[object]] = {}
    with database.reading() as connection:
        added = ["marks", "serials", "audit", "audit_waiting"]
        for name, line in lines(connection, tables(without=added)):
            held.setdefault(name, []).append(line)
        for name, line in search_lines(connection):
            held.setdefault(name, []).append(line)
    return {
        name: sorted(json.dumps(one, sort_keys=True) for one in found)
        for name, found in held.items()
    }


def audited(database: Database) -> list[object]:
    with database.reading() as connection:
        return list(connection.execute(select(audit).order_by(audit.c.id)).all())


def reopened(url: str, like: SqlRecords) -> SqlRecords:
    database = open_database(url, readers=4)
    return SqlRecords(database=database, vault=like.vault, fold_text=str)


@pytest.mark.proves("X34", "F44")
@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
def test_what_is_put_back_is_what_was_there(
    either_records: SqlRecords,
    request: pytest.FixtureRequest,
    tmp_path: Path,
    ring: KeyRing,
    target: str,
    engine: str,
) -> None:
    a_desk_at_work(either_records)
    url = target if engine == "sqlite" else _empty_server(request)
    backup = make_backup(either_records.database, ring, tmp_path / "kept", at=EVENING)

    restored = restore(
        backup.records, tmp_path / "kept" / KEYS_NAME, url, ring, zone=SHANGHAI, at=EVENING
    )

    again = reopened(url, either_records)
    assert content(again.database) == content(either_records.database)
    was, now = audited(either_records.database), audited(again.database)
    assert now[:-1] == was  # that it was restored is on the log, nothing else of it is another
    assert restored.made_at == EVENING
    with again.read() as unit:
        listed = unit.tickets.page(Query(sight=DIRECTOR, now=NINE)).lines
    assert len(listed) == 3
    with again.write() as unit:
        found = unit.customers.find(phone=SECRET_PHONE, email=None)
        assert found
        assert found.name == SECRET_NAME
        keep_case(unit)
    again.database.dispose()


def _empty_server(request: pytest.FixtureRequest) -> str:
    cluster = request.getfixturevalue("postgres")
    name = f"restored_{abs(hash(request.node.name)) % 10**9}"
    make_database(cluster, name, template="template1")
    return str(cluster.url(name))


@pytest.mark.proves("X34", "F44")
def test_a_restored_desk_refuses_what_the_first_one_refused(
    filed_records: SqlRecords, tmp_path: Path, ring: KeyRing, target: str
) -> None:
    a_desk_at_work(filed_records)
    backup = make_backup(filed_records.database, ring, tmp_path, at=EVENING)
    restore(backup.records, tmp_path / KEYS_NAME, target, ring, zone=SHANGHAI, at=EVENING)
    asked = text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name")

    again = reopened(target, filed_records)
    with filed_records.database.reading() as before, again.database.reading() as after:
        assert after.execute(asked).all() == before.execute(asked).all() != []
    again.database.dispose()


@pytest.mark.proves("F45")
def test_a_restored_desk_says_nothing_yet_and_goes_on_five_hundred_numbers_later(
    records: SqlRecords, tmp_path: Path, ring: KeyRing, target: str
) -> None:
    a_desk_at_work(records)
    backup = make_backup(records.database, ring, tmp_path, at=EVENING)
    two_days_on = EVENING + timedelta(days=2)

    restored = restore(
        backup.records, tmp_path / KEYS_NAME, target, ring, zone=SHANGHAI, at=two_days_on
    )

    again = reopened(target, records)
    with again.database.reading() as connection:
        last = dict(connection.execute(select(serials.c.day, serials.c.last)).all())
        mark = connection.execute(select(marks).where(marks.c.name == AFTERMATH)).one()
    assert last.pop("customers") == 503
    assert last == {"20261124": 503, "20261125": 500, "20261126": 500}
    assert restored.numbers_from == last
    assert mark.at == EVENING
    with again.write() as unit:
        assert unit.tickets.next_number(DAY) == "20261124504"
    again.database.dispose()


@pytest.mark.proves("F45")
def test_what_is_doubtful_afterwards_is_looked_for_from_the_backup_s_moment_on(
    either_records: SqlRecords,
) -> None:
    database = either_records.database
    with either_records.write() as unit:
        unit.notices.plan([a_notice("never sent so far as the backup knows")])
    with database.writing(JOBS) as connection:
        connection.execute(insert(marks), {"name": AFTERMATH, "at": EVENING, "value": ""})

    assert SqlAftermath(database).begin(now=EVENING) == 1

    (claim,) = SqlOutbox(database).unclear(settled_by=EVENING)
    assert (claim.first_sent_at, claim.last_sent_at) == (EVENING, EVENING)


@pytest.mark.proves("X34", "X22")
def test_a_backup_is_its_owners_alone_and_tells_nothing(
    filed_records: SqlRecords, tmp_path: Path, ring: KeyRing, desk_key: str
) -> None:
    a_desk_at_work(filed_records)

    backup = make_backup(filed_records.database, ring, tmp_path / "kept", at=EVENING)

    files = list((tmp_path / "kept").iterdir())
    assert {path.stat().st_mode & 0o777 for path in files} == {0o600}
    assert (tmp_path / "kept").stat().st_mode & 0o777 == 0o700
    held = b"".join(path.read_bytes() for path in files)
    secret = desk_key.partition(":")[2]
    for word in (SECRET_NAME, SECRET_PHONE, SECRET_PHONE[3:], "空调", "after_sales", secret):
        assert word.encode() not in held
    assert backup.rows["tickets"] == 3


@pytest.mark.proves("F44")
def test_a_backup_made_while_people_write_is_of_one_moment(
    either_records: SqlRecords, tmp_path: Path, ring: KeyRing
) -> None:
    a_desk_at_work(either_records, cases=20)
    stop = threading.Event()

    def write_on() -> None:
        while not stop.is_set():
            with either_records.write() as unit:
                keep_case(unit)

    writer = threading.Thread(target=write_on)
    writer.start()
    try:
        made = [
            make_backup(either_records.database, ring, tmp_path / str(n), at=EVENING)
            for n in range(3)
        ]
    finally:
        stop.set()
        writer.join()

    for backup in made:
        rows = backup.rows
        assert rows["tickets"] == rows["ticket_search"]
        assert rows["events"] == 2 * rows["tickets"]


@pytest.fixture(scope="module")
def a_backup(
    tmp_path_factory: pytest.TempPathFactory, empty_desk: Path, vault: object, desk_key: str
) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("backups")
    database = copied(folder / "desk.db", empty_desk)
    a_desk_at_work(SqlRecords(database=database, vault=vault, fold_text=str))  # type: ignore[arg-type]
    yield make_backup(database, parse_ring(desk_key), folder, at=EVENING).records
    database.dispose()


@pytest.mark.proves("X34")
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_changed_byte_shows(
    a_backup: Path, tmp_path: Path, ring: KeyRing, data: st.DataObject
) -> None:
    whole = bytearray(a_backup.read_bytes())
    place = data.draw(st.integers(0, len(whole) - 1))
    whole[place] ^= data.draw(st.integers(1, 255))
    changed = tmp_path / "changed"
    changed.write_bytes(whole)

    with pytest.raises((BackupUnreadable, KeyLost)):
        verify(changed, ring)


@pytest.mark.proves("X34")
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(part=st.floats(0, 1, exclude_max=True))
def test_a_cut_backup_shows(a_backup: Path, tmp_path: Path, ring: KeyRing, part: float) -> None:
    whole = a_backup.read_bytes()
    cut = tmp_path / "cut"
    cut.write_bytes(whole[: int(len(whole) * part)])

    with pytest.raises(BackupUnreadable):
        verify(cut, ring)


def test_another_desks_key_does_not_open_it(a_backup: Path) -> None:
    with pytest.raises(KeyLost, match="which is not in DESK_KEYS"):
        verify(a_backup, parse_ring(new_key()))


def test_the_newest_program_s_backup_is_left_alone(
    a_backup: Path, ring: KeyRing, target: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.backups.restore.schema.knows", lambda _revision: False)

    with pytest.raises(SchemaTooNew, match="newer"):
        restore(
            a_backup,
            a_backup.with_name(KEYS_NAME),
            target,
            ring,
            zone=SHANGHAI,
            at=EVENING,
        )


@pytest.mark.proves("F45")
def test_a_desk_that_runs_is_not_restored_over(
    filed_records: SqlRecords, tmp_path: Path, ring: KeyRing
) -> None:
    a_desk_at_work(filed_records)
    backup = make_backup(filed_records.database, ring, tmp_path, at=EVENING)
    with filed_records.database.reading() as connection:
        connection.exec_driver_sql("SELECT 1")
    url = str(filed_records.database.writers.url)
    keys = tmp_path / KEYS_NAME

    with pytest.raises(RestoreRefused, match="in use"):
        restore(backup.records, keys, url, ring, zone=SHANGHAI, at=EVENING)

    filed_records.database.dispose()
    restored = restore(backup.records, keys, url, ring, zone=SHANGHAI, at=EVENING)
    assert restored.aside
    assert restored.aside.exists()


@pytest.mark.proves("F43", "F45")
def test_a_damaged_desk_is_put_aside_not_thrown_away(
    filed_records: SqlRecords, tmp_path: Path, ring: KeyRing
) -> None:
    a_desk_at_work(filed_records)
    backup = make_backup(filed_records.database, ring, tmp_path, at=EVENING)
    filed_records.database.dispose()
    path = Path(str(filed_records.database.writers.url.database))
    path.write_bytes(b"nothing that was ever a database" * 1000)

    restored = restore(
        backup.records, tmp_path / KEYS_NAME, f"sqlite:///{path}", ring, zone=SHANGHAI, at=EVENING
    )

    assert restored.aside
    assert restored.aside.read_bytes().startswith(b"nothing that was")
    again = reopened(f"sqlite:///{path}", filed_records)
    assert content(again.database)["tickets"]
    again.database.dispose()


def test_a_server_that_holds_a_desk_is_left_alone(
    served_records: SqlRecords, tmp_path: Path, ring: KeyRing
) -> None:
    a_desk_at_work(served_records)
    backup = make_backup(served_records.database, ring, tmp_path, at=EVENING)
    url = served_records.database.writers.url.render_as_string(hide_password=False)

    with pytest.raises(RestoreRefused, match="not empty"):
        restore(backup.records, tmp_path / KEYS_NAME, url, ring, zone=SHANGHAI, at=EVENING)


def test_what_a_restoration_left_half_done_is_in_nobodys_way(
    filed_records: SqlRecords, tmp_path: Path, ring: KeyRing, target: str
) -> None:
    a_desk_at_work(filed_records)
    backup = make_backup(filed_records.database, ring, tmp_path, at=EVENING)
    half_done = Path(target.removeprefix("sqlite:///") + ".restoring")
    half_done.parent.mkdir()
    half_done.write_bytes(b"killed here")

    restore(backup.records, tmp_path / KEYS_NAME, target, ring, zone=SHANGHAI, at=EVENING)

    assert not half_done.exists()


def test_old_backups_go_and_only_one_file_of_keys_stays(
    filed_records: SqlRecords, tmp_path: Path, ring: KeyRing
) -> None:
    folder = tmp_path / "kept"
    made = [
        make_backup(filed_records.database, ring, folder, at=EVENING + timedelta(days=n)).records
        for n in range(4)
    ]

    gone = forget_old(folder, keep=2)

    assert gone == made[:2]
    assert backups_in(folder) == made[2:]
    assert {path.name for path in folder.iterdir()} == {*(p.name for p in made[2:]), KEYS_NAME}
    assert head_of(made[3])["made_at"].startswith("2026-11-27")


def test_a_promise_that_is_not_kept_shows(a_backup: Path, ring: KeyRing) -> None:
    rows = list(rows_of(a_backup, ring))

    assert {shape.name for shape, _ in rows} >= {"tickets", "events", "customers", "audit"}


def test_no_part_is_left_where_a_backup_fails(
    filed_records: SqlRecords, tmp_path: Path, ring: KeyRing, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = make_backup(filed_records.database, ring, tmp_path, at=EVENING)

    def broken(*_: object) -> None:
        raise BackupUnreadable("the disk lies")

    monkeypatch.setattr("storage.backups.backup.verify", broken)
    with pytest.raises(BackupUnreadable):
        make_backup(filed_records.database, ring, tmp_path, at=EVENING + timedelta(days=1))

    assert backups_in(tmp_path) == [first.records]


def test_the_two_files_are_not_taken_for_each_other(
    a_backup: Path, ring: KeyRing, target: str
) -> None:
    keys = a_backup.with_name(KEYS_NAME)

    with pytest.raises(BackupUnreadable, match="does not hold the records"):
        restore(keys, a_backup, target, ring, zone=SHANGHAI, at=EVENING)
    with pytest.raises(BackupUnreadable, match="does not hold the customers' keys"):
        restore(a_backup, a_backup, target, ring, zone=SHANGHAI, at=EVENING)

    assert not Path(target.removeprefix("sqlite:///")).exists()
