"""Moments as people type them."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tickets.care.moments import read_moment

SHANGHAI = ZoneInfo("Asia/Shanghai")
MONDAY = datetime(2025, 9, 22, 9, 30, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("typed", "local"),
    [
        ("明天15:00", "2025-09-23 15:00"),
        ("明天下午3点", "2025-09-23 15:00"),
        ("后天上午9点半", "2025-09-24 09:30"),
        ("後天 15:00", "2025-09-24 15:00"),
        ("週五下午三點", "2025-09-26 15:00"),
        ("周五9:00", "2025-09-26 09:00"),
        ("下周一9点", "2025-09-29 09:00"),
        ("周一9:00", "2025-09-29 09:00"),
        ("2小时后", "2025-09-22 11:30"),
        ("半小时后", "2025-09-22 10:00"),
        ("三十分钟后", "2025-09-22 10:00"),
        ("3天后", "2025-09-25 09:30"),
        ("10月7日 9:00", "2025-10-07 09:00"),
        ("2026年1月3日 10点", "2026-01-03 10:00"),
        ("今天18:00", "2025-09-22 18:00"),
        ("明天", "2025-09-23 09:00"),
        ("Friday 9am", "2025-09-26 09:00"),
        ("fri 9:30", "2025-09-26 09:30"),
        ("tomorrow 15:00", "2025-09-23 15:00"),
        ("next Monday 9:00", "2025-09-29 09:00"),
        ("in 2 hours", "2025-09-22 11:30"),
        ("in an hour", "2025-09-22 10:30"),
        ("Oct 7 9am", "2025-10-07 09:00"),
        ("today 6pm", "2025-09-22 18:00"),
        ("2025-10-07 09:30", "2025-10-07 09:30"),
        ("15:00", "2025-09-22 15:00"),
        ("9am", "2025-09-23 09:00"),
        ("１５：００", "2025-09-22 15:00"),
    ],
)
def test_both_languages_are_understood(typed: str, local: str) -> None:
    moment = read_moment(typed, now=MONDAY, zone=SHANGHAI)

    assert moment is not None
    assert f"{moment.astimezone(SHANGHAI):%Y-%m-%d %H:%M}" == local


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "junk",
        "25:00",
        "2月30日",
        "今天8点",
        "2020-01-01",
        "0分钟后",
        "昨天18:00",
        "yesterday 6pm",
    ],
)
def test_what_is_no_moment_ahead_is_not_guessed(typed: str) -> None:
    assert read_moment(typed, now=MONDAY, zone=SHANGHAI) is None


@given(st.text(max_size=40))
def test_any_text_gives_a_moment_ahead_or_nothing(typed: str) -> None:
    moment = read_moment(typed, now=MONDAY, zone=SHANGHAI)

    assert moment is None or (moment > MONDAY and moment.tzinfo is not None)
