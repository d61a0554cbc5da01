"""Calendar plans for the tests: the State Council's lists by hand, and desks that differ."""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from tickets.handbook import CalendarPlan, Span

SHANGHAI = ZoneInfo("Asia/Shanghai")
TWO_SPANS = (Span(8 * 60, 12 * 60), Span(14 * 60, 18 * 60))  # 08:00–12:00, 14:00–18:00
WEEKDAYS = dict.fromkeys(range(5), TWO_SPANS)


def _days(first: str, last: str) -> Iterator[date]:
    day = date.fromisoformat(first)
    while day <= date.fromisoformat(last):
        yield day
        day += timedelta(days=1)


_OFF = (  # the State Council's notices for 2023 (October), 2025 and 2026
    ("2023-09-29", "2023-10-06"),
    ("2025-01-01", "2025-01-01"),
    ("2025-01-28", "2025-02-04"),
    ("2025-04-04", "2025-04-06"),
    ("2025-05-01", "2025-05-05"),
    ("2025-05-31", "2025-06-02"),
    ("2025-10-01", "2025-10-08"),
    ("2026-01-01", "2026-01-03"),
    ("2026-02-15", "2026-02-23"),
    ("2026-04-04", "2026-04-06"),
    ("2026-05-01", "2026-05-05"),
    ("2026-06-19", "2026-06-21"),
    ("2026-09-25", "2026-09-27"),
    ("2026-10-01", "2026-10-07"),
)
HOLIDAYS = frozenset(day for first, last in _OFF for day in _days(first, last))
MAKEUP_DAYS = frozenset(
    date.fromisoformat(day)
    for day in (
        "2023-10-07",
        "2023-10-08",
        "2025-01-26",
        "2025-02-08",
        "2025-04-27",
        "2025-09-28",
        "2025-10-11",
        "2026-01-04",
        "2026-02-14",
        "2026-02-28",
        "2026-05-09",
        "2026-09-20",
        "2026-10-10",
    )
)


def a_plan(
    *,
    timezone: str = "Asia/Shanghai",
    hours: Mapping[int, tuple[Span, ...]] = WEEKDAYS,
    open_on_holidays: bool = False,
    closed: frozenset[date] = frozenset(),
    own_open: Mapping[date, tuple[Span, ...]] | None = None,
    holidays: frozenset[date] = HOLIDAYS,
    makeup_days: frozenset[date] = MAKEUP_DAYS,
    decreed_years: frozenset[int] = frozenset({2023, 2025, 2026}),
    holiday_hours: tuple[Span, ...] = (),
    workweek: frozenset[int] = frozenset(range(5)),
) -> CalendarPlan:
    return CalendarPlan(
        timezone=timezone,
        hours=hours,
        open_on_holidays=open_on_holidays,
        closed=closed,
        open=own_open or {},
        peak=TWO_SPANS,
        holidays=holidays,
        makeup_days=makeup_days,
        decreed_years=decreed_years,
        holiday_hours=holiday_hours,
        workweek=workweek,
    )


def plain_plan(timezone: str, hours: Mapping[int, tuple[Span, ...]]) -> CalendarPlan:
    """A desk without holidays whose every year is known."""
    return a_plan(
        timezone=timezone,
        hours=hours,
        holidays=frozenset(),
        makeup_days=frozenset(),
        decreed_years=frozenset(range(1990, 2100)),
    )


def spans(*written: str) -> tuple[Span, ...]:
    """`spans("08:00-12:00")`; 24:00 is midnight's end."""
    return tuple(Span(*(_minutes(end) for end in one.split("-"))) for one in written)


def _minutes(written: str) -> int:
    hour, minute = written.split(":")
    return int(hour) * 60 + int(minute)


def at(written: str, zone: str = "Asia/Shanghai") -> datetime:
    """`at("2025-10-09 10:05")`: that local time, as UTC."""
    return datetime.fromisoformat(written).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
