"""Tables of figures as they are printed: median, range, bar, and whether the bar is met."""

from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.measure import Series

HEADER = ("", "median", "range", "bar", "")


@dataclass(frozen=True, slots=True)
class Bar:
    """What a median should reach; printed, never enforced."""

    limit: float
    is_ceiling: bool
    because: str = ""  # where it comes from

    def is_met(self, value: float) -> bool:
        """Tell whether a value is on the right side."""
        return value <= self.limit if self.is_ceiling else value >= self.limit

    def __str__(self) -> str:
        """Write it as people do."""
        sign = "<=" if self.is_ceiling else ">="
        return f"{sign} {_plain(self.limit)}{f' ({self.because})' if self.because else ''}"


def at_most(limit: float, because: str = "") -> Bar:
    """Make a ceiling."""
    return Bar(limit, is_ceiling=True, because=because)


def at_least(limit: float, because: str = "") -> Bar:
    """Make a floor."""
    return Bar(limit, is_ceiling=False, because=because)


@dataclass(frozen=True, slots=True)
class Figure:
    """One line: what was measured, in which unit, against which bar."""

    what: str
    series: Series
    unit: str
    bar: Bar | None = None

    @property
    def cells(self) -> tuple[str, str, str, str, str]:
        """Give the line's cells."""
        found = self.series
        verdict = "" if self.bar is None else ("met" if self.bar.is_met(found.median) else "MISSED")
        return (
            self.what,
            f"{_plain(found.median)} {self.unit}",
            f"[{_plain(found.low)}..{_plain(found.high)}]",
            str(self.bar or ""),
            verdict,
        )


@dataclass(frozen=True, slots=True)
class Report:
    """What one benchmark found: its figures, and lines worth reading beside them."""

    title: str
    figures: Sequence[Figure]
    notes: Sequence[str] = ()

    def __str__(self) -> str:
        """Write the table, ready to print."""
        rows = [HEADER, *(figure.cells for figure in self.figures)]
        widths = [max(len(row[place]) for row in rows) for place in range(len(HEADER))]
        lines = [
            "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
            for row in rows
        ]
        return "\n".join([f"## {self.title}", *lines, *(f"  {note}" for note in self.notes), ""])


def _plain(value: float) -> str:
    """Write three figures that mean something."""
    size = abs(value)
    if size >= 1000:
        return f"{value:,.0f}"
    if size >= 100:
        return f"{value:.0f}"
    return f"{value:.1f}" if size >= 10 else f"{value:.2f}"
