"""Reads the values of filters: the desk's own names in any of its languages, days as figures take them, scores."""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import TypeVar

from handlers.search_statuses import statuses_named
from handlers.search_words import (
    AUTHORITIES,
    KINDS,
    ME,
    NOBODY,
    OPEN_STATUS,
    ORDERS,
    PRIORITIES,
    Key,
)
from handlers.stats_words import read_wanted
from handlers.words import folded
from tickets.case.filters import HIGHEST, LOWEST, NO_FILTERS, Filters, Order, with_parts
from tickets.case.values import PersonId
from tickets.desk.colleagues import colleagues_called
from tickets.desk.context import Desk
from tickets.errors import DeskError
from tickets.handbook import Handbook
from tickets.insight.spans import Span, between, span_of
from tickets.people.privacy import redact
from tickets.time.calendar import Calendar

QUOTED = re.compile(r'["“]([^"”]*)["”]?')
_PERSON = re.compile(r"@?([UW][A-Z0-9]{2,})")
_MOST_NAMED = 8  # of the people that a name fits
_PIECES = re.compile(r'(?:["“][^"”]*["”]?|[^,，、])+')
_LEVELS = re.compile(r"\s*[/>›·—–-]\s*")
_SCORES = re.compile(r"([1-5])分?(?:(?:\.\.|[-–~至到])([1-5])分?)?")
LONGEST_SHOWN = 40

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """What a line asks for."""

    words: str = ""
    filters: Filters = NO_FILTERS
    order: Order = Order.TIME
    first: date | None = None
    last: date | None = None
    period: str = ""  # as it was typed: it moves on with the days


@dataclass(frozen=True, slots=True)
class Reader:
    """What values are read by: the desk's own names, its days, who asks and who is called how."""

    handbook: Handbook
    calendar: Calendar
    today: date
    person: PersonId
    colleagues: Callable[[str], Mapping[PersonId, str]]


def reader_of(desk: Desk, person: PersonId) -> Reader:
    """Make what reads one person's lines now."""
    calendar = desk.calendar()
    today = calendar.date_of(desk.clock.now())
    called = partial(colleagues_called, desk, by=person)
    return Reader(desk.handbook(), calendar, today, person, called)


def shown(typed: str) -> str:
    """Say back what was typed, without what may name a customer."""
    return redact(typed)[:LONGEST_SHOWN]


def _values(value: str, known: Collection[str] = ()) -> list[str]:
    """Cut several values apart; not within quotes, nor a name that has such a sign itself: `投诉、建议部`."""
    whole = QUOTED.sub(r"\1", value).strip()
    if folded(whole) in known:
        return [whole]
    pieces = (QUOTED.sub(r"\1", one).strip() for one in _PIECES.findall(value))
    return [one for one in pieces if one]


def _statuses(sought: Sought, value: str, by: Reader) -> Sought:
    narrowed = sought.filters
    for one in _values(value):
        if folded(one) in OPEN_STATUS:
            narrowed = replace(narrowed, open_only=True)
            continue
        named = statuses_named(one, by.handbook)
        if not named:
            raise DeskError("search.which_status", typed=shown(one))
        narrowed = with_parts(narrowed, named)
    return replace(sought, filters=narrowed)


def _departments(sought: Sought, value: str, by: Reader) -> Sought:
    known = {
        folded(name): key
        for key, one in by.handbook.departments.items()
        for name in (key, *one.name.by_language.values())
    }
    found = _found(value, known, Key.DEPARTMENT)
    return replace(
        sought, filters=replace(sought.filters, departments=sought.filters.departments | found)
    )


def _categories(sought: Sought, value: str, by: Reader) -> Sought:
    known = _categories_named(by.handbook)
    found = sought.filters.categories
    for one in _values(value, known):
        named = known.get(folded(one)) or known.get(_path(one))
        if named is None:
            raise DeskError("search.which_category", typed=shown(one))
        found |= named
    return replace(sought, filters=replace(sought.filters, categories=found))


def _categories_named(handbook: Handbook) -> Mapping[str, frozenset[str]]:
    """Name them by their first level, by both as screens write them, by their second: of several all."""
    known: dict[str, frozenset[str]] = {}
    for one in handbook.categories.values():
        for second, sub in one.sub.items():
            for language, name in sub.name.by_language.items():
                above = one.name.by_language.get(language) or one.name.in_(language)
                for said in (folded(name), _path(f"{above}/{name}")):
                    known[said] = known.get(said, frozenset()) | {second}
            known[folded(second)] = frozenset({second})
    for first, one in handbook.categories.items():
        known |= {
            folded(name): frozenset({first}) for name in (first, *one.name.by_language.values())
        }
    return known


def _path(typed: str) -> str:
    return _LEVELS.sub("/", folded(typed))


def _tags(sought: Sought, value: str, by: Reader) -> Sought:
    known = {
        folded(name): one.key
        for one in by.handbook.customer_tags
        for name in (one.key, *one.name.by_language.values())
    }
    found = _found(value, known, Key.TAG)
    return replace(sought, filters=replace(sought.filters, tags=sought.filters.tags | found))


def _authorities(sought: Sought, value: str, by: Reader) -> Sought:
    own = {
        folded(name): key
        for key, one in by.handbook.authorities.items()
        for name in (key, *one.words.values())
    }
    found = _found(value, {**AUTHORITIES, **own}, Key.AUTHORITY)
    return replace(
        sought, filters=replace(sought.filters, authorities=sought.filters.authorities | found)
    )


