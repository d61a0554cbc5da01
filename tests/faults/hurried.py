"""A bot as a process of its own on the sandbox's clock, with short leases; told by SIGUSR1 where to freeze next.

Run as `python -m tests.faults.hurried`; FREEZE names the file whose content says where.
"""

import os
import signal
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import bot.app
import bot.delivery
import bot.voice.timely
import storage.outbox
from bot.clock import SandboxClock
from bot.journal import start_journal
from bot.life import live
from bot.settings import read_settings
from bot.trial.desk import PRESET
from bot.voice.wire import Wire
from scheduler.reconcile import SettleTimes
from storage.outbox import SqlOutbox
from storage.receipts import SqlReceipts

LEASE = timedelta(seconds=4)


def freeze_here(point: str) -> None:
    """Stand still, once, when the file says so: a virtual machine that is paused, a disk that hangs."""
    file = Path(os.environ["FREEZE"])
    if file.exists() and file.read_text(encoding="utf-8") == point:
        file.unlink()
        os.kill(os.getpid(), signal.SIGSTOP)


def _before(call: Callable[..., Any], point: str) -> Callable[..., Any]:
    def frozen(*args: Any, **named: Any) -> Any:
        freeze_here(point)
        return call(*args, **named)

    return frozen


def _after_claim(self: SqlOutbox, **named: Any) -> Any:
    claim = _claim(self, **named)
    if claim is not None:
        freeze_here("claimed")
    return claim


def main() -> None:
    """Run the bot until told to stop."""
    bot.app.TICK = timedelta(seconds=1)
    bot.app.SWEEP = timedelta(seconds=2)
    storage.outbox.LEASE = LEASE
    bot.voice.timely.SEND_WITHIN = LEASE / 2
    hurried = partial(SettleTimes, usual=timedelta(seconds=2), urgent=timedelta(seconds=2))
    bot.delivery.SettleTimes = hurried  # type: ignore[assignment, misc]
    SqlOutbox.claim = _after_claim  # type: ignore[method-assign]
    SqlReceipts.keep = _before(SqlReceipts.keep, "in a transaction")  # type: ignore[method-assign]
    Wire.post = _before(Wire.post, "before the first byte")  # type: ignore[method-assign]
    settings = read_settings(None)
    start_journal(level=settings.log_level, style="text")
    clock = SandboxClock(os.environ["CLOCK"])
    clock.start()
    live(settings, PRESET, clock=clock)
    clock.stop()


_claim = SqlOutbox.claim

if __name__ == "__main__":
    main()
