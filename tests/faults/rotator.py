"""Rotations as processes of their own: forked from one that has everything imported, killed at will.

Run as `python -m tests.faults.rotator`: each line of its input is an order (JSON); a child carries it
out, and the answer says how that ended: 0, or negative the signal's number.
"""

import json
import os
import signal
import sys
import threading
import traceback
from typing import Any

from sqlalchemy import Engine, event

from storage.database import open_database
from storage.keys import parse_ring
from storage.rotation import Rotation
from storage.vault import Vault

BATCH = 4


def rotate(url: str, keys: str, *, at_statement: int | None, after_s: float | None) -> None:
    """Rotate, killed before the n-th statement (COMMIT counts as one), after a time, or not at all."""
    left = [at_statement]

    def count(*_: object) -> None:
        if left[0] is not None:
            left[0] -= 1
            if left[0] <= 0:
                os.kill(os.getpid(), signal.SIGKILL)

    event.listen(Engine, "before_cursor_execute", count)
    event.listen(Engine, "commit", count)
    if after_s is not None:
        timer = threading.Timer(after_s, os.kill, (os.getpid(), signal.SIGKILL))
        timer.daemon = True
        timer.start()
    database = open_database(url, readers=2)
    rotation = Rotation(database, Vault(parse_ring(keys)), settle_s=0, batch=BATCH, polite=0)
    list(rotation.run())
    database.dispose()


def main() -> None:
    """Carry out one order after the other."""
    for line in sys.stdin:
        asked: dict[str, Any] = json.loads(line)
        pid = os.fork()
        if pid == 0:
            _child(asked)
        _, status = os.waitpid(pid, 0)
        sys.stdout.write(json.dumps(os.waitstatus_to_exitcode(status)) + "\n")
        sys.stdout.flush()


def _child(asked: dict[str, Any]) -> None:
    status = 1
    try:
        rotate(**asked)
        status = 0
    except Exception:  # noqa: BLE001  the boundary of a child
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(status)


if __name__ == "__main__":
    main()
