"""What a desk's own words in a sheet stand for: statuses, priorities, categories, departments, people."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar
from zoneinfo import ZoneInfo

from tickets.case.shown import Shown
from tickets.case.values import (
    ContactChannel,
    CustomerType,
    Kind,
    PersonId,
    Priority,
    Status,
)
from tickets.handbook import Handbook, Words
from tickets.sheets import words
from tickets.sheets.tables import Fold, plain
from tickets.tongue import Tongue

T = TypeVar("T")
E = TypeVar("E", Status, Priority)
_LABEL = 20  # characters; what is longer is no label
_plain = lru_cache(maxsize=2_000)(plain)


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """Looks words up, in whatever script and language they are; what two things are called is nobody's name."""

    fold: Fold
    zone: ZoneInfo
    statuses: Mapping[str, Status]
    confirmed: frozenset[str]  # what says of a solved case that its customer confirmed it
    priorities: Mapping[str, Priority]
    types: Mapping[str, CustomerType]
    kinds: Mapping[str, Kind]
    channels: Mapping[str, ContactChannel]
    first: Mapping[str, str]  # first-level categories
    second: Mapping[str, frozenset[str]]  # second-level ones by name, which several may bear
    kinds_of: Mapping[str, Kind]  # by the key of a category of either level
    departments: Mapping[str, str]
    people: Mapping[str, PersonId]

    def plain(self, text: str) -> str:
        """Make a label comparable; a sheet says the same few over and over."""
        return _plain(text, self.fold) if len(text) < _LABEL else plain(text, self.fold)

    def person(self, text: str) -> PersonId | None:
        """Find a person by name, staff number or Slack id; a masked name is nobody's."""
        return None if "*" in text else self.people.get(self.plain(text))

    def category(self, first: str, second: str) -> str | None:
        """Find a category by its two levels, or by the one that is given; None where the desk has none of that name."""
        above, keys = self.first.get(self.plain(first)), self.second.get(self.plain(second))
        if keys:
            fitting = [one for one in sorted(keys) if above and one.startswith(f"{above}/")]
            if fitting or len(keys) == 1:
                return fitting[0] if fitting else next(iter(keys))
        if above and not second.strip():
            return above
        return None


def names_of(
    handbook: Handbook, tongues: Sequence[Tongue], fold: Fold, *, called: Mapping[PersonId, str]
) -> Names:
    """Gather the desk's words, its own labels and the catalogue's in every language.

    The sources' go before, but for a word by which this desk means one thing alone.
    """

    def said(values: Iterable[T], message: str, own: Mapping[T, Words]) -> dict[str, T]:
        pairs = [(tongue(f"{message}.{value}"), value) for tongue in tongues for value in values]
        pairs += [(name, value) for value, label in own.items() for name in _all(label)]
        return {plain(name, fold): value for name, value in pairs}

    def first_of(name: str) -> dict[str, str]:
        return {plain(one, fold): name for one in _all(handbook.categories[name].name)}

    second: dict[str, set[str]] = {}
    for category in handbook.categories.values():
        for sub in category.sub.values():
            for name in _all(sub.name):
                second.setdefault(plain(name, fold), set()).add(sub.key)
    return Names(
        fold=fold,
        zone=ZoneInfo(handbook.timezone),
        statuses=dict(words.STATUSES_LOOSELY)
        | _faces(handbook, fold)
        | said(Status, "status", handbook.status_labels)
        | dict(words.STATUSES)
        | _meant(Status, handbook.status_labels, tongues, fold),
        confirmed=frozenset({words.CONFIRMED, *_named(handbook, Shown.CONFIRMED, fold)}),
        priorities=said(Priority, "priority", handbook.priority_labels)
        | dict(words.PRIORITIES)
        | _meant(Priority, handbook.priority_labels, tongues, fold),
        types=said(CustomerType, "customer_type", {}) | dict(words.TYPES),
        kinds=said(Kind, "kind", {}) | dict(words.KINDS),
        channels=said(ContactChannel, "contact_channel", {}) | dict(words.CHANNELS),
        first={key: value for name in handbook.categories for key, value in first_of(name).items()},
        second={name: frozenset(keys) for name, keys in second.items()},
        kinds_of={key: one.kind for key, one in handbook.categories.items()}
        | {sub.key: sub.kind for one in handbook.categories.values() for sub in one.sub.values()},
        departments={
            plain(name, fold): key
            for key, one in handbook.departments.items()
            for name in (*_all(one.name), key)
        },
        people=_people(handbook, fold, called),
    )


def _meant(
    values: type[E], own: Mapping[E, Words], tongues: Sequence[Tongue], fold: Fold
) -> dict[str, E]:
    """Find the desk's own words that nothing else is called by, not by the catalogue either."""
    message = values.__name__.lower()
    bearers: dict[str, set[E]] = {}
    for value in values:
        names = _all(own[value]) if value in own else [t(f"{message}.{value}") for t in tongues]
        for name in names:
            bearers.setdefault(plain(name, fold), set()).add(value)
    ours = {plain(name, fold) for label in own.values() for name in _all(label)}
    return {name: next(iter(bearers[name])) for name in ours if len(bearers[name]) == 1}


def _faces(handbook: Handbook, fold: Fold) -> dict[str, Status]:
    """Find the words that a desk shows a status by at a point of its life (DESK.md 2)."""
    return {name: one.status for one in Shown for name in _named(handbook, one, fold)}


def _named(handbook: Handbook, one: Shown, fold: Fold) -> Iterable[str]:
    label = handbook.shown_labels.get(one)
    return [plain(name, fold) for name in _all(label)] if label else ()


def _all(label: Words) -> Iterable[str]:
    return label.by_language.values()


def _people(
    handbook: Handbook, fold: Fold, called: Mapping[PersonId, str]
) -> Mapping[str, PersonId]:
    found: dict[str, set[PersonId]] = {}
    for person in everybody(handbook):
        for name in (person, called.get(person, ""), handbook.people.staff_no.get(person, "")):
            if plain(name, fold):
                found.setdefault(plain(name, fold), set()).add(person)
    return {name: next(iter(people)) for name, people in found.items() if len(people) == 1}


def everybody(handbook: Handbook) -> frozenset[PersonId]:
    """List who works at the desk or for it."""
    known = handbook.people
    roles = known.agents | known.supervisors | known.directors | frozenset(known.staff_no)
    return roles | {p for d in handbook.departments.values() for p in (*d.members, d.lead)}
