"""Requests to take everything out unmasked."""

from typing import Protocol

from tickets.people.exports import Request, Standing


class Exports(Protocol):
    """The requests, each with its reason sealed."""

    def add(self, request: Request) -> None:
        """Keep a new request."""
        ...

    def get(self, request_id: str) -> Request:
        """Give a request. Raises NotFound."""
        ...

    def save(self, request: Request, *, was: Standing) -> None:
        """Keep how far a request has come. Raises Conflict: somebody was faster."""
        ...
