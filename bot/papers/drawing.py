"""Pictures drawn by matplotlib's object interface: its settings are the whole process's, so one is drawn at a time."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from threading import Lock
from typing import TYPE_CHECKING

from bot.papers.fonts import chinese_family

if TYPE_CHECKING:
    from matplotlib.figure import Figure

DPI = 144
_AT_A_TIME = Lock()


@contextmanager
def lettering() -> Iterator[None]:
    """Let words be written in the desk's languages and as they are: no sign of theirs is a formula's."""
    from matplotlib import rc_context  # noqa: PLC0415  heavy, and an extra

    family = chinese_family()
    families = [family, "DejaVu Sans"] if family else ["DejaVu Sans"]
    with (
        _AT_A_TIME,
        rc_context(
            {"font.family": families, "axes.unicode_minus": False, "text.parse_math": False}
        ),
    ):
        yield


def png_of(figure: "Figure") -> bytes:
    """Draw a figure; within `lettering`, as its words are measured now."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg  # noqa: PLC0415

    png = BytesIO()
    FigureCanvasAgg(figure).print_png(png)  # type: ignore[no-untyped-call]  # matplotlib leaves it untyped
    return png.getvalue()
