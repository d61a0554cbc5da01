"""鱼骨图: causes drawn as a fishbone, a bone for each of the four dimensions, as a PNG (R119)."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from bot.papers.charts import COLOURS
from bot.papers.drawing import DPI, lettering, png_of
from handlers.views.text import clip, one_line
from tickets.case.values import CauseDimension
from tickets.retrospectives.causes import Cause, Standing, tree
from tickets.tongue import Tongue

if TYPE_CHECKING:
    from matplotlib.axes import Axes

WIDE, LABEL, HEAD = 26, 22, 18  # characters of a cause, of its narrower answers, of the head
TALL_ROW = 0.34
SPINE, HEAD_AT = 0.0, 10.0


def fishbone(causes: Sequence[Cause], effect: str, tongue: Tongue) -> bytes:
    """Draw the causes of an effect; what explains a cause stands indented beside its bone."""
    from matplotlib.figure import Figure  # noqa: PLC0415  heavy, and an extra

    bones = [
        [one for one in tree(causes) if one.cause.dimension is each] for each in CauseDimension
    ]
    height = 2.4 + 2 * TALL_ROW * max(2, *(len(bone) for bone in bones))
    with lettering():
        figure = Figure(figsize=(12, height), dpi=DPI)
        axes = figure.add_axes((0.01, 0.01, 0.98, 0.98))
        _spine(axes, clip(one_line(effect), HEAD * 2))
        for place, (dimension, bone) in enumerate(zip(CauseDimension, bones, strict=True)):
            _bone(axes, place, tongue(f"cause_dimension.{dimension}"), bone, height / 2)
        axes.set_xlim(-0.2, 12.6)
        axes.set_ylim(-height / 2, height / 2)
        axes.axis("off")
        return png_of(figure)


def _spine(axes: "Axes", effect: str) -> None:
    axes.annotate(
        "",
        (HEAD_AT, SPINE),
        (0.0, SPINE),
        arrowprops={"arrowstyle": "-|>", "linewidth": 2.5, "color": "#333333"},
    )
    wrapped = "\n".join(effect[at : at + HEAD] for at in range(0, len(effect), HEAD))
    axes.text(
        HEAD_AT + 0.1,
        SPINE,
        wrapped,
        ha="left",
        va="center",
        fontsize=11,
        bbox={"boxstyle": "round,pad=0.4", "facecolor": "#F5F5F5", "edgecolor": "#333333"},
    )


def _bone(axes: "Axes", place: int, name: str, bone: Sequence[Standing], reach: float) -> None:
    """Two bones above the spine, two below, each with its own colour and name."""
    up = 1 if place < 2 else -1
    foot = 4.9 + 4.6 * (place % 2)
    top = up * (reach - 0.45)
    colour = COLOURS[place]
    axes.plot([foot - 1.3, foot], [top, SPINE], color=colour, linewidth=2)
    axes.text(
        foot - 1.3,
        top + up * 0.12,
        name,
        ha="center",
        va="bottom" if up > 0 else "top",
        fontsize=11,
        color="white",
        bbox={"boxstyle": "round,pad=0.3", "facecolor": colour, "edgecolor": colour},
    )
    rows = enumerate(bone if up > 0 else bone[::-1])  # what explains stands below on either side
    for row, one in rows:
        at = top - up * (0.45 + TALL_ROW * row)
        on_bone = foot - 1.3 * at / top
        text = clip(one_line(one.cause.text), WIDE if one.depth == 1 else LABEL)
        mark = "" if one.depth == 1 else "↳ "
        axes.plot([on_bone - 0.3, on_bone], [at, at], color=colour, linewidth=1)
        axes.text(
            on_bone - 0.35,
            at,
            f"{mark}{text}",
            ha="right",
            va="center",
            fontsize=9 if one.depth == 1 else 8,
            color="#222222" if one.depth == 1 else "#555555",
        )
