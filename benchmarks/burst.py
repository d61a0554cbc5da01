"""Forty commands at once while Slack takes a second to open each view: is anybody told too late?"""

from collections.abc import Mapping
from itertools import islice
from time import sleep

from benchmarks.deliveries import commands
from benchmarks.ground import Place
from benchmarks.latency import Fire, in_process
from benchmarks.measure import Variant, take_turns
from benchmarks.report import Bar, Figure, Report, at_most
from benchmarks.scale import Scale
from benchmarks.stub import GIVEN_UP_S
from benchmarks.workplace import Contender, Workplace, at_work

SLOWEST_MS = 300.0  # DESIGN.md, latency bars
_OPENED = 1.2  # times one opening
_SLOWEST, _LATE = "slowest", "late"


def run(place: Place, scale: Scale) -> Report:
    """Send the burst to the bot and to the bare app, both ways in."""
    ways = ("HTTP", "socket")
    with at_work(place) as workplace:
        in_process(workplace.desk, [list(islice(commands("new"), 5))])
        workplace.settle()
        workplace.slow(views_open=scale.slow_call_s)
        variants = {
            f"{way}, {whose}": _variant(workplace, way, contender, scale)
            for way in ways
            for whose, contender in (("bare", workplace.bare), ("desk", workplace.desk))
        }
        found = take_turns(scale.rounds, variants)
    return Report(
        f"burst: {scale.burst} commands at once, views.open taking {scale.slow_call_s} s",
        [
            Figure(f"{name}, slowest", found[name, _SLOWEST], "ms", _bar(name, SLOWEST_MS))
            for name in variants
        ]
        + [
            Figure(f"{name}, later than 3 s", found[name, _LATE], "", _bar(name, 0))
            for name in variants
        ],
    )


def _bar(name: str, limit: float) -> Bar | None:
    return at_most(limit) if name.endswith("desk") else None


def _variant(workplace: Workplace, way: str, contender: Contender, scale: Scale) -> Variant:
    fire: Fire = in_process if way == "HTTP" else workplace.fire

    def once() -> Mapping[str, float]:
        source = commands("new")
        acks = fire(contender, [[next(source)] for _ in range(scale.burst)], 0.0)
        if contender is workplace.desk:
            sleep(scale.slow_call_s * _OPENED)  # until the views of this burst are open
        late = sum(ack >= GIVEN_UP_S * 1000 for ack in acks)
        return {_SLOWEST: max(acks), _LATE: late}

    return once
