"""The font of charts: one with Chinese characters that is really there (LIBRARIES.md 9)."""

from functools import cache
from importlib.resources import as_file, files
from importlib.util import find_spec
from pathlib import Path

PACKAGE, FACE = "pylopdf_fonts_zh_cn", "NotoSansSC-Regular.otf"
INSTALLED = (
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Noto Sans SC",
    "WenQuanYi Micro Hei",
    "PingFang SC",
    "Microsoft YaHei",
)


def has_papers() -> bool:
    """Tell whether charts and sheets can be made here."""
    return has_sheets() and find_spec("matplotlib") is not None


def has_sheets() -> bool:
    """Tell whether workbooks can be written here."""
    return find_spec("xlsxwriter") is not None


@cache
def chinese_family(configured: Path | None = None) -> str | None:
    """Make a font with Chinese characters known to matplotlib: the configured one, the package's, an installed one.

    None where there is none: labels are English then.
    """
    from matplotlib import font_manager  # noqa: PLC0415  half a second that starting up need not spend

    for face in (configured, _packaged()):
        if face is not None and face.is_file():
            font_manager.fontManager.addfont(str(face))
            return str(font_manager.FontProperties(fname=str(face)).get_name())
    known = {face.name for face in font_manager.fontManager.ttflist}
    return next((family for family in INSTALLED if family in known), None)


def _packaged() -> Path | None:
    if find_spec(PACKAGE) is None:
        return None
    with as_file(files(PACKAGE) / FACE) as face:  # installed as plain files: the path stays
        return face
