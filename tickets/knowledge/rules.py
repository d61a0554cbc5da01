"""How a desk keeps what it knows, as desk.yml says: kinds of articles, and when one is stale."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from types import MappingProxyType

from tickets.knowledge.article import SCRIPTS

USUAL: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "product": {"zh-Hans": "产品", "zh-Hant": "產品", "en": "Product"},  # R125, as the next two
        "process": {"zh-Hans": "流程", "zh-Hant": "流程", "en": "Process"},
        "faq": {"zh-Hans": "常见问题", "zh-Hant": "常見問題", "en": "FAQ"},
        SCRIPTS: {"zh-Hans": "话术", "zh-Hant": "話術", "en": "Script"},  # R80
    }
)
"""The categories every desk has, and their words where it gives none."""


@dataclass(frozen=True, slots=True)
class KnowledgeRules:
    """The categories by key with their words by language, in order; how long an article holds unlooked at."""

    categories: Mapping[str, Mapping[str, str]] = field(default_factory=lambda: USUAL)
    stale_after: timedelta = timedelta(days=180)

    def category_in(self, key: str, language: str) -> str:
        """Name a category; one that the desk file no longer has keeps its key."""
        words = self.categories.get(key)
        return (words.get(language) or next(iter(words.values()))) if words else key
