"""Walking through the sandbox's time: a stop at every moment at which something falls due."""

import ssl
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from threading import Event, Thread

import httpx
import pytest

from bot.clock import SandboxClock, Wish
from bot.trial.walking import Walker
from sandbox.clock import FOLLOWED_FOR_S
from sandbox.running import RunningSandbox, running

HOUR = timedelta(hours=1)
PLAN = {"users": [{"id": "U0ANN", "real_name": "Ann"}], "channels": []}


@dataclass(slots=True)
class Deskful:
    """Things that fall due at given moments, and when they were done."""

    clock: SandboxClock
    due: list[datetime]
    done: list[tuple[datetime, datetime]] = field(default_factory=list)

    def tick(self, now: datetime) -> None:
        for moment in [one for one in self.due if one <= now]:
            self.due.remove(moment)
            self.done.append((moment, now))

    def ahead(self) -> datetime | None:
        return min(self.due, default=None)


@pytest.fixture
def slack() -> Iterator[RunningSandbox]:
    with running(PLAN) as sandbox:
        yield sandbox


@pytest.fixture
def clock(slack: RunningSandbox) -> Iterator[SandboxClock]:
    clock = SandboxClock(f"{slack.url}/ui/clock")
    clock.start()
    yield clock
    clock.stop()


def a_walker(desk: Deskful) -> Walker:
    return Walker(
        clock=desk.clock,
        tick=desk.tick,
        ahead=desk.ahead,
        warning=desk.ahead,
        waiting=lambda: 0,
        wake=lambda: None,
    )


def move(slack: RunningSandbox, **where: object) -> dict[str, object]:
    answer: dict[str, object] = httpx.post(f"{slack.url}/ui/clock", json=where, timeout=20).json()
    return answer


def test_a_night_is_walked_from_one_due_moment_to_the_next(
    slack: RunningSandbox, clock: SandboxClock
) -> None:
    start = clock.now()
    desk = Deskful(clock, [start + HOUR, start + 3 * HOUR, start + 30 * HOUR])
    clock.walked_by(a_walker(desk).walk)
    clock.look()

    answer = move(slack, skip_s=24 * 3600)

    assert [done - due < timedelta(seconds=5) for due, done in desk.done] == [True, True]
    assert desk.due == [start + 30 * HOUR]
    assert clock.now() - start >= 24 * HOUR
    assert answer["ok"]
    assert answer["wish"] is None


def test_a_long_stop_on_the_way_is_not_taken_for_an_app_that_went_away(
    slack: RunningSandbox, clock: SandboxClock
) -> None:
    start = clock.now()
    desk = Deskful(clock, [start + HOUR, start + 3 * HOUR])
    walker = a_walker(desk)
    stops: list[datetime] = []

    def works_long(now: datetime) -> None:
        stops.append(now)
        desk.tick(now)
        if len(stops) == 2:
            Event().wait(FOLLOWED_FOR_S + 1)  # ten posts into one channel, a post a second

    walker.tick = works_long
    clock.walked_by(walker.walk)
    clock.look()

    assert move(slack, skip_s=4 * 3600)["ok"]

    assert [done - due < timedelta(seconds=30) for due, done in desk.done] == [True, True]


def test_the_next_warning_is_walked_to_and_no_further(
    slack: RunningSandbox, clock: SandboxClock
) -> None:
    start = clock.now()
    desk = Deskful(clock, [start + 2 * HOUR, start + 3 * HOUR])
    clock.walked_by(a_walker(desk).walk)
    clock.look()

    assert move(slack, next=True)["ok"]

    assert len(desk.done) == 1
    assert timedelta(0) <= clock.now() - start - 2 * HOUR < timedelta(seconds=10)


def test_a_wish_for_a_warning_that_nobody_plans_says_so(
    slack: RunningSandbox, clock: SandboxClock
) -> None:
    assert move(slack, next=True)["error"] == "no_app"

    clock.walked_by(a_walker(Deskful(clock, [])).walk)
    clock.look()

    assert move(slack, next=True)["error"] == "nothing_due"


def test_time_goes_on_where_a_step_fails(slack: RunningSandbox, clock: SandboxClock) -> None:
    def fails(_wish: Wish) -> None:
        raise RuntimeError("a tick that fails")

    start = clock.now()
    clock.walked_by(fails)
    clock.look()

    assert move(slack, skip_s=3600)["ok"]
    assert clock.now() - start >= HOUR


def test_an_app_that_goes_away_leaves_the_clock_to_the_page(
    slack: RunningSandbox, clock: SandboxClock
) -> None:
    clock.walked_by(lambda _wish: None)
    clock.look()
    clock.stop()
    before = httpx.get(f"{slack.url}/ui/clock").json()["now"]

    answers: list[dict[str, object]] = []
    mover = Thread(target=lambda: answers.append(move(slack, skip_s=3600)))
    mover.start()
    mover.join(15)

    now = datetime.fromtimestamp(float(str(answers[0]["now"])), UTC).timestamp()
    assert now - before >= 3600


def test_what_keeps_being_due_does_not_hold_time_up(clock: SandboxClock) -> None:
    start = clock.now()
    walker = a_walker(Deskful(clock, []))
    walker.ahead = lambda: start

    walker.walk(Wish(start + timedelta(minutes=2)))

    assert clock.now() >= start + timedelta(minutes=2)


def test_a_look_goes_through_no_proxy_and_reads_no_certificates(
    slack: RunningSandbox, clock: SandboxClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read(*_where: object, **_which: object) -> ssl.SSLContext:
        raise AssertionError

    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setattr(ssl, "create_default_context", read)
    later = clock.now() + HOUR

    clock.step(later)
    clock.look()

    assert clock.now() >= later
