"""Rounds in which the variants take turns, and what is said of their figures: median and range."""

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from statistics import median
from time import perf_counter, process_time

GAUGE_STEPS = 1_500_000
RATE, CPU = "/s", "CPU ms"


@dataclass(frozen=True, slots=True)
class Series:
    """One figure, a value a round."""

    values: tuple[float, ...]

    @property
    def median(self) -> float:
        """Give the middle value."""
        return median(self.values)

    @property
    def low(self) -> float:
        """Give the smallest value."""
        return min(self.values)

    @property
    def high(self) -> float:
        """Give the largest value."""
        return max(self.values)

    def over(self, other: "Series") -> "Series":
        """Divide by another figure round by round, so that a noisy minute weighs on both."""
        return self._with(other, lambda mine, its: mine / its)

    def above(self, other: "Series") -> "Series":
        """Subtract another figure round by round."""
        return self._with(other, lambda mine, its: mine - its)

    def _with(self, other: "Series", by: Callable[[float, float], float]) -> "Series":
        return Series(tuple(by(a, b) for a, b in zip(self.values, other.values, strict=True)))


Variant = Callable[[], Mapping[str, float]]
"""Runs once and gives its figures by name."""


def take_turns(rounds: int, variants: Mapping[str, Variant]) -> dict[tuple[str, str], Series]:
    """Run every variant once a round, each round begun by another one; give (variant, figure) → series."""
    names = list(variants)
    found: dict[tuple[str, str], list[float]] = {}
    for turn in range(rounds):
        start = turn % len(names)
        for name in names[start:] + names[:start]:
            for figure, value in variants[name]().items():
                found.setdefault((name, figure), []).append(value)
    return {key: Series(tuple(values)) for key, values in found.items()}


def per_second(count: int, work: Callable[[], object]) -> float:
    """Time work that does something `count` times."""
    began = perf_counter()
    work()
    return count / (perf_counter() - began)


def rate_and_cost(count: int, work: Callable[[], object]) -> dict[str, float]:
    """Time work that does something `count` times: how many a second, and this process's CPU ms for each."""
    cpu = process_time()
    rate = per_second(count, work)
    return {RATE: rate, CPU: (process_time() - cpu) * 1000 / count}


def timed_ms(work: Callable[[], object]) -> float:
    """Time one piece of work in milliseconds."""
    began = perf_counter()
    work()
    return (perf_counter() - began) * 1000


def quantile(values: Sequence[float], share: float) -> float:
    """Give the value that this share of all does not exceed (nearest rank)."""
    return sorted(values)[ceil(share * len(values)) - 1]


def gauge() -> str:
    """Say how quick and how busy the machine is: a fixed loop's time and the load average."""
    times = [timed_ms(_fixed_loop) for _ in range(3)]
    load = " ".join(f"{one:.2f}" for one in os.getloadavg())
    return (
        f"gauge loop {median(times):.0f} ms [{min(times):.0f}..{max(times):.0f}], load average {load}, "
        f"{os.cpu_count()} cores"
    )


def _fixed_loop() -> int:
    total = 0
    for step in range(GAUGE_STEPS):
        total += step & 7
    return total
