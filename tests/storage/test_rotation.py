"""The desk's key rotates while the desk runs: nothing unreadable, nobody lost, and what may be dropped is told."""

import threading
from pathlib import Path

import pytest
from sqlalchemy import LargeBinary, select, text

from storage import desk_keys
from storage.canary import prove_keys
from storage.database import JOBS, Database, open_database
from storage.event_log import append_log
from storage.key_needs import needs_of
from storage.keys import KeyRing, add_first_key, drop_keys, make_key_file, new_key, parse_ring
from storage.keys import read_key_file as read
from storage.records import SqlRecords
from storage.resealing import CANARIES, DESKS, IDENTITY, UNCHANGED, columns
from storage.rotation import Rotation
from storage.schema import upgrade
from storage.tables import canaries, customers, metadata
from storage.trouble import KeyLost
from storage.vault import Spot, Vault
from tests.storage.cases import ENGINEER, NINE, a_customer, keep_case
from tests.storage.rotating import a_stock, records_of, require_all
from tickets.case import facts as f
from tickets.case.log import Event
from tickets.case.values import Text

NO_ENVELOPES = {
    ("archived_days", "head"),
    ("archived_tickets", "digest"),
    ("audit", "signature"),
    ("audit_seals", "mac"),
    ("customer_keys", "wrapped"),
    ("disposals", "remains"),
    *(("customers", f"{kind}_hash{end}") for kind in ("phone", "email") for end in ("", "_next")),
}
"""Columns of bytes that the vault does not seal: hashes and signatures, and the wrapped keys."""


@pytest.fixture
def ring(desk_key: str) -> KeyRing:
    """A new key before the one that the desk is under."""
    return parse_ring(f"{new_key()},{desk_key}")


def rotated(database: Database, ring: KeyRing, *, batch: int = 4) -> Rotation:
    rotation = a_rotation(database, ring, batch=batch)
    list(rotation.run())
    return rotation


def a_rotation(database: Database, ring: KeyRing, *, batch: int = 4) -> Rotation:
    return Rotation(database, Vault(ring), settle_s=0, batch=batch, polite=0)


def test_every_column_of_sealed_values_is_known_to_the_rotation() -> None:
    found = {
        (table.name, column.name)
        for table in metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, LargeBinary)
    }

    assert found - NO_ENVELOPES == columns((*DESKS, *IDENTITY, *UNCHANGED, *CANARIES))


@pytest.mark.proves("X22", "F58", "F59")
def test_everything_is_brought_to_the_new_key_and_the_old_one_may_go(
    database: Database, records: SqlRecords, ring: KeyRing
) -> None:
    stock = a_stock(records, count=11)
    new, old = (key.id for key in ring.keys)

    rotation = rotated(database, ring)

    require_all(records_of(database, ring), stock)
    assert rotation.needs()[old].opens == {}
    alone = KeyRing(ring.keys[:1])
    prove_keys(database, Vault(alone))
    require_all(records_of(database, alone), stock)
    with database.reading() as connection:
        assert connection.execute(select(canaries.c.key_id)).scalars().all() == [new]
        rows = connection.execute(select(customers)).all()
    assert {row.hashed_with for row in rows} == {new}
    assert {(row.phone_hash_next, row.email_hash_next, row.hashed_next_with) for row in rows} == {
        (None, None, None)
    }
    assert {row.phone[0] for row in rows if row.id != stock.erased.id} == {2}
    with pytest.raises(KeyLost):
        prove_keys(database, Vault(KeyRing(ring.keys[1:])))


@pytest.mark.proves("F58")
def test_a_second_run_has_nothing_to_do(database: Database, ring: KeyRing) -> None:
    assert a_rotation(database, ring).is_needed()
    rotated(database, ring)

    assert not a_rotation(database, ring).is_needed()
    assert list(a_rotation(database, ring).run()) == []
    assert not a_rotation(database, KeyRing(ring.keys[:1])).is_needed()


