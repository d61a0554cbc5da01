from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.pace import AT_ONCE, BURST, Pace
from tickets.notices import Urgency

NOW = datetime(2025, 9, 22, 1, 30, tzinfo=UTC)
POST = "chat.postMessage"


def s(seconds: float) -> timedelta:
    return timedelta(seconds=seconds)


@pytest.fixture
def pace() -> Pace:
    return Pace()


def test_a_short_burst_goes_at_once_and_then_one_a_second(pace: Pace) -> None:
    burst = [pace.ask(POST, "C1", urgency=Urgency.P1, at=NOW) for _ in range(BURST)]

    assert burst == [AT_ONCE] * BURST
    assert pace.ask(POST, "C1", urgency=Urgency.P1, at=NOW) == s(1)
    assert pace.ask(POST, "C1", urgency=Urgency.P1, at=NOW + s(1)) == AT_ONCE


def test_other_channels_do_not_wait(pace: Pace) -> None:
    for _ in range(BURST):
        pace.ask(POST, "C1", urgency=Urgency.CARD, at=NOW)

    assert pace.ask(POST, "C2", urgency=Urgency.CARD, at=NOW) == AT_ONCE


def test_patient_callers_are_given_places_one_behind_the_other(pace: Pace) -> None:
    for _ in range(BURST):
        pace.ask(POST, "C1", urgency=Urgency.CARD, at=NOW)

    places = [pace.ask(POST, "C1", urgency=Urgency.CARD, at=NOW) for _ in range(4)]

    assert places == sorted(set(places))
    assert len(set(places)) == 4


def test_the_urgent_do_not_stand_in_the_queue(pace: Pace) -> None:
    for _ in range(BURST + 100):
        pace.ask(POST, "C1", urgency=Urgency.DIGEST, at=NOW)

    assert pace.ask(POST, "C1", urgency=Urgency.P1, at=NOW) <= s(1)


@pytest.mark.proves("F10")
def test_retry_after_holds_one_method_in_one_channel(pace: Pace) -> None:
    pace.hold(POST, "C1", until=NOW + s(30))

    assert pace.ask(POST, "C1", urgency=Urgency.P1, at=NOW) == s(30)
    assert pace.ask(POST, "C1", urgency=Urgency.P1, at=NOW + s(29.9)) > AT_ONCE
    assert pace.ask(POST, "C2", urgency=Urgency.P1, at=NOW) == AT_ONCE
    assert pace.ask("chat.update", "C1", urgency=Urgency.P1, at=NOW) == AT_ONCE
    assert pace.ask(POST, "C1", urgency=Urgency.P1, at=NOW + s(30)) == AT_ONCE


@pytest.mark.proves("F29")
def test_a_clock_that_is_set_back_keeps_nobody_waiting_for_its_future(pace: Pace) -> None:
    tomorrow = NOW + timedelta(days=1)
    for _ in range(BURST + 5):
        pace.ask(POST, "C1", urgency=Urgency.CARD, at=tomorrow)
    pace.hold(POST, "C2", until=tomorrow + s(30))

    assert pace.ask(POST, "C1", urgency=Urgency.CARD, at=NOW) == AT_ONCE
    assert pace.ask(POST, "C2", urgency=Urgency.CARD, at=NOW) == AT_ONCE


def test_threads_that_overtake_each_other_do_not_empty_the_queue(pace: Pace) -> None:
    for _ in range(BURST):
        pace.ask(POST, "C1", urgency=Urgency.CARD, at=NOW)

    assert pace.ask(POST, "C1", urgency=Urgency.CARD, at=NOW - s(0.5)) > AT_ONCE


def test_a_shorter_hold_does_not_shorten_a_longer_one(pace: Pace) -> None:
    pace.hold(POST, "C1", until=NOW + s(30))
    pace.hold(POST, "C1", until=NOW + s(5))

    assert pace.ask(POST, "C1", urgency=Urgency.P1, at=NOW + s(10)) == s(20)


@given(st.lists(st.floats(0, 5), max_size=80), st.sampled_from(Urgency))
def test_never_more_than_the_burst_and_one_a_second(gaps: list[float], urgency: Urgency) -> None:
    pace, at, went = Pace(), NOW, []

    for gap in gaps:
        at += s(gap)
        if pace.ask(POST, "C1", urgency=urgency, at=at) == AT_ONCE:
            went.append(at)

    for start, first in enumerate(went):
        for end in range(start, len(went)):
            assert end - start + 1 <= BURST + (went[end] - first) / s(1)


@given(st.integers(1, 60))
def test_everybody_gets_through_who_comes_back_when_told(waiting: int) -> None:
    pace = Pace()
    queue = [NOW] * waiting
    asked = 0

    while queue:
        queue.sort()
        at = queue.pop(0)
        asked += 1
        wait = pace.ask(POST, "C1", urgency=Urgency.CARD, at=at)
        if wait != AT_ONCE:
            queue.append(at + wait)

    assert asked <= 2 * waiting
