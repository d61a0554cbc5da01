"""An article of the knowledge base: what it says, in which versions, and how each of them stands (R125)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from tickets.case.values import Number, PersonId

SCRIPTS = "script"
"""The category of 话术 (R80): an article that is said, not looked up."""

LONGEST = 3000  # characters of a content: what a form's field takes (SLACK.md 2.1)
LONGEST_TITLE = 150


class Scenario(StrEnum):
    """适用场景 (R125)."""

    PRE_SALES = "pre_sales"  # 售前咨询
    AFTER_SALES = "after_sales"  # 售后处理
    ANY = "any"


class Moment(StrEnum):
    """When on a call a script is said; it stands in the form's own place for it (R13, R14)."""

    OPENING = "opening"
    SOOTHING = "soothing"
    CLOSING = "closing"


class Standing(StrEnum):
    """How a version stands."""

    DRAFT = "draft"
    WAITING = "waiting"  # for somebody else's yes
    PUBLISHED = "published"
    RETIRED = "retired"
    REPLACED = "replaced"  # a later version took its place


@dataclass(frozen=True, slots=True)
class Wording:
    """An article's words in one language."""

    title: str
    content: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What an article says and what it is for."""

    category: str  # of desk.yml's knowledge.categories
    scenario: Scenario = Scenario.ANY
    moment: Moment | None = None  # of a script
    cases: frozenset[str] = frozenset()  # categories of tickets it helps with
    texts: Mapping[str, Wording]  # by language: zh, which serves both scripts, and en

    def in_(self, language: str) -> Wording:
        """Give the words for a reader; in another language where there are none in theirs."""
        wanted = "en" if language == "en" else "zh"
        return self.texts.get(wanted) or next(iter(self.texts.values()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One version: who wrote it, and what came of it."""

    number: int  # 1, 2, …
    content: Content
    by: PersonId
    at: datetime
    standing: Standing
    note: str = ""  # what is new in it
    decided_by: PersonId | None = None
    decided_at: datetime | None = None
    reason: str = ""  # why it was sent back


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """An article with all its versions, the oldest first; none is ever lost."""

    id: int
    owner: PersonId
    created_by: PersonId
    created_at: datetime
    updated_by: PersonId
    updated_at: datetime
    versions: tuple[Version, ...]
    live: int | None = None  # the version that readers see
    from_ticket: Number | None = None
    names: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """Whom only an imported table knows: `created_by` and `updated_by` as it named them."""

    @property
    def newest(self) -> Version:
        """Give the newest version."""
        return self.versions[-1]

    @property
    def shown(self) -> Version:
        """Give what readers see; of an article that was never published the newest version."""
        return self.versions[(self.live or len(self.versions)) - 1]

    @property
    def is_published(self) -> bool:
        """Tell whether readers see it."""
        return self.live is not None

    @property
    def proposed(self) -> Version | None:
        """Give the version that is not published yet."""
        is_open = self.newest.standing in {Standing.DRAFT, Standing.WAITING}
        return self.newest if is_open else None


def code_of(article: int) -> str:
    """Name an article as people do: K12."""
    return f"K{article}"


def id_in(typed: str) -> int | None:
    """Read an article's name; None where it is none."""
    plain = typed.strip().upper().removeprefix("K")
    is_code = typed.strip()[:1] in {"K", "k"} and plain.isascii() and plain.isdigit()
    return int(plain) if is_code and len(plain) <= 9 else None
