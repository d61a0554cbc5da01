"""Sheets as xlsx: typed cells, nothing a customer wrote ever becomes a formula or a link (LIBRARIES.md 10)."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

Cell = str | int | float | datetime | None
LONGEST = 32_767  # characters in a cell
_BROKEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]"
)  # no XML can hold them
LIKE_A_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]")
_OPTIONS = {
    "constant_memory": True,  # rows go to disk as they come
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


@dataclass(frozen=True, slots=True)
class Column:
    """A column's heading and its width in characters."""

    heading: str
    width: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a sheet says of itself, and its columns; the stamp stands above them: desk, what, as of when."""

    name: str
    stamp: Sequence[str]
    columns: Sequence[Column]


def write_sheet(path: Path, sheet: Sheet, rows: Iterable[Sequence[Cell]]) -> int:
    """Write a sheet as the rows come; give how many there were. Moments are the desk's local time, naive."""
    return write_book(path, [(sheet, rows)])


def write_book(path: Path, sheets: Iterable[tuple[Sheet, Iterable[Sequence[Cell]]]]) -> int:
    """Write several sheets into one file, one after the other; give how many rows there were in all."""
    from xlsxwriter import Workbook  # noqa: PLC0415  an extra

    with Workbook(str(path), _OPTIONS) as book:
        return sum(_fill(book, sheet, rows) for sheet, rows in sheets)


def _fill(book: "Workbook", sheet: Sheet, rows: Iterable[Sequence[Cell]]) -> int:
    page = book.add_worksheet(sheet.name)
    bold, stamp = book.add_format({"bold": True}), book.add_format({"font_color": "#666666"})
    moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
    quoted = book.add_format({"quote_prefix": True})
    for place, column in enumerate(sheet.columns):
        page.set_column(place, place, column.width)
    page.freeze_panes(len(sheet.stamp) + 1, 0)
    for place, line in enumerate(sheet.stamp):
        page.write_string(place, 0, line, stamp)
    for place, column in enumerate(sheet.columns):
        page.write_string(len(sheet.stamp), place, column.heading, bold)
    first = count = len(sheet.stamp) + 1
    for row in rows:
        _write(page, count, row, moment, quoted)
        count += 1
    page.autofilter(first - 1, 0, max(first, count - 1), len(sheet.columns) - 1)
    return count - first


def _write(
    page: "Worksheet", place: int, row: Sequence[Cell], moment: "Format", quoted: "Format"
) -> None:
    for column, cell in enumerate(row):
        match cell:
            case None | "":
                continue
            case str():
                write_words(page, place, column, cell, (None, quoted))
            case datetime():
                page.write_datetime(place, column, cell, moment)
            case _:
                page.write_number(place, column, cell)


def write_words(
    page: "Worksheet", place: int, column: int, text: str, looks: "tuple[Format | None, Format]"
) -> None:
    """Write a person's words, typed as text; the second look is of what would be a formula.

    Its mark keeps it text when somebody edits the cell or pastes it elsewhere (X17).
    """
    kept = as_cell(text)
    page.write_string(place, column, kept, looks[bool(LIKE_A_FORMULA.match(kept))])


def as_cell(text: str) -> str:
    """Give what a cell can hold of a text; one that ends before its end says so."""
    whole = _BROKEN.sub("\ufffd", text)
    return whole if len(whole) <= LONGEST else f"{whole[: LONGEST - 1]}…"
