"""Delivery as processes of their own: forked from one that has everything imported, killed at will.

Run as `python -m tests.faults.worker`: each line of its input is an order (JSON) that a child carries
out; each line of its output says which child began or how one ended.
"""

import json
import logging
import os
import signal
import sys
import threading
import traceback
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache, partial
from typing import Any

import structlog
from prometheus_client import CollectorRegistry
from slack_sdk import WebClient
from sqlalchemy import Engine, event

import bot.delivery
import bot.papers.meeting
import bot.voice.timely
import storage.outbox
import storage.rollups
from bot.aftermath import Aftermath
from bot.calendars import Calendars
from bot.clock import SystemClock
from bot.delivery import Delivery, make_delivery
from bot.desk_config.load import load_handbook
from bot.foundation import Foundation, Simplified
from bot.gauges import gauges
from bot.outside import make_outside
from bot.phones import NumberingPlans
from bot.settings import Settings
from bot.speech import Speech, speech
from bot.trial.desk import PRESET
from scheduler.clockwork import Beat, Clockwork
from scheduler.pace import Pace
from scheduler.reconcile import SettleTimes
from storage.backups.aftermath import SqlAftermath
from storage.database import open_database
from storage.keys import parse_ring
from storage.schema import upgrade
from storage.vault import Vault
from tests.faults.crash_points import CrashPoints
from tickets.desk import carry_out as disposals
from tickets.desk.context import Desk
from tickets.handbook import Handbook
from tickets.watch.tick import tick

YEAR = date(2025, 9, 22)
HTTP_S = 0.8  # under the settle time, as the real one is
SETTLE = timedelta(seconds=1.5)
LEASE = timedelta(seconds=3)
BEAT = timedelta(milliseconds=100)
NO_PAUSE = timedelta(0)
STOPS = {signal.SIGTERM}
LOOK_S = 0.2  # how soon a courier that fell over is noticed


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What a child is to do."""

    database: str
    key: str = ""
    api_url: str = ""
    token: str = ""
    ahead_s: float = 0.0  # how far the desk's clock is ahead of real time
    crash_at: str = ""
    nth: int = 1
    waiting: int = 20  # over which they are rolled up
    sweeps: bool = False
    migrates: bool = False
    carries_out: str = ""  # a request (tickets/people/disposal.py)


@dataclass(slots=True)
class ClockAhead:
    """Real time, moved."""

    ahead: timedelta = NO_PAUSE

    def now(self) -> datetime:
        return SystemClock().now() + self.ahead


CLOCK = ClockAhead()  # the one of this process


@cache
def handbook() -> Handbook:
    """Give the desk's rules, read once for all children."""
    return load_handbook(PRESET, today=YEAR, lookup=None).handbook


@cache
def calendars() -> Calendars:
    """Give the calendar they count by."""
    return Calendars(handbook)


@cache
def sentences() -> Speech:
    """Give what is said by the clock of this process."""
    return speech(CLOCK)


def warm_up() -> None:
    """Read what every child needs, before there is one."""
    calendars().in_force()
    sentences()


def hurry(order: Order) -> None:
    """Shorten what real time would make long; every relation between the times stays."""
    storage.outbox.LEASE = LEASE
    storage.rollups.MOST_WAITING = order.waiting
    bot.voice.timely.SEND_WITHIN = LEASE * 2 / 3
    hurried = partial(SettleTimes, usual=SETTLE, urgent=SETTLE)
    bot.delivery.SettleTimes = hurried  # type: ignore[assignment, misc]
    bot.delivery.Pace = partial(Pace, every=NO_PAUSE)  # type: ignore[assignment, misc]


def deliver(order: Order) -> None:
    """Watch, post and look back until told to stop by SIGTERM."""
    hurry(order)
    desk, foundation, delivery = put_together(order)
    aftermath = Aftermath(SqlAftermath(foundation.database), desk, delivery.voice.wire)
    stop = threading.Event()
    beats = [
        Beat("watch", BEAT, lambda: tick(desk, now=desk.clock.now())),
        Beat("courier", BEAT, delivery.wake),
        Beat("reconcile", BEAT, delivery.reconciler.work_once),
        Beat("aftermath", BEAT, aftermath),
    ]
    if order.sweeps:
        beats.append(Beat("sweep", BEAT * 5, delivery.voice.sweep))
    clockwork = Clockwork(beats)
    clockwork.start()
    courier = threading.Thread(target=delivery.courier.run, args=(stop,), name="courier")
    courier.start()
    # Waited for, not handled: a handler that sets an event this thread waits for may wait for ever.
    while courier.is_alive() and not signal.sigtimedwait(STOPS, LOOK_S):
        pass
    stop.set()
    delivery.wake()
    courier.join()
    clockwork.stop()
    foundation.close()


