"""A desk's calendar from its file to the hours it is open: holidays, weekends, other weeks."""

from datetime import date

from tests.bot.desk_config.files import changed, load
from tickets.handbook import Span
from tickets.time.calendar import Calendar
from tickets.time.opening import Opening

USUAL = (Span(480, 720), Span(840, 1080))


def opening(*changes):
    return Opening(load(changed(*changes)).handbook.calendar)


def test_a_holiday_closes_the_desk_and_a_make_up_day_opens_it():
    desk = opening()

    assert desk.hours_on(date(2026, 10, 1)) == ()
    assert desk.hours_on(date(2026, 10, 10)) == USUAL  # a Saturday, 调休上班日
    assert desk.is_working_day(date(2026, 10, 10))


def test_hours_of_their_own_open_the_desk_on_holidays_without_making_them_working_days():
    desk = opening(("14:00-18:00\n  peak", "14:00-18:00\n    holidays: 08:00-12:00\n  peak"))

    assert desk.hours_on(date(2026, 10, 1)) == USUAL[:1]
    assert not desk.is_working_day(date(2026, 10, 1))


def test_a_holiday_on_a_saturday_closes_a_desk_that_opens_every_day():
    desk = opening(("    mon-fri:", "    daily:"))

    assert desk.hours_on(date(2026, 10, 3)) == ()
    assert desk.hours_on(date(2026, 10, 17)) == USUAL  # an ordinary Saturday


def test_a_country_that_works_on_sundays_counts_them():
    plan = load(
        changed(("country: CN", "country: SA"), ("    mon-fri:", "    sun,mon-thu:"))
    ).handbook.calendar

    days = Calendar(plan).working_days_after(date(2026, 11, 25), 2)  # from a Wednesday

    assert days == (date(2026, 11, 26), date(2026, 11, 29))


def test_the_desks_own_exceptions_win_over_the_holiday_list():
    desk = opening(
        ("closed: [2026-12-31]", "closed: [2026-10-10]"),
        ("2026-12-26: 09:00-12:00", "2026-10-01: 09:00-12:00"),
    )

    assert desk.hours_on(date(2026, 10, 1)) == (Span(540, 720),)
    assert desk.hours_on(date(2026, 10, 10)) == ()
    assert not desk.is_working_day(date(2026, 10, 10))
