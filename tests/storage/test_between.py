"""A line that breaks at COMMIT loses nothing and doubles nothing; a pooler of transactions changes nothing."""

import re
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import make_url

from storage.database import PEOPLE, Database, open_database
from storage.outbox import SqlOutbox
from storage.records import SqlRecords
from storage.vault import Vault
from tests.cluster import Cluster
from tests.conftest import READERS, fresh_url
from tests.storage.between import Break, Line, Pooler, listening
from tests.storage.cases import DAY, NINE, a_notice, a_query, keep_case
from tests.tickets.desk.desks import EVE, SUE, Trial, a_desk
from tickets.case.values import Text
from tickets.desk import export, work
from tickets.errors import Busy, Unsure
from tickets.notices import Place, PlaceKind
from tickets.people.roles import Action
from tickets.ports import AuditQuery, Receipt
from tickets.sheets.tables import Table
from tickets.sheets.wish import Wish

ROOT = Path(__file__).parents[2]


@contextmanager
def opened(port: int, database: str) -> Iterator[Database]:
    found = open_database(
        f"postgresql://desk@127.0.0.1:{port}/{database}?sslmode=disable", readers=READERS
    )
    yield found
    found.dispose()


@pytest.fixture
def line(postgres: Cluster) -> Line:
    return Line(postgres.socket)


@pytest.fixture
def trial(line: Line, postgres: Cluster, vault: Vault) -> Iterator[Trial]:
    """A desk at the other end of the line."""
    database = str(make_url(fresh_url(postgres)).database)
    with listening(line) as port, opened(port, database) as found:
        yield a_desk(SqlRecords(database=found, vault=vault, fold_text=str))


@pytest.mark.proves("F63")
@pytest.mark.parametrize("when", Break)
def test_a_case_whose_commit_was_cut_off_is_there_once(
    trial: Trial, line: Line, when: Break
) -> None:
    trial.log()
    line.breaks = when

    number = trial.log()

    assert line.broken == 1
    assert number.endswith("002")
    with trial.desk.records.read() as unit:
        assert unit.tickets.page(a_query(open_only=False)).total == 2
    assert trial.log().endswith("003")


@pytest.mark.proves("F63")
@pytest.mark.parametrize("when", Break)
def test_a_step_whose_commit_was_cut_off_is_taken_once(
    trial: Trial, line: Line, when: Break
) -> None:
    number = trial.log()
    line.breaks = when

    work.accept(trial.desk, number, by=EVE, receipt=trial.receipt())

    assert line.broken == 1
    with trial.desk.records.read() as unit:
        kinds = [type(event.fact).__name__ for event in unit.tickets.events(number)]
    assert kinds.count("Accepted") == 1


@pytest.mark.proves("F63")
@pytest.mark.parametrize("when", Break)
def test_a_table_whose_commit_was_cut_off_is_asked_for_once(
    trial: Trial, line: Line, when: Break
) -> None:
    trial.log()
    wish = Wish(table=Table.CRM, since=DAY, until=DAY)
    line.breaks = when

    export.ask_masked(trial.desk, wish, Text("月会"), by=SUE, receipt="r-1")

    assert line.broken == 1
    with trial.desk.records.read() as unit:
        asked = AuditQuery(actions=frozenset({Action.EXPORT_MASKED}))
        assert unit.audit.page(asked, page=1, size=5).total == 1


@pytest.mark.proves("F63")
def test_what_broke_off_before_the_commit_was_not_done(trial: Trial, line: Line) -> None:
    trial.log()  # a first connection asks the server about itself
    line.breaks = Break.BEFORE

    with pytest.raises(Unsure), trial.desk.records.write() as unit:
        unit.tickets.next_number(DAY)

    with trial.desk.records.write() as unit:
        assert unit.tickets.next_number(DAY).endswith("001")


@pytest.mark.proves("F63")
@pytest.mark.parametrize("when", Break)
def test_a_claim_that_was_cut_off_is_nobodys_until_its_lease_is_over(
    trial: Trial, line: Line, when: Break
) -> None:
    records = trial.desk.records
    with records.write() as unit:
        unit.notices.plan([a_notice("n", place=Place(PlaceKind.PERSON, "U1"))])
    outbox = SqlOutbox(records.database)  # type: ignore[attr-defined]
    line.breaks = when

    with pytest.raises(Unsure):
        outbox.claim(now=NINE, at=NINE, owner="me")

    again = outbox.claim(now=NINE, at=NINE, owner="me")
    assert (again is None) == (when is Break.AFTER)
    late = outbox.unclear(settled_by=NINE + timedelta(minutes=2))
    assert [claim.notice.key for claim in late] == ["n"]


