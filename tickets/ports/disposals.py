"""Requests to end what is kept of people, and what they are about."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Protocol

from tickets.case.values import CustomerId, Number
from tickets.people.disposal import Occasion, Request, Standing


class Disposals(Protocol):
    """The requests, and what is past its age."""

    def add(self, request: Request) -> None:
        """Keep a new request."""
        ...

    def get(self, request_id: str) -> Request:
        """Give a request. Raises NotFound."""
        ...

    def save(self, request: Request, *, was: Standing) -> None:
        """Keep how far a request has come. Raises Conflict: somebody was faster."""
        ...

    def standing(self, *standings: Standing) -> Sequence[Request]:
        """List the requests that have come so far, the oldest first."""
        ...

    def of_customer(self, customer: CustomerId) -> Sequence[Request]:
        """List the erasures that were asked for a customer, the newest first."""
        ...

    def is_open(self, occasion: Occasion) -> bool:
        """Tell whether a request of this kind is still under way."""
        ...

    def past(self, before: datetime, *, limit: int) -> Sequence[Number]:
        """List ended tickets that ended before then and still hold words, the oldest first."""
        ...

    def left_behind(
        self, before: datetime, without: Collection[Number], *, limit: int
    ) -> Sequence[CustomerId]:
        """List customers known since before then, of whom no ticket but these still holds words."""
        ...

    def undone(self, *, limit: int) -> Sequence[CustomerId]:
        """List erased customers of whom tickets hold words again: an older backup was restored."""
        ...

    def undisposed(self, numbers: Sequence[Number]) -> Sequence[Number]:
        """Sort out those tickets that still hold words."""
        ...

    def forget(self, customer: CustomerId) -> None:
        """Empty a customer's identity: columns and look-up hashes; what statistics count stays."""
        ...
