"""Clockwork: APScheduler as a heartbeat that says "look now"; all truth is in our tables."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from time import monotonic

import structlog
from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Beat:
    """Something to do again and again; being late, early or doubled must not matter to it."""

    name: str
    every: timedelta
    do: Callable[[], object]


class Clockwork:
    """The heartbeat of one process."""

    def __init__(self, beats: Sequence[Beat]) -> None:
        """Take the beats; nothing runs before `start`."""
        self._beats = tuple(beats)
        self._done_at: dict[str, float] = {}
        # With the defaults of 3.x a late job is dropped after a second (LIBRARIES.md 3).
        self._scheduler = BackgroundScheduler(
            timezone="UTC",
            executors={"default": ThreadPoolExecutor(max(1, len(beats)))},
            job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1},
        )
        for beat in beats:
            self._scheduler.add_job(
                self._guarded(beat), "interval", seconds=beat.every.total_seconds(), id=beat.name
            )

    def start(self) -> None:
        """Begin beating."""
        self._done_at = {beat.name: monotonic() for beat in self._beats}
        self._scheduler.start()

    def late(self, by: timedelta) -> tuple[str, ...]:
        """Name the beats that should have been done this long ago and were not; none before `start`."""
        at = monotonic()
        return tuple(
            beat.name
            for beat in self._beats
            if at - self._done_at.get(beat.name, at) > (beat.every + by).total_seconds()
        )

    def stop(self) -> None:
        """Stop beating; waits for what is running now."""
        if self._scheduler.running:
            self._scheduler.shutdown(wait=True)

    def _guarded(self, beat: Beat) -> Callable[[], None]:
        def run() -> None:
            try:
                beat.do()
                self._done_at[beat.name] = monotonic()
            except Exception:
                # The next beat tries again; a failing job must never silence the others.
                log.exception("beat failed", beat=beat.name)

        return run
