from datetime import UTC, date, datetime, timedelta

import chinese_calendar
import pytest

from tests.tickets.time.plans import HOLIDAYS, MAKEUP_DAYS, SHANGHAI, TWO_SPANS, a_plan, at, spans
from tickets.time.calendar import Calendar, NeverOpen

HOUR = timedelta(hours=1)
CHINA = Calendar(a_plan())


@pytest.mark.parametrize("year", [2025, 2026])
def test_the_lists_of_these_tests_agree_with_chinesecalendar(year):
    day = date(year, 1, 1)
    while day.year == year:
        assert CHINA.is_working_day(day) == chinese_calendar.is_workday(day), day
        day += timedelta(days=1)


@pytest.mark.parametrize(  # RELIABILITY F38
    "makeup", ["2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10"]
)
def test_a_makeup_weekend_day_counts_and_has_an_ordinary_days_hours(makeup):
    day = date.fromisoformat(makeup)

    assert day.weekday() >= 5
    assert CHINA.is_working_day(day)
    assert CHINA.is_open(at(f"{makeup} 08:00"))
    assert not CHINA.is_open(at(f"{makeup} 12:00"))
    assert CHINA.close_of(day) == at(f"{makeup} 18:00")
    assert CHINA.add_working_days(at(f"{makeup} 09:00") - timedelta(days=1), 1) == at(
        f"{makeup} 18:00"
    )


def test_a_week_over_spring_festival_2026():
    logged = at("2026-02-12 16:00")  # the Thursday before; make-up Saturday, nine days off

    assert CHINA.add_working_days(logged, 1) == at("2026-02-13 18:00")
    assert CHINA.add_working_days(logged, 2) == at("2026-02-14 18:00")
    assert CHINA.add_working_days(logged, 3) == at("2026-02-24 18:00")
    assert CHINA.add_working_days(logged, 7) == at("2026-02-28 18:00")
    assert CHINA.add_working(logged, 18 * HOUR) == at("2026-02-14 18:00")
    assert CHINA.add_working(logged, 19 * HOUR) == at("2026-02-24 09:00")
    assert CHINA.working_between(at("2026-02-14 18:00"), at("2026-02-24 08:00")) == timedelta()
    assert CHINA.next_opening(at("2026-02-15 10:00")) == at("2026-02-24 08:00")
    assert CHINA.last_open_minute(at("2026-02-20 10:00")) == at("2026-02-14 17:59")


def test_an_end_falling_exactly_at_closing_is_closing_time():
    assert CHINA.add_working(at("2025-10-10 14:00"), 4 * HOUR) == at("2025-10-10 18:00")
    assert CHINA.add_working(at("2025-10-10 10:00"), 2 * HOUR) == at("2025-10-10 12:00")
    assert CHINA.add_working(at("2025-10-10 10:00"), 2 * HOUR + timedelta(minutes=1)) == at(
        "2025-10-10 14:01"
    )


def test_a_start_found_by_going_back_is_an_opening_not_the_closing_before():
    assert CHINA.subtract_working(at("2025-10-13 10:00"), 2 * HOUR) == at("2025-10-13 08:00")
    assert CHINA.subtract_working(at("2025-10-13 10:00"), 3 * HOUR) == at("2025-10-11 17:00")


def test_nothing_to_add_leaves_even_a_closed_start_where_it_is():
    assert CHINA.add_working(at("2025-10-12 10:00"), timedelta()) == at("2025-10-12 10:00")


def test_opening_hours_are_half_open():
    assert not CHINA.is_open(at("2025-10-10 07:59"))
    assert CHINA.is_open(at("2025-10-10 08:00"))
    assert CHINA.is_open(at("2025-10-10 11:59"))
    assert not CHINA.is_open(at("2025-10-10 12:00"))
    assert CHINA.next_opening(at("2025-10-10 12:00")) == at("2025-10-10 14:00")
    assert CHINA.next_opening(at("2025-10-10 09:30")) == at("2025-10-10 09:30")
    assert CHINA.last_open_minute(at("2025-10-10 13:59")) == at("2025-10-10 11:59")
    assert CHINA.last_open_minute(at("2025-10-10 14:00")) == at("2025-10-10 14:00")


