"""Tables that people bring along: a CSV in any usual encoding or the sheets of an xlsx, as rows by heading."""

import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from bot.papers.csv_text import LeftOpen, decoded, records

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

WATERMARK = "※"
"""How a line begins that tells of an export and is none of its rows."""

LARGEST = 20_000_000  # bytes
LARGEST_OF_CASES = 200_000_000  # a hundred thousand cases with all that was said
MOST_ROWS = 100_000
_XLSX = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # the second: as Excel wrote until 2003

_LIVE = re.compile(
    r"^'(?=\s*[=+\-@＝＋－＠])"
)  # the mark that keeps an exported cell from being run (X17)

_AS_TEXT = re.compile(r'="(.*)"', re.DOTALL)  # how programs keep Excel from making a number of one

Row = Mapping[str, str]


class Unreadable(Exception):
    """The file is no table; the sentence says what to do."""


@dataclass(frozen=True, slots=True)
class Page:
    """A sheet of a workbook, every line as it stands; a CSV is one without a name."""

    name: str
    lines: Sequence[Sequence[str]]
    is_hidden: bool = False


def read_table(path: Path) -> tuple[Row, ...]:
    """Read the rows under the first line, cells as text without what surrounds them. Raises Unreadable or OSError."""
    lines = read_lines(path)
    head, *body = [line for line in lines if any(line) and not line[0].startswith(WATERMARK)] or [
        []
    ]
    if not head:
        msg = f"{path} is empty"
        raise Unreadable(msg)
    if len(body) > MOST_ROWS:
        msg = f"{path} has more than {MOST_ROWS} rows: split it"
        raise Unreadable(msg)
    return tuple(dict(zip(head, line, strict=False)) for line in body)


def read_lines(path: Path, *, largest: int = LARGEST) -> Sequence[Sequence[str]]:
    """Read the first sheet that is shown. Raises Unreadable or OSError."""
    pages = read_pages(path, largest=largest)
    return next((one for one in pages if not one.is_hidden), pages[0]).lines


def read_pages(path: Path, *, largest: int = LARGEST) -> Sequence[Page]:
    """Read every sheet, empty lines too; what is merged says the same in all its cells. Raises Unreadable or OSError."""
    if path.stat().st_size > largest:
        msg = f"{path} is larger than {largest // 1_000_000} MB: split it"
        raise Unreadable(msg)
    content = path.read_bytes()
    return _book(path, content) if content.startswith(_XLSX) else [Page("", _csv(path, content))]


def _csv(path: Path, content: bytes) -> Sequence[Sequence[str]]:
    text = decoded(content)
    if text is None:
        msg = f"{path} is neither xlsx nor text in UTF-8, GB18030 or Big5: save it as CSV UTF-8"
        raise Unreadable(msg)
    try:
        return [[_typed(cell) for cell in line] for line in records(text)]
    except LeftOpen as trouble:
        msg = f"{path} cannot be read from line {trouble.line} on: is a quotation mark left open? ({trouble.why})"
        raise Unreadable(msg) from trouble


def _typed(cell: str) -> str:
    plain = cell.strip()
    if plain.startswith('="') and (told := _AS_TEXT.fullmatch(plain)):
        plain = told[1].strip()
    return _LIVE.sub("", plain) if plain.startswith("'") else plain


def _book(path: Path, content: bytes) -> Sequence[Page]:
    try:
        from python_calamine import (  # noqa: PLC0415  an extra
            CalamineError,
            CalamineWorkbook,
            SheetTypeEnum,
            SheetVisibleEnum,
        )
    except ImportError as missing:
        msg = "reading xlsx needs the extra 'reports': pip install 'deskbot[reports]', or save it as CSV"
        raise Unreadable(msg) from missing
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        pages = [
            Page(
                one.name,
                _lines(book.get_sheet_by_name(one.name)),
                is_hidden=one.visible is not SheetVisibleEnum.Visible,
            )
            for one in book.sheets_metadata
            if one.typ is SheetTypeEnum.WorkSheet
        ]
    except CalamineError as trouble:
        msg = f"{path} cannot be read as xlsx: {trouble}"
        raise Unreadable(msg) from trouble
    if not pages:
        msg = f"{path} has no sheet with cells"
        raise Unreadable(msg)
    return pages


def _lines(sheet: "CalamineSheet") -> list[list[str]]:
    """Give the lines as they stand; of a sheet that was coloured down to its last line, as far as it says something."""
    blank: list[str] = []
    left = [""] * (sheet.start[1] if sheet.start else 0)
    lines = []
    for row in sheet.iter_rows():
        said = [_text(cell) for cell in row]
        lines.append(left + said if any(said) else blank)
    while lines and not lines[-1]:
        lines.pop()
    for (top, first), (bottom, last) in sheet.merged_cell_ranges or ():
        _fill(lines, rows=range(top, bottom + 1), columns=range(first, last + 1))
    return lines


def _fill(lines: list[list[str]], *, rows: range, columns: range) -> None:
    """Say in every cell of a merged range what its first one says."""
    said = lines[rows[0]][columns[0]] if rows[0] < len(lines) and lines[rows[0]] else ""
    for row in rows[: max(0, len(lines) - rows[0])]:
        for column in columns:
            if column < len(lines[row]):
                lines[row][column] = said


def _text(cell: object) -> str:
    """Give a cell as it is read on the screen: a telephone number is no decimal."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, timedelta):  # 24:00 and later, as a sheet counts hours
        hours, minutes = divmod(round(cell.total_seconds()) // 60, 60)
        return f"{hours}:{minutes:02}"
    return str(cell).strip()
