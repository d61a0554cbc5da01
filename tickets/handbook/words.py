"""The desk's own words for one thing."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """The desk's own words for one thing, by language; `zh` serves both scripts unless given."""

    by_language: Mapping[str, str]

    def in_(self, language: str) -> str:
        """Give the words in `zh-Hans`, `zh-Hant` or `en`; another language's where there is none."""
        return self.by_language.get(language) or next(iter(self.by_language.values()))
