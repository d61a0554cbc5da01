"""Every figure of a year of chance equals what loops over the logs find, to the last digit, whatever it is told apart by."""

from dataclasses import replace
from datetime import timedelta
from fractions import Fraction
from math import ceil, floor
from random import Random

import pytest

from storage.records import SqlRecords
from tests.tickets.desk.desks import NINE_THIRTY, SUE, Trial, a_desk
from tests.tickets.handbooks import a_handbook
from tests.tickets.insight.oracle import Lengths, Oracle, cases
from tests.tickets.insight.year import YEAR, live_a_year
from tickets.desk.figures import boards
from tickets.handbook import Handbook
from tickets.insight.figures import By, Figure, Length, Selection, Spread
from tickets.insight.overview import Board
from tickets.people import roles

PERIODS = (
    (timedelta(0), YEAR),
    (timedelta(days=30), timedelta(days=61)),
    (timedelta(days=200), timedelta(days=207)),
    (timedelta(days=500), timedelta(days=530)),  # nothing yet
)


def half_up(number: Fraction) -> int:
    return floor(number + Fraction(1, 2))


def spread_of(lengths: Lengths, which: int) -> Spread | None:
    """The spread as a reader of its definition would take it."""
    if not lengths:
        return None
    seconds = [one[which] for one in lengths]
    minutes = sorted(half_up(one / 60) for one in seconds)
    n = len(minutes)
    middle = Fraction(minutes[(n - 1) // 2] + minutes[n // 2], 2)
    nine_tenths = minutes[ceil(Fraction(9 * n, 10)) - 1]
    return Spread(n, half_up(sum(seconds) / n / 60), half_up(middle), nine_tenths)


def expect_the_same(oracle: Oracle, found: dict[str, Board]) -> None:
    for figure in Figure:
        if figure.is_length:
            continue
        mine = oracle.counted(figure)
        theirs = {
            name: (one.count(figure).part, one.count(figure).n)
            for name, one in found.items()
            if one.count(figure).n
        }
        if figure is Figure.TOTAL:
            assert {name: n for name, (_, n) in theirs.items()} == {
                name: n for name, (_, n) in mine.items()
            }
        else:
            assert theirs == mine, figure
    _expect_lengths(oracle, found)


def _expect_lengths(oracle: Oracle, found: dict[str, Board]) -> None:
    for length in Length:
        told = oracle.answering() if length is Length.ANSWERING else oracle.lengths(length)
        for name in told.keys() | found.keys():
            mine = told.get(name, [])
            theirs = found[name].length(length)
            assert theirs.clock == spread_of(mine, 0), (length, name)
            opened = [] if length is Length.EXPECTED else mine
            assert theirs.working == spread_of(opened, 1), (length, name)


def promised_to_the_urgent() -> Handbook:
    """As at the hotline (R48): a first contact is promised where it is urgent alone."""
    book = a_handbook()
    first, *others = book.policies
    without = (
        replace(row, targets={k: v for k, v in row.targets.items() if k != "response"})
        for row in others
    )
    return replace(book, policies=(first, *without))


def expect_the_year(trial: Trial, seed: int, steps: int) -> None:
    numbers = live_a_year(trial, Random(seed), steps=steps)
    told, now = cases(trial, numbers), trial.clock.at
    sight = roles.figures_sight(roles.actor(SUE, trial.desk.handbook()))
    seen: set[Figure] = set()
    for begins, ends in PERIODS:
        start, end = NINE_THIRTY + begins, NINE_THIRTY + ends
        for by in (None, *By):
            chosen = Selection(start=start, end=end, now=now, sight=sight, by=by)
            with trial.desk.records.read() as unit:
                found = dict(boards(unit, chosen))
                one_by_one = {figure: unit.figures.count(figure, chosen) for figure in Figure}
                assert unit.figures.counts(chosen) == one_by_one
            expect_the_same(Oracle(trial, told, start, end, now, by), found)
            seen |= {one for board in found.values() for one in board.counts}
    assert seen == set(Figure)  # the year had something of each


@pytest.mark.requirement(102, 103, 104, 106, 109)
def test_a_year_recomputed(either_records: SqlRecords) -> None:
    expect_the_year(a_desk(either_records), seed=1, steps=260)


@pytest.mark.requirement(103)
def test_a_year_recomputed_where_only_the_urgent_are_promised_a_contact(
    records: SqlRecords,
) -> None:
    expect_the_year(a_desk(records, promised_to_the_urgent()), seed=1, steps=260)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(10, 14))
def test_many_years_recomputed(either_records: SqlRecords, seed: int) -> None:
    expect_the_year(a_desk(either_records), seed=seed, steps=2_500)
