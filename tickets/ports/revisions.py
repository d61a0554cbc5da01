"""Which desk file is in force, shared by all processes on one database (DESK.md 10)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Adopted:
    """A desk file that is or was in force."""

    revision: str
    adopted_at: datetime
    source: str


class Revisions(Protocol):
    """The revisions in the order they were adopted; the last one is in force."""

    def in_force(self) -> str | None:
        """Name the revision in force; None before the first start."""
        ...

    def newest(self) -> Adopted | None:
        """Give the revision in force with its text."""
        ...

    def offer(self, revision: str, source: str) -> Adopted:
        """Adopt a file nobody has seen before; give what is in force then."""
        ...

    def insist(self, revision: str, source: str) -> Adopted:
        """Adopt a file somebody put in place on purpose, even one that was in force before."""
        ...