def _priorities(sought: Sought, value: str, by: Reader) -> Sought:
    own = {
        folded(name): one
        for one, words in by.handbook.priority_labels.items()
        for name in words.by_language.values()
    }
    found = _found(value, {**PRIORITIES, **own}, Key.PRIORITY)
    return replace(
        sought, filters=replace(sought.filters, priorities=sought.filters.priorities | found)
    )


def _kinds(sought: Sought, value: str, _by: Reader) -> Sought:
    found = _found(value, KINDS, Key.KIND)
    return replace(sought, filters=replace(sought.filters, kinds=sought.filters.kinds | found))


def _found(value: str, known: Mapping[str, Value], key: Key) -> frozenset[Value]:
    chosen: set[Value] = set()
    for one in _values(value, known):
        found = known.get(folded(one))
        if found is None:
            raise DeskError(f"search.which_{key}", typed=shown(one))
        chosen.add(found)
    return frozenset(chosen)


def _people(sought: Sought, value: str, by: Reader) -> Sought:
    narrowed = sought.filters
    for one in _values(value):
        if folded(one) in NOBODY:
            narrowed = replace(narrowed, nobody=True)
            continue
        who = by.person if folded(one) in ME else _person(one, by)
        narrowed = replace(narrowed, people=narrowed.people | {who})
    return replace(sought, filters=narrowed)


def _person(typed: str, by: Reader) -> PersonId:
    """Read a mention, else a name or staff number that fits one of the desk's people."""
    mentioned = _PERSON.fullmatch(typed)
    if mentioned and typed.startswith("@"):
        return PersonId(mentioned[1])
    fitting = by.colleagues(typed.removeprefix("@"))
    if len(fitting) > 1:
        raise DeskError("search.which_of_people", typed=shown(typed), people=_told(fitting, by))
    if not (fitting or mentioned):
        raise DeskError("search.which_person", typed=shown(typed))
    return next(iter(fitting)) if fitting else PersonId(typed)


def _told(people: Mapping[PersonId, str], by: Reader) -> str:
    """Name those whom a name fits so that each can be told apart: `王芳 (1001) · 王强 (1002)`."""
    numbers = by.handbook.people.staff_no
    names = sorted(
        f"{name} ({numbers[one]})" if one in numbers else name for one, name in people.items()
    )
    more = ["…"] if len(names) > _MOST_NAMED else []
    return " · ".join([*names[:_MOST_NAMED], *more])


def _scores(sought: Sought, value: str, _by: Reader) -> Sought:
    chosen = set(sought.filters.scores)
    for one in _values(value):
        sign = next((sign for sign in ("<=", ">=", "<", ">") if one.startswith(sign)), "")
        fit = _SCORES.fullmatch(folded(one.removeprefix(sign)))
        if fit is None:
            raise DeskError("search.which_score", typed=shown(one))
        low = int(fit[1])
        high = int(fit[2] or low)
        meant = _MEANT[sign](low, high)
        if not meant:
            raise DeskError("search.which_score", typed=shown(one))
        chosen.update(meant)
    return replace(sought, filters=replace(sought.filters, scores=frozenset(chosen)))


_MEANT: Mapping[str, Callable[[int, int], range]] = {
    "": lambda low, high: range(low, high + 1),
    "<=": lambda low, _high: range(LOWEST, low + 1),
    ">=": lambda low, _high: range(low, HIGHEST + 1),
    "<": lambda low, _high: range(LOWEST, low),
    ">": lambda low, _high: range(low + 1, HIGHEST + 1),
}


def _dates(sought: Sought, value: str, by: Reader) -> Sought:
    span = _span(value, by, Key.DATE)
    return replace(sought, first=span.first, last=span.last, period=QUOTED.sub(r"\1", value))


def _from(sought: Sought, value: str, by: Reader) -> Sought:
    return replace(sought, first=_span(value, by, Key.FROM).first, period="")


def _to(sought: Sought, value: str, by: Reader) -> Sought:
    return replace(sought, last=_span(value, by, Key.TO).last, period="")


def _span(value: str, by: Reader, key: Key) -> Span:
    plain = QUOTED.sub(r"\1", value)
    wanted = read_wanted(plain, today=by.today) if plain.strip() else None
    span = span_of(wanted.key, by.calendar) if wanted and wanted.by is None else None
    if span is None:
        raise DeskError(f"search.which_{key}", typed=shown(value))
    return span


def _order(sought: Sought, value: str, _by: Reader) -> Sought:
    found = ORDERS.get(folded(value))
    if found is None:
        raise DeskError("search.which_sort", typed=shown(value))
    return replace(sought, order=found)


def with_days(sought: Sought, by: Reader) -> Sought:
    """Turn the days into moments. Raises DeskError where they run backwards."""
    first, last = sought.first, sought.last
    if first and last and first > last:
        raise DeskError("search.days_backwards", first=first, last=last)
    since = between(first, first, by.calendar) if first else None
    before = between(last, last, by.calendar) if last else None
    narrowed = replace(
        sought.filters,
        since=since.start if since else None,
        before=before.end if before else None,
    )
    return replace(sought, filters=narrowed)


READ: Mapping[Key, Callable[[Sought, str, Reader], Sought]] = {
    Key.STATUS: _statuses,
    Key.DEPARTMENT: _departments,
    Key.PERSON: _people,
    Key.CATEGORY: _categories,
    Key.KIND: _kinds,
    Key.PRIORITY: _priorities,
    Key.SCORE: _scores,
    Key.TAG: _tags,
    Key.AUTHORITY: _authorities,
    Key.DATE: _dates,
    Key.FROM: _from,
    Key.TO: _to,
    Key.SORT: _order,
}