def test_the_desks_own_days_win_over_law_and_week():
    calendar = Calendar(
        a_plan(
            closed=frozenset({date(2026, 12, 31), date(2026, 2, 14)}),
            own_open={date(2026, 12, 26): spans("09:00-12:00"), date(2026, 10, 1): ()},
        )
    )

    assert not calendar.is_working_day(date(2026, 12, 31))
    assert not calendar.is_working_day(date(2026, 2, 14))
    assert calendar.is_working_day(date(2026, 12, 26))
    assert calendar.close_of(date(2026, 12, 26)) == at("2026-12-26 12:00")
    assert calendar.is_working_day(date(2026, 10, 1))
    assert calendar.close_of(date(2026, 10, 1)) == at("2026-10-01 18:00")
    assert calendar.add_working_days(at("2026-12-25 09:00"), 1) == at("2026-12-26 12:00")


def test_a_desk_open_seven_days_and_on_holidays_still_counts_legal_days_in_wd():
    all_week = {day: spans("09:00-21:00") for day in range(7)}
    calendar = Calendar(a_plan(hours=all_week, open_on_holidays=True))

    assert calendar.is_open(at("2026-10-03 10:00"))
    assert calendar.add_working(at("2026-10-02 20:00"), 2 * HOUR) == at("2026-10-03 10:00")
    assert calendar.add_working_days(at("2026-09-30 10:00"), 1) == at("2026-10-08 21:00")


def test_a_country_that_works_sunday_to_thursday_counts_by_its_own_week():
    calendar = Calendar(
        a_plan(
            timezone="Asia/Jerusalem",
            hours=dict.fromkeys((6, 0, 1, 2, 3), TWO_SPANS),
            holidays=frozenset(),
            makeup_days=frozenset(),
            workweek=frozenset({6, 0, 1, 2, 3}),
        )
    )

    thursday = at("2026-06-04 10:00", "Asia/Jerusalem")

    assert calendar.add_working_days(thursday, 1) == at("2026-06-07 18:00", "Asia/Jerusalem")


def test_hours_written_for_holidays_are_kept_then():
    calendar = Calendar(a_plan(open_on_holidays=True, holiday_hours=spans("09:00-12:00")))

    assert calendar.close_of(date(2026, 10, 1)) == at("2026-10-01 12:00")
    assert calendar.close_of(date(2026, 10, 3)) == at("2026-10-03 12:00")
    assert not calendar.is_working_day(date(2026, 10, 1))


def test_a_working_day_without_opening_hours_ends_at_midnight():
    weekend_only = {5: TWO_SPANS, 6: TWO_SPANS}
    calendar = Calendar(a_plan(hours=weekend_only))

    assert calendar.add_working_days(at("2025-10-13 10:00"), 1) == at("2025-10-15 00:00")


def test_twenty_four_oclock_is_midnight_of_the_next_day():
    late = Calendar(a_plan(hours={day: spans("16:00-24:00") for day in range(5)}))

    assert late.add_working(at("2025-10-13 22:00"), 2 * HOUR) == at("2025-10-14 00:00")
    assert late.close_of(date(2025, 10, 13)) == at("2025-10-14 00:00")
    assert CHINA.add_working_days(at("2025-10-13 22:00"), 1, "midnight") == at("2025-10-15 00:00")


def test_a_year_not_decreed_counts_plain_weekdays_and_says_so():
    lists = HOLIDAYS | {date(2027, 2, 8)}  # by rule, not by decree
    calendar = Calendar(a_plan(holidays=lists, makeup_days=MAKEUP_DAYS | {date(2027, 2, 13)}))

    assert calendar.is_working_day(date(2027, 2, 8))
    assert not calendar.is_working_day(date(2027, 2, 13))
    assert calendar.is_open(at("2027-02-08 09:00"))
    assert calendar.is_provisional(date(2027, 1, 4))
    assert calendar.is_provisional(date(2026, 12, 30), date(2027, 1, 4))
    assert not calendar.is_provisional(date(2026, 1, 1), date(2026, 12, 31))


def test_counting_crosses_years_it_has_not_met_before():
    calendar = Calendar(a_plan(decreed_years=frozenset(range(2020, 2040))))

    forward = calendar.add_working(at("2026-06-01 08:00"), 8 * HOUR * 700)
    back = calendar.subtract_working(forward, 8 * HOUR * 1400)

    assert calendar.working_between(back, forward) == 8 * HOUR * 1400
    assert forward.year == 2029
    assert back.year == 2023
    assert calendar.add_working_days(at("2029-12-31 08:00"), 1) == at("2030-01-01 18:00")


