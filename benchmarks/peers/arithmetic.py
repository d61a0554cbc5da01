"""Runs in the peers' own environment: sums of working time a second, one round, as JSON.

Reads the desk's hours, days off and moments from standard input. A peer that cannot do one of the
two sums leaves it out; those that know whole days alone are marked so in their names.
"""

import json
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from time import perf_counter
from typing import Any
from zoneinfo import ZoneInfo

import chinese_calendar
import holidays as library
import numpy
import pandas
from business_duration import businessDuration

HOURS, DAYS = 16, 2
Pairs = list[tuple[datetime, datetime]]


def main() -> None:
    """Print what every peer does a second."""
    desk = json.load(sys.stdin)
    zone = ZoneInfo(desk["zone"])
    pairs = [(local(start, zone), local(end, zone)) for start, end in desk["pairs"]]
    holidays = [date.fromisoformat(day) for day in desk["holidays"]]
    makeup = [date.fromisoformat(day) for day in desk["makeup"]]
    found: dict[str, dict[str, float]] = {}
    for peer, sums in peers(desk["spans"], holidays, makeup, pairs):
        found[peer] = {
            what: per_second(len(few), work, few)
            for what, (work, share) in sums.items()
            for few in [pairs[: max(1, len(pairs) // share)]]
        }
    print(json.dumps(found))


def local(at: float, zone: ZoneInfo) -> datetime:
    """Give a moment as the desk's clock on the wall shows it."""
    return datetime.fromtimestamp(at, UTC).astimezone(zone)


def per_second(count: int, work: Callable[[Pairs], Any], pairs: Pairs) -> float:
    """Time one sum a pair."""
    began = perf_counter()
    work(pairs)
    return count / (perf_counter() - began)


Sums = dict[str, tuple[Callable[[Pairs], Any], int]]
"""Sum by name: what works through pairs, and how many times fewer it is given."""


def peers(
    spans: list[list[int]], holidays: list[date], makeup: list[date], pairs: Pairs
) -> Iterator[tuple[str, Sums]]:
    """Give every peer with the same hours and days, as far as it can be told them."""
    yield "pandas CustomBusinessHour (naive, no make-up days)", by_pandas(spans, holidays, pairs)
    yield "business-duration (no breaks, no make-up days)", by_business_duration(spans, holidays)
    yield "numpy busday (whole days)", by_numpy(holidays, makeup)
    yield "holidays (whole days)", by_holidays()
    yield "chinesecalendar (whole days)", by_chinesecalendar()


def by_pandas(spans: list[list[int]], holidays: list[date], pairs: Pairs) -> Sums:
    hours = pandas.offsets.CustomBusinessHour(
        n=HOURS,
        start=[clock(start) for start, _ in spans],
        end=[clock(end) for _, end in spans],
        holidays=holidays,
    )
    naive = {start: pandas.Timestamp(start.replace(tzinfo=None)) for start, _ in pairs}
    return {"add": (lambda few: [naive[start] + hours for start, _ in few], 40)}


def by_business_duration(spans: list[list[int]], holidays: list[date]) -> Sums:
    opens, shuts = as_time(spans[0][0]), as_time(spans[-1][1])
    off = dict.fromkeys(holidays, "holiday")

    def between(few: Pairs) -> None:
        for start, end in few:
            businessDuration(
                startdate=pandas.Timestamp(start.replace(tzinfo=None)),
                enddate=pandas.Timestamp(end.replace(tzinfo=None)),
                starttime=opens,
                endtime=shuts,
                holidaylist=off,
                unit="min",
            )

    return {"between": (between, 40)}


def by_numpy(holidays: list[date], makeup: list[date]) -> Sums:
    """Every day is a working day, and what is not is a holiday: that is how it takes make-up days."""
    off = set(holidays) | weekends(holidays)
    calendar = numpy.busdaycalendar(weekmask="1111111", holidays=sorted(off - set(makeup)))
    return {
        "add": (
            lambda few: [
                numpy.busday_offset(start.date(), DAYS, roll="forward", busdaycal=calendar)
                for start, _ in few
            ],
            1,
        ),
        "between": (
            lambda few: [
                numpy.busday_count(start.date(), end.date(), busdaycal=calendar)
                for start, end in few
            ],
            1,
        ),
    }


def by_holidays() -> Sums:
    china = library.country_holidays("CN", years=range(2025, 2028))
    return {
        "add": (lambda few: [china.get_nth_working_day(start.date(), DAYS) for start, _ in few], 1),
        "between": (
            lambda few: [
                china.get_working_days_count(start.date(), end.date()) for start, end in few
            ],
            4,
        ),
    }


def by_chinesecalendar() -> Sums:
    return {
        "add": (
            lambda few: [chinese_calendar.find_workday(DAYS, start.date()) for start, _ in few],
            10,
        ),
        "between": (
            lambda few: [
                chinese_calendar.get_workdays(start.date(), end.date()) for start, end in few
            ],
            40,
        ),
    }


def weekends(days: list[date]) -> set[date]:
    """Give the Saturdays and Sundays of all years these days lie in."""
    first, last = date(min(days).year, 1, 1), date(max(days).year, 12, 31)
    all_days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return {day for day in all_days if day.weekday() >= 5}


def as_time(minute: int) -> time:
    """Give the wall time of a minute of the day."""
    return time(minute // 60, minute % 60)


def clock(minute: int) -> str:
    """Write the wall time of a minute of the day."""
    return f"{as_time(minute):%H:%M}"


if __name__ == "__main__":
    main()
