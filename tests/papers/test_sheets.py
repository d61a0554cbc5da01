"""Sheets, read back by two readers: typed cells, no formula, no link, whatever was typed."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from bot.papers.sheets import LONGEST, Cell, Column, Sheet, write_sheet

COLUMNS = [Column("工单编号", 16), Column("决议", 40), Column("超时", 10), Column("起始", 18)]
SHEET = Sheet("2026-W47", ("客户服务中心 · 每周跨部门沟通会", "已脱敏"), COLUMNS)
EVIL = ["=1+1", "+1+1", "-1+1", "@SUM(A1)", '=HYPERLINK("http://x")', "http://example.com", "{=1}"]
SINCE = datetime(2026, 11, 19, 10, 30)  # noqa: DTZ001  Excel knows no zones


def written(path: Path, *rows: Sequence[Cell]) -> openpyxl.worksheet.worksheet.Worksheet:
    assert write_sheet(path, SHEET, rows) == len(rows)
    return openpyxl.load_workbook(path)["2026-W47"]


def test_stamp_and_headings_stand_above_the_rows(tmp_path: Path) -> None:
    page = written(tmp_path / "a.xlsx", ["20261119001", "订货", 1.5, SINCE])

    assert [page.cell(row, 1).value for row in (1, 2)] == list(SHEET.stamp)
    assert [cell.value for cell in page[3]] == [column.heading for column in COLUMNS]
    assert [cell.value for cell in page[4]] == ["20261119001", "订货", 1.5, SINCE]
    assert page.freeze_panes == "A4"


@pytest.mark.parametrize("text", EVIL)
@pytest.mark.proves("X17")
def test_what_looks_like_a_formula_or_a_link_stays_text(tmp_path: Path, text: str) -> None:
    page = written(tmp_path / "a.xlsx", ["1", text, 0, SINCE])

    assert (page.cell(4, 2).value, page.cell(4, 2).data_type) == (text, "s")
    assert page.cell(4, 2).hyperlink is None


def test_a_number_as_text_stays_text(tmp_path: Path) -> None:
    page = written(tmp_path / "a.xlsx", ["20261119001", "", 2, SINCE])

    assert page.cell(4, 1).data_type == "s"
    assert (page.cell(4, 2).value, page.cell(4, 3).data_type) == (None, "n")


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=60))
def test_any_words_come_back_as_they_were(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.xlsx"
    write_sheet(path, SHEET, [["1", text, 0, SINCE]])

    rows = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
    assert str(rows[3][1]).strip() == text.strip()


def test_a_cell_too_long_for_excel_is_cut(tmp_path: Path) -> None:
    page = written(tmp_path / "a.xlsx", ["1", "长" * (LONGEST + 5), 0, SINCE])

    said = str(page.cell(4, 2).value)
    assert (len(said), said[-2:]) == (LONGEST, "长…")


def test_twenty_thousand_rows_are_all_there(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    rows = ([f"{place}", "订货", place, SINCE] for place in range(20_000))

    assert write_sheet(path, SHEET, rows) == 20_000
    assert len(CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()) == 20_003
