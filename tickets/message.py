"""Sentences as the rules speak them: a message id with parameters, translated at the edges."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import NewType

PersonId = NewType("PersonId", str)
"""A Slack member id (U… or W…)."""


@dataclass(frozen=True, slots=True)
class Who:
    """A person inside a sentence; the edge shows a mention or a name."""

    person: PersonId


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the desk inside a sentence, by message id (`status.new`) or from desk.yml."""

    id: str


Param = str | int | float | datetime | date | timedelta | Who | Word | tuple[Word, ...]
"""What may stand in a sentence; a tuple of words is joined as a list in the reader's language."""


@dataclass(frozen=True, slots=True)
class Message:
    """One sentence to be translated: its id and what goes into its places."""

    id: str
    params: Mapping[str, Param] = field(default_factory=lambda: MappingProxyType({}))


def say(message_id: str, /, **params: Param) -> Message:
    """Make a sentence."""
    return Message(message_id, MappingProxyType(params))
