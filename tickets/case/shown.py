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
