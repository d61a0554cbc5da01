"""`make year`: 500 cases a day for a year, twenty outages; prints what was missed, doubled or early."""

import argparse
import logging
import sys
import tempfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random

import structlog

from tests.year.oracle import ZONE
from tests.year.simulation import simulate, some_outages

SHOWN = 10


def main() -> int:
    """Run the simulation as asked; 1 where anything was missed, doubled, early, late or unforeseen."""
    parser = argparse.ArgumentParser(prog="python -m tests.year", description=__doc__)
    parser.add_argument("--days", type=int, default=365)
    parser.add_argument("--a-day", type=int, default=500)
    parser.add_argument("--outages", type=int, default=20)
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--first", type=date.fromisoformat, default=date(2026, 1, 1))
    asked = parser.parse_args()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    start = datetime.combine(asked.first, datetime.min.time(), ZONE).astimezone(UTC)
    outages = some_outages(Random(asked.seed), start, asked.days, asked.outages)
    down = sum(((ends - begins) for begins, ends in outages), timedelta())
    with tempfile.TemporaryDirectory(dir=_quick_folder()) as folder:
        report = simulate(
            Path(folder),
            first=start,
            days=asked.days,
            a_day=asked.a_day,
            outages=outages,
            seed=asked.seed,
            told=lambda line: print(line, file=sys.stderr, flush=True),
        )
    print(f"{asked.days} days, {asked.outages} outages ({down} down): {report}")
    for line in report.wrong()[:SHOWN]:
        print(f"  {line}")
    return 1 if report.wrong() else 0


def _quick_folder() -> str | None:
    """Keep the database in memory where the machine offers that."""
    memory = Path("/dev/shm")
    return str(memory) if memory.is_dir() else None


if __name__ == "__main__":
    sys.exit(main())
