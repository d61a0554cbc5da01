"""Public holidays and make-up working days of a country, and the years they are decreed for."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

import holidays
from holidays.countries.china import ChinaStaticHolidays

from bot.desk_config.misfit import Misfit
from tickets.time.decreed import YEARS_AHEAD

YEARS_BACK = 3


@dataclass(frozen=True, slots=True)
class YearPlan:
    """A year's holidays as somebody wrote them down: days off, and weekend days worked."""

    days_off: frozenset[date]
    workdays: frozenset[date]


@dataclass(frozen=True, slots=True)
class LegalDays:
    """A country's week, what differs from it, and for which years that is known for sure."""

    workweek: frozenset[int]
    days_off: frozenset[date]
    makeup_days: frozenset[date]
    decreed_years: frozenset[int]


def years_around(today: date) -> range:
    """Give the years a desk needs: three back for old cases, two ahead for promises."""
    return range(today.year - YEARS_BACK, today.year + YEARS_AHEAD + 1)


def check_country(raw: str) -> str:
    """Check that the holiday library knows a country."""
    if raw not in _countries():
        raise Misfit(f"expected a country by its two letters such as CN, got '{raw}'")
    return raw


def has_subdivision(country: str, subdivision: str) -> bool:
    """Tell whether the holiday library knows a state or province of a country."""
    return subdivision in _countries().get(country, [])


@cache
def _countries() -> dict[str, list[str]]:
    return holidays.list_supported_countries(include_aliases=True)


def legal_days(
    country: str | None,
    subdivision: str | None,
    *,
    years: Iterable[int],
    decreed: Mapping[int, YearPlan],
) -> LegalDays:
    """Gather the legal days of some years.

    A year written down in the desk file wins over the library; a year that is not decreed counts
    plain weekdays (DESK.md 3), for the library answers for such years by rule (LIBRARIES.md 5).
    """
    wanted = tuple(sorted(years))
    known = frozenset(wanted) & (_library_years(country, wanted) | decreed.keys())
    asked = known - decreed.keys()
    workweek = _workweek(country)
    days_off, makeup_days = _library_days(country, subdivision, asked)
    for year in known & decreed.keys():
        days_off |= decreed[year].days_off
        makeup_days |= {day for day in decreed[year].workdays if day.weekday() not in workweek}
    return LegalDays(workweek, frozenset(days_off), frozenset(makeup_days), known)


def _library_years(country: str | None, wanted: tuple[int, ...]) -> frozenset[int]:
    """Give the years for which the library can be believed."""
    if country is None:
        return frozenset(wanted)
    if country in {"CN", "CHN"}:
        return frozenset(ChinaStaticHolidays.special_public_holidays)
    table = holidays.country_holidays(country)
    return frozenset(year for year in wanted if table.start_year <= year <= table.end_year)


def _workweek(country: str | None) -> frozenset[int]:
    weekend = holidays.country_holidays(country).weekend if country else {5, 6}
    return frozenset(range(7)) - frozenset(weekend)


def _library_days(
    country: str | None, subdivision: str | None, years: frozenset[int]
) -> tuple[set[date], set[date]]:
    """Give the days off, those on a weekend too, and the weekend days worked.

    A desk that opens every day is closed on a holiday that falls on a weekend.
    """
    if country is None or not years:
        return set(), set()
    # A neighbouring year may move a day into this one, such as an observed New Year's Day.
    asked = range(min(years) - 1, max(years) + 2)
    table = holidays.country_holidays(country, subdiv=subdivision, years=asked)
    days = [day for year in years for day in _days_of(year)]
    working = {day for day in days if table.is_working_day(day)}
    workweek = _workweek(country)
    days_off = {day for day in days if day in table and day not in working}
    return days_off, {day for day in working if day.weekday() not in workweek}


def _days_of(year: int) -> list[date]:
    first = date(year, 1, 1)
    return [first + timedelta(days=n) for n in range((date(year + 1, 1, 1) - first).days)]
