"""How long texts take to be looked through for people's numbers: a megabyte of the worst each, and what people write (X39)."""

from collections.abc import Callable
from time import perf_counter

from benchmarks.ground import Place
from benchmarks.measure import take_turns
from benchmarks.report import Figure, Report, at_most
from benchmarks.scale import Scale
from tickets.people.privacy import redact

BAR_MS = 100
PROSE = "客户说空调开机30分钟后出风口 27 ℃，订单 20231001001，请回电 138 1234 5678。"
WORST = {
    "one letter": "a",
    "addresses without an end": "a@a.",
    "one digit": "1",
    "digits apart": "1 ",
    "beginnings of cards": "4 ",
    "groups of a mobile": "138 ",
    "digits with nothing to see between": "1\u200b",
    "Chinese digits": "一三八",
    "prose": PROSE,
}


def run(_stock: Place, scale: Scale) -> Report:
    """Mask a text of each kind; the bar is of RELIABILITY.md 5, X39, and printed, never enforced."""
    length = scale.masked
    timed: dict[str, Callable[[], dict[str, float]]] = {
        name: _timed(piece * (length // len(piece))) for name, piece in WORST.items()
    }
    timed["3,000 characters of prose"] = _timed((PROSE * 60)[:3_000])
    found = take_turns(scale.rounds, timed)
    figures = [Figure(f"{name}", found[name, "ms"], "ms", at_most(BAR_MS, "X39")) for name in timed]
    return Report(f"masking: {length:,} characters each", figures)


def _timed(text: str) -> Callable[[], dict[str, float]]:
    def once() -> dict[str, float]:
        began = perf_counter()
        redact(text)
        return {"ms": (perf_counter() - began) * 1_000}

    return once
