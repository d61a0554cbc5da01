"""A bot told to stop in the middle of a post finishes it, begins no other, and is gone within ten seconds (F62)."""

import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.running import STOP_WITHIN_S
from bot.trial.desk import PRESET, trial_workspace
from sandbox.running import running
from tests.faults.test_killed import KilledBot, log_one, numbers, unfinished, visible, wait_for

POST = "chat.postMessage"


@pytest.fixture
def bot(tmp_path: Path) -> Iterator[KilledBot]:
    with running(trial_workspace(PRESET)) as slack:
        bot = KilledBot(slack, tmp_path)
        try:
            bot.start()
            yield bot
        finally:
            bot.kill()


def posts(bot: KilledBot) -> int:
    return sum(entry.name == POST for entry in bot.slack.traffic())


def is_posting(bot: KilledBot) -> bool:
    return bool(bot.slack.look(lambda: [f for f in bot.slack.sandbox.faults._faults if f.hits]))


@pytest.mark.proves("F62")
def test_told_to_stop_it_finishes_the_present_post_and_begins_no_other(bot: KilledBot) -> None:
    assert bot.process
    bot.slack.fault(POST, "slow", times=None, delay_s=2.0)
    assert log_one(bot)
    wait_for(lambda: is_posting(bot))

    begun = time.monotonic()
    bot.process.send_signal(signal.SIGTERM)
    assert bot.process.wait(60) == 0
    took = time.monotonic() - begun

    assert took < 3 * STOP_WITHIN_S  # of a machine that has other things to do as well
    said = visible(bot)
    bot.slack.look(bot.slack.sandbox.faults.clear)
    assert unfinished(bot) > 0  # the case had more to say
    bot.start()
    wait_for(lambda: unfinished(bot) == 0)
    bot.stop()
    assert set(said) <= set(visible(bot))
    assert set(visible(bot).values()) == {1}
    assert len(numbers(bot)) == 1


def test_told_to_read_its_desk_file_again_and_again_it_still_hears_that_it_is_to_stop(
    bot: KilledBot,
) -> None:
    assert bot.process
    for _ in range(50):
        bot.process.send_signal(signal.SIGHUP)

    bot.stop()
