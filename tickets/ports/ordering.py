"""The orders brought along, by which repeat purchase, complaints and churn are told (R106)."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Protocol

from tickets.insight.orders import Counting, Order


class Brought(StrEnum):
    """What became of an order."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "unchanged"


class Orders(Counting, Protocol):
    """Orders by their number's hash; who ordered is kept as a hash alone."""

    def bring(self, orders: Sequence[Order], *, dry_run: bool = False) -> Sequence[Brought]:
        """Keep orders, those known already as they are now; tell what became of each."""
        ...

    def forget(self, buyers: Sequence[str]) -> int:
        """Take the orders of an erased customer out, however they were named; tell how many."""
        ...
