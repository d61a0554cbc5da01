"""The form for the day the desk is down: to be printed on A4, and the sheet it is typed into afterwards (补录, R21)."""

import html
import os
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from bot.papers.tables import WATERMARK
from bot.papers.team_tables import headings
from handlers.views import labels
from tickets.case.values import ContactChannel, CustomerType, Kind, Priority, Status
from tickets.handbook import Handbook
from tickets.sheets.tables import COLUMNS, Table
from tickets.tongue import Tongue

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

SUFFIXES = (".xlsx", ".html")
LONGEST_LIST = 255  # characters of a list of choices within a cell's rule
LINES = 200  # rows ready to be filled in
_LATER = frozenset({"number", "peak", "feedback", "score", "closed_on", "archived"})
"""What nobody writes by hand: it is given, derived, or comes with the end of the case."""

_BESIDE: Mapping[Table, Sequence[str]] = {Table.CRM: ("contact", "category", "urgency")}
"""What a call has to leave behind though the table has no column for it; import reads it in any of them."""

_MOMENTS = frozenset({"received_at", "due_at", "done_at"})
_TALL = {"description": 5, "process": 5, "plan": 3, "talk": 5, "result": 3, "remarks": 2}
ACROSS = 72  # letters side by side in the column of the sheet to print
_BROKEN = 12  # of them are left over where a choice goes on in the next line
_STYLE = """
@page { size: A4 portrait; margin: 14mm }
body { font-family: "Noto Sans SC", "PingFang SC", "Microsoft YaHei", sans-serif; font-size: 10pt }
section { page-break-after: always }
h1 { font-size: 14pt; margin: 0 0 4mm }
table { border-collapse: collapse; width: 100% }
th, td { border: 0.3mm solid #444; padding: 1.5mm 2mm; text-align: left; vertical-align: top }
th { width: 32mm; font-weight: normal; background: #f2f2f2 }
small { color: #444 }
"""


def write_blank(
    path: Path, table: Table, handbook: Handbook, tongue: Tongue, *, pages: int
) -> None:
    """Write a table's form as its name ends: a page to print, or a workbook to fill in.

    Raises OSError where it is there.
    """
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644)
    os.close(handle)
    if path.suffix == ".html":
        path.write_text(_page(table, handbook, tongue, pages), encoding="utf-8")
    else:
        _book(path, table, handbook, tongue)


def fields(table: Table, handbook: Handbook, tongue: Tongue) -> list[tuple[str, str, str]]:
    """Name each field of the form, its heading and what may be ticked."""
    choices = _choices(handbook, tongue)
    return [
        (name, heading, "  ".join(f"□ {one}" for one in choices.get(name, ())))
        for name, heading in columns(table, tongue).items()
        if name not in _LATER
    ]


def columns(table: Table, tongue: Tongue) -> dict[str, str]:
    """Give the headings by column: the table's own, and what has to be asked besides; a number is written whole."""
    own = dict(zip(COLUMNS[table], headings(table, tongue), strict=True))
    beside = {name: tongue(f"sheet.after_sales.{name}") for name in _BESIDE.get(table, ())}
    whole = {"contact": tongue("sheet.hotline.contact")}
    return {name: whole.get(name, heading) for name, heading in {**own, **beside}.items()}


def _choices(handbook: Handbook, tongue: Tongue) -> dict[str, list[str]]:
    grades = (labels.priority(one, handbook, tongue).partition(" ")[2] for one in Priority)
    statuses = (Status.NEW, Status.IN_PROGRESS, Status.RESOLVED)
    departments = [labels.department(key, handbook, tongue) for key in handbook.departments]
    return {
        "customer_type": [tongue(f"customer_type.{one}") for one in CustomerType],
        "category_1": [labels.category(key, handbook, tongue) for key in handbook.categories],
        "category": [
            labels.category_path(key, handbook, tongue)
            for first in handbook.categories.values()
            for key in first.sub
        ],
        "kind": [tongue(f"kind.{one}") for one in dict.fromkeys(_kinds(handbook))],
        "urgency": list(grades),
        "department": departments,
        "owner": departments,
        "status": [labels.status(one, handbook, tongue) for one in statuses],
        "channel": [tongue(f"contact_channel.{one}") for one in ContactChannel],
    }


def _kinds(handbook: Handbook) -> Iterator[Kind]:
    return (sub.kind for first in handbook.categories.values() for sub in first.sub.values())


def _title(table: Table, handbook: Handbook, tongue: Tongue) -> str:
    name = tongue(f"sheet.table.{table}")
    return tongue("sheet.blank_title", desk=handbook.name.in_(tongue.language), table=name)


