"""Hours of the day and days of the week, as desk.yml writes them."""

import re
from itertools import pairwise

from bot.desk_config.misfit import Misfit, shown
from tickets.handbook import Span

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
SPAN = re.compile(r"(\d{1,2}):(\d{2})\s*[-–]\s*(\d{1,2}):(\d{2})")
DAY_END = 24 * 60


def parse_spans(raw: object) -> tuple[Span, ...]:
    """Read `08:00-12:00, 14:00-18:00`; 24:00 is the end of the day, `closed` is none at all."""
    if not isinstance(raw, str) or not raw.strip():
        raise Misfit(f"expected hours such as 08:00-12:00, 14:00-18:00, got {shown(raw)}")
    if raw.strip().casefold() == "closed":
        return ()
    spans = tuple(_span(part.strip()) for part in raw.split(","))
    for before, after in pairwise(spans):
        if after.start < before.end:
            raise Misfit(f"expected hours in order and not overlapping, got {shown(raw)}")
    return spans


def _span(part: str) -> Span:
    start, end = parse_shift_hours(part)
    if end <= start:
        raise Misfit(f"expected hours that end after they start, got '{part}'")
    return Span(start, end)


def parse_shift_hours(raw: object) -> tuple[int, int]:
    """Read `22:00-06:00` as minutes of the day; a night shift ends before it starts."""
    fit = SPAN.fullmatch(raw.strip()) if isinstance(raw, str) else None
    if fit is None:
        raise Misfit(f"expected hours such as 08:00-12:00, got {shown(raw)}")
    start, end = minute_of(fit[1], fit[2]), minute_of(fit[3], fit[4])
    if start in {end, DAY_END}:
        raise Misfit(f"expected hours that end after they start, got {shown(raw)}")
    return start, end


def minute_of(hour: str, minute: str) -> int:
    """Give the minute of the day, 24:00 being the last."""
    total = int(hour) * 60 + int(minute)
    if int(minute) > 59 or total > DAY_END:
        raise Misfit(f"expected a time from 00:00 to 24:00, got '{hour}:{minute}'")
    return total


def parse_opening(raw: object) -> tuple[Span, ...] | None:
    """Read opening hours; `usual` (for holidays) is None: the weekday's own."""
    return None if raw == "usual" else parse_spans(raw)


def parse_hours_key(raw: str) -> str:
    """Check a key of opening hours: days of the week or `holidays`."""
    if raw != "holidays":
        parse_weekdays(raw)
    return raw


def parse_weekdays(raw: object) -> tuple[int, ...]:
    """Read `mon-fri`, `mon,wed`, `sat` or `daily` as numbers, Monday being 0."""
    if not isinstance(raw, str):
        raise Misfit(f"expected days such as mon-fri, got {shown(raw)}")
    if raw.strip().casefold() == "daily":
        return tuple(range(7))
    return tuple(day for part in raw.casefold().split(",") for day in _weekday_range(part, raw))


def _weekday_range(part: str, raw: str) -> range:
    names = [name.strip() for name in part.split("-")]
    if len(names) > 2 or any(name not in WEEKDAYS for name in names):
        raise Misfit(f"expected days such as mon-fri, mon,wed, sat, daily or holidays, got '{raw}'")
    first, last = WEEKDAYS.index(names[0]), WEEKDAYS.index(names[-1])
    if last < first:
        raise Misfit(f"expected days in the order of the week, got '{raw}'")
    return range(first, last + 1)
