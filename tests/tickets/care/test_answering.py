"""What the customer is told outside opening hours: the hours and the moment of the response clock itself (R67)."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tickets.builders import log_of, logged
from tests.tickets.time.plans import a_plan, plain_plan
from tickets.care.answering import answered_by, came_outside_hours, hours_until
from tickets.case.fold import fold
from tickets.case.values import ContactChannel
from tickets.handbook import Duration, Span
from tickets.time.calendar import Calendar
from tickets.time.durations import add

CHINA = Calendar(a_plan())
LONDON = Calendar(plain_plan("Europe/London", dict.fromkeys(range(7), (Span(0, 24 * 60),))))
FOUR_OPEN, FOUR_BY_CLOCK = Duration(4, "wh"), Duration(4, "h")


def local(text: str, zone: str = "Asia/Shanghai") -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


@pytest.mark.requirement(67)
@pytest.mark.parametrize(
    ("entered", "target", "due", "hours"),
    [
        ("2026-11-24 20:00", FOUR_OPEN, "2026-11-25 12:00", 16),  # a night
        ("2026-11-28 10:00", FOUR_OPEN, "2026-11-30 12:00", 50),  # a weekend
        ("2026-10-03 09:30", FOUR_OPEN, "2026-10-08 12:00", 123),  # the October holiday
        ("2026-10-09 19:00", FOUR_OPEN, "2026-10-10 12:00", 17),  # a Saturday that is worked
        ("2026-11-24 13:10", FOUR_OPEN, "2026-11-24 18:00", 5),  # lunch; up to the next whole hour
        ("2026-11-28 22:00", FOUR_BY_CLOCK, "2026-11-29 02:00", 4),  # a clock that never stops
    ],
)
def test_the_hours_are_those_of_the_clock(
    entered: str, target: Duration, due: str, hours: int
) -> None:
    found = add(local(entered), target, CHINA)

    assert found == local(due)
    assert hours_until(found, local(entered)) == hours


@pytest.mark.requirement(67)
@pytest.mark.parametrize(
    ("entered", "hours", "due"),
    [
        ("2026-03-28 22:00", 4, "2026-03-29 03:00"),  # an hour is skipped: five on the wall
        ("2026-10-24 23:00", 4, "2026-10-25 02:00"),  # an hour comes twice: three on the wall
    ],
)
def test_where_the_clocks_change_real_hours_are_named(entered: str, hours: int, due: str) -> None:
    zone = "Europe/London"
    since = local(entered, zone)
    found = add(since, FOUR_BY_CLOCK, LONDON)

    assert hours_until(found, since.astimezone(UTC)) == hours
    assert found == local(due, zone)


@pytest.mark.requirement(67)
@pytest.mark.parametrize(
    ("entered", "received", "way", "outside"),
    [
        ("2026-11-24 20:00", "2026-11-24 20:00", ContactChannel.PHONE, True),
        ("2026-11-28 10:00", "2026-11-28 10:00", ContactChannel.PHONE, True),  # a Saturday
        ("2026-10-03 10:00", "2026-10-03 10:00", ContactChannel.PHONE, True),  # a holiday
        ("2026-10-10 10:00", "2026-10-10 10:00", ContactChannel.PHONE, False),  # worked instead
        ("2026-11-24 09:00", "2026-11-24 09:00", ContactChannel.PHONE, False),
        ("2026-11-24 09:00", "2026-11-23 22:00", ContactChannel.EMAIL, True),  # came at night
        ("2026-11-24 09:00", "2026-11-23 22:00", ContactChannel.PHONE, False),  # was answered then
        ("2026-11-24 09:00", "2026-11-24 08:30", ContactChannel.EMAIL, False),
    ],
)
def test_who_reaches_a_closed_desk_is_told(
    entered: str, received: str, way: ContactChannel, outside: bool
) -> None:
    intake = logged(received_at=local(received), contact_channel=way)
    ticket = fold(log_of(intake, start=local(entered)))

    assert came_outside_hours(ticket, CHINA) is outside


def test_without_a_clock_nothing_is_promised() -> None:
    assert answered_by(()) is None


@given(st.timedeltas(min_value=timedelta(minutes=1), max_value=timedelta(days=9)))
def test_the_hours_are_the_next_whole_ones(ahead: timedelta) -> None:
    since = local("2026-11-24 20:00")
    hours = hours_until(since + ahead, since)

    assert timedelta(hours=hours - 1) < ahead <= timedelta(hours=hours)
