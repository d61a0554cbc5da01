"""Transactions: whole or not at all, one writer after another, readers on one snapshot."""

import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy.exc import DBAPIError

from bot.clock import SystemClock
from storage.database import Database, open_database
from storage.fair_lock import FairLock
from storage.keys import parse_ring
from storage.outbox import SqlOutbox
from storage.records import SqlRecords
from storage.schema import upgrade
from storage.vault import Vault
from tests.storage.cases import (
    DAY,
    DIRECTOR,
    NINE,
    a_customer,
    a_notice,
    a_query,
    go_on,
    keep_case,
)
from tickets.case import facts as f
from tickets.case.values import Number, Text
from tickets.errors import Busy, Conflict
from tickets.notices import Place, PlaceKind
from tickets.ports import Receipt

WRITERS, EACH = 8, 60


def all_at_once(work: Callable[[int], None], *, workers: int = WRITERS) -> None:
    with ThreadPoolExecutor(workers) as pool:
        for done in [pool.submit(work, worker) for worker in range(workers)]:
            done.result()


def test_eight_writers_draw_gapless_numbers_and_none_is_locked_out(records: SqlRecords) -> None:
    drawn: list[Number] = []

    def draw(_worker: int) -> None:
        for _ in range(EACH):
            with records.write() as unit:
                drawn.append(unit.tickets.next_number(DAY))

    all_at_once(draw)

    assert sorted(drawn, key=int) == [
        Number(f"20261124{serial:03d}") for serial in range(1, WRITERS * EACH + 1)
    ]


@pytest.mark.proves("F41")
def test_eight_writers_read_then_write_and_lose_nothing(records: SqlRecords) -> None:
    with records.write() as unit:
        ticket = keep_case(unit)

    def note(worker: int) -> None:
        kept = 0
        while kept < 10:
            try:
                with records.write() as unit:
                    go_on(unit, unit.tickets.get(ticket.number), f.Noted(text=Text(f"{worker}")))
                kept += 1
            except Conflict:  # PostgreSQL lets both read; the slower one reads again
                continue

    all_at_once(note)

    with records.read() as unit:
        log = unit.tickets.events(ticket.number)
    assert [event.seq for event in log] == list(range(1, ticket.version + WRITERS * 10 + 1))


@pytest.mark.proves("F24")
def test_two_couriers_never_claim_the_same_notice(database: Database, records: SqlRecords) -> None:
    with records.write() as unit:
        unit.notices.plan(
            [a_notice(f"n{i}", place=Place(PlaceKind.PERSON, f"U{i}")) for i in range(40)]
        )
    outbox, claimed = SqlOutbox(database), []

    def work(worker: int) -> None:
        while one := outbox.claim(now=NINE, at=NINE, owner=str(worker)):
            claimed.append(one.notice.key)

    all_at_once(work, workers=4)

    assert sorted(claimed) == sorted({f"n{i}" for i in range(40)})


def test_one_receipt_is_kept_of_two_deliveries_at_once(records: SqlRecords) -> None:
    taken: list[str] = []

    def keep(_worker: int) -> None:
        try:
            with records.write() as unit:
                unit.receipts.keep(Receipt(key="view-1", kind="log"), at=NINE)
        except Conflict as conflict:
            taken.append(conflict.message.id)

    all_at_once(keep)

    assert taken == ["records.handled_meanwhile"] * (WRITERS - 1)


def test_an_exception_undoes_everything(records: SqlRecords) -> None:
    customer = a_customer()

    with pytest.raises(ZeroDivisionError), records.write() as unit:
        unit.customers.add(customer)
        keep_case(unit, customer=customer)
        _ = 1 / 0

    with records.read() as unit:
        assert unit.customers.find(phone=customer.phone, email=None) is None
        assert unit.tickets.page(a_query(open_only=False)).total == 0


def test_writing_through_a_reader_fails(records: SqlRecords) -> None:
    with pytest.raises(DBAPIError), records.read() as unit:
        unit.customers.add(a_customer())


def test_a_reader_sees_one_moment(records: SqlRecords) -> None:
    with records.read() as reader:
        before = reader.tickets.page(a_query()).total
        with records.write() as unit:
            keep_case(unit)
        after = reader.tickets.page(a_query()).total

    assert (before, after) == (0, 0)


