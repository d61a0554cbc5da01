"""What a ticket's status is shown as: one inner state may bear several of a desk's words (DESK.md 2, R69)."""

from enum import StrEnum

from tickets.case.values import Status


class Shown(StrEnum):
    """A status at a point of its life that a desk may have a word of its own for."""

    ASSIGNED = "assigned"  # new, and somebody is to take it on: S3's 已受理
    CONFIRMED = "confirmed"  # resolved, and the customer confirmed it: S3's 已解决

    @property
    def status(self) -> Status:
        """The status it is one face of."""
        return Status.NEW if self is Shown.ASSIGNED else Status.RESOLVED


def shown_as(status: Status, *, is_assigned: bool, is_confirmed: bool) -> Shown | None:
    """Tell at which such point a ticket is; None: its status says it all."""
    if status is Status.NEW and is_assigned:
        return Shown.ASSIGNED
    if status is Status.RESOLVED and is_confirmed:
        return Shown.CONFIRMED
    return None


class Side(StrEnum):
    """One side of a status that a desk may show by two words; a search tells the two apart."""

    UNASSIGNED = "new/unassigned"
    ASSIGNED = "new/assigned"
    UNCONFIRMED = "resolved/unconfirmed"
    CONFIRMED = "resolved/confirmed"

    @property
    def status(self) -> Status:
        """The status it is one side of."""
        return Status(self.value.partition("/")[0])

    @property
    def shown(self) -> Shown | None:
        """What the side is shown as that has a word of its own; None for the other, which bears the status's."""
        return {Side.ASSIGNED: Shown.ASSIGNED, Side.CONFIRMED: Shown.CONFIRMED}.get(self)


def sides_of(status: Status) -> frozenset[Side]:
    """Give the two sides of a status; none where it has no such point."""
    return frozenset(side for side in Side if side.status is status)
