"""A search kept by a name: the line of words and filters, which holds nobody's personal data."""

from dataclasses import dataclass
from datetime import datetime

from tickets.case.values import PersonId

MOST_OF_ONE = 20  # searches of a person, and of a department
LONGEST_NAME = 40  # characters


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedSearch:
    """One search; shared with the members of a department, or its owner's alone."""

    id: str
    owner: PersonId
    department: str | None = None
    name: str
    line: str
    saved_at: datetime
