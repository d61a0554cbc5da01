"""Where sealed values stand, and whose key they are under; a test holds that no column is forgotten."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Table, func, literal
from sqlalchemy.types import LargeBinary

from storage.tables import (
    audit,
    blockers,
    canaries,
    customers,
    decisions,
    disposal_requests,
    disposals,
    drafts,
    events,
    evidence_copies,
    export_requests,
    improvements,
    peppers,
    pursuits,
    retrospectives,
    revisions,
    saved_searches,
)
from storage.vault import Spot, begin_of


@dataclass(frozen=True, slots=True)
class Kept:
    """A column of sealed values; `names_row` is the column that names the row in the value's spot."""

    table: Table
    column: str
    names_row: str = "id"

    def spot(self, row: str) -> Spot:
        """Name the place of a row's value."""
        return Spot(self.table.name, row, self.column)

    def is_under(self, key_id: str) -> ColumnElement[bool]:
        """Say that a value was sealed with one of the desk's keys."""
        return begins(self.table.c[self.column], begin_of(key_id))


DESKS = (
    Kept(drafts, "text"),
    Kept(revisions, "source", "revision"),
    Kept(blockers, "name"),
    Kept(disposal_requests, "reason"),
    Kept(export_requests, "reason"),
    Kept(peppers, "sealed", "name"),
    Kept(improvements, "pain"),
    Kept(improvements, "action"),
    Kept(improvements, "goal"),
    Kept(improvements, "outcome"),
    Kept(saved_searches, "name"),
    Kept(saved_searches, "line"),
    Kept(retrospectives, "record"),
    Kept(pursuits, "resources", "item"),
)
"""Sealed with the desk's key, and sealed anew when it rotates."""

UNCHANGED = (
    Kept(events, "words"),
    Kept(decisions, "text"),
    Kept(decisions, "help"),
    Kept(disposals, "reason"),
    Kept(evidence_copies, "content", "file_id"),
)
"""Rows that nothing changes, and copies under their customer's key alone: what of them is under a desk's key stays under it."""

_IDENTITY = ("name", "phone", "email", "address", "level", "profile")
IDENTITY = tuple(Kept(customers, one) for one in _IDENTITY)
"""Sealed with the customer's key; what is not yet is sealed anew when keys rotate."""

CANARIES = (Kept(canaries, "sealed", "key_id"),)
SIGNED = audit.c.signature


def begins(column: ColumnElement[bytes], beginning: bytes) -> ColumnElement[bool]:
    """Say that bytes begin so, on either engine."""
    return func.substr(column, 1, len(beginning)) == literal(beginning, LargeBinary)


def columns(kept: Iterable[Kept]) -> set[tuple[str, str]]:
    """Name columns as (table, column)."""
    return {(one.table.name, one.column) for one in kept}
