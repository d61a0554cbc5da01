"""Legal days: the State Council's lists, what is not decreed, and other countries' weeks."""

from datetime import date, timedelta

import chinese_calendar
import pytest

from bot.desk_config.holidays import YearPlan, legal_days, years_around


def days_of(year):
    first = date(year, 1, 1)
    return [first + timedelta(days=n) for n in range((date(year + 1, 1, 1) - first).days)]


def is_working_day(legal, day):
    return day in legal.makeup_days or (
        day.weekday() in legal.workweek and day not in legal.days_off
    )


THEIR_MISTAKE = date(2005, 12, 31)  # a Saturday that the notice for 2006 made a working day


@pytest.mark.parametrize("year", range(2004, 2027))
def test_every_day_of_a_decreed_year_is_as_chinesecalendar_has_it(year):
    legal = legal_days("CN", None, years=[year], decreed={})

    assert legal.decreed_years == {year}
    for day in days_of(year):
        ours, theirs = is_working_day(legal, day), chinese_calendar.is_workday(day)
        assert ours == theirs or day == THEIR_MISTAKE, day


NOTICES = {  # the State Council's notices: days off, and weekend days worked (2020: as prolonged)
    2020: (
        "0101 0124-0202 0404-0406 0501-0505 0625-0627 1001-1008",
        "0119 0426 0509 0628 0927 1010",
    ),
    2021: (
        "0101-0103 0211-0217 0403-0405 0501-0505 0612-0614 0919-0921 1001-1007",
        "0207 0220 0425 0508 0918 0926 1009",
    ),
    2022: (
        "0101-0103 0131-0206 0403-0405 0430-0504 0603-0605 0910-0912 1001-1007 1231",
        "0129 0130 0402 0424 0507 1008 1009",
    ),
    2023: (
        "0101-0102 0121-0127 0405 0429-0503 0622-0624 0929-1006 1230-1231",
        "0128 0129 0423 0506 0625 1007 1008",
    ),
    2024: (
        "0101 0210-0217 0404-0406 0501-0505 0610 0915-0917 1001-1007",
        "0204 0218 0407 0428 0511 0914 0929 1012",
    ),
    2025: (
        "0101 0128-0204 0404-0406 0501-0505 0531-0602 1001-1008",
        "0126 0208 0427 0928 1011",
    ),
    2026: (
        "0101-0103 0215-0223 0404-0406 0501-0505 0619-0621 0925-0927 1001-1007",
        "0104 0214 0228 0509 0920 1010",
    ),
}


def written_days(year, written):
    for run in written.split():
        first, _, last = run.partition("-")
        day, end = (date(year, int(one[:2]), int(one[2:])) for one in (first, last or first))
        while day <= end:
            yield day
            day += timedelta(days=1)


@pytest.mark.parametrize("year", NOTICES)
def test_every_day_is_as_the_state_council_announced(year):
    off, worked = (set(written_days(year, written)) for written in NOTICES[year])
    legal = legal_days("CN", None, years=[year], decreed={})

    assert legal.makeup_days == worked  # RELIABILITY F38
    for day in days_of(year):
        assert is_working_day(legal, day) == (
            day in worked or (day.weekday() < 5 and day not in off)
        ), day


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
