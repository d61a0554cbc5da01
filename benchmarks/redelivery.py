"""What a delivery that was handled already costs beside an empty command; nothing is done twice."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from itertools import islice, repeat
from statistics import median

from benchmarks.deliveries import Delivery, commands, new_cases, thread_messages
from benchmarks.ground import Place
from benchmarks.latency import in_process
from benchmarks.measure import Variant, take_turns
from benchmarks.report import Figure, Report, at_most
from benchmarks.scale import Scale
from benchmarks.workplace import Contender, at_work

RATIO = 1.5  # issue "The desk opens", quality; BASELINES.md 1
_EMPTY, _BARE = "empty command", "empty command, bare app"
_EVENT, _FORM = "event delivered again", "form sent again"


def run(place: Place, scale: Scale) -> Report:
    """Deliver a message and a form again and again, and an empty command as often."""
    with at_work(place) as workplace:
        message, case = next(thread_messages(place)), next(new_cases())
        in_process(workplace.desk, [[message, case, message, case]])
        workplace.settle()
        before = _counted(place)
        variants: dict[str, Variant] = {
            _EMPTY: _variant(workplace.desk, commands(""), scale),
            _BARE: _variant(workplace.bare, commands(""), scale),
            _EVENT: _variant(workplace.desk, repeat(message), scale),
            _FORM: _variant(workplace.desk, repeat(case), scale),
        }
        found = take_turns(scale.rounds, variants)
        after = _counted(place)
    empty = found[_EMPTY, "ms"]
    return Report(
        "redelivery: milliseconds to the acknowledgement in process, one caller",
        [
            Figure(_BARE, found[_BARE, "ms"], "ms"),
            Figure(_EMPTY, empty, "ms"),
            Figure(_EVENT, found[_EVENT, "ms"], "ms"),
            Figure(
                "  times an empty command", found[_EVENT, "ms"].over(empty), "x", at_most(RATIO)
            ),
            Figure(_FORM, found[_FORM, "ms"], "ms"),
            Figure("  times an empty command", found[_FORM, "ms"].over(empty), "x"),
        ],
        [
            f"events and tickets written by all of them: {after - before} (bar: 0)",
            "Slack delivers events again; forms it does not, people send them again",
        ],
    )


def _variant(contender: Contender, source: Iterator[Delivery], scale: Scale) -> Variant:
    return lambda: {"ms": median(in_process(contender, [list(islice(source, scale.repeated))]))}


def _counted(place: Place) -> int:
    with closing(sqlite3.connect(place.database)) as database:
        (rows,) = database.execute("SELECT count(*) FROM events").fetchone()
        return int(rows)
