"""What of the desk's knowledge was used on a case."""

from dataclasses import dataclass

from tickets.case.facts.base import Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleUsed(Fact):
    """An article or a script helped; once a ticket and article (R125, uses)."""

    article: int
    version: int
    title: str  # as it was then; the desk's own words, never a customer's
