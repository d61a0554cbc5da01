"""A desk with something in every sealed place, and a look whether all of it is still there."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, update

from storage.database import JOBS, Database
from storage.keys import KeyRing
from storage.records import SqlRecords
from storage.revisions import SqlRevisions
from storage.tables import customer_keys, customers
from storage.vault import Spot, Vault
from tests.storage.cases import ENGINEER, NINE, a_customer, keep_case
from tickets.case import facts as f
from tickets.case.values import Number, Text
from tickets.meetings.meeting import Blocker
from tickets.people.customers import Customer
from tickets.ports import Draft


class Nine:
    """A clock that stands."""

    def now(self) -> datetime:
        return NINE


@dataclass(frozen=True, slots=True)
class Stock:
    """What a desk holds, in plain words."""

    customers: tuple[Customer, ...]
    numbers: tuple[Number, ...]
    erased: Customer


def records_of(database: Database, ring: KeyRing) -> SqlRecords:
    """Open a desk as a process with these keys does."""
    return SqlRecords(database=database, vault=Vault(ring), fold_text=str)


def a_stock(records: SqlRecords, *, count: int, old: int = 3) -> Stock:
    """Fill a desk; the first `old` customers are as they were before customers had keys."""
    people = [
        a_customer(
            phone=f"+86138{n:08}",
            email=f"c{n}@private.example",
            name=f"李小{n}",
            address=f"天河路{n}号",
        )
        for n in range(count)
    ]
    numbers = []
    with records.write() as unit:
        for n, made in enumerate(people):
            people[n] = customer = unit.customers.add(made)
            if n >= old:
                note = f.Noted(text=Text(f"备注{n}"))
                numbers.append(keep_case(unit, note, customer=customer, text=f"描述{n}").number)
        unit.drafts.keep(Draft(id="d1", person=ENGINEER, text="草稿", kept_at=NINE))
        unit.meetings.name_blocker(
            Blocker(id="b1", name=Text("等配件"), named_by=ENGINEER, named_at=NINE)
        )
        erased = unit.customers.add(a_customer(phone="+8613900000000"))
    with records.write() as unit:
        unit.customer_keys.destroy(erased.id, at=NINE)
    SqlRevisions(records.database, records.vault, Nine()).offer("r1", "desk: 示例")
    with records.database.writing(JOBS) as connection:
        for customer in people[:old]:
            as_before(connection, records.vault, customer)
    return Stock(tuple(people), tuple(numbers), erased)


def as_before(connection: Connection, vault: Vault, customer: Customer) -> None:
    """Bring a customer's row to what it was before customers had keys."""
    old = {
        name: vault.seal_with(vault.newest_key_id, text, Spot("customers", customer.id, name))
        for name in ("name", "phone", "email", "address")
        if (text := getattr(customer, name))
    }
    whose = customers.c.id == customer.id
    connection.execute(update(customers).where(whose).values(**old, hashed_with=None))
    no_key = update(customer_keys).where(customer_keys.c.customer_id == customer.id)
    connection.execute(no_key.values(wrapped=None, key_id=None))


def require_all(records: SqlRecords, stock: Stock) -> None:
    """Read everything, and find each customer by phone and by mail."""
    with records.read() as unit:
        for customer in stock.customers:
            assert unit.customers.get(customer.id) == customer
            assert unit.customers.find(phone=customer.phone, email=None) == customer
            assert unit.customers.find(phone=None, email=customer.email) == customer
        for number in stock.numbers:
            log = unit.tickets.events(number)
            assert log[0].fact.description.startswith("描述")  # type: ignore[attr-defined]
            assert log[-1].fact.text.startswith("备注")  # type: ignore[attr-defined]
        draft = unit.drafts.take("d1", ENGINEER)
        assert draft
        assert draft.text == "草稿"
        blocker = unit.meetings.blocker("b1")
        assert blocker
        assert blocker.name == "等配件"
        assert unit.customers.get(stock.erased.id).is_erased
        assert unit.customers.find(phone=stock.erased.phone, email=None) is None
    newest = SqlRevisions(records.database, records.vault, Nine()).newest()
    assert newest
    assert newest.source == "desk: 示例"
