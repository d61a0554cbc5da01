"""Which period of a digest is due when: open days, weeks and months, holidays, seams and moved times."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tickets.time.plans import WEEKDAYS, a_plan, at, plain_plan, spans
from tickets.handbook import Digest, Span
from tickets.time.calendar import Calendar
from tickets.time.periods import Period, due_periods, first_day, next_period, period_of

CHINA = Calendar(a_plan())
NEVER = Calendar(plain_plan("UTC", {}))


def a_digest(when: str, on_holiday: str = "next") -> Digest:
    return Digest("any", when, on_holiday=on_holiday)


def due(when: str, since: str, now: str, *, on_holiday: str = "next") -> list[Period]:
    return list(due_periods(a_digest(when, on_holiday), since, at(now), CHINA))


def test_a_meeting_on_monday_is_about_the_week_before() -> None:
    (one,) = due("Mon 09:00", "2025-W37", "2025-09-22 09:00")

    assert one.key == "2025-W38"
    assert (one.start, one.end) == (at("2025-09-15 00:00"), at("2025-09-22 00:00"))
    assert one.due_at == at("2025-09-22 09:00")


def test_nothing_is_due_one_moment_before() -> None:
    assert due("Mon 09:00", "2025-W37", "2025-09-22 08:59") == []


def test_three_missed_weeks_are_three_periods_oldest_first() -> None:
    missed = due("Mon 09:00", "2025-W33", "2025-09-08 09:30")

    assert [one.key for one in missed] == ["2025-W34", "2025-W35", "2025-W36"]


def test_a_meeting_on_a_holiday_waits_for_the_next_open_day() -> None:
    (one,) = due("Mon 09:00", "2025-W21", "2025-06-03 09:00")  # 2 June is Dragon Boat Monday

    assert (one.key, one.due_at) == ("2025-W22", at("2025-06-03 09:00"))


def test_two_meetings_that_a_long_holiday_moves_to_one_day_are_one() -> None:
    (one,) = due("Wed 09:00", "2025-W38", "2025-10-09 09:00")  # 1 and 8 October are holidays

    assert (one.key, one.due_at) == ("2025-W40", at("2025-10-09 09:00"))
    assert (one.start, one.end) == (at("2025-09-22 00:00"), at("2025-10-06 00:00"))


def test_a_meeting_that_skips_holidays_is_about_both_weeks_the_next_time() -> None:
    (one,) = due("Wed 09:00", "2025-W38", "2025-10-15 09:00", on_holiday="skip")

    assert (one.key, one.due_at) == ("2025-W41", at("2025-10-15 09:00"))
    assert (one.start, one.end) == (at("2025-09-22 00:00"), at("2025-10-13 00:00"))


def test_a_meeting_on_a_day_the_desk_never_works_stays_there() -> None:
    (one,) = due("Sun 20:00", "2025-W36", "2025-09-21 20:00")

    assert one.due_at == at("2025-09-21 20:00")


def test_a_day_runs_from_one_due_moment_to_the_next() -> None:
    monday = period_of(a_digest("open days 18:05"), "2025-09-22", CHINA)

    assert monday
    assert (monday.start, monday.end) == (at("2025-09-19 18:05"), at("2025-09-22 18:05"))


def test_a_make_up_saturday_is_an_open_day_and_a_holiday_is_none() -> None:
    digest = a_digest("open days 16:00")

    assert period_of(digest, "2025-10-11", CHINA)
    assert period_of(digest, "2025-10-06", CHINA) is None


def test_a_monthly_report_comes_on_the_first_workday_of_the_next_month() -> None:
    (one,) = due("first workday 09:30", "2025-08", "2025-10-09 09:30")

    assert (one.key, one.due_at) == ("2025-09", at("2025-10-09 09:30"))
    assert (one.start, one.end) == (at("2025-09-01 00:00"), at("2025-10-01 00:00"))


def test_a_desk_that_starts_knows_only_the_newest_period() -> None:
    newest = list(due_periods(a_digest("open days 16:00"), None, at("2025-09-21 12:00"), CHINA))

    assert [one.key for one in newest] == ["2025-09-19"]


def test_a_digest_of_another_shape_begins_anew() -> None:
    newest = list(
        due_periods(a_digest("open days 09:00"), "2025-W20", at("2025-09-22 12:00"), CHINA)
    )

    assert [one.key for one in newest] == ["2025-09-22"]


def test_a_desk_that_is_never_open_has_no_days() -> None:
    digest = a_digest("open days 16:00")

    assert list(due_periods(digest, None, at("2025-09-22 12:00"), NEVER)) == []
    assert next_period(digest, None, at("2025-09-22 12:00"), NEVER) is None


def test_the_next_period_is_the_first_that_is_neither_due_nor_done() -> None:
    digest = a_digest("open days 16:00")

    found = next_period(digest, "2025-09-22", at("2025-09-22 12:00"), CHINA)  # moved after it ran

    assert found
    assert found.key == "2025-09-23"


@pytest.mark.parametrize(
    ("day", "moment"),
    [
        ("2026-03-29", datetime(2026, 3, 29, 1, 30, tzinfo=UTC)),  # 01:30 is skipped: an hour later
        ("2026-10-25", datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),  # 01:30 comes twice: the first
    ],
)
def test_a_wall_time_that_the_clock_skips_or_repeats_comes_once(day: str, moment: datetime) -> None:
    london = Calendar(plain_plan("Europe/London", dict.fromkeys(range(7), spans("00:00-24:00"))))

    one = period_of(a_digest("open days 01:30"), day, london)

    assert one
    assert one.due_at == moment


def test_a_key_names_its_first_day() -> None:
    keys = ("2026-W01", "2026-11-24", "2026-11")

    assert [first_day(key) for key in keys] == [
        date(2025, 12, 29),
        date(2026, 11, 24),
        date(2026, 11, 1),
    ]
    with pytest.raises(ValueError, match="week"):
        first_day("2025-W60")


WHEN = st.sampled_from(
    [
        "Mon 09:00",
        "Wed 00:30",
        "Fri 23:59",
        "open days 16:00",
        "open days 02:30",
        "first workday 09:30",
    ]
)
ZONES = {
    zone: Calendar(a_plan(timezone=zone, hours=WEEKDAYS))
    for zone in ("Asia/Shanghai", "Europe/London", "America/Santiago", "UTC")
}


@given(
    when=WHEN,
    on_holiday=st.sampled_from(["next", "skip"]),
    zone=st.sampled_from(sorted(ZONES)),
    since=st.dates(date(2025, 1, 1), date(2026, 6, 1)),
    days=st.integers(0, 200),
)
def test_periods_follow_each_other_without_gap_or_overlap(
    when: str, on_holiday: str, zone: str, since: date, days: int
) -> None:
    calendar, digest = ZONES[zone], a_digest(when, on_holiday)
    begun = next(due_periods(digest, None, calendar.start_of(since), calendar))
    now = calendar.start_of(since) + timedelta(days=days)

    row = [begun, *due_periods(digest, begun.key, now, calendar)]

    assert all(one.end == two.start for one, two in pairwise(row))
    assert all(one.key < two.key for one, two in pairwise(row))
    assert all(one.due_at <= two.due_at for one, two in pairwise(row))
    assert all(one.start < one.end <= one.due_at <= now for one in row)
    assert all(period_of(digest, one.key, calendar) == one for one in row)


def test_what_comes_before_closing_comes_earlier_on_a_short_day() -> None:
    short = {date(2025, 9, 23): (Span(9 * 60, 12 * 60),)}
    calendar = Calendar(a_plan(own_open=short))
    reminder = Digest("any", "open days 15:30", before_close=timedelta(minutes=30))

    found = due_periods(reminder, "2025-09-21", at("2025-09-24 23:00"), calendar)

    assert [one.due_at for one in found] == [
        at("2025-09-22 15:30"),
        at("2025-09-23 11:30"),
        at("2025-09-24 15:30"),
    ]
