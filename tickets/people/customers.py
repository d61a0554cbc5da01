"""A customer's record (DESK.md 6): identity is sealed wherever it is kept."""

from dataclasses import dataclass, field
from datetime import datetime

from tickets.case.values import ContactChannel, CustomerId, CustomerType, Salutation
from tickets.people.profile import Mark, Profile

ELDERLY = "elderly"  # 老年, a special group (R7)


NO_CALLBACKS = "callbacks"
"""不再回访, among a customer's opt-outs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Customer:
    """Whose cases these are; an anonymous one has no identity."""

    id: CustomerId
    code: str = ""  # public, C000123; given when the record is first kept
    name: str = ""  # sealed
    phone: str = ""  # sealed; E.164 when it is a valid number, else as typed
    email: str = ""  # sealed
    address: str = ""  # sealed
    salutation: Salutation = Salutation.NONE
    preferred_channel: ContactChannel | None = None
    type: CustomerType = CustomerType.NEW
    level: str = ""
    groups: frozenset[str] = frozenset()  # e.g. elderly
    profile: Profile = field(default_factory=Profile)  # sealed
    marks: tuple[Mark, ...] = ()  # the desk's own tags
    opt_outs: frozenset[str] = frozenset()  # what the customer does not want, e.g. callbacks
    created_at: datetime
    is_erased: bool = False  # the key is destroyed: identity and words are gone, the cases stay

    @property
    def has_contact(self) -> bool:
        """Tell whether anybody could reach this customer; by a masked number nobody does."""
        return any(way and "*" not in way for way in (self.phone, self.email))

    @property
    def tags(self) -> frozenset[str]:
        """Give the desk's own tags, as rules ask for them."""
        return frozenset(mark.tag for mark in self.marks)

    @property
    def is_special(self) -> bool:
        """Tell whether the fast lane is open: a VIP, or a special group (R21)."""
        return self.type is CustomerType.VIP or ELDERLY in self.groups
