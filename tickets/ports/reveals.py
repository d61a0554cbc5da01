"""What one person has revealed, as the audit log has it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from tickets.case.values import PersonId
from tickets.people.reveals import Seen


class Reveals(Protocol):
    """A look at the audit log that is quick however long the log is."""

    def by(self, person: PersonId, *, since: datetime) -> Sequence[Seen]:
        """List what a person revealed since then, the oldest first."""
        ...
