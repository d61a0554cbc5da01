"""Tables that people bring along: a CSV in any usual encoding or the first sheet of an xlsx, as rows by heading."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

LARGEST = 20_000_000  # bytes
MOST_ROWS = 100_000
_ENCODINGS = ("utf-8-sig", "gb18030")  # Excel writes the second on a Chinese Windows
_XLSX = b"PK\x03\x04"

Row = Mapping[str, str]


class Unreadable(Exception):
    """The file is no table; the sentence says what to do."""


def read_table(path: Path) -> tuple[Row, ...]:
    """Read the rows under the first line, cells as text without what surrounds them. Raises Unreadable or OSError."""
    if path.stat().st_size > LARGEST:
        msg = f"{path} is larger than {LARGEST // 1_000_000} MB: split it"
        raise Unreadable(msg)
    content = path.read_bytes()
    lines = _sheet(path) if content.startswith(_XLSX) else _csv(path, content)
    head, *body = [line for line in lines if any(line)] or [[]]
    if not head:
        msg = f"{path} is empty"
        raise Unreadable(msg)
    if len(body) > MOST_ROWS:
        msg = f"{path} has more than {MOST_ROWS} rows: split it"
        raise Unreadable(msg)
    return tuple(dict(zip(head, line, strict=False)) for line in body)


def _csv(path: Path, content: bytes) -> Sequence[Sequence[str]]:
    for encoding in _ENCODINGS:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        first = text.partition("\n")[0]
        delimiter = max(",;\t", key=first.count)
        read = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        return [[cell.strip() for cell in line] for line in read]
    msg = f"{path} is neither xlsx nor text in UTF-8 or GB18030: save it as CSV UTF-8"
    raise Unreadable(msg)


def _sheet(path: Path) -> Sequence[Sequence[str]]:
    try:
        from python_calamine import (  # noqa: PLC0415  an extra
            CalamineError,
            CalamineWorkbook,
        )
    except ImportError as missing:
        msg = "reading xlsx needs the extra 'reports': pip install 'deskbot[reports]', or save it as CSV"
        raise Unreadable(msg) from missing
    try:
        rows: Iterable[Iterable[object]] = (
            CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
        )
    except CalamineError as trouble:
        msg = f"{path} cannot be read as xlsx: {trouble}"
        raise Unreadable(msg) from trouble
    return [[_text(cell) for cell in row] for row in rows]


def _text(cell: object) -> str:
    """Give a cell as it is read on the screen: a telephone number is no decimal."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()
