"""Readers: the tongue in which a person reads privately, or a channel reads together."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.speech import Names, Speech, SpokenTongue, desk_words
from tickets.case.log import DESK
from tickets.handbook import Handbook
from tickets.message import PersonId
from tickets.ports import Directory


@dataclass(frozen=True, slots=True)
class Readers:
    """Makes tongues out of the directory; use them while its transaction is open."""

    speech: Speech
    handbook: Callable[[], Handbook]

    def person(self, person: PersonId, directory: Directory) -> SpokenTongue:
        """Give a person's Slack language and zone; the desk's for somebody not known yet."""
        handbook, member = self.handbook(), directory.person(person)
        language = member.language if member else handbook.language
        timezone = member.timezone if member else handbook.timezone
        return self._tongue(language, timezone, directory)

    def channel(self, directory: Directory) -> SpokenTongue:
        """Give the desk's language and zone."""
        handbook = self.handbook()
        return self._tongue(handbook.language, handbook.timezone, directory)

    def _tongue(self, language: str, timezone: str, directory: Directory) -> SpokenTongue:
        handbook = self.handbook()
        names = _names(directory, handbook.name.in_(language))
        return self.speech.tongue(language, timezone, names=names, words=desk_words(handbook))


def _names(directory: Directory, desk_name: str) -> Names:
    known: dict[PersonId, str] = {DESK: desk_name}

    def name(person: PersonId) -> str:
        if person not in known:
            member = directory.person(person)
            known[person] = member.name if member else person
        return known[person]

    return name
