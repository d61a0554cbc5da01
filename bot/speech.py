"""Speech: makes a tongue for a reader, the desk's sentences with moments, names and words in place."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from babel.dates import format_date
from babel.numbers import format_decimal

from bot.catalogues import FOLDERS, Catalogue, catalogues, strict_catalogues
from tickets.case.shown import Shown
from tickets.handbook import Handbook, Words
from tickets.message import Message, Param, PersonId, Who, Word
from tickets.ports import Clock

Names = Callable[[PersonId], str]
"""Gives what is shown for a person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SpokenTongue:
    """One reader's language, zone and words (tickets/tongue.py)."""

    language: str
    timezone: str
    catalogue: Catalogue
    clock: Clock
    names: Names
    who: Names  # how `Who` is shown inside sentences: a name, or a mention
    words: Callable[[str], Words | None]

    def __call__(self, message_id: str, /, **params: Param) -> str:
        """Translate a message id; `count` chooses the plural form. Raises UnknownPhrase.

        A field is named as the desk names it.
        """
        if not params and (own := self._field(message_id)):
            return own
        phrase = self.catalogue.phrase(message_id, params.get("count"))
        return phrase.format_map({name: self._shown(param) for name, param in params.items()})

    def _field(self, message_id: str) -> str:
        """Name a field as the desk does in this language; "" where it does not, or no field is named."""
        key = field_of(message_id)
        own = self.words(f"field.{key}") if key else None
        return own.by_language.get(self.language, "") if own else ""

    def of(self, message: Message) -> str:
        """Translate a sentence of the rules."""
        return self(message.id, **message.params)

    def near(self, at: datetime, *, now: datetime) -> str:
        """Say a moment as people do, in the reader's zone: "tomorrow 09:30", "明天 09:30"."""
        zone = ZoneInfo(self.timezone)
        local = at.astimezone(zone)
        today = now.astimezone(zone).date()
        distance = (local.date() - today).days
        return self(
            _NEAR.get(distance, "near.date"),
            time=f"{local:%H:%M}",
            **({} if distance in _PLAIN_DAYS else {"day": self._day(local.date(), today)}),
        )

    def month(self, day: date) -> str:
        """Name the month of a day: "October 2026", "2026年10月"."""
        return format_date(day, self("near.month"), locale=self._locale)

    def span(self, length: timedelta) -> str:
        """Say a length of time by its two largest units, cut to the minute: "2 h 40 min"."""
        minutes = int(abs(length).total_seconds()) // 60
        hours, minutes = divmod(minutes, 60)
        days, hours = divmod(hours, 24)
        units = [("span.days", days), ("span.hours", hours), ("span.minutes", minutes)]
        while len(units) > 1 and not units[0][1]:
            del units[0]
        parts = [self(unit, count=count) for unit, count in units[:2] if count]
        if not parts:
            return self("span.minutes", count=0)
        return parts[0] if len(parts) == 1 else self("span.two", larger=parts[0], smaller=parts[1])

    def name(self, person: PersonId) -> str:
        """Give a person's display name as plain text."""
        return self.names(person)

    def showing(self, who: Names) -> "SpokenTongue":
        """Give the same tongue that shows people another way inside its sentences."""
        return replace(self, who=who)

    @property
    def _locale(self) -> str:
        return FOLDERS[self.language]

    @property
    def _between(self) -> str:
        """Separate listed words; CLDR's unit style would run Chinese ones together."""
        return "、" if self.language.startswith("zh") else ", "

    def _day(self, day: date, today: date) -> str:
        pattern = self("near.day" if day.year == today.year else "near.day_of_year")
        return format_date(day, pattern, locale=self._locale)

    def _shown(self, param: Param) -> str:
        match param:
            case Who():
                return self.who(param.person)
            case Word():
                return self._word(param.id)
            case datetime():
                return self.near(param, now=self.clock.now())
            case timedelta():
                return self.span(param)
            case tuple():
                return self._between.join(self._word(word.id) for word in param)
            case _:
                return self._plain(param)

    def _plain(self, param: date | str | float) -> str:
        match param:
            case date():
                now = self.clock.now().astimezone(ZoneInfo(self.timezone))
                return self._day(param, now.date())
            case int() | float():
                return format_decimal(param, locale=self._locale)
            case _:
                return param

    def _word(self, word_id: str) -> str:
        words = self.words(word_id)
        if words and self.language in words.by_language:
            return words.by_language[self.language]
        listed = f"words.{word_id}"
        if listed in self.catalogue.known:
            return self(listed)
        return words.in_(self.language) if words else self(word_id)


