"""`make bench`: everything, or the benchmarks named; `--tiny` only shows that they run."""

import argparse
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from time import perf_counter

from benchmarks import (
    articles,
    bringing,
    burst,
    creation,
    due,
    figures,
    latency,
    lists,
    masking,
    meeting,
    memory,
    redelivery,
    scans,
    working_time,
)
from benchmarks.ground import Place, new_place
from benchmarks.measure import gauge
from benchmarks.report import Report
from benchmarks.scale import FULL, TINY, Scale
from benchmarks.stock import fill

# In this order: all work on one desk, and what leaves much to be posted comes last.
BENCHMARKS: dict[str, Callable[[Place, Scale], Report]] = {
    "memory": memory.run,
    "calendar": working_time.run,
    "masking": masking.run,
    "scans": scans.run,
    "due": due.run,
    "lists": lists.run,
    "articles": articles.run,
    "meeting": meeting.run,
    "figures": figures.run,
    "import": bringing.run,
    "redelivery": redelivery.run,
    "burst": burst.run,
    "latency": latency.run,
    "creation": creation.run,
}


def main(arguments: Sequence[str] | None = None) -> None:
    """Store the tickets once, then run what was asked for; figures are printed, bars never enforced."""
    asked = _parse(arguments)
    scale = TINY if asked.tiny else FULL
    if asked.tickets:
        scale = replace(scale, tickets=asked.tickets)
    if asked.rows:
        scale = replace(scale, brought=asked.rows)
    scale = replace(scale, postgres=asked.postgres)
    print(f"# deskbot benchmarks, {scale.rounds} rounds each\n{gauge()}")
    began = perf_counter()
    with tempfile.TemporaryDirectory(prefix="deskbot-bench-") as folder:
        stock = new_place(Path(folder) / "stock")
        fill(stock, scale.tickets)
        print(f"{scale.tickets:,} tickets stored in {perf_counter() - began:.0f} s\n", flush=True)
        for name in asked.names or BENCHMARKS:
            print(BENCHMARKS[name](stock, scale), flush=True)
    print(f"{gauge()}\nall of it took {perf_counter() - began:.0f} s")


def _parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(BENCHMARKS))
    parser.add_argument("--tiny", action="store_true", help="only see that they run")
    parser.add_argument("--tickets", type=int, help="how many tickets are stored first")
    parser.add_argument("--rows", type=int, help="how many rows of a sheet are imported")
    parser.add_argument(
        "--postgres", default="", help="URL of an empty database, for what is asked of both engines"
    )
    asked = parser.parse_args(arguments)
    if unknown := [name for name in asked.names if name not in BENCHMARKS]:
        parser.error(f"there is no benchmark {', '.join(unknown)}")
    return asked


if __name__ == "__main__":
    main()
