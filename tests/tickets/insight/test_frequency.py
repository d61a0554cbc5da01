"""The chart of complaints: its limits by property, its false alarms and its hits by simulation (R29)."""

from datetime import UTC, datetime, timedelta
from math import exp
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tickets.case.values import Number
from tickets.insight.control import FALSE_ALARMS, chart, limit_of
from tickets.insight.frequency import Complaint, Frequency, normalised, signals, terms_of

pytestmark = pytest.mark.requirement(29)
NOW = datetime(2026, 11, 30, 1, 0, tzinfo=UTC)
WEEKLY = Frequency()
befores, windows = st.integers(0, 400), st.integers(1, 30)
alphas = st.floats(1e-6, 0.2)


def complaint(
    at: datetime, place: int, words: str = "", category: str = "complaint/delay"
) -> Complaint:
    return Complaint(number=Number(f"{place:011}"), category=category, at=at, words=words)


@given(befores, windows, st.integers(1, 9), alphas)
def test_a_limit_is_above_the_usual_and_never_below_the_least(
    before: int, count: int, least: int, alpha: float
) -> None:
    limit = limit_of(before, count, least=least, alpha=alpha)

    assert limit >= least
    assert limit > before / count


@given(befores, windows, alphas)
def test_more_before_never_lowers_and_a_smaller_chance_never_lowers_the_limit(
    before: int, count: int, alpha: float
) -> None:
    limit = limit_of(before, count, least=1, alpha=alpha)

    assert limit_of(before + 1, count, least=1, alpha=alpha) >= limit
    assert limit_of(before, count, least=1, alpha=alpha / 2) >= limit


@given(befores, st.integers(0, 100))
def test_a_chart_says_signal_from_its_limit_on(before: int, count: int) -> None:
    drawn = chart(count, before, 8, least=3, alpha=0.002)

    assert drawn.is_signal == (count >= drawn.limit)


def poisson(chance: Random, mean: float) -> int:
    """Draw a count (Knuth)."""
    bound, product, count = exp(-mean), chance.random(), 0
    while product > bound:
        product *= chance.random()
        count += 1
    return count


@pytest.mark.parametrize("rate", [0.5, 2.0, 8.0])
def test_a_steady_rate_alarms_no_more_often_than_stated(rate: float) -> None:
    chance, looks, alarms = Random(29), 4000, 0
    for _ in range(looks):
        before = sum(poisson(chance, rate) for _ in range(8))
        alarms += chart(poisson(chance, rate), before, 8, least=3, alpha=FALSE_ALARMS).is_signal

    assert alarms / looks <= 2 * FALSE_ALARMS  # twice: 4,000 looks tell no finer


def lived(chance: Random, rate: float, now_rate: float, words: tuple[str, ...]) -> list[Complaint]:
    """Eight windows at a rate and one at another, complaints at any moment of them."""
    found, place = [], 0
    for back in range(9):
        for _ in range(poisson(chance, now_rate if back == 0 else rate)):
            place += 1
            at = NOW - timedelta(days=7 * back) - timedelta(minutes=chance.randrange(1, 10080))
            found.append(complaint(at, place, chance.choice(words)))
    return found


WORDS = ("快递迟迟未到", "客服电话打不通", "安装师傅爽约", "发票抬头错误", "退款没有到账")


def test_whole_desks_at_a_steady_rate_raise_few_false_alarms() -> None:
    chance, looks = Random(7), 500
    alarms = sum(bool(signals(lived(chance, 5, 5, WORDS), WEEKLY, now=NOW)) for _ in range(looks))

    assert alarms / looks <= 0.01


@pytest.mark.parametrize(("rate", "share"), [(5, 0.5), (15, 0.95)])
def test_a_tripled_rate_is_found_within_its_window(rate: float, share: float) -> None:
    """Of what is rare a tripled week may still be chance; from fifteen a week on it hardly ever is."""
    chance, looks = Random(11), 200
    lives = (lived(chance, rate, 3 * rate, WORDS) for _ in range(looks))
    found = sum(bool(signals(life, WEEKLY, now=NOW)) for life in lives)

    assert found / looks >= share


def test_a_term_above_its_usual_rate_is_told_from_the_rest() -> None:
    steady = [
        complaint(NOW - timedelta(days=day, minutes=5), day, WORDS[day % 5]) for day in range(63)
    ]
    burst = [
        complaint(NOW - timedelta(hours=hour), 900 + hour, "空调遥控器失灵") for hour in range(1, 7)
    ]

    (signal,) = signals([*steady, *burst], WEEKLY, now=NOW)

    assert signal.topic.term in {"遥控", "控器", "空调", "调遥", "器失", "失灵"}
    assert set(signal.numbers) == {one.number for one in burst}
    assert signal.chart.usual == 0
    assert signal.chart.count == 6


def test_few_are_never_a_signal_and_old_ones_never_count() -> None:
    two = [complaint(NOW - timedelta(hours=one), one, "冒烟") for one in (1, 2)]
    old = [complaint(NOW - timedelta(days=70, hours=one), 10 + one, "冒烟") for one in range(9)]

    assert signals([*two, *old], WEEKLY, now=NOW) == ()


def test_spellings_of_a_product_are_one_and_terms_are_pairs() -> None:
    assert normalised("ＫＦ-35 GW") == normalised("kf35gw")
    assert terms_of("空调 KF35 坏了") == {"空调", "kf35", "坏了"}