def test_a_desk_that_is_never_open_says_so_instead_of_searching_for_ever():
    calendar = Calendar(a_plan(hours={}))

    with pytest.raises(NeverOpen):
        calendar.add_working(at("2025-10-13 10:00"), HOUR)
    with pytest.raises(NeverOpen):
        calendar.next_opening(at("2025-10-13 10:00"))
    with pytest.raises(NeverOpen):
        calendar.last_open_minute(at("2025-10-13 10:00"))
    assert calendar.add_working_days(at("2025-10-13 10:00"), 1) == at("2025-10-15 00:00")
    assert calendar.ordinary_day == timedelta(days=1)


def test_however_long_a_desk_closes_its_weekly_hours_come_back():
    off = frozenset(date(2026, 1, 1) + timedelta(days=n) for n in range(5 * 366))
    calendar = Calendar(a_plan(closed=off, decreed_years=frozenset()))

    assert calendar.next_opening(at("2026-06-01 10:00")) == at("2031-01-06 08:00")
    assert calendar.add_working(at("2026-06-01 10:00"), HOUR) == at("2031-01-06 09:00")
    assert calendar.last_open_minute(at("2030-06-01 10:00")) == at("2025-12-31 17:59")


def test_a_desk_open_at_weekends_alone_has_their_hours_on_make_up_days_too():
    calendar = Calendar(a_plan(hours=dict.fromkeys((5, 6), spans("09:00-15:00"))))

    assert calendar.ordinary_day == 6 * HOUR
    assert calendar.close_of(date(2026, 2, 14)) == at("2026-02-14 15:00")  # a make-up Saturday


def test_a_date_that_the_zone_left_out_is_no_working_day():
    apia = Calendar(a_plan(timezone="Pacific/Apia", decreed_years=frozenset()))

    assert apia.working_days_after(date(2011, 12, 28), 3) == (
        date(2011, 12, 29),
        date(2012, 1, 2),
        date(2012, 1, 3),
    )


def test_the_ordinary_day_is_the_desks_own():
    assert CHINA.ordinary_day == 8 * HOUR
    assert Calendar(a_plan(hours={2: spans("09:00-13:00")})).ordinary_day == 4 * HOUR


@pytest.mark.requirement(4)
def test_busy_hours_go_by_the_clock_alone_every_day():
    sunday_and_holiday = at("2023-10-01 09:30")  # the sample of R99 says 忙时

    assert CHINA.is_peak(sunday_and_holiday)
    assert CHINA.is_peak(at("2023-10-01 08:00"))
    assert not CHINA.is_peak(at("2023-10-01 12:00"))
    assert not CHINA.is_peak(at("2023-10-01 20:00"))


def test_moments_in_any_zone_give_the_same_answer_in_utc():
    start = datetime(2025, 10, 13, 16, 30, tzinfo=SHANGHAI)

    answer = CHINA.add_working(start, 2 * HOUR)

    assert answer == CHINA.add_working(start.astimezone(UTC), 2 * HOUR)
    assert answer.tzinfo is UTC
    assert CHINA.date_of(datetime(2025, 10, 12, 17, 0, tzinfo=UTC)) == date(2025, 10, 13)


def test_seconds_and_less_are_counted_exactly():
    start = at("2025-10-13 17:59") + timedelta(seconds=59, microseconds=999_999)

    assert CHINA.add_working(start, timedelta(microseconds=1)) == at("2025-10-13 18:00")
    assert CHINA.add_working(start, timedelta(microseconds=2)) == at(
        "2025-10-14 08:00"
    ) + timedelta(microseconds=1)


def test_an_hour_the_clock_skips_is_not_there_and_one_it_repeats_is_there_twice():
    nights = Calendar(
        a_plan(
            timezone="Europe/Berlin",
            hours={day: spans("00:00-06:00") for day in range(7)},
            holidays=frozenset(),
            makeup_days=frozenset(),
        )
    )

    def hours(day: str) -> timedelta:
        start = at(f"{day} 00:00", "Europe/Berlin")
        return nights.working_between(start, start + timedelta(hours=12))

    assert hours("2026-03-28") == 6 * HOUR
    assert hours("2026-03-29") == 5 * HOUR
    assert hours("2026-10-25") == 7 * HOUR


def test_the_day_of_a_midnight_that_the_clock_skips_begins_at_the_jump():
    havana = Calendar(a_plan(timezone="America/Havana"))

    assert havana.start_of(date(2026, 3, 8)) == datetime(2026, 3, 8, 5, 0, tzinfo=UTC)
    assert havana.end_of(date(2026, 3, 7)) == havana.start_of(date(2026, 3, 8))
