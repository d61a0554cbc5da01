"""A process that does what leaves audit rows and chains them, on and on, until it is killed.

Run as `python -m tests.faults.sealer URL KEYS`; it writes a line once it has begun.
"""

import sys
from datetime import UTC, datetime, timedelta

from storage.database import open_database
from storage.keys import parse_ring
from storage.records import SqlRecords
from storage.vault import Vault
from tickets.case.values import PersonId
from tickets.ports import AuditEntry

NINE = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)


def work(records: SqlRecords, at: datetime) -> None:
    """Write some rows, each a transaction as a click is, and chain what waits in small steps."""
    for _ in range(3):
        with records.write() as unit:
            unit.audit.write(
                AuditEntry(
                    at=at, by=PersonId("U0AGENT1"), action="accept", number=None, outcome="done"
                )
            )
    for _ in range(3):
        with records.write() as unit:
            unit.audit.seal(at=at, limit=2)


def main() -> None:
    """Go on until somebody ends it."""
    url, keys = sys.argv[1:]
    records = SqlRecords(
        database=open_database(url, readers=1), vault=Vault(parse_ring(keys)), fold_text=str
    )
    sys.stdout.write("begun\n")
    sys.stdout.flush()
    at = NINE
    while True:
        at += timedelta(seconds=1)
        work(records, at)


if __name__ == "__main__":
    main()