@pytest.mark.proves("F63")
def test_a_server_that_is_started_again_is_found_again(postgres: Cluster, vault: Vault) -> None:
    database = open_database(fresh_url(postgres), readers=READERS)
    records = SqlRecords(database=database, vault=vault, fold_text=str)
    with records.write() as unit:
        first = keep_case(unit)

    postgres.stop()
    try:
        with pytest.raises(Busy) as told, records.read() as unit:
            unit.tickets.get(first.number)
    finally:
        postgres.start()

    assert told.value.message.id == "records.away"
    with records.read() as unit:
        assert unit.tickets.get(first.number).version == 2
    database.dispose()


@pytest.mark.proves("F25")
def test_whoever_is_silent_in_a_transaction_is_put_out(postgres: Cluster) -> None:
    database = open_database(fresh_url(postgres), readers=READERS)
    with database.writing(PEOPLE) as connection:
        bounds = {
            name: connection.exec_driver_sql(f"SHOW {name}").scalar_one()
            for name in (
                "idle_in_transaction_session_timeout",
                "statement_timeout",
                "lock_timeout",
                "synchronous_commit",
            )
        }
    assert bounds == {
        "idle_in_transaction_session_timeout": "5s",
        "statement_timeout": "2s",
        "lock_timeout": "2s",
        "synchronous_commit": "on",
    }

    with pytest.raises(Busy), database.writing(PEOPLE) as connection:
        connection.exec_driver_sql("SET LOCAL idle_in_transaction_session_timeout = 10")
        connection.exec_driver_sql("SELECT 1")
        time.sleep(0.3)
        connection.exec_driver_sql("SELECT 1")
    database.dispose()


@pytest.mark.proves("F64")
def test_a_pooler_of_transactions_changes_nothing(postgres: Cluster, vault: Vault) -> None:
    name = str(make_url(fresh_url(postgres)).database)
    pooler = Pooler(postgres.socket, name)
    pooler.open(3)

    with listening(pooler) as port, opened(port, name) as database:
        records = SqlRecords(database=database, vault=vault, fold_text=str)
        numbers = _all_at_once(lambda worker: _log_some(records, worker))
        claimed = _all_at_once(lambda worker: _claim_all(SqlOutbox(database), worker))
        with records.read() as unit:
            assert unit.tickets.page(a_query(words="空调")).total == 48
        left = pooler.ask(
            "SELECT name FROM pg_settings WHERE source = 'session' AND name NOT IN ('client_encoding')"
            " UNION ALL SELECT name FROM pg_prepared_statements"
            " UNION ALL SELECT locktype FROM pg_locks WHERE locktype = 'advisory'"
            " UNION ALL SELECT * FROM pg_listening_channels()"
        )

    assert sorted(int(number[8:]) for number in numbers) == list(range(1, 49))
    assert sorted(claimed) == sorted(f"n{number}" for number in numbers)
    assert all(b"SELECT 0" in answer for answer in left), left
    for session in pooler.sessions:
        session.close()


@pytest.mark.proves("F64")
def test_no_lock_outlives_a_transaction() -> None:
    """Session locks and settings would be left with whoever has the session next (F64)."""
    rooms = [ROOT / room for room in ("storage", "scheduler", "bot", "handlers", "tickets")]
    sources = [file for room in rooms for file in room.rglob("*.py")]
    text = "\n".join(file.read_text(encoding="utf-8") for file in sources)

    held = text.count("pg_advisory") - text.count("pg_advisory_xact_lock")
    set_for_long = [
        line
        for line in text.splitlines()
        if re.search(r"""["']SET (?!LOCAL )""", line) or "LISTEN " in line
    ]

    assert held == 0
    assert set_for_long == []


def _all_at_once(work: Callable[[int], list[str]]) -> list[str]:
    with ThreadPoolExecutor(8) as pool:
        return [one for found in pool.map(work, range(8)) for one in found]


def _log_some(records: SqlRecords, worker: int) -> list[str]:
    logged = []
    for place in range(6):
        with records.write() as unit:
            ticket = keep_case(unit)
            unit.receipts.keep(Receipt(key=f"{worker}.{place}", kind="log"), at=NINE)
            unit.notices.plan([a_notice(f"n{ticket.number}", number=ticket.number)])
        logged.append(str(ticket.number))
    return logged


def _claim_all(outbox: SqlOutbox, worker: int) -> list[str]:
    claimed = []
    while one := outbox.claim(now=NINE, at=NINE, owner=str(worker)):
        claimed.append(one.notice.key)
    return claimed
