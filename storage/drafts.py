"""Text kept for a person because a form could not open; sealed, for its author only."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, insert, select

from storage.tables import drafts
from storage.vault import Spot, Vault
from tickets.case.values import PersonId
from tickets.ports import Draft

_ADD = insert(drafts)
_TAKE = select(drafts).where(
    drafts.c.id == bindparam("of_id"), drafts.c.person == bindparam("of_person")
)
_DROP = delete(drafts).where(drafts.c.id == bindparam("of_id"))
_PURGE = delete(drafts).where(drafts.c.kept_at < bindparam("before"))


@dataclass(frozen=True, slots=True)
class SqlDrafts:
    """Satisfies tickets.ports.Drafts."""

    connection: Connection
    vault: Vault

    def keep(self, draft: Draft) -> None:
        """Keep a draft."""
        row = {
            "id": draft.id,
            "person": draft.person,
            "text": self.vault.seal(draft.text, _spot(draft.id), subject=None),
            "kept_at": draft.kept_at,
        }
        self.connection.execute(_ADD, row)

    def take(self, draft_id: str, person: PersonId) -> Draft | None:
        """Give a draft to its author; None for anybody else."""
        row = self.connection.execute(_TAKE, {"of_id": draft_id, "of_person": person}).first()
        if row is None:
            return None
        text = self.vault.open(row.text, _spot(draft_id), subject=None)
        return Draft(id=draft_id, person=person, text=text, kept_at=row.kept_at)

    def drop(self, draft_id: str) -> None:
        """Forget a draft once it became a ticket."""
        self.connection.execute(_DROP, {"of_id": draft_id})

    def purge(self, before: datetime) -> int:
        """Forget drafts kept before then; tell how many."""
        return self.connection.execute(_PURGE, {"before": before}).rowcount


def _spot(draft_id: str) -> Spot:
    return Spot("drafts", draft_id, "text")
