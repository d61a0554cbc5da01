"""The sandbox's clock: real time plus an offset that can be moved forward, step by step where the app follows."""

import time
from dataclasses import dataclass

FOLLOWED_FOR_S = 5.0  # an app that has not asked for so long does not follow any more


@dataclass(frozen=True, slots=True)
class Wish:
    """Where somebody wants the clock to go: to a moment (epoch seconds), or to the app's next warning."""

    to: float | None = None


class SandboxClock:
    """Tells the workspace's time; signatures and triggers use `real`."""

    def __init__(self, start_at: float | None = None) -> None:
        """Start at `start_at` (epoch seconds) or now."""
        self.offset = 0.0 if start_at is None else start_at - self.real()
        self.last_stamp = 0  # microseconds since the epoch
        self.wish: Wish | None = None
        self._followed_at = float("-inf")

    def real(self) -> float:
        """Give the machine's time, epoch seconds."""
        return time.time()  # noqa: TID251 - the sandbox stands alone and has no Clock port

    def now(self) -> float:
        """Give the workspace's time, epoch seconds."""
        return self.real() + self.offset

    def skip(self, seconds: float) -> None:
        """Move forward; raises ValueError for a negative step."""
        if seconds < 0:
            raise ValueError("the sandbox's clock goes forward only")
        self.offset += seconds

    @property
    def is_followed(self) -> bool:
        """Tell whether an app asks what is wished and walks there itself."""
        return self.real() - self._followed_at < FOLLOWED_FOR_S

    def follow(self) -> None:
        """Note that the app follows."""
        self._followed_at = self.real()

    def resume(self, offset: float, last_stamp: int) -> None:
        """Go on where the clock of a stopped sandbox stood, never behind its last stamp."""
        self.offset = max(offset, last_stamp / 1_000_000 - self.real())
        self.last_stamp = last_stamp

    def stamp(self) -> str:
        """Give a message stamp (`ts`) that is unique and rising."""
        self.last_stamp = max(int(self.now() * 1_000_000), self.last_stamp + 1)
        return f"{self.last_stamp // 1_000_000}.{self.last_stamp % 1_000_000:06d}"
