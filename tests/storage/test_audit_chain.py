"""The audit log's chain: whatever is changed behind the triggers shows (F65, X27)."""

import random
import threading
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert, select, text
from sqlalchemy.exc import DatabaseError

from storage.audit import SqlAudit, row_of
from storage.audit_check import Verdict, verify
from storage.audit_findings import Trouble
from storage.audit_heads import (
    BACKED_UP,
    NOTED,
    RESTORED,
    Head,
    Noted,
    append,
    head_of,
    newest,
    not_given_up,
    noted_in,
    was_given_up,
)
from storage.backups.backup import make_backup
from storage.backups.chain import chain_of
from storage.database import JOBS, Database
from storage.keys import new_key, parse_ring
from storage.records import SqlRecords
from storage.signing import Signer
from storage.tables import audit, audit_seals, audit_waiting
from storage.vault import Vault
from tests.storage import tampering
from tests.storage.cases import LOGGER, NINE
from tickets.ports import AuditEntry

LATER = NINE + timedelta(seconds=15)


def an_entry(place: int = 0) -> AuditEntry:
    return AuditEntry(
        at=NINE + timedelta(seconds=place),
        by=LOGGER,
        action=("accept", "close", "reveal")[place % 3],
        number=None,
        outcome="refused" if place % 4 == 3 else "done",
        detail={"why": "refused.stranger", "n": place} if place % 4 == 3 else {},
    )


def write(records: SqlRecords, count: int, *, first: int = 0, ring: str = "") -> None:
    signer = Signer(parse_ring(ring)) if ring else records.vault.signer
    with records.database.writing(JOBS) as connection:
        for place in range(first, first + count):
            SqlAudit(connection, signer).write(an_entry(place))


def seal(records: SqlRecords, *, limit: int = 1000, ring: str = "") -> int:
    signer = Signer(parse_ring(ring)) if ring else records.vault.signer
    with records.database.writing(JOBS) as connection:
        return SqlAudit(connection, signer).seal(at=LATER, limit=limit)


def looked_at(records: SqlRecords, signer: Signer, heads: Iterable[Head] = ()) -> Verdict:
    with records.database.reading() as connection:
        return verify(connection, signer, heads)


@pytest.fixture
def signer(vault: Vault) -> Signer:
    return vault.signer


@pytest.mark.proves("F65", "X27")
def test_what_was_written_is_chained_in_order(records: SqlRecords, signer: Signer) -> None:
    write(records, 7)

    assert seal(records, limit=4) == 4
    assert seal(records) == 3
    assert seal(records) == 0

    with records.database.reading() as connection:
        order = connection.execute(select(audit_seals.c.audit_id).order_by(audit_seals.c.seq))
        begun, *rest = order.scalars().all()
    assert begun == 8  # the chain says itself that it begins
    assert rest == [1, 2, 3, 4, 5, 6, 7]
    verdict = looked_at(records, signer)
    assert (verdict.findings, verdict.sealed, verdict.unsealed) == ([], 8, 0)


def test_nothing_to_chain_writes_nothing(records: SqlRecords) -> None:
    assert seal(records) == 0

    with records.read() as unit:
        assert not unit.audit.waits()


def test_a_tail_that_waits_is_told_and_is_no_trouble(records: SqlRecords, signer: Signer) -> None:
    write(records, 3)
    seal(records)
    write(records, 2, first=5)

    verdict = looked_at(records, signer)

    assert verdict.is_whole
    assert verdict.unsealed == 2
    assert verdict.unsealed_since == "2026-11-24T01:00:05.000000+00:00"


@pytest.mark.requirement(116)
@pytest.mark.proves("X27")
@pytest.mark.parametrize("table", ["audit", "audit_seals"])
@pytest.mark.parametrize(
    "tampering", ["UPDATE {0} SET {1} = {1}", "DELETE FROM {0}", "TRUNCATE {0}"]
)
def test_the_database_itself_refuses_changes(
    records: SqlRecords, table: str, tampering: str
) -> None:
    if "TRUNCATE" in tampering and records.database.is_sqlite:
        pytest.skip("SQLite has no TRUNCATE")
    write(records, 1)
    seal(records)
    column = "actor" if table == "audit" else "key_id"

    with (
        pytest.raises(DatabaseError, match="can only grow"),
        records.database.writing(JOBS) as connection,
    ):
        connection.exec_driver_sql(tampering.format(table, column))


