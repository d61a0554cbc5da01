"""Spreads against Python's own statistics, and by hand."""

from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tickets.insight.figures import Bin, Counted, Spread, spread


def half_up(numerator: int, denominator: int) -> int:
    return (2 * numerator + denominator) // (2 * denominator)


def bins(lengths: list[int]) -> list[Bin]:
    """Sort seconds into whole minutes, half up, as the records do."""
    found: dict[int, list[int]] = {}
    for one in lengths:
        found.setdefault(half_up(one, 60), []).append(one)
    return [Bin(minutes, len(some), sum(some)) for minutes, some in found.items()]


@pytest.mark.parametrize(
    ("minutes", "expected"),
    [
        ([], None),
        ([15], Spread(1, 15, 15, 15)),
        ([10, 20], Spread(2, 15, 15, 20)),
        ([10, 21], Spread(2, 16, 16, 21)),  # 15.5 is rounded up
        ([1, 2, 3, 4, 5, 6, 7, 8, 9, 100], Spread(10, 15, 6, 9)),  # 14.5; 5.5; the ninth
    ],
)
def test_small_spreads_by_hand(minutes: list[int], expected: Spread | None) -> None:
    assert spread(bins([60 * one for one in minutes])) == expected


@given(st.lists(st.integers(0, 2_000_000), min_size=1, max_size=200))
def test_a_spread_is_what_statistics_say(lengths: list[int]) -> None:
    found = spread(bins(lengths))

    minutes = sorted(half_up(one, 60) for one in lengths)
    assert found
    assert found.n == len(lengths)
    assert found.mean == half_up(sum(lengths), 60 * len(lengths))
    assert found.median == int(median(minutes) + 0.5)
    assert 10 * sum(one <= found.p90 for one in minutes) >= 9 * len(minutes)
    assert 10 * sum(one < found.p90 for one in minutes) < 9 * len(minutes)


def test_a_share_of_nothing_is_none() -> None:
    assert Counted(0, 0).percent is None
    assert Counted(110, 120).percent == 92
