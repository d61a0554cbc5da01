"""Saved searches as rows, their names and lines sealed with the desk's key."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, insert, or_, select, update

from storage.tables import saved_searches
from storage.vault import Spot, Vault
from tickets.case.saved_search import SavedSearch
from tickets.case.values import PersonId
from tickets.errors import NotFound

_S = saved_searches.c
_OF_ID = _S.id == bindparam("of_id")
_GET = select(saved_searches).where(_OF_ID)
_DROP = delete(saved_searches).where(_OF_ID)
_RENAME = update(saved_searches).where(_OF_ID).values(name=bindparam("new_name"))


@dataclass(frozen=True, slots=True)
class SqlSavedSearches:
    """Satisfies tickets.ports.SavedSearches."""

    connection: Connection
    vault: Vault

    def add(self, search: SavedSearch) -> None:
        """Keep a new search."""
        row = {
            "id": search.id,
            "owner": search.owner,
            "department": search.department,
            "name": self._sealed(search.id, "name", search.name),
            "line": self._sealed(search.id, "line", search.line),
            "saved_at": search.saved_at,
        }
        self.connection.execute(insert(saved_searches), row)

    def get(self, search_id: str) -> SavedSearch:
        """Give a search. Raises NotFound."""
        search = self.find(search_id)
        if search is None:
            raise NotFound("saved.gone")
        return search

    def find(self, search_id: str) -> SavedSearch | None:
        """Give a search; None where it is gone."""
        row = self.connection.execute(_GET, {"of_id": search_id}).first()
        return self._search(row) if row else None

    def rename(self, search_id: str, name: str) -> None:
        """Give a search another name."""
        sealed = self._sealed(search_id, "name", name)
        self.connection.execute(_RENAME, {"of_id": search_id, "new_name": sealed})

    def drop(self, search_id: str) -> None:
        """Forget a search."""
        self.connection.execute(_DROP, {"of_id": search_id})

    def listed(self, owner: PersonId, departments: Collection[str]) -> Sequence[SavedSearch]:
        """List a person's own searches and those of these departments, in the order they were saved."""
        theirs = or_(_S.owner == owner, _S.department.in_(sorted(departments)))
        asked = select(saved_searches).where(theirs).order_by(_S.saved_at, _S.id)
        return tuple(self._search(row) for row in self.connection.execute(asked))

    def _sealed(self, search_id: str, column: str, text: str) -> bytes:
        return self.vault.seal(text, _spot(search_id, column), subject=None)

    def _search(self, row: Row[*tuple[Any, ...]]) -> SavedSearch:
        def opened(column: str, sealed: bytes) -> str:
            return self.vault.open(sealed, _spot(row.id, column), subject=None)

        return SavedSearch(
            id=row.id,
            owner=PersonId(row.owner),
            department=row.department,
            name=opened("name", row.name),
            line=opened("line", row.line),
            saved_at=row.saved_at,
        )


def _spot(search_id: str, column: str) -> Spot:
    return Spot("saved_searches", search_id, column)
