"""How soon the bot acknowledges, beside a bare Bolt app in the same mode; the commit is inside."""

import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from itertools import islice
from time import sleep

from slack_bolt import BoltResponse

from benchmarks.deliveries import Delivery, accepts, commands, new_cases
from benchmarks.ground import Place
from benchmarks.measure import Series, Variant, quantile, take_turns, timed_ms
from benchmarks.report import Figure, Report, at_most
from benchmarks.scale import Scale
from benchmarks.workplace import Contender, Workplace, at_work

CALLERS = 8
ABOVE_BARE_MS, EIGHT_MS = 10.0, 100.0  # DESIGN.md, latency bars
_P50, _P99 = "p50", "p99"
_DISK = "a commit of as many bytes, raw sqlite3"
_COMMIT = (
    "INSERT INTO pages VALUES (randomblob(180000))"  # 45 pages, counted in the log of one ticket
)

Fire = Callable[[Contender, Sequence[Sequence[Delivery]], float], list[float]]
"""Delivers what each caller has, callers side by side, with a pause (s) in between; gives the acks' times in ms."""


def run(place: Place, scale: Scale) -> Report:
    """Deliver a form, a button and a command by one and by eight callers, both ways in."""
    with at_work(place) as workplace:
        _warm_up(workplace, place, scale)
        ways: dict[str, Fire] = {"HTTP": in_process, "socket": workplace.fire}
        contenders = (
            ("bare", workplace.bare, _sources(place)),
            ("desk", workplace.desk, _sources(place)),
        )
        variants = {
            f"{way} {what} {callers} {whose}": _variant(
                workplace, fire, app, sources[what], callers, scale
            )
            for way, fire in ways.items()
            for what in _sources(place)
            for callers in (1, CALLERS)
            for whose, app, sources in contenders
        }
        variants[_DISK] = _raw_commits(place, scale)
        found = take_turns(scale.rounds, variants)
        figures = [Figure(f"{_DISK}, {share}", found[_DISK, share], "ms") for share in (_P50, _P99)]
        figures += [
            figure
            for way in ways
            for what in _sources(place)
            for callers in (1, CALLERS)
            for figure in _figures(found, f"{way} {what} {callers}", callers)
        ]
    return Report(
        f"latency: milliseconds to the acknowledgement, {scale.tickets:,} stored, synchronous=FULL",
        figures,
        [
            "bare: the same Bolt app in the same mode with empty listeners; p99 is each round's",
            f"one caller waits {scale.pause_s * 1000:.0f} ms after each of the desk's acknowledgements, while its courier works; eight never wait",
        ],
    )


def _sources(place: Place) -> dict[str, Iterator[Delivery]]:
    return {"new ticket": new_cases(), "accept": accepts(place), "/ticket new": commands("new")}


def _raw_commits(place: Place, scale: Scale) -> Variant:
    """Commit what a new ticket commits, without the desk: what this disk allows at this moment."""

    def once() -> Mapping[str, float]:
        with closing(sqlite3.connect(place.folder / "raw.db", isolation_level=None)) as raw:
            raw.execute("PRAGMA journal_mode = WAL")
            raw.execute("PRAGMA synchronous = FULL")
            raw.execute("CREATE TABLE IF NOT EXISTS pages (bytes BLOB)")
            took = []
            for _ in range(scale.acknowledged):
                took.append(timed_ms(lambda: raw.execute(_COMMIT)))
                sleep(scale.pause_s)
        return {_P50: quantile(took, 0.5), _P99: quantile(took, 0.99)}

    return once


def _warm_up(workplace: Workplace, place: Place, scale: Scale) -> None:
    few = max(2, scale.acknowledged // 5)
    for source in _sources(place).values():
        for contender in (workplace.bare, workplace.desk):
            in_process(contender, [list(islice(source, few))], scale.pause_s)
            workplace.fire(contender, [list(islice(source, few))], scale.pause_s)


def _variant(
    workplace: Workplace,
    fire: Fire,
    contender: Contender,
    source: Iterator[Delivery],
    callers: int,
    scale: Scale,
) -> Variant:
    alone = callers == 1
    each = scale.acknowledged if alone else scale.acknowledged_each
    pause_s = scale.pause_s if alone and contender is workplace.desk else 0.0

    def once() -> Mapping[str, float]:
        workplace.settle()
        acks = fire(contender, [list(islice(source, each)) for _ in range(callers)], pause_s)
        return {_P50: quantile(acks, 0.5), _P99: quantile(acks, 0.99)}

    return once


def in_process(
    contender: Contender, callers: Sequence[Sequence[Delivery]], pause_s: float = 0.0
) -> list[float]:
    """Dispatch signed requests as the web server does, a thread a caller. Raises RuntimeError if one is refused."""

    def call(deliveries: Sequence[Delivery]) -> list[float]:
        acks = []
        for delivery in deliveries:
            acks.append(_acknowledged(contender, delivery))
            sleep(pause_s)
        return acks

    with ThreadPoolExecutor(len(callers), thread_name_prefix="caller") as threads:
        return [ack for acks in threads.map(call, callers) for ack in acks]


def _acknowledged(contender: Contender, delivery: Delivery) -> float:
    request = delivery.request()
    answers: list[BoltResponse] = []
    took = timed_ms(lambda: answers.append(contender.app.dispatch(request)))
    if answers[0].status != 200:
        msg = f"a {delivery.payload.get('type', 'command')} was answered with {answers[0].status}"
        raise RuntimeError(msg)
    return took


def _figures(found: Mapping[tuple[str, str], Series], name: str, callers: int) -> Iterator[Figure]:
    bare, desk = found[f"{name} bare", _P99], found[f"{name} desk", _P99]
    yield Figure(f"{name}, bare p50", found[f"{name} bare", _P50], "ms")
    yield Figure(f"{name}, desk p50", found[f"{name} desk", _P50], "ms")
    yield Figure(f"{name}, bare p99", bare, "ms")
    if callers == 1:
        bar = at_most(round(bare.median + ABOVE_BARE_MS, 1), "bare + 10")
    else:
        bar = at_most(EIGHT_MS)
    yield Figure(f"{name}, desk p99", desk, "ms", bar)
