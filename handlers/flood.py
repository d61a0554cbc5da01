"""One person's share: a bucket each, so that a stuck key or a script cannot keep the desk from others (X36)."""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock

from tickets.message import PersonId

MOST_REMEMBERED = 10_000  # people; the longest quiet one is forgotten first


@dataclass(slots=True)
class Flood:
    """Lets a burst pass, then a steady rate; `monotonic` is in seconds."""

    monotonic: Callable[[], float]
    burst: int = 40  # quicker than anybody clicks, slower than any script
    per_second: float = 2.0
    _buckets: OrderedDict[PersonId, tuple[float, float]] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)

    def admits(self, person: PersonId) -> bool:
        """Take one from a person's bucket; False when it is empty."""
        now = self.monotonic()
        with self._lock:
            left, at = self._buckets.pop(person, (float(self.burst), now))
            left = min(float(self.burst), left + (now - at) * self.per_second)
            self._buckets[person] = (max(0.0, left - 1), now)
            if len(self._buckets) > MOST_REMEMBERED:
                self._buckets.popitem(last=False)
        return left >= 1
