"""Legal days: the State Council's lists, what is not decreed, and other countries' weeks."""

from datetime import date, timedelta

import chinese_calendar
import pytest

from bot.desk_config.holidays import YearPlan, legal_days, years_around


def days_of(year):
    return [date(year, 1, 1) + timedelta(days=n) for n in range(365)]


def is_working_day(legal, day):
    return day in legal.makeup_days or (
        day.weekday() in legal.workweek and day not in legal.days_off
    )


@pytest.mark.parametrize("year", range(2020, 2027))
def test_every_day_of_a_decreed_year_is_as_the_state_council_says(year):
    legal = legal_days("CN", None, years=[year], decreed={})

    assert legal.decreed_years == {year}
    for day in days_of(year):
        assert is_working_day(legal, day) == chinese_calendar.is_workday(day), day


def test_a_year_without_a_decree_counts_plain_weekdays():
    legal = legal_days("CN", None, years=[2040], decreed={})

    assert legal.decreed_years == frozenset()
    assert not legal.days_off
    assert not legal.makeup_days


def test_a_decree_in_the_desk_file_wins_over_the_library():
    own = YearPlan(frozenset({date(2026, 3, 2)}), frozenset({date(2026, 3, 7), date(2026, 3, 3)}))

    legal = legal_days("CN", None, years=[2026], decreed={2026: own})

    assert legal.days_off == {date(2026, 3, 2)}
    assert legal.makeup_days == {date(2026, 3, 7)}  # the 3rd is a weekday and worked anyway


def test_holidays_of_neighbouring_years_stay_out():
    legal = legal_days("CN", None, years=[2025], decreed={})

    assert {day.year for day in legal.days_off | legal.makeup_days} == {2025}


def test_a_holiday_on_a_weekend_is_a_day_off_too():
    legal = legal_days("CN", None, years=[2026], decreed={})

    assert date(2026, 10, 3) in legal.days_off  # a Saturday, National Day


def test_other_countries_are_known_for_every_year_the_library_answers():
    legal = legal_days("DE", "BY", years=[2026, 2027], decreed={})

    assert legal.decreed_years == {2026, 2027}
    assert date(2026, 1, 6) in legal.days_off  # Epiphany, in Bavaria
    assert date(2026, 1, 6) not in legal_days("DE", "HH", years=[2026], decreed={}).days_off


def test_a_week_from_sunday_to_thursday_is_the_countrys_own():
    legal = legal_days("SA", None, years=[2026], decreed={})

    assert legal.workweek == {6, 0, 1, 2, 3}
    assert not is_working_day(legal, date(2026, 11, 27))  # a Friday
    assert is_working_day(legal, date(2026, 11, 29))  # a Sunday


def test_without_a_country_there_are_no_holidays_and_nothing_is_in_doubt():
    legal = legal_days(None, None, years=[2026, 2040], decreed={})

    assert legal.decreed_years == {2026, 2040}
    assert not legal.days_off


def test_the_calendar_reaches_from_old_cases_to_promises():
    assert list(years_around(date(2026, 11, 24))) == [2023, 2024, 2025, 2026, 2027, 2028]