@pytest.mark.proves("F65")
def test_a_row_that_commits_late_with_a_lower_id_is_not_passed_over(
    served_records: SqlRecords, signer: Signer
) -> None:
    """On PostgreSQL ids are given before the commit: one transaction is held open over others."""
    written, go_on = threading.Event(), threading.Event()

    def slow() -> None:
        with served_records.write() as unit:
            unit.audit.write(an_entry(0))
            written.set()
            go_on.wait(4)

    holding = threading.Thread(target=slow)
    holding.start()
    assert written.wait(4)
    write(served_records, 2, first=1)
    seal(served_records)
    before = looked_at(served_records, signer)
    go_on.set()
    holding.join()

    seal(served_records)

    after = looked_at(served_records, signer)
    with served_records.database.reading() as connection:
        ids = connection.execute(select(audit_seals.c.audit_id).order_by(audit_seals.c.seq))
        order = ids.scalars().all()
    assert (before.is_whole, before.sealed, after.is_whole, after.sealed) == (True, 3, True, 4)
    assert order[-1] == 1 < min(order[:-1])


@pytest.mark.proves("F65")
def test_several_processes_chain_each_row_once(records: SqlRecords, signer: Signer) -> None:
    stop, troubles = threading.Event(), list[Exception]()

    def at_it() -> None:
        while not stop.is_set():
            try:
                seal(records, limit=5)
            except Exception as trouble:  # noqa: BLE001  told below
                troubles.append(trouble)

    sealers = [threading.Thread(target=at_it) for _ in range(3)]
    for one in sealers:
        one.start()
    for place in range(40):
        write(records, 1, first=place)
    stop.set()
    for one in sealers:
        one.join()
    while seal(records):
        pass

    verdict = looked_at(records, signer)
    assert (troubles, verdict.findings, verdict.sealed) == ([], [], 41)


@pytest.mark.proves("F65", "X22")
def test_a_new_key_is_announced_and_old_rows_are_still_confirmed(records: SqlRecords) -> None:
    old, new = new_key(), new_key()
    both = f"{new},{old}"
    write(records, 3, ring=old)
    seal(records, ring=old)
    write(records, 1, first=3, ring=old)  # signed with the old key, chained under the new one
    write(records, 2, first=4, ring=both)
    seal(records, ring=both)

    with records.database.reading() as connection:
        verdict = verify(connection, Signer(parse_ring(both)))
        told = connection.execute(audit.select().where(audit.c.action == "audit_chain")).all()

    assert (verdict.findings, verdict.sealed) == ([], 8)
    assert told[1].detail == {"key": new.partition(":")[0], "was": old.partition(":")[0]}


def test_a_process_with_an_older_ring_leaves_the_chain_alone(records: SqlRecords) -> None:
    old, new = new_key(), new_key()
    both = f"{new},{old}"
    for ring in (old, both):
        write(records, 1, ring=ring)
        seal(records, ring=ring)
    write(records, 1, first=1, ring=old)

    assert seal(records, ring=old) == 0
    assert seal(records, ring=both) == 1
    assert looked_at(records, Signer(parse_ring(both))).is_whole


def test_a_key_that_was_dropped_stops_nothing_and_is_missed_by_verify(records: SqlRecords) -> None:
    old, new = new_key(), new_key()
    write(records, 2, ring=old)
    seal(records, ring=old)
    write(records, 2, first=2, ring=new)

    assert seal(records, ring=new) == 2

    missed = looked_at(records, Signer(parse_ring(new))).findings
    assert [(one.trouble, one.detail) for one in missed] == [
        (Trouble.KEY_MISSING, old.partition(":")[0])
    ]
    assert seal(records, ring=old) == 0  # it comes too late
    both = Signer(parse_ring(f"{new},{old}"))
    assert looked_at(records, both).findings == []


@pytest.mark.proves("F65")
def test_a_key_that_is_missing_or_wrong_is_named(records: SqlRecords) -> None:
    write(records, 3)
    seal(records)
    other = Signer(parse_ring(new_key()))
    name = records.vault.signer.newest_key_id
    liar = Signer(parse_ring(f"{name}:{new_key().partition(':')[2]}"))

    missing, wrong = looked_at(records, other), looked_at(records, liar)

    assert [(one.trouble, one.detail) for one in missing.findings] == [(Trouble.KEY_MISSING, name)]
    assert [one.trouble for one in wrong.findings] == [Trouble.WRONG_KEY]