def _page(table: Table, handbook: Handbook, tongue: Tongue, pages: int) -> str:
    title = html.escape(_title(table, handbook, tongue))
    rows = "\n".join(
        f"<tr><th>{html.escape(heading)}</th><td>{html.escape(ticks)}{'<br>' * _TALL.get(name, 1)}</td></tr>"
        for name, heading, ticks in fields(table, handbook, tongue)
    )
    form = (
        f"<section><h1>{title}</h1><p><small>{html.escape(tongue('sheet.blank_how'))}<br>"
        f"{html.escape(tongue('sheet.blank_four'))}</small></p><table>\n{rows}\n</table>"
        f"<p>{html.escape(tongue('sheet.blank_sign'))}</p></section>"
    )
    return (
        f'<!doctype html>\n<html lang="{tongue.language}"><meta charset="utf-8"><title>{title}</title>'
        f"<style>{_STYLE}</style><body>\n{form * pages}\n</body></html>\n"
    )


def _book(path: Path, table: Table, handbook: Handbook, tongue: Tongue) -> None:
    from xlsxwriter import Workbook  # noqa: PLC0415  an extra

    with Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        typed = book.add_worksheet(tongue("sheet.blank_table")[:31])
        _to_fill_in(book, typed, columns(table, tongue), _choices(handbook, tongue), tongue)
        page = book.add_worksheet(tongue("sheet.blank_form")[:31])
        _to_print(book, page, table, handbook, tongue)


def _to_fill_in(
    book: "Workbook",
    page: "Worksheet",
    heads: Mapping[str, str],
    choices: dict[str, list[str]],
    tongue: Tongue,
) -> None:
    """The desk's own table with one column more: what stands in it was taken down by hand."""
    bold, moment = (
        book.add_format({"bold": True}),
        book.add_format({"num_format": "yyyy-mm-dd hh:mm"}),
    )
    choices["backfilled"] = [tongue("sheet.backfilled_yes")]
    choices.pop("category_1")  # the second level says it, and its own sheet may have more
    columns_ = {**heads, "backfilled": tongue("sheet.backfilled")}
    for place, (name, heading) in enumerate(columns_.items()):
        page.write_string(0, place, heading, bold)
        page.set_column(place, place, 18, moment if name in _MOMENTS else None)
        if name in choices:
            source = _source(book, place, choices[name])
            check = {"validate": "list", "source": source, "error_type": "warning"}
            page.data_validation(1, place, LINES, place, check)
        if name == "backfilled":  # nobody has to think of it: an empty line that says so is none
            for line in range(1, LINES + 1):
                page.write_string(line, place, choices[name][0])
    page.freeze_panes(1, 0)


def _source(book: "Workbook", place: int, choices: list[str]) -> list[str] | str:
    """Give what may be chosen: itself, or where it stands on a hidden sheet if a list cannot hold it."""
    if len(",".join(choices)) <= LONGEST_LIST and not any("," in one for one in choices):
        return choices
    from xlsxwriter.utility import xl_col_to_name  # noqa: PLC0415  an extra

    page = book.get_worksheet_by_name(WATERMARK)
    if page is None:
        page = book.add_worksheet(WATERMARK)
        page.hide()
    page.write_string(0, place, WATERMARK)  # import passes such a sheet over
    for line, one in enumerate(choices, start=1):
        page.write_string(line, place, one)
    column = xl_col_to_name(place, col_abs=True)
    return f"='{WATERMARK}'!{column}$2:{column}${len(choices) + 1}"


def _to_print(
    book: "Workbook", page: "Worksheet", table: Table, handbook: Handbook, tongue: Tongue
) -> None:
    page.set_paper(9)  # A4
    page.set_portrait()
    page.fit_to_pages(1, 1)
    page.set_column(0, 0, 18)
    page.set_column(1, 1, ACROSS)
    label = book.add_format({"border": 1, "valign": "top", "bg_color": "#F2F2F2"})
    box = book.add_format({"border": 1, "valign": "top", "text_wrap": True})
    page.write_string(
        0,
        0,
        _title(table, handbook, tongue),
        book.add_format({"bold": True, "font_size": 14}),
    )
    page.write_string(1, 0, tongue("sheet.blank_four"))
    line = 3
    for name, heading, ticks in fields(table, handbook, tongue):
        page.set_row(line, 18 * max(_TALL.get(name, 1), _lines(ticks)) + 6)
        page.write_string(line, 0, heading, label)
        page.write_string(line, 1, ticks, box)
        line += 1
    page.write_string(line + 1, 0, tongue("sheet.blank_sign"))


def _lines(ticks: str) -> int:
    """Count the lines that choices take; a sheet does not make room by itself, and a Han character is two letters wide."""
    wide = sum(2 if unicodedata.east_asian_width(one) in "WFA" else 1 for one in ticks)
    return -(-wide // (ACROSS - _BROKEN))
