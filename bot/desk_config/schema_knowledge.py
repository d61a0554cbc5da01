"""The schema of the knowledge base: kinds of articles, and when one is stale."""

from datetime import timedelta
from typing import Annotated

from pydantic import Field

from bot.desk_config.naming import Key
from bot.desk_config.notations import KeepTime
from bot.desk_config.schema_rules import Section
from bot.desk_config.schema_texts import AnyWords
from tickets.handbook import Duration
from tickets.knowledge.rules import USUAL, KnowledgeRules

_YEAR = 365  # days


class Knowledge(Section):
    """知识库: what the desk knows."""

    categories: Annotated[dict[Key, AnyWords], Field(max_length=20)] = Field(default_factory=dict)
    """Kinds of articles beside product, process, faq and script; or other words for these four."""
    stale_after: KeepTime | None = None
    """How long an article that nobody updates or uses holds; 180d without it."""


def knowledge_rules(section: Knowledge) -> KnowledgeRules:
    """Make the rules; what the desk leaves out is as usual."""
    own = {key: words.words().by_language for key, words in section.categories.items()}
    usual = KnowledgeRules()
    kept = section.stale_after
    return KnowledgeRules(
        categories={**USUAL, **own},
        stale_after=usual.stale_after if kept is None else _days(kept),
    )


def _days(kept: Duration) -> timedelta:
    return timedelta(days=kept.amount * (_YEAR if kept.unit == "y" else 1))