def test_rows_of_an_earlier_program_are_taken_over_once(
    records: SqlRecords, signer: Signer
) -> None:
    """They carry no signature; after them nothing without one is the desk's."""
    with records.database.writing(JOBS) as connection:
        for place in range(3):
            bare = row_of(an_entry(place), signer) | {"signature": None}
            connection.execute(insert(audit), bare)
    before = looked_at(records, signer)
    seal(records)
    taken_over = looked_at(records, signer)
    with records.database.writing(JOBS) as connection:
        connection.execute(insert(audit), row_of(an_entry(9), signer) | {"signature": None})
    waiting = looked_at(records, signer)
    seal(records)

    assert before.is_whole
    assert (taken_over.findings, taken_over.sealed) == ([], 4)
    assert [one.trouble for one in waiting.findings] == [Trouble.INSERTED]
    assert [one.trouble for one in looked_at(records, signer).findings] == [Trouble.INSERTED]


@pytest.mark.proves("F65")
def test_what_is_taken_out_of_the_queue_is_missed(records: SqlRecords, signer: Signer) -> None:
    write(records, 2)
    with records.database.writing(JOBS) as connection:
        connection.execute(audit_waiting.delete().where(audit_waiting.c.audit_id == 1))
    write(records, 1, first=2)
    seal(records)

    (finding,) = looked_at(records, signer).findings

    assert (finding.trouble, finding.row) == (Trouble.PASSED_OVER, 1)


def test_rubbish_in_the_queue_stops_nobody(records: SqlRecords, signer: Signer) -> None:
    write(records, 2)
    seal(records)
    with records.database.writing(JOBS) as connection:
        connection.execute(insert(audit_waiting), [{"audit_id": 1}, {"audit_id": 4711}])

    seal(records)

    with records.read() as unit:
        assert not unit.audit.waits()
    assert looked_at(records, signer).is_whole


@pytest.mark.proves("F65", "X27")
def test_the_first_row_that_was_touched_is_named(records: SqlRecords, signer: Signer) -> None:
    write(records, 6)
    seal(records)

    def after(sql: str) -> list[tuple[Trouble, object]]:
        with records.database.writers.connect() as connection, connection.begin() as undone:
            tampering.open_up(connection)
            connection.execute(text(sql))
            found = verify(connection, signer).findings
            undone.rollback()
        return [(one.trouble, one.row) for one in found]

    assert after("UPDATE audit SET actor = 'U0OTHER' WHERE id = 3") == [(Trouble.EDITED, 3)]
    assert after("DELETE FROM audit WHERE id = 3") == [(Trouble.REMOVED, 3)]
    gone = after("DELETE FROM audit_seals WHERE seq = 3")
    assert gone == [(Trouble.REMOVED, None), (Trouble.PASSED_OVER, 2)]  # its row is left alone
    assert after("UPDATE audit_seals SET sealed_at = '2020-01-01 00:00:00+00' WHERE seq = 4") == [
        (Trouble.MOVED, 3)
    ]


@pytest.mark.proves("F65", "X27")
def test_a_cut_tail_is_found_by_the_head_that_was_noted_elsewhere(
    records: SqlRecords, signer: Signer, tmp_path: Path
) -> None:
    write(records, 6)
    seal(records)
    with records.database.reading() as connection:
        append(tmp_path, head_of(connection, at=LATER), signer)
    with records.database.writing(JOBS) as connection:
        tampering.open_up(connection)
        connection.exec_driver_sql("DELETE FROM audit_seals WHERE seq > 4")
        connection.exec_driver_sql("DELETE FROM audit WHERE id IN (4, 5, 6)")

    noted = noted_in(tmp_path, signer)
    found = looked_at(records, signer, not_given_up(noted)).findings

    assert looked_at(records, signer).is_whole  # the chain alone cannot know
    assert [(one.trouble, one.seq) for one in found] == [(Trouble.CUT, 5)]


