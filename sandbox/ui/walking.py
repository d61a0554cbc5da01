"""Moving the clock: at once, or step by step with an app that follows and does what falls due on the way."""

import asyncio
from dataclasses import dataclass

from sandbox.clock import Wish
from sandbox.sandbox import Sandbox
from sandbox.wire import Json, RefusalError

LOOK_EVERY_S = 0.02
BACKWARD = "the sandbox's clock goes forward only"


@dataclass(frozen=True, slots=True)
class Walking:
    """Serves /ui/clock for the page and /ui/clock/step for the app."""

    sandbox: Sandbox

    def told(self) -> Json:
        """Tell the time and what is wished."""
        clock = self.sandbox.workspace.clock
        wish = clock.wish
        wished = None if wish is None else {"to": wish.to}
        return {"now": clock.now(), "offset": clock.offset, "wish": wished}

    def followed(self) -> Json:
        """Tell it to an app that follows."""
        self.sandbox.workspace.clock.follow()
        return self.told()

    async def move(self, given: Json) -> Json:
        """Move forward and answer once the clock is there.

        Raises `clock_moving` while it is on its way, `nothing_due` and `no_app` of a wish for the next warning.
        """
        clock = self.sandbox.workspace.clock
        if clock.wish is not None and clock.is_followed:
            raise RefusalError("clock_moving")
        if not clock.is_followed:
            self._jump(_way(given, clock.now()))
            return self.told()
        way = _way(given, clock.now())
        if way is not None and way < 0:
            raise ValueError(BACKWARD)
        await self._walked(Wish(None if way is None else clock.now() + way))
        return self.told()

    def step(self, given: Json) -> Json:
        """Let the app go a step of the way, or say that it has arrived, or that nothing falls due."""
        clock = self.sandbox.workspace.clock
        clock.follow()
        if given.get("to") is not None:
            clock.skip(max(0.0, float(given["to"]) - clock.now()))
            self._tell()
        if given.get("arrived"):
            clock.wish = None
        return self.told()

    def _jump(self, way: float | None) -> None:
        if way is None:
            raise RefusalError("no_app")
        clock = self.sandbox.workspace.clock
        clock.wish = None
        clock.skip(way)
        self._tell()

    async def _walked(self, wish: Wish) -> None:
        clock = self.sandbox.workspace.clock
        before, clock.wish = clock.offset, wish
        while clock.wish is not None and clock.is_followed:
            await asyncio.sleep(LOOK_EVERY_S)
        if clock.wish is not None:  # the app went away on the way
            self._jump(None if wish.to is None else max(0.0, wish.to - clock.now()))
        elif wish.to is None and clock.offset == before:
            raise RefusalError("nothing_due")

    def _tell(self) -> None:
        clock = self.sandbox.workspace.clock
        event = {"type": "clock", "now": clock.now(), "offset": clock.offset}
        self.sandbox.stream.tell(event)


def _way(given: Json, now: float) -> float | None:
    """Read how far to go in seconds; None is to the next warning."""
    if given.get("next"):
        return None
    return float(given["to"]) - now if "to" in given else float(given["skip_s"])