@pytest.mark.proves("F41")
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_who_waits_too_long_is_told_to_try_again(database: Database, vault: Vault) -> None:
    hasty = SqlRecords(
        database=database, vault=vault, fold_text=str, patience=timedelta(milliseconds=50)
    )

    with hasty.write(), pytest.raises(Busy), hasty.write():
        pytest.fail("two writers at once")

    with hasty.write() as unit:
        keep_case(unit)


@pytest.mark.proves("F41")
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_another_process_that_holds_the_file_is_waited_for_no_longer(
    database: Database, vault: Vault
) -> None:
    other = open_database(str(database.writers.url), readers=1)
    hasty = SqlRecords(
        database=database, vault=vault, fold_text=str, patience=timedelta(milliseconds=50)
    )

    with other.writing(timedelta(seconds=1)), pytest.raises(Busy), hasty.write():
        pytest.fail("two writers at once")

    with hasty.write() as unit:
        keep_case(unit)
    other.dispose()


@pytest.mark.proves("F41")
@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_a_locked_row_is_waited_for_no_longer(database: Database, vault: Vault) -> None:
    hasty = SqlRecords(
        database=database, vault=vault, fold_text=str, patience=timedelta(milliseconds=50)
    )

    with hasty.write() as first, pytest.raises(Busy), hasty.write() as second:
        first.tickets.next_number(DAY)
        second.tickets.next_number(DAY)


def test_the_lock_serves_in_the_order_people_came() -> None:
    lock, served = FairLock(), []
    assert lock.acquire(1)

    def queue_up(place: int) -> None:
        assert lock.acquire(10)
        served.append(place)
        lock.release()

    threads = []
    for place in range(5):
        threads.append(threading.Thread(target=queue_up, args=(place,)))
        threads[-1].start()
        while len(lock._queue) <= place:
            time.sleep(0.001)
    lock.release()
    for thread in threads:
        thread.join()

    assert served == [0, 1, 2, 3, 4]


def test_who_gives_up_leaves_the_queue() -> None:
    lock = FairLock()
    assert lock.acquire(1)

    assert not lock.acquire(0.01)

    lock.release()
    assert lock.acquire(0.01)


@pytest.mark.proves("F30")
def test_a_server_tells_its_own_moment(database: Database) -> None:
    told = database.moment()

    if database.is_sqlite:
        assert told is None
    else:
        assert told is not None
        assert abs(told - SystemClock().now()) < timedelta(minutes=1)


def test_a_database_in_memory_is_refused() -> None:
    with pytest.raises(ValueError, match="names no file"):
        open_database("sqlite://", readers=1)


KILLED = """
import sys
from tests.storage.test_transactions import log_for_ever
log_for_ever(sys.argv[1])
"""


def log_for_ever(path: str) -> None:
    """Log tickets until killed, saying each number once it is committed."""
    database = open_database(f"sqlite:///{path}", readers=1)
    upgrade(database)
    vault = Vault(parse_ring("k1:" + "A" * 43 + "="))
    records = SqlRecords(database=database, vault=vault, fold_text=str)
    while True:
        with records.write() as unit:
            ticket = keep_case(unit)
            unit.notices.plan([a_notice(ticket.number, number=ticket.number)])
        sys.stdout.write(ticket.number + "\n")
        sys.stdout.flush()


def test_a_killed_process_leaves_nothing_half_and_loses_nothing_said(tmp_path: Path) -> None:
    path = tmp_path / "desk.db"
    process = subprocess.Popen(
        [sys.executable, "-c", KILLED, str(path)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    )
    assert process.stdout is not None
    said = [process.stdout.readline().strip() for _ in range(25)]
    process.send_signal(signal.SIGKILL)
    said += process.stdout.read().split()
    process.stdout.close()
    process.wait()

    database = open_database(f"sqlite:///{path}", readers=1)
    upgrade(database)
    vault = Vault(parse_ring("k1:" + "A" * 43 + "="))
    records = SqlRecords(database=database, vault=vault, fold_text=str)
    with records.read() as unit:
        page = unit.tickets.page(a_query(words="空调", size=10_000, sight=DIRECTOR))
        kept = [line.number for line in page.lines][::-1]
        assert kept[: len(said)] == said
        assert len(kept) - len(said) in {0, 1}
        for number in kept:
            assert unit.tickets.get(number).version == 2
            assert unit.notices.state(number) is not None
    database.dispose()
