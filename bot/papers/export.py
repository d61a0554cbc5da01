"""A table of the team's as a file: xlsx or CSV, column for column, inert, with who took it out, when and of what."""

import csv
import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from bot.papers.sheets import LIKE_A_FORMULA, write_words
from bot.papers.tables import WATERMARK
from bot.papers.team_tables import Cells, headings
from handlers.views.exports import scope_of
from handlers.views.rich import absolute
from tickets.handbook import Handbook
from tickets.sheets.tables import COLUMNS
from tickets.sheets.wish import Wish
from tickets.tongue import Tongue

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

XLSX, CSV = ".xlsx", ".csv"
_MOMENTS = frozenset({"received_at", "due_at", "done_at", "scored_at"})
_DAYS = frozenset({"closed_on", "day", "created_on", "updated_on"})
_FIGURES = frozenset(
    {"score", "total", "minutes", "response_rate", "solved_rate", "overdue", "uses"}
)
_WIDE = frozenset({"description", "process", "result", "plan", "talk", "words", "summary"})
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """Who took a table out, when, of what; `request` names the consent where nothing is masked."""

    wish: Wish
    handbook: Handbook
    tongue: Tongue
    by: str
    at: datetime
    request: str = ""

    def lines(self, rows: int) -> list[str]:
        """Say it in lines, each of which begins as a watermark does."""
        wish, tongue = self.wish, self.tongue
        masked = "sheet.stamp_full" if self.request else "sheet.stamp_masked"
        return [
            tongue(
                "sheet.stamp",
                desk=self.handbook.name.in_(tongue.language),
                table=tongue(f"sheet.table.{wish.table}"),
                at=absolute(self.at, tongue),
                zone=tongue.timezone,
                by=self.by,
            ),
            f"{WATERMARK} {tongue(masked, request=self.request) if self.request else tongue(masked)}",
            WATERMARK
            + " "
            + tongue(
                "sheet.stamp_filter",
                scope=scope_of(wish, self.handbook, tongue),
                rows=rows,
            ),
        ]


def write_table(path: Path, stamp: Stamp, rows: Iterable[Cells]) -> int:
    """Write a table as its name ends; nobody but its owner may read the file. Raises OSError where it is there."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    os.close(handle)
    write = _csv if path.suffix == CSV else _xlsx
    return write(path, stamp, rows)


def _csv(path: Path, stamp: Stamp, rows: Iterable[Cells]) -> int:
    names = COLUMNS[stamp.wish.table]
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(headings(stamp.wish.table, stamp.tongue))
        count = 0
        for row in rows:
            writer.writerow([_inert(row[name]) for name in names])
            count += 1
        writer.writerows([[line] for line in stamp.lines(count)])
    return count


def _inert(text: str) -> str:
    """Keep a cell from being run by a program that opens it (X17)."""
    clean = text.replace("\0", "")
    runs = LIKE_A_FORMULA.match(clean) or clean.startswith(("\t", "\r"))
    return f"'{clean}" if runs else clean


def _xlsx(path: Path, stamp: Stamp, rows: Iterable[Cells]) -> int:
    from xlsxwriter import Workbook  # noqa: PLC0415  an extra

    table, tongue = stamp.wish.table, stamp.tongue
    names = COLUMNS[table]
    with Workbook(str(path), _OPTIONS) as book:
        page = book.add_worksheet(tongue(f"sheet.table.{table}")[:31])
        write = _cells(book)
        for place, heading in enumerate(headings(table, tongue)):
            page.set_column(place, place, 48 if names[place] in _WIDE else 16)
            page.write_string(0, place, heading, book.add_format({"bold": True}))
        page.freeze_panes(1, 0)
        count = 0
        for row in rows:
            count += 1
            for place, name in enumerate(names):
                write(page, count, place, name, row[name])
        page.autofilter(0, 0, max(1, count), len(names) - 1)
        _stamped(book, page, stamp, count)
    return count


def _stamped(book: "Workbook", page: "Worksheet", stamp: Stamp, count: int) -> None:
    """Say who took it out on a sheet of its own and on every printed page: the table stays as it is."""
    lines = stamp.lines(count)
    page.set_header("&L&8" + lines[0].replace("&", "&&")[:200])
    page.set_footer("&L&8" + lines[1].replace("&", "&&")[:200] + "&R&8&P/&N")
    about = book.add_worksheet(stamp.tongue("sheet.about")[:31])
    about.set_column(0, 0, 100)
    for place, line in enumerate(lines):
        about.write_string(place, 0, line)


Write = Callable[["Worksheet", int, int, str, str], None]


def _cells(book: "Workbook") -> Write:
    """Give what writes a cell by its column: moments, days and figures as such, all else as text."""
    moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    quoted = book.add_format({"quote_prefix": True, "text_wrap": True, "valign": "top"})

    def write(page: "Worksheet", line: int, place: int, name: str, text: str) -> None:
        if not text:
            return
        if name in _MOMENTS and (at := _moment(text)):
            page.write_datetime(line, place, at, moment)
        elif name in _DAYS and (on := _day(text)):
            page.write_datetime(line, place, on, day)
        elif name in _FIGURES and text.isdigit():
            page.write_number(line, place, int(text))
        else:
            write_words(page, line, place, text, (wrapped, quoted))

    return write


def _moment(text: str) -> datetime | None:
    try:
        return datetime.strptime(text, "%Y-%m-%d %H:%M")  # noqa: DTZ007  the desk's wall clock, as sheets have it
    except ValueError:
        return None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