@pytest.mark.proves("F58", "F59")
def test_stopped_after_any_batch_all_is_readable_and_found_by_old_and_new_processes(
    database: Database, records: SqlRecords, ring: KeyRing
) -> None:
    stock = a_stock(records, count=7)
    running = records_of(database, ring)  # was started with both keys before the rotation began
    require_all(running, stock)
    stops = 0
    while True:
        steps = a_rotation(database, ring, batch=3).run()
        if next(steps, None) is None:
            break
        steps.close()
        stops += 1
        require_all(running, stock)
        require_all(records_of(database, ring), stock)

    assert stops > 8
    require_all(records_of(database, KeyRing(ring.keys[:1])), stock)


@pytest.mark.proves("F59")
def test_while_look_ups_are_reckoned_anew_either_column_finds(
    database: Database, records: SqlRecords, ring: KeyRing
) -> None:
    stock = a_stock(records, count=6, old=0)
    steps = a_rotation(database, ring, batch=3).run()
    for progress in steps:
        if progress.step == "customers' look-ups" and progress.done == 3:
            break
    steps.close()

    with database.reading() as connection:
        rows = connection.execute(select(customers)).all()
    both = [row for row in rows if row.phone_hash and row.phone_hash_next]
    assert 1 < len(both) < len(stock.customers)
    require_all(records_of(database, ring), stock)
    with records_of(database, ring).write() as unit:  # and a new one is found too, under one key
        other = unit.customers.add(a_customer(phone="+8613700000000"))
    rotated(database, ring)
    with records_of(database, KeyRing(ring.keys[:1])).read() as unit:
        assert unit.customers.find(phone=other.phone, email=None) == other


@pytest.mark.proves("F58")
def test_what_cannot_be_sealed_anew_keeps_its_key_and_says_why(
    database: Database, records: SqlRecords, vault: Vault, ring: KeyRing
) -> None:
    customer = a_customer()
    with records.write() as unit:
        customer = unit.customers.add(customer)
        ticket = keep_case(unit, customer=customer)
    with database.writing(JOBS) as connection:
        before = Event(ticket.id, ticket.number, 3, NINE, ENGINEER, f.Noted(text=Text("之前")))
        append_log(connection, vault, [before], customer=None)  # type: ignore[arg-type]
    old = ring.keys[1].id

    rotation = rotated(database, ring)

    assert rotation.needs()[old].opens == {"events.words": 1}
    assert not rotation.is_needed()
    with records_of(database, ring).read() as unit:
        assert unit.tickets.events(ticket.number)[-1].fact == f.Noted(text=Text("之前"))
    with pytest.raises(KeyLost, match=old):
        prove_keys(database, Vault(KeyRing(ring.keys[:1])))


def test_two_rotations_one_after_the_other_and_a_third_that_overtakes(
    database: Database, records: SqlRecords, ring: KeyRing
) -> None:
    stock = a_stock(records, count=7)
    steps = a_rotation(database, ring, batch=2).run()
    for _ in range(6):
        next(steps)
    steps.close()
    newer = parse_ring(new_key()).keys + ring.keys

    rotation = rotated(database, KeyRing(newer))

    assert all(one.opens == {} for one in rotation.needs().values())
    require_all(records_of(database, KeyRing(newer[:1])), stock)


