"""Chaining the audit log: what was written since the last tick is sealed in order (DESIGN.md; X27)."""

from datetime import datetime

from tickets.desk.context import Desk

AT_A_TIME = 1_000  # rows in one transaction


def work(desk: Desk, *, now: datetime) -> None:
    """Chain what waits. Raises Busy.

    Any number of processes may try: one does it, and what comes meanwhile is the next tick's.
    """
    with desk.records.read() as unit:
        if not unit.audit.waits():
            return
    done = AT_A_TIME
    while done == AT_A_TIME:
        with desk.records.write() as unit:
            done = unit.audit.seal(at=now, limit=AT_A_TIME)
