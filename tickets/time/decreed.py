"""Which years' holidays are known, which should be by now, and which count as provisional (暂定)."""

from datetime import date

from tickets.handbook import CalendarPlan

YEARS_AHEAD = 2  # promises and watch periods reach no farther
NEXT_YEAR_FROM = 11  # the State Council announces a year in the November before (RELIABILITY F37)


def provisional_years(plan: CalendarPlan, today: date) -> tuple[int, ...]:
    """Give the years from this one on that count plain weekdays because nothing is decreed yet."""
    ahead = range(today.year, today.year + YEARS_AHEAD + 1)
    return tuple(year for year in ahead if year not in plan.decreed_years)


def missing_years(plan: CalendarPlan, today: date) -> tuple[int, ...]:
    """Give the years that ought to be known by now: this one, and from 1 November the next."""
    last = today.year + (today.month >= NEXT_YEAR_FROM)
    return tuple(year for year in provisional_years(plan, today) if year <= last)