@pytest.mark.proves("F58", "F59")
def test_a_bot_goes_on_meanwhile(
    database: Database,
    records: SqlRecords,
    desk_key: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It knows the old key alone, and reads its key file again when it meets the new one."""
    monkeypatch.setattr(desk_keys, "LOOK_EVERY_S", 0.1)
    stock = a_stock(records, count=30)
    path = tmp_path / "desk.key"
    path.touch(mode=0o600)
    path.write_text(desk_key + "\n")
    bot = SqlRecords(
        database=database, vault=Vault(read(path), reread=lambda: read(path)), fold_text=str
    )
    made, failed, stop = [], [], threading.Event()

    def work() -> None:
        while not stop.is_set():
            try:
                customer = a_customer(phone=f"+8613600{len(made):06}")
                with bot.write() as unit:
                    customer = unit.customers.add(customer)
                    keep_case(unit, customer=customer)
                made.append(customer)
                require_all(bot, stock)
            except Exception as trouble:  # noqa: BLE001  told below
                failed.append(trouble)
                return

    thread = threading.Thread(target=work)
    thread.start()
    while len(made) < 3 and not failed:
        stop.wait(0.01)
    ring = add_first_key(path)
    rotation = Rotation(database, Vault(ring), settle_s=0.3, batch=2, polite=0.5)
    list(rotation.run())
    enough = len(made) + 3
    while len(made) < enough and not failed:
        stop.wait(0.01)
    stop.set()
    thread.join()

    assert failed == []
    alone = records_of(database, KeyRing(ring.keys[:1]))
    require_all(alone, stock)
    with alone.read() as unit:
        for customer in made:
            assert unit.customers.find(phone=customer.phone, email=None) == customer
    assert not rotation.is_needed()


def test_a_key_destroyed_while_keys_rotate_stays_destroyed(
    database: Database, records: SqlRecords, ring: KeyRing
) -> None:
    stock = a_stock(records, count=5, old=0)
    steps = a_rotation(database, ring, batch=2).run()
    next(steps)
    gone = stock.customers[-1]
    with records_of(database, ring).write() as unit:
        unit.customer_keys.destroy(gone.id, at=NINE)
    list(steps)

    with records_of(database, ring).read() as unit:
        assert unit.customers.get(gone.id).is_erased
    with database.reading() as connection:
        row = connection.execute(select(customers).where(customers.c.id == gone.id)).one()
        assert needs_of(connection, ring.keys[1].id).opens == {}
    assert (row.phone_hash, row.email_hash) == (None, None)


def test_a_desk_of_the_first_schema_gets_its_customers_keys(
    tmp_path: Path, desk_key: str, ring: KeyRing
) -> None:
    """What it holds is under the desk's key; it is read, found, and rotated with the rest."""
    database = open_database(f"sqlite:///{tmp_path / 'first.db'}", readers=2)
    upgrade(database, to="0001")
    vault, customer = Vault(parse_ring(desk_key)), a_customer()
    sealed = {
        name: vault.seal(
            getattr(customer, name), Spot("customers", customer.id, name), subject=None
        )
        for name in ("name", "phone")
    }
    found_by = vault.look_ups("phone", customer.phone)[0]
    with database.writing(JOBS) as connection:
        first = {"salutation": "none", "type": "new", "groups": "[]"}
        row = {"id": customer.id, "at": NINE.isoformat(), "hash": found_by, **sealed, **first}
        connection.execute(
            text(
                "INSERT INTO customers (id, name, phone, phone_hash, salutation, type, groups, created_at)"
                " VALUES (:id, :name, :phone, :hash, :salutation, :type, :groups, :at)"
            ),
            row,
        )

    upgrade(database)
    prove_keys(database, vault)

    for keys in (parse_ring(desk_key), ring):
        with records_of(database, keys).read() as unit:
            assert unit.customers.get(customer.id).name == customer.name
            assert unit.customers.find(phone=customer.phone, email=None)
    assert rotated(database, ring).needs()[ring.keys[1].id].opens == {}
    with records_of(database, KeyRing(ring.keys[:1])).write() as unit:
        assert unit.customers.find(phone=customer.phone, email=None)
        keep_case(unit, customer=unit.customers.get(customer.id))
    database.dispose()


def test_a_key_file_is_replaced_whole_and_stays_its_owners_alone(tmp_path: Path) -> None:
    path = tmp_path / "desk.key"
    make_key_file(path)
    (old,) = read(path).keys

    ring = add_first_key(path)

    assert ring.keys[1:] == (old,)
    assert ring.newest != old
    assert path.stat().st_mode & 0o777 == 0o600
    assert [one.name for one in tmp_path.iterdir()] == ["desk.key"]
    (tmp_path / "desk.key.part").write_text("half")  # left by one that was killed
    drop_keys(path, [old.id, ring.newest.id])
    assert read(path).keys == ring.keys[:1]