def put_together(order: Order) -> tuple[Desk, Foundation, Delivery]:
    """Compose as bot/app.py does, without people."""
    database = open_database(order.database, readers=8)
    foundation = Foundation(
        database=database, vault=Vault(parse_ring(order.key)), simplified=Simplified()
    )
    CLOCK.ahead = timedelta(seconds=order.ahead_s)
    desk = Desk(
        records=foundation.for_jobs,
        clock=CLOCK,
        handbook=handbook,
        calendar=calendars().in_force,
        phones=NumberingPlans(),
        new_id=lambda: os.urandom(8).hex(),
        wake=lambda: None,
    )
    spoken = sentences()
    settings = Settings(_env_file=None)  # type: ignore[call-arg]
    client = WebClient(
        token=order.token,
        base_url=order.api_url,
        timeout=HTTP_S,
        retry_handlers=[],  # type: ignore[arg-type]
    )
    real = SystemClock()
    delivery = make_delivery(
        foundation,
        desk,
        spoken,
        client,
        clock=CLOCK,
        real=real,
        figures=gauges(CollectorRegistry()),
        outside=make_outside(settings, desk, spoken, real=real, workspace_url=""),
    )
    return desk, foundation, delivery


def migrate(order: Order) -> None:
    """Bring a database to the newest schema, killed before the n-th statement or commit where one is named."""
    if order.crash_at:
        points = CrashPoints(order.crash_at, order.nth)
        for what in ("before_cursor_execute", "commit"):
            event.listen(Engine, what, lambda *_: points.at("migration"))
    database = open_database(order.database, readers=1)
    upgrade(database)
    database.dispose()


def dispose(order: Order) -> None:
    """Carry out a request, killed before the n-th statement or commit where one is named."""
    desk, foundation, _delivery = put_together(order)
    if order.crash_at:
        points = CrashPoints(order.crash_at, order.nth)
        for what in ("before_cursor_execute", "commit"):
            event.listen(Engine, what, lambda *_: points.at("disposal"))
    disposals.TICKETS = 2
    while disposals.carry_out(desk, order.carries_out):
        pass
    foundation.close()


def carry_out(order: Order) -> None:
    """Do what is ordered, in this process."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    logging.getLogger("apscheduler").setLevel(logging.ERROR)  # a beat that is still at work is none
    if order.migrates:
        migrate(order)
        return
    if order.carries_out:
        dispose(order)
        return
    if order.crash_at:
        CrashPoints(order.crash_at, order.nth).install()
    deliver(order)


def main() -> None:
    """Fork a child for every order; say which began and how each ended."""
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    mine, held = os.pipe()
    warm_up()
    for line in sys.stdin:
        asked: dict[str, Any] = json.loads(line)
        if "reap" in asked:
            _, status = os.waitpid(asked["reap"], 0)
            say(ended=asked["reap"], status=os.waitstatus_to_exitcode(status))
            continue
        signal.pthread_sigmask(
            signal.SIG_BLOCK, STOPS
        )  # a child told to stop while it begins hears of it
        pid = os.fork()
        if pid == 0:
            os.close(held)
            threading.Thread(target=_end_with, args=(mine,), daemon=True).start()
            _child(Order(**asked))
        signal.pthread_sigmask(signal.SIG_UNBLOCK, STOPS)
        say(began=pid)


def _end_with(parent: int) -> None:
    """End once nobody holds the other end: however the nursery ended, no child outlives it."""
    os.read(parent, 1)
    os.kill(os.getpid(), signal.SIGKILL)


def _child(order: Order) -> None:
    status = 1
    try:
        carry_out(order)
        status = 0
    except Exception:  # noqa: BLE001  the boundary of a child
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(status)


def say(**what: int) -> None:
    """Answer on the output."""
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
