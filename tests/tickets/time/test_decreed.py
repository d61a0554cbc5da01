"""Years whose holidays are not known: which, since when, and that deadlines are reckoned anew (F37)."""

from dataclasses import replace
from datetime import date

import pytest

from tests.tickets.handbooks import a_handbook
from tests.tickets.time.plans import a_plan
from tickets.handbook import Duration
from tickets.time.decreed import missing_years, provisional_years
from tickets.time.edition import edition_of

PLAN = a_plan(decreed_years=frozenset({2023, 2024, 2025, 2026}))


@pytest.mark.parametrize(
    ("today", "provisional", "missing"),
    [
        ("2026-10-31", (2027, 2028), ()),
        ("2026-11-01", (2027, 2028), (2027,)),
        ("2026-12-31", (2027, 2028), (2027,)),
        ("2027-01-01", (2027, 2028, 2029), (2027,)),
        ("2027-11-01", (2027, 2028, 2029), (2027, 2028)),
        ("2025-11-30", (2027,), ()),
    ],
)
def test_from_november_on_the_next_year_ought_to_be_known(today, provisional, missing):
    day = date.fromisoformat(today)

    assert provisional_years(PLAN, day) == provisional
    assert missing_years(PLAN, day) == missing


def test_a_year_that_becomes_known_is_another_edition_under_the_same_revision():
    book = replace(a_handbook(), calendar=PLAN)
    known = replace(PLAN, decreed_years=PLAN.decreed_years | {2027})
    upgraded = replace(book, calendar=known)

    assert upgraded.revision == book.revision
    assert edition_of(upgraded) != edition_of(book)


def test_an_edition_is_the_same_however_the_handbook_was_put_together():
    book = replace(a_handbook(), calendar=PLAN)
    days = sorted(PLAN.holidays, reverse=True)
    again = replace(PLAN, holidays=frozenset(days), hours=dict(reversed(PLAN.hours.items())))

    assert edition_of(replace(book, calendar=again)) == edition_of(book)


def test_people_and_words_are_no_part_of_an_edition_but_targets_and_exceptions_are():
    book = replace(a_handbook(), calendar=PLAN)
    row = book.policies[0]
    stricter = replace(row, targets={**row.targets, "response": Duration(7, "m")})
    closing = replace(PLAN, closed=frozenset({date(2026, 12, 31)}))

    assert edition_of(replace(book, channel="#elsewhere")) == edition_of(book)
    assert edition_of(replace(book, policies=(stricter,))) != edition_of(book)
    assert edition_of(replace(book, calendar=closing)) != edition_of(book)
    assert edition_of(replace(book, pauses=frozenset())) != edition_of(book)
