"""Customer records: identity sealed field by field, found again by a keyed hash (DESK.md 6)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, bindparam, insert, or_, select, update

from storage.tables import customers
from storage.vault import Spot, TransactionVault
from tickets.case.values import ContactChannel, CustomerId, CustomerType, Salutation
from tickets.errors import NotFound
from tickets.people.customers import Customer

_ADD = insert(customers)
_CHANGE = update(customers).where(customers.c.id == bindparam("of_id"))
_READ = select(customers).where(customers.c.id == bindparam("of_id"))
_FIND = {
    kind: select(customers)
    .where(
        or_(
            customers.c[f"{kind}_hash"] == bindparam("look_up"),
            customers.c[f"{kind}_hash_next"] == bindparam("look_up"),  # while keys rotate
        )
    )
    .order_by(customers.c.created_at, customers.c.id)
    .limit(1)
    for kind in ("phone", "email")
}
_SEALED = ("name", "phone", "email", "address", "level")


@dataclass(frozen=True, slots=True)
class SqlCustomers:
    """Satisfies tickets.ports.Customers."""

    connection: Connection
    vault: TransactionVault

    def add(self, customer: Customer) -> None:
        """Keep a new customer."""
        self.vault.keys.make(customer.id)
        self.connection.execute(_ADD, {"id": customer.id, **self._row(customer)})

    def save(self, customer: Customer) -> None:
        """Keep a changed customer. Raises NotFound."""
        if self.connection.execute(_READ, {"of_id": customer.id}).first() is None:
            raise NotFound("records.no_customer")
        self.connection.execute(_CHANGE, {"of_id": customer.id, **self._row(customer)})

    def get(self, customer_id: CustomerId) -> Customer:
        """Open one customer. Raises NotFound."""
        row = self.connection.execute(_READ, {"of_id": customer_id}).first()
        if row is None:
            raise NotFound("records.no_customer")
        return self._customer(row)

    def find(self, *, phone: str | None, email: str | None) -> Customer | None:
        """Find the same customer: same phone, else same mail; never by name."""
        for kind, value in (("phone", phone), ("email", email)):
            row = self._found(kind, value) if value else None
            found = self._customer(row) if row else None
            if found and not found.is_erased:
                return found
        return None

    def _found(self, kind: str, value: str) -> Row[*tuple[Any, ...]] | None:
        for look_up in self.vault.look_ups(kind, value):
            row = self.connection.execute(_FIND[kind], {"look_up": look_up}).first()
            if row is not None:
                return row
        return None

    def _row(self, customer: Customer) -> dict[str, object]:
        return {
            **self._sealed(customer),
            "phone_hash": self._hash("phone", customer.phone),
            "email_hash": self._hash("email", customer.email),
            "hashed_with": self.vault.newest_key_id,
            "phone_hash_next": None,
            "email_hash_next": None,
            "hashed_next_with": None,
            "salutation": customer.salutation,
            "preferred_channel": customer.preferred_channel,
            "type": customer.type,
            "groups": sorted(customer.groups),
            "created_at": customer.created_at,
        }

    def _sealed(self, customer: Customer) -> Mapping[str, bytes | None]:
        return {name: self._seal(customer, name, getattr(customer, name)) for name in _SEALED}

    def _seal(self, customer: Customer, column: str, text: str) -> bytes | None:
        spot = Spot("customers", customer.id, column)
        return self.vault.seal(text, spot, subject=customer.id) if text else None

    def _hash(self, kind: str, value: str) -> bytes | None:
        return self.vault.look_ups(kind, value)[0] if value else None

    def _customer(self, row: Row[*tuple[Any, ...]]) -> Customer:
        channel, is_erased = row.preferred_channel, self.vault.keys.is_destroyed(row.id)
        opened = {} if is_erased else self._opened(row)
        return Customer(
            id=row.id,
            name=opened.get("name", ""),
            phone=opened.get("phone", ""),
            email=opened.get("email", ""),
            address=opened.get("address", ""),
            salutation=Salutation(row.salutation),
            preferred_channel=ContactChannel(channel) if channel else None,
            type=CustomerType(row.type),
            level=opened.get("level", ""),
            groups=frozenset(row.groups),
            created_at=row.created_at,
            is_erased=is_erased,
        )

    def _opened(self, row: Row[*tuple[Any, ...]]) -> Mapping[str, str]:
        sealed = {name: getattr(row, name) for name in _SEALED if getattr(row, name) is not None}
        return {
            name: self.vault.open(value, Spot("customers", row.id, name), subject=row.id)
            for name, value in sealed.items()
        }
