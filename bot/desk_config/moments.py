"""Durations, dates and moments, as desk.yml writes them."""

import re
from datetime import date, timedelta

from bot.desk_config.hours import DAY_END, WEEKDAYS, minute_of
from bot.desk_config.misfit import Misfit, shown
from tickets.handbook import Duration

YEARS = range(2000, 2100)
DURATION = re.compile(r"([1-9]\d{0,4}) ?(m|h|d|wh|wd|y)")
DURATION_PATTERN = r"^[1-9][0-9]{0,4} ?(m|h|d|wh|wd|y)$"
MOMENT = re.compile(
    r"(mon|tue|wed|thu|fri|sat|sun|open days|first workday) (\d{1,2}):(\d{2})", re.IGNORECASE
)


def parse_duration(raw: object, *, units: tuple[str, ...]) -> Duration:
    """Read `30m`, `24h`, `7d`, `4wh`, `5wd` or `3y`, in one of the units allowed here."""
    fit = DURATION.fullmatch(raw.strip()) if isinstance(raw, str) else None
    if fit is None or fit[2] not in units:
        raise Misfit(f"expected a duration such as {_examples(units)}, got {shown(raw)}")
    return Duration(int(fit[1]), fit[2])


def _examples(units: tuple[str, ...]) -> str:
    amounts = {"m": "30m", "h": "24h", "d": "7d", "wh": "4wh", "wd": "5wd", "y": "3y"}
    examples = [amounts[unit] for unit in units]
    return " or ".join(filter(None, [", ".join(examples[:-1]), examples[-1]]))


def as_timedelta(duration: Duration) -> timedelta:
    """Give the length of a duration in minutes, hours or days."""
    minutes = {"m": 1, "h": 60, "d": DAY_END}[duration.unit]
    return timedelta(minutes=duration.amount * minutes)


def parse_moment(raw: object) -> str:
    """Check a digest's `at`: `Mon 09:00`, `open days 16:00` or `first workday 09:30`."""
    fit = MOMENT.fullmatch(" ".join(raw.split())) if isinstance(raw, str) else None
    if fit is None or minute_of(fit[2], fit[3]) == DAY_END:
        expected = "Mon 09:00, open days 16:00 or first workday 09:30"
        raise Misfit(f"expected a moment such as {expected}, got {shown(raw)}")
    day = fit[1].lower()
    return f"{day.capitalize() if day in WEEKDAYS else day} {int(fit[2]):02}:{fit[3]}"


def parse_dates(raw: object) -> tuple[date, ...]:
    """Read `2026-12-31`, or a run of days `2027-02-05..2027-02-11`."""
    try:
        first, _, last = str(raw).partition("..")
        start = date.fromisoformat(first.strip())
        end = date.fromisoformat(last.strip()) if last else start
    except ValueError:
        raise Misfit(f"expected a date such as 2026-12-31, got {shown(raw)}") from None
    if start.year not in YEARS or not 0 <= (end - start).days <= 366:
        raise Misfit(
            f"expected a date of this century such as 2026-12-31, or 2027-02-05..2027-02-11, got {shown(raw)}"
        )
    return tuple(start + timedelta(days=n) for n in range((end - start).days + 1))


def parse_one_date(raw: object) -> date:
    """Read a single date."""
    dates = parse_dates(raw)
    if len(dates) > 1:
        raise Misfit(f"expected a single date such as 2026-12-31, got {shown(raw)}")
    return dates[0]