_NAMING = frozenset({"form", "details", "modals"})  # where a field's name alone is said
_OTHERWISE = {"plan_measures": "measures", "plan_resources": "resources", "plan_cost": "cost"}
_NEAR = {
    -1: "near.yesterday",
    0: "near.today",
    1: "near.tomorrow",
    2: "near.after_tomorrow",
}
_PLAIN_DAYS = (-1, 0, 1)


@dataclass(frozen=True, slots=True)
class Speech:
    """Every language of the desk, compiled once at start."""

    by_language: Mapping[str, Catalogue]
    clock: Clock

    def tongue(
        self,
        language: str,
        timezone: str,
        *,
        names: Names,
        words: Callable[[str], Words | None],
    ) -> SpokenTongue:
        """Make a reader's tongue; a language the desk does not speak becomes English."""
        known = language if language in self.by_language else "en"
        return SpokenTongue(
            language=known,
            timezone=timezone,
            catalogue=self.by_language[known],
            clock=self.clock,
            names=names,
            who=names,
            words=words,
        )


def speech(clock: Clock) -> Speech:
    """Compile the catalogues for service: a missing sentence is logged and said in English."""
    return Speech(catalogues(), clock)


def strict_speech(clock: Clock) -> Speech:
    """Compile the catalogues for tests: a missing sentence raises UnknownPhrase."""
    return Speech(strict_catalogues(), clock)


def field_of(message_id: str) -> str:
    """Tell which field of `labels.fields` a sentence names; "" for one that names none."""
    place, _, name = message_id.partition(".")
    return _OTHERWISE.get(name, name) if place in _NAMING else ""


def _shown_words(handbook: Handbook) -> dict[str, Words]:
    """Give what is not named at such a point the word of its status."""
    found = {
        one: handbook.shown_labels.get(one) or handbook.status_labels.get(one.status)
        for one in Shown
    }
    return {f"status.{one}": words for one, words in found.items() if words}


def desk_words(handbook: Handbook) -> Callable[[str], Words | None]:
    """Find the desk's own words: `status.new`, `priority.P1`, `department.tech`, `category.a/b`."""
    own: dict[str, Words] = {
        **{f"status.{status}": words for status, words in handbook.status_labels.items()},
        **_shown_words(handbook),
        **{f"priority.{level}": words for level, words in handbook.priority_labels.items()},
        **{f"department.{key}": unit.name for key, unit in handbook.departments.items()},
        **{f"category.{key}": first.name for key, first in handbook.categories.items()},
        **{f"field.{key}": words for key, words in handbook.field_labels.items()},
    }
    own |= {
        f"{group}.{one.key}": Words(one.words)
        for group, named in (
            ("complaint_type", handbook.complaints.types),
            ("complaint_cause", handbook.complaints.causes),
        )
        for one in named
        if one.words
    }
    own |= {
        f"complaint_step.{one.key}": Words(one.words)
        for one in handbook.complaints.checklist
        if one.words
    }
    own |= {
        f"authority.{one.key}": Words(one.words)
        for one in handbook.authorities.values()
        if one.words
    }
    for first in handbook.categories.values():
        own |= {f"category.{key}": sub.name for key, sub in first.sub.items()}
    return own.get