@pytest.mark.proves("F65", "X27")
def test_a_backup_knows_a_log_that_was_cut_and_one_that_grew_again(
    records: SqlRecords, signer: Signer, tmp_path: Path, desk_key: str
) -> None:
    write(records, 6)
    seal(records)
    made = make_backup(records.database, parse_ring(desk_key), tmp_path, at=LATER)
    known = chain_of(made.records, signer)
    assert looked_at(records, signer, [known]).is_whole
    with records.database.writing(JOBS) as connection:
        tampering.open_up(connection)
        connection.exec_driver_sql("DELETE FROM audit_seals WHERE seq > 4")
        connection.exec_driver_sql("DELETE FROM audit WHERE id IN (4, 5, 6)")

    cut = looked_at(records, signer, [known])
    write(records, 5)
    with records.database.writing(JOBS) as connection:  # as the trigger would have done
        queue = "SELECT id FROM audit WHERE id NOT IN (SELECT audit_id FROM audit_seals)"
        connection.exec_driver_sql(f"INSERT INTO audit_waiting (audit_id) {queue}")
    seal(records)
    grown = looked_at(records, signer, [known])

    assert looked_at(records, signer).is_whole  # the chain alone cannot know
    assert [(one.trouble, one.seq) for one in cut.findings] == [(Trouble.CUT, 5)]
    assert "in the backup of 2" in cut.findings[0].detail
    assert cut.heads == 0  # none was noted elsewhere
    assert [(one.trouble, one.seq) for one in grown.findings] == [(Trouble.REWRITTEN, known.seq)]


def test_a_restoration_gives_up_the_backups_that_went_further() -> None:
    def head(at: str, seq: int, what: str = BACKED_UP) -> Head:
        return Head(at=f"2026-11-{at}T02:00:00+00:00", seq=seq, mac="00", key_id="k", what=what)

    noted = [Noted(1, head("22", 9, NOTED)), Noted(2, head("24", 7, RESTORED))]

    assert was_given_up(head("23", 8), noted)
    assert not was_given_up(head("23", 7), noted)  # the one that was put back
    assert not was_given_up(head("25", 8), noted)  # made since
    assert not was_given_up(head("23", 8), noted[:1])


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_heads_file_that_was_changed_is_told(
    records: SqlRecords, database: Database, signer: Signer, tmp_path: Path
) -> None:
    write(records, 2)
    seal(records)
    with database.reading() as connection:
        path = append(tmp_path, head_of(connection, at=LATER), signer)
        append(tmp_path, head_of(connection, at=LATER), signer)
    first, second = path.read_text().splitlines()
    path.write_text(first.replace('"seq": 3', '"seq": 2') + "\n" + second + "\nrubbish\n")

    noted = noted_in(tmp_path, signer)

    assert path.stat().st_mode & 0o777 == 0o600
    assert [one.head is not None for one in noted] == [False, True, False]
    assert newest(noted) == noted[1].head


def test_a_restoration_gives_up_heads_and_says_so() -> None:
    def head(seq: int, what: str = "noted") -> Head:
        return Head(at="2026-11-24", seq=seq, mac=f"{seq:02}", key_id="k", what=what)

    noted = [Noted(n, one) for n, one in enumerate([head(5), head(9), head(7, RESTORED), head(8)])]

    assert [one.seq for one in not_given_up(noted)] == [5, 7, 8]


def _found_of(records: SqlRecords, signer: Signer, *, times: int, seed: int) -> list[str]:
    """Tamper again and again, each time undone; give what was not found."""
    chance = random.Random(seed)
    write(records, 30)
    seal(records, limit=13)
    seal(records)
    missed = []
    with records.database.writers.connect() as connection, connection.begin() as undone:
        head = head_of(connection, at=LATER)
        tampering.open_up(connection)
        assert verify(connection, signer, [head]).is_whole
        for _ in range(times):
            point = connection.begin_nested()
            done = tampering.tamper(connection, chance)
            if verify(connection, signer, [head]).is_whole:
                missed.append(done)
            point.rollback()
        undone.rollback()
    return missed


@pytest.mark.proves("F65", "X27")
def test_random_tampering_is_found(records: SqlRecords, signer: Signer) -> None:
    assert _found_of(records, signer, times=120, seed=1) == []


@pytest.mark.long
@pytest.mark.proves("F65", "X27")
def test_a_thousand_tamperings_are_all_found(records: SqlRecords, signer: Signer) -> None:
    assert _found_of(records, signer, times=1_000, seed=2) == []
