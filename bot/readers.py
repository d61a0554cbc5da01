"""Readers: the tongue in which a person reads privately, or a channel reads together."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.speech import Names, Speech, SpokenTongue, desk_words
from tickets.case.log import DESK
from tickets.handbook import Handbook
from tickets.message import PersonId
from tickets.ports import Directory, Member, Records

LookUp = Callable[[PersonId], Member | None]


@dataclass(frozen=True, slots=True)
class Readers:
    """Makes tongues; those made out of a directory serve while its transaction is open."""

    speech: Speech
    handbook: Callable[[], Handbook]

    def speak(self, member: Member | None, records: Records) -> SpokenTongue:
        """Give a member's own tongue, or the desk's for nobody, outside any transaction."""
        handbook = self.handbook()
        language = member.language if member else handbook.language
        timezone = member.timezone if member else handbook.timezone

        def look_up(person: PersonId) -> Member | None:
            with records.read() as unit:
                return unit.directory.person(person)

        return self._tongue(language, timezone, look_up)

    def person(self, person: PersonId, directory: Directory) -> SpokenTongue:
        """Give a person's Slack language and zone; the desk's for somebody not known yet."""
        handbook, member = self.handbook(), directory.person(person)
        language = member.language if member else handbook.language
        timezone = member.timezone if member else handbook.timezone
        return self._tongue(language, timezone, directory.person)

    def channel(self, directory: Directory, *, language: str | None = None) -> SpokenTongue:
        """Give the desk's zone, and its language unless another is asked for."""
        handbook = self.handbook()
        return self._tongue(language or handbook.language, handbook.timezone, directory.person)

    def english(self, directory: Directory) -> SpokenTongue:
        """Give the desk's zone in English, for where Chinese characters cannot be drawn."""
        return self._tongue("en", self.handbook().timezone, directory.person)

    def _tongue(self, language: str, timezone: str, look_up: LookUp) -> SpokenTongue:
        handbook = self.handbook()
        names = _names(look_up, handbook.name.in_(language))
        return self.speech.tongue(language, timezone, names=names, words=desk_words(handbook))


def _names(look_up: LookUp, desk_name: str) -> Names:
    known: dict[PersonId, str] = {DESK: desk_name}

    def name(person: PersonId) -> str:
        if person not in known:
            member = look_up(person)
            known[person] = member.name if member else person
        return known[person]

    return name
