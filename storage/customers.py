"""Customer records: identity sealed field by field, found again by a keyed hash (DESK.md 6)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, insert, or_, select, update

from storage.profiles import read_profile, write_profile
from storage.serials import draw_serial
from storage.tables import CUSTOMERS, customers
from storage.vault import Spot, TransactionVault
from tickets.case.values import ContactChannel, CustomerId, CustomerType, Salutation
from tickets.errors import NotFound
from tickets.people.customers import Customer
from tickets.people.profile import Mark, code_of

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
_BY_CODE = select(customers).where(customers.c.code == bindparam("of_code"))
_SEALED = ("name", "phone", "email", "address", "level", "profile")


@dataclass(frozen=True, slots=True)
class SqlCustomers:
    """Satisfies tickets.ports.Customers."""

    connection: Connection
    vault: TransactionVault

    def add(self, customer: Customer) -> Customer:
        """Keep a new customer; one without a public id gets the next free one."""
        self.vault.keys.make(customer.id)
        kept = customer if customer.code else replace(customer, code=self._next_code())
        self.connection.execute(_ADD, {"id": kept.id, **self._row(kept)})
        return kept

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

    def by_code(self, code: str) -> Customer | None:
        """Find a customer by the public id."""
        row = self.connection.execute(_BY_CODE, {"of_code": code}).first()
        return self._customer(row) if row else None

    def _next_code(self) -> str:
        while True:  # an import may have brought this one from elsewhere
            code = code_of(draw_serial(self.connection, CUSTOMERS))
            if self.connection.execute(_BY_CODE, {"of_code": code}).first() is None:
                return code

    def _found(self, kind: str, value: str) -> Row[*tuple[Any, ...]] | None:
        for look_up in self.vault.look_ups(kind, value):
            row = self.connection.execute(_FIND[kind], {"look_up": look_up}).first()
            if row is not None:
                return row
        return None

    def _row(self, customer: Customer) -> dict[str, object]:
        return {
            **self._sealed(customer),
            "code": customer.code or None,
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
            "marks": [[mark.tag, mark.since.isoformat()] for mark in customer.marks],
            "opt_outs": sorted(customer.opt_outs),
            "created_at": customer.created_at,
        }

    def _sealed(self, customer: Customer) -> Mapping[str, bytes | None]:
        return {name: self._seal(customer, name, _text_of(customer, name)) for name in _SEALED}

    def _seal(self, customer: Customer, column: str, text: str) -> bytes | None:
        spot = Spot("customers", customer.id, column)
        return self.vault.seal(text, spot, subject=customer.id) if text else None

    def _hash(self, kind: str, value: str) -> bytes | None:
        # What is masked finds nobody: two people may share what is left of their numbers.
        return self.vault.look_ups(kind, value)[0] if value and "*" not in value else None

    def _customer(self, row: Row[*tuple[Any, ...]]) -> Customer:
        channel, is_erased = row.preferred_channel, self.vault.keys.is_destroyed(row.id)
        opened = {} if is_erased else self._opened(row)
        return Customer(
            id=row.id,
            code=row.code or "",
            name=opened.get("name", ""),
            phone=opened.get("phone", ""),
            email=opened.get("email", ""),
            address=opened.get("address", ""),
            salutation=Salutation(row.salutation),
            preferred_channel=ContactChannel(channel) if channel else None,
            type=CustomerType(row.type),
            level=opened.get("level", ""),
            groups=frozenset(row.groups),
            profile=read_profile(opened.get("profile", "")),
            marks=tuple(Mark(tag, datetime.fromisoformat(since)) for tag, since in row.marks),
            opt_outs=frozenset(row.opt_outs),
            created_at=row.created_at,
            is_erased=is_erased,
        )

    def _opened(self, row: Row[*tuple[Any, ...]]) -> Mapping[str, str]:
        sealed = {name: getattr(row, name) for name in _SEALED if getattr(row, name) is not None}
        return {
            name: self.vault.open(value, Spot("customers", row.id, name), subject=row.id)
            for name, value in sealed.items()
        }


def _text_of(customer: Customer, name: str) -> str:
    return write_profile(customer.profile) if name == "profile" else str(getattr(customer, name))
