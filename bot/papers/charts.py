"""Charts as PNG."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.papers.drawing import DPI, lettering, png_of

# Told apart without colour vision (Okabe and Ito); the order of the stack is the legend's.
COLOURS = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#F0E442", "#999999")
MOST_LAYERS = len(COLOURS)
FEWEST_PLACES = 6  # two bars alone would look like walls


@dataclass(frozen=True, slots=True)
class Layer:
    """One department's counts, a value for each bar."""

    name: str
    values: Sequence[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stack:
    """A chart of stacked bars, its words in one language."""

    title: str
    axis: str
    bars: Sequence[str]
    layers: Sequence[Layer]


def stacked_bars(stack: Stack) -> bytes:
    """Draw stacked bars with their totals as a PNG."""
    from matplotlib.figure import Figure  # noqa: PLC0415  heavy, and an extra
    from matplotlib.ticker import MaxNLocator  # noqa: PLC0415

    with lettering():
        figure = Figure(figsize=(9, 4.5), dpi=DPI, layout="constrained")
        axes = figure.add_subplot()
        places = range(len(stack.bars))
        bottom = [0] * len(stack.bars)
        for layer, colour in zip(stack.layers, COLOURS, strict=False):
            axes.bar(places, layer.values, bottom=bottom, label=layer.name, color=colour, width=0.7)
            bottom = [below + value for below, value in zip(bottom, layer.values, strict=True)]
        for place, total in zip(places, bottom, strict=True):
            axes.annotate(str(total), (place, total), ha="center", va="bottom", fontsize=9)
        axes.set_xticks(list(places), labels=list(stack.bars), fontsize=9)
        axes.set_title(stack.title, fontsize=13, loc="left", pad=12)
        axes.set_ylabel(stack.axis)
        axes.yaxis.set_major_locator(MaxNLocator(integer=True))
        axes.margins(y=0.12)
        axes.set_ylim(bottom=0)
        axes.set_xlim(-0.6, max(len(stack.bars), FEWEST_PLACES) - 0.4)
        axes.spines[["top", "right"]].set_visible(False)
        axes.grid(axis="y", alpha=0.25)
        axes.set_axisbelow(True)
        if stack.layers:
            axes.legend(loc="upper left", bbox_to_anchor=(1.0, 1.0), frameon=False, fontsize=9)
        return png_of(figure)
