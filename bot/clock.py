"""Clocks: the only place that looks at the time (DESIGN.md); real, or moved by the sandbox."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import structlog

from bot.certificates import certificates

log = structlog.get_logger(__name__)

LOOK_EVERY_S = 0.25  # how soon a wish of the sandbox's page is noticed
TELL_EVERY_S = 0.5  # that a walk goes on
TIMEOUT_S = 5


@dataclass(frozen=True, slots=True)
class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """Give the present moment in UTC."""
        return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Wish:
    """Where somebody wants the sandbox's clock to go: to a moment (UTC), or to the next warning."""

    to: datetime | None


@dataclass(slots=True)
class SandboxClock:
    """The sandbox's clock: real time plus an offset that its page moves forward.

    Until somebody walks (`walk`), the page's moves are jumps; from then on they are wishes, and the
    walker goes there step by step, so that what falls due on the way is done at its moment.
    """

    url: str
    _walk: Callable[[Wish], None] | None = None
    _offset: timedelta = timedelta()
    _stop: threading.Event = field(default_factory=threading.Event)

    def now(self) -> datetime:
        """Give the sandbox's present moment in UTC."""
        return datetime.now(UTC) + self._offset

    def start(self) -> None:
        """Follow the sandbox's clock in a thread of its own."""
        self.look()
        threading.Thread(target=self._follow, name="sandbox-clock", daemon=True).start()

    def stop(self) -> None:
        """Stop following."""
        self._stop.set()

    def walked_by(self, walk: Callable[[Wish], None]) -> None:
        """Have somebody walk where the page wants to go; a failing walk ends where it stands."""
        self._walk = walk

    def look(self) -> Wish | None:
        """Read the sandbox's clock once. Raises httpx.HTTPError when the sandbox is not there."""
        question = {"follow": "1"} if self._walk else None
        return self._heard(_ask("GET", self.url, params=question))

    def step(self, to: datetime) -> None:
        """Move the sandbox's clock forward to a moment; one that has passed leaves it alone."""
        self._order({"to": to.timestamp()})

    def arrive(self) -> None:
        """Tell the sandbox that its wish is fulfilled."""
        self._order({"arrived": True})

    def _order(self, order: dict[str, float | bool]) -> None:
        self._heard(_ask("POST", f"{self.url}/step", json=order))

    def _heard(self, answer: httpx.Response) -> Wish | None:
        told = answer.raise_for_status().json()
        self._offset = timedelta(seconds=float(told["offset"]))
        wish = told.get("wish")
        if wish is None:
            return None
        to = wish["to"]
        return Wish(None if to is None else datetime.fromtimestamp(float(to), UTC))

    def _follow(self) -> None:
        while not self._stop.wait(LOOK_EVERY_S):
            try:
                wish = self.look()
                if wish is not None and self._walk is not None:
                    self._walked(self._walk, wish)
            except httpx.HTTPError as trouble:
                log.debug("sandbox clock not read", why=type(trouble).__name__)

    def _walked(self, walk: Callable[[Wish], None], wish: Wish) -> None:
        try:
            with self._telling():
                walk(wish)
        except httpx.HTTPError:
            raise
        except Exception:
            # Time must not stand still because something on the way failed; the tick tries again.
            log.exception("walk through time failed")
        if wish.to is not None:
            self.step(wish.to)
        self.arrive()

    @contextmanager
    def _telling(self) -> Iterator[None]:
        """Let the sandbox know that somebody is on the way, however long the work at one stop takes.

        Otherwise it would take the app for gone and put its clock straight to the end.
        """
        arrived = threading.Event()

        def tell() -> None:
            while not arrived.wait(TELL_EVERY_S):
                with suppress(httpx.HTTPError):  # its answer is no news: the walk moves the clock
                    _ask("GET", self.url, params={"follow": "1"})

        teller = threading.Thread(target=tell, name="sandbox-walk", daemon=True)
        teller.start()
        try:
            yield
        finally:
            arrived.set()
            teller.join()


def _ask(method: str, url: str, **given: Any) -> httpx.Response:
    """Ask the sandbox beside us: through no proxy, and without reading certificates for every look."""
    return httpx.request(
        method, url, timeout=TIMEOUT_S, trust_env=False, verify=certificates(), **given
    )
