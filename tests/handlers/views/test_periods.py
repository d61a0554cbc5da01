"""A period is said as people say it, never by the key it is kept under."""

from datetime import UTC, datetime

import pytest

from bot.speech import Speech, strict_speech
from handlers.views.periods import named
from tests.bot.voice.workplace import StoppedClock


@pytest.fixture(scope="module")
def spoken() -> Speech:
    return strict_speech(StoppedClock(datetime(2026, 11, 24, 1, tzinfo=UTC)))


@pytest.mark.parametrize(
    ("key", "zh", "en"),
    [
        ("2026-10", "2026年10月", "October 2026"),
        ("2026", "2026年", "2026"),
        ("2026-11-24", "11月24日周二", "Tue 24 Nov"),
        ("2025-11-24", "2025年11月24日周一", "Mon 24 Nov 2025"),
        ("2026-W47", "11月16日周一–11月22日周日", "Mon 16 Nov – Sun 22 Nov"),
        ("2026-10-01..2026-10-15", "10月1日周四–10月15日周四", "Thu 1 Oct – Thu 15 Oct"),
    ],
)
def test_a_period_is_said_as_people_say_it(spoken: Speech, key: str, zh: str, en: str) -> None:
    for language, words in (("zh-Hans", zh), ("en", en)):
        tongue = spoken.tongue(language, "Asia/Shanghai", names=str, words={}.get)
        assert named(key, tongue) == words
