"""Workers as a test has them: started, killed, waited for."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path

from tests.faults.worker import Order

ROOT = Path(__file__).parents[2]
STOPS_WITHIN_S = 30.0


@dataclass(slots=True)
class Nursery:
    """One process that has everything imported, and its children."""

    run: "subprocess.Popen[str]"
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def start(self, order: Order) -> "Worker":
        """Start a worker."""
        return Worker(self, self._ask(asdict(order))["began"])

    def reap(self, pid: int) -> int:
        """Wait until a worker has ended; give its exit status, negative the signal's number."""
        return self._ask({"reap": pid})["status"]

    def _ask(self, what: dict[str, object]) -> dict[str, int]:
        assert self.run.stdin
        assert self.run.stdout
        with self._lock:
            self.run.stdin.write(json.dumps(what) + "\n")
            self.run.stdin.flush()
            answer: dict[str, int] = json.loads(self.run.stdout.readline())
        return answer


@dataclass(slots=True)
class Worker:
    """One child; `reap` has to be called once, whatever became of it."""

    nursery: Nursery
    pid: int

    def kill(self) -> None:
        """End it with -9, wherever it is."""
        os.kill(self.pid, signal.SIGKILL)
        self.nursery.reap(self.pid)

    def stop(self) -> int:
        """Tell it to stop; give its exit status, or that of its end with -9 where it does not."""
        os.kill(self.pid, signal.SIGTERM)
        status = self.ends_within(STOPS_WITHIN_S)
        return -signal.SIGKILL if status is None else status

    def ends_within(self, seconds: float) -> int | None:
        """Give its exit status, negative the signal's number; None (and it is ended) if it goes on."""
        end = time.monotonic() + seconds
        while not self.has_ended:
            if time.monotonic() > end:
                self.kill()
                return None
            time.sleep(0.02)
        return self.nursery.reap(self.pid)

    def dies_within(self, seconds: float) -> bool:
        """Tell whether it ended by itself in that time; then it is reaped."""
        end = time.monotonic() + seconds
        while not self.has_ended:
            if time.monotonic() > end:
                return False
            time.sleep(0.02)
        self.nursery.reap(self.pid)
        return True

    @property
    def has_ended(self) -> bool:
        """Tell whether it runs no more."""
        status = Path(f"/proc/{self.pid}/stat").read_text(encoding="utf-8")
        return status.rpartition(")")[2].split()[0] == "Z"


@contextmanager
def a_nursery() -> Iterator[Nursery]:
    """Run the process that forks; none of its children outlives it."""
    run = subprocess.Popen(
        [sys.executable, "-m", "tests.faults.worker"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield Nursery(run)
    finally:
        assert run.stdin
        run.stdin.close()
        run.wait(10)
        assert run.stdout
        run.stdout.close()
