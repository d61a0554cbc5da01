"""A lock that serves threads in the order they came; SQLite's own waiting sleeps and lets others overtake."""

from collections import deque
from threading import Lock


class FairLock:
    """First come, first served; handed straight to the next in the queue."""

    def __init__(self) -> None:
        self._mutex = Lock()
        self._is_held = False
        self._queue: deque[Lock] = deque()

    def acquire(self, timeout_s: float) -> bool:
        """Wait for the lock; tell whether it was had in time."""
        with self._mutex:
            if not self._is_held:
                self._is_held = True
                return True
            turn = Lock()
            turn.acquire()
            self._queue.append(turn)
        if turn.acquire(timeout=timeout_s):
            return True
        with self._mutex:
            if turn in self._queue:
                self._queue.remove(turn)
                return False
        return True  # it was handed over just as the patience ran out

    def release(self) -> None:
        """Hand the lock to whoever has waited longest."""
        with self._mutex:
            if self._queue:
                self._queue.popleft().release()
            else:
                self._is_held = False
