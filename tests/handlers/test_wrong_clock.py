"""A machine whose clock is wrong: the admins hear of it once, and once when it is right again (F29, F30)."""

from datetime import datetime, timedelta

import pytest

from bot.clock import SystemClock
from tests.handlers.stage import Stage, words_of

ADMIN = "U0ADMIN"


class FastClock:
    """A machine ten minutes ahead."""

    def now(self) -> datetime:
        return SystemClock().now() + timedelta(minutes=10)


@pytest.mark.proves("F29", "F30")
def test_the_admins_are_told_that_the_clock_is_wrong_and_when_it_is_right_again(
    stage: Stage,
) -> None:
    wire = stage.bot.courier.voice.slack.wire  # type: ignore[attr-defined]
    wire.real = FastClock()
    stage.log()
    stage.settle()

    stage.bot.watchdog.look()
    stage.bot.watchdog.look()
    stage.settle()

    told = [words_of(one) for one in stage.person(ADMIN).inbox()]
    assert len([said for said in told if "away from Slack's" in said]) == 1
    wire.real = SystemClock()
    stage.log()
    stage.settle()
    stage.bot.watchdog.look()
    stage.settle()
    assert any("wrong clock" in words_of(one) for one in stage.person(ADMIN).inbox())
