"""How articles are asked for: a page of a shelf, searched or not, and what a line of it holds."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from tickets.case.snippet import Snippet
from tickets.case.values import PersonId
from tickets.knowledge.article import Moment, Scenario, Standing, Wording


class Shelf(StrEnum):
    """Which articles a page is about."""

    PUBLISHED = "published"
    WAITING = "waiting"
    DRAFTS = "drafts"
    STALE = "stale"  # published, not looked after for long and not used of late
    RETIRED = "retired"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """Which articles a person may see: published ones everybody, others their author, their owner and the keepers."""

    person: PersonId
    keeps: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """One page of a shelf: the newest first."""

    sight: Sight
    shelf: Shelf = Shelf.PUBLISHED
    words: str = ""
    category: str | None = None
    scenario: Scenario | None = None
    used_since: datetime  # the uses that are counted
    stale_before: datetime  # what was not updated since then is stale unless used
    language: str = "zh-Hans"  # whose words a line shows
    page: int = 1
    size: int = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """An article on a page."""

    id: int
    standing: Standing  # of the newest version
    is_live: bool
    category: str
    scenario: Scenario
    moment: Moment | None
    title: str
    snippet: Snippet
    owner: PersonId
    updated_by: PersonId
    updated_at: datetime
    uses: int


@dataclass(frozen=True, slots=True)
class Page:
    """Lines of one page and how many there are in all."""

    lines: tuple[Line, ...]
    total: int
    page: int
    size: int
    goes_on: bool = False  # there are more than the total, which were not counted


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A published article that may help with a case: its words, folded as search folds them."""

    id: int
    words: frozenset[str]
    title: frozenset[str]
    cases: frozenset[str]
    uses: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """An article offered for a case, as the form shows it."""

    id: int
    wording: Wording
