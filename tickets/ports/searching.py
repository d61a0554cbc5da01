"""The searches that people keep."""

from collections.abc import Collection, Sequence
from typing import Protocol

from tickets.case.saved_search import SavedSearch
from tickets.case.values import PersonId


class SavedSearches(Protocol):
    """Searches by name, sealed with the desk's key."""

    def add(self, search: SavedSearch) -> None:
        """Keep a new search."""
        ...

    def get(self, search_id: str) -> SavedSearch:
        """Give a search. Raises NotFound."""
        ...

    def find(self, search_id: str) -> SavedSearch | None:
        """Give a search; None where it is gone."""
        ...

    def rename(self, search_id: str, name: str) -> None:
        """Give a search another name."""
        ...

    def drop(self, search_id: str) -> None:
        """Forget a search."""
        ...

    def listed(self, owner: PersonId, departments: Collection[str]) -> Sequence[SavedSearch]:
        """List a person's own searches and those of these departments, in the order they were saved."""
        ...
