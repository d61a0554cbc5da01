"""One person's share of the desk's attention."""

import pytest

from handlers.flood import Flood
from tickets.message import PersonId

ANN, BEN = PersonId("U1"), PersonId("U2")


class Watch:
    """A stop-watch that moves when told."""

    def __init__(self) -> None:
        self.s = 0.0

    def __call__(self) -> float:
        return self.s


def test_a_burst_passes_and_a_flood_does_not() -> None:
    flood = Flood(Watch(), burst=5, per_second=1)

    admitted = [flood.admits(ANN) for _ in range(8)]

    assert admitted == [True] * 5 + [False] * 3


def test_the_bucket_fills_again_with_time() -> None:
    watch = Watch()
    flood = Flood(watch, burst=5, per_second=1)
    for _ in range(6):
        flood.admits(ANN)

    watch.s += 2.0

    assert [flood.admits(ANN) for _ in range(3)] == [True, True, False]


@pytest.mark.proves("X36")
def test_one_persons_flood_is_nobody_elses() -> None:
    flood = Flood(Watch(), burst=1)
    flood.admits(ANN)

    assert not flood.admits(ANN)
    assert flood.admits(BEN)


@pytest.mark.proves("X36")
def test_a_thousand_submissions_in_a_minute_admit_a_fraction() -> None:
    watch = Watch()
    flood = Flood(watch)
    admitted = 0

    for _ in range(1000):
        watch.s += 0.06
        admitted += flood.admits(ANN)

    assert admitted < 200
