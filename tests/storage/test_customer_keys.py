"""A key for each customer: what is sealed with it, what its destruction takes, and what stays (DESK.md 6)."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select, update

from storage.canary import prove_keys
from storage.database import JOBS, Database
from storage.event_log import append_log, spot_of
from storage.keys import new_key, parse_ring
from storage.records import SqlRecords
from storage.tables import customer_keys, customers, events
from storage.trouble import KeyLost, SealBroken
from storage.vault import Erased, Spot, Vault, begin_of
from tests.storage.cases import ENGINEER, NINE, a_customer, go_on, keep_case
from tests.storage.rotating import as_before
from tickets.case import facts as f
from tickets.case.log import Event
from tickets.case.values import ERASED, CustomerId, Text
from tickets.people.privacy import masked

ONE, OTHER = CustomerId("c1"), CustomerId("c2")
HERE = Spot("customers", "c1", "phone")


@pytest.fixture
def two(records: SqlRecords) -> SqlRecords:
    """Two customers with a key each."""
    with records.write() as unit:
        for customer in (ONE, OTHER):
            unit.customers.add(a_customer(id=customer, phone=f"+8613800138{ord(customer[1]):03}"))
    return records


@settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(text=st.text())
def test_what_was_sealed_for_a_customer_opens_as_it_was(two: SqlRecords, text: str) -> None:
    with two.write() as unit:
        sealed = unit.tickets.vault.seal(text, HERE, subject=ONE)

    with two.read() as unit:
        assert unit.tickets.vault.open(sealed, HERE, subject=ONE) == text


@pytest.mark.proves("X20")
@pytest.mark.parametrize(
    ("spot", "whose"),
    [
        (HERE, OTHER),
        (Spot("customers", "c2", "phone"), ONE),
        (Spot("customers", "c1", "name"), ONE),
        (Spot("events", "c1", "phone"), ONE),
    ],
)
def test_it_opens_in_its_place_and_for_its_customer_only(
    two: SqlRecords, spot: Spot, whose: CustomerId
) -> None:
    with two.write() as unit:
        vault = unit.tickets.vault
        sealed = vault.seal("李小明", HERE, subject=ONE)

        with pytest.raises(SealBroken):
            vault.open(sealed, spot, subject=whose)


@pytest.mark.proves("X20")
def test_a_changed_byte_or_a_cut_is_noticed(two: SqlRecords) -> None:
    with two.write() as unit:
        vault = unit.tickets.vault
        sealed = vault.seal("李小明", HERE, subject=ONE)

        for place in range(len(sealed)):
            changed = bytearray(sealed)
            changed[place] ^= 1
            with pytest.raises((SealBroken, KeyLost)):
                vault.open(bytes(changed), HERE, subject=ONE)
            with pytest.raises((SealBroken, KeyLost)):
                vault.open(sealed[:place], HERE, subject=ONE)


@pytest.mark.proves("X20")
def test_no_value_of_a_customer_is_sealed_with_the_desks_key(records: SqlRecords) -> None:
    with records.write() as unit:
        keep_case(unit, f.Noted(text=Text("备注")))

    with records.database.reading() as connection:
        found = connection.execute(select(events.c.words)).scalars().all()
        found += connection.execute(select(customers.c.phone)).scalars().all()
    assert {value[0] for value in found if value} == {2}


def test_a_wrapped_key_moved_to_another_customer_opens_nothing(two: SqlRecords) -> None:
    kept = customer_keys.c
    with two.database.writing(JOBS) as connection:
        wrapped = connection.execute(
            select(kept.wrapped).where(kept.customer_id == ONE)
        ).scalar_one()
        connection.execute(
            update(customer_keys).where(kept.customer_id == OTHER).values(wrapped=wrapped)
        )

    with two.read() as unit, pytest.raises(SealBroken):
        unit.customers.get(OTHER)


def test_values_from_before_customers_had_keys_stay_readable_and_get_one_when_written(
    records: SqlRecords, vault: Vault
) -> None:
    customer = a_customer()
    with records.write() as unit:
        customer = unit.customers.add(customer)
        ticket = keep_case(unit, customer=customer)
    with records.database.writing(JOBS) as connection:
        as_before(connection, vault, customer)
        noted = Event(ticket.id, ticket.number, 3, NINE, ENGINEER, f.Noted(text=Text("之前")))
        append_log(connection, vault, [noted], customer=None)  # type: ignore[arg-type]

    with records.read() as unit:
        assert unit.customers.get(customer.id) == customer
        assert unit.customers.find(phone=customer.phone, email=None) == customer
    with records.write() as unit:
        unit.customers.save(replace(customer, address="天河路1号"))
    with records.database.reading() as connection:
        row = connection.execute(select(customers)).one()
        words = connection.execute(select(events.c.words).where(events.c.seq == 3)).scalar_one()
    assert (row.phone[0], row.address[0]) == (2, 2)
    assert words.startswith(begin_of(vault.newest_key_id))
    with records.read() as unit:
        assert unit.customers.get(customer.id).address == "天河路1号"
        opened = unit.tickets.vault.open(words, spot_of(ticket.id, 3), subject=customer.id)
        assert json.loads(opened) == {"text": "之前"}


@pytest.mark.proves("X23")
def test_a_destroyed_key_takes_all_of_one_customer_and_nothing_of_another(
    records: SqlRecords,
) -> None:
    one, other = a_customer(), a_customer(phone="+8613800138001", name="王芳")
    with records.write() as unit:
        one, other = unit.customers.add(one), unit.customers.add(other)
        erased = keep_case(unit, f.Noted(text=Text("住在三楼")), customer=one, text="空调不制冷")
        kept = keep_case(unit, customer=other, text="冰箱不制冷")

    with records.write() as unit:
        assert unit.customer_keys.destroy(one.id, at=NINE)
        assert not unit.customer_keys.destroy(one.id, at=NINE)

    with records.read() as unit:
        assert unit.customer_keys.is_destroyed(one.id)
        assert not unit.customer_keys.is_destroyed(other.id)
        gone = unit.customers.get(one.id)
        assert gone.is_erased
        assert (gone.name, gone.phone) == ("", "")
        assert masked(gone).is_erased
        assert unit.customers.find(phone=one.phone, email=None) is None
        ticket = unit.tickets.get(erased.number)
        assert ticket.intake.description == ERASED
        assert ticket.status == erased.status
        noted = unit.tickets.events(erased.number)[-1].fact
        assert noted == f.Noted(text=ERASED)
        assert unit.customers.get(other.id) == other
        assert unit.tickets.get(kept.number) == kept


def test_a_key_destroyed_in_this_transaction_is_gone_at_once(two: SqlRecords) -> None:
    with two.write() as unit:
        vault = unit.tickets.vault
        sealed = vault.seal("李小明", HERE, subject=ONE)

        unit.customer_keys.destroy(ONE, at=NINE)

        with pytest.raises(Erased):
            vault.open(sealed, HERE, subject=ONE)


def test_a_key_destroyed_by_another_process_lives_for_no_transaction_more(
    two: SqlRecords, desk_key: str
) -> None:
    other_process = SqlRecords(
        database=two.database, vault=Vault(parse_ring(desk_key)), fold_text=str
    )
    with other_process.read() as unit:
        assert unit.customers.get(ONE).phone

    with two.write() as unit:
        unit.customer_keys.destroy(ONE, at=NINE)

    with other_process.read() as unit:
        assert unit.customers.get(ONE).is_erased


def test_no_more_keys_are_kept_open_than_a_few(
    records: SqlRecords, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.customer_keys.MOST", 2)
    people = [a_customer(phone=f"+861380013800{n}") for n in range(6)]
    with records.write() as unit:
        for place, one in enumerate(people):
            people[place] = unit.customers.add(one)
            assert len(unit.customer_keys._open) <= 2

    with records.read() as unit:
        unit.customer_keys.expect(one.id for one in people)
        assert len(unit.customer_keys._open) <= 2
        assert [unit.customers.get(one.id) for one in people] == people


def test_what_is_written_of_an_erased_customer_can_be_read(records: SqlRecords) -> None:
    customer = a_customer()
    with records.write() as unit:
        customer = unit.customers.add(customer)
        ticket = keep_case(unit, customer=customer)
        unit.customer_keys.destroy(customer.id, at=NINE)
    with records.write() as unit:
        go_on(unit, ticket, f.Noted(text=Text("资料已按要求删除")))

    with records.read() as unit:
        assert unit.tickets.events(ticket.number)[-1].fact == f.Noted(text=Text("资料已按要求删除"))


@pytest.mark.proves("X23")
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_no_byte_of_a_destroyed_key_is_left_in_the_files(
    database: Database, two: SqlRecords
) -> None:
    with database.reading() as connection:
        wrapped = connection.execute(
            select(customer_keys.c.wrapped).where(customer_keys.c.customer_id == ONE)
        ).scalar_one()
    assert wrapped in _files(database)

    with two.write() as unit:
        unit.customer_keys.destroy(ONE, at=NINE)

    assert wrapped not in _files(database)
    assert wrapped[20:40] not in _files(database)


@pytest.mark.proves("X22", "F57")
def test_a_desk_whose_customers_keys_are_lost_does_not_start(
    two: SqlRecords, desk_key: str
) -> None:
    prove_keys(two.database, Vault(parse_ring(desk_key)))
    with two.database.writing(JOBS) as connection:
        connection.execute(delete(customer_keys).where(customer_keys.c.customer_id == ONE))

    with pytest.raises(KeyLost, match="1 customers are missing"):
        prove_keys(two.database, Vault(parse_ring(desk_key)))
    with two.read() as unit, pytest.raises(KeyLost, match=r"customer-keys\.deskbackup"):
        unit.customers.get(ONE)
    with two.write() as unit, pytest.raises(KeyLost):
        unit.tickets.vault.seal("x", HERE, subject=ONE)


@pytest.mark.proves("F57")
def test_a_process_that_lacks_a_key_in_use_serves_nothing(two: SqlRecords) -> None:
    stranger = SqlRecords(database=two.database, vault=Vault(parse_ring(new_key())), fold_text=str)

    with pytest.raises(KeyLost, match="DESK_KEYS"), stranger.read():
        pass
    with pytest.raises(KeyLost, match="DESK_KEYS"), stranger.write():
        pass


def _files(database: Database) -> bytes:
    path = Path(str(database.writers.url.database))
    return path.read_bytes() + path.with_name(path.name + "-wal").read_bytes()
