"""A customer's record (DESK.md 6): identity is sealed wherever it is kept."""

from dataclasses import dataclass
from datetime import datetime

from tickets.case.values import ContactChannel, CustomerId, CustomerType, Salutation


@dataclass(frozen=True, slots=True, kw_only=True)
class Customer:
    """Whose cases these are; an anonymous one has no identity."""

    id: CustomerId
    name: str = ""  # sealed
    phone: str = ""  # sealed; E.164 when it is a valid number, else as typed
    email: str = ""  # sealed
    address: str = ""  # sealed
    salutation: Salutation = Salutation.NONE
    preferred_channel: ContactChannel | None = None
    type: CustomerType = CustomerType.NEW
    level: str = ""
    groups: frozenset[str] = frozenset()  # e.g. elderly
    created_at: datetime
    is_erased: bool = False  # the key is destroyed: identity and words are gone, the cases stay

    @property
    def has_contact(self) -> bool:
        """Tell whether anybody could reach this customer."""
        return bool(self.phone or self.email)
