"""Each desk's own table is exported and printed unless another is picked: in Slack, on the command line, on paper."""

import unicodedata
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import openpyxl
import pytest

from bot.cli.preset import preset_file
from bot.clock import SystemClock
from bot.papers.blank_form import write_blank
from bot.speech import desk_words, strict_speech
from storage.records import SqlRecords
from tests.bot.desk_config.files import load
from tests.bot.test_backup import operator, typed
from tests.conftest import Address
from tests.handlers.stage import SUPER, staged
from tests.presets.desks import DESKS, handbook
from tickets.case.values import Number
from tickets.sheets.tables import OF_CASES, Table
from tickets.sheets.usual import usual_table

__all__ = ["operator"]

HOTLINE, AFTER_SALES, CRM = Table.HOTLINE, Table.AFTER_SALES, Table.CRM
OWN = {
    "hotline": HOTLINE,
    "complaints": AFTER_SALES,
    "enterprise": AFTER_SALES,
    "after-sales": AFTER_SALES,
    "crm": CRM,
}
PHONE = "13900000001"
TYPED = {
    "hotline": {"来电时间": "", "客户姓名": "张先生", "联系方式": PHONE, "问题类型(二级)": "故障报修", "问题描述": "停机时来电：空调不制冷，出风口27℃"},
    "complaints": {"反馈时间": "", "客户姓名": "张先生", "联系方式": PHONE, "问题分类": "服务态度 / 态度冷淡", "问题描述": "停机时来电：11月20日的客服态度冷淡"},
    "after-sales": {"反馈时间": "", "客户姓名": "张先生", "联系方式": PHONE, "问题分类": "产品质量 / 故障", "问题描述": "停机时来电：空调不制冷，出风口27℃"},
    "crm": {"提交时间": "", "客户名称/ID": "张先生", "联系方式": PHONE, "需求类型": "投诉", "问题分类": "投诉 / 物流延迟", "需求描述": "停机时来电：物流延迟3天未送达"},
}  # fmt: skip
MOMENTS = {"来电时间", "反馈时间", "提交时间"}


@pytest.mark.requirement(99, 100, 101)
@pytest.mark.parametrize("desk", DESKS)
def test_each_desk_says_which_table_it_keeps(desk: str) -> None:
    assert usual_table(handbook(desk)) is OWN[desk]


@pytest.mark.parametrize(
    ("desk", "table"),
    [*(OWN | {"enterprise": HOTLINE}).items()],
)
def test_a_desk_file_from_before_says_it_by_its_categories(desk: str, table: Table) -> None:
    assert usual_table(replace(handbook(desk), table=None)) is table


def test_the_example_answers_calls() -> None:
    assert usual_table(load().handbook) is HOTLINE


@pytest.mark.requirement(100)
def test_the_form_in_slack_begins_with_it_and_offers_all(
    tmp_path: Path, filed_address: Address
) -> None:
    with staged(tmp_path, filed_address, desk_file=preset_file("after-sales")) as stage:
        sue = stage.person(SUPER)
        for words, table in (("export", AFTER_SALES), ("export 热线", HOTLINE)):
            sue.command("/ticket", words)
            form = sue.modal("modal.export")
            (choice,) = [b["element"] for b in form["blocks"] if b["block_id"] == "export_table"]
            assert choice["initial_option"]["value"] == table
            assert [one["value"] for one in choice["options"]] == list(Table)
            sue.close(form, everything=True)


@pytest.fixture
def at_desk(
    operator: Path, filed_records: SqlRecords, monkeypatch: pytest.MonkeyPatch
) -> SqlRecords:
    """An operator of a desk without a case."""
    monkeypatch.setenv("DATABASE_URL", str(filed_records.database.writers.url))
    return filed_records


@pytest.mark.requirement(21)
@pytest.mark.parametrize("desk", TYPED)
def test_its_form_for_the_day_the_desk_is_down_comes_back_as_backfilled(
    desk: str, at_desk: SqlRecords, operator: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DESK_CONFIG", str(preset_file(desk)))
    printed, blank = (typed("export", f"form{one}", "--blank") for one in (".html", ".xlsx"))
    assert (printed.exit_code, blank.exit_code) == (0, 0), printed.output + blank.output
    paper = (operator / "form.html").read_text(encoding="utf-8")
    book = openpyxl.load_workbook(operator / "form.xlsx")
    page, row = book.worksheets[0], TYPED[desk]
    heads = {str(cell.value): place for place, cell in enumerate(page[1], start=1)}
    at = SystemClock().now() - timedelta(hours=5)
    local = at.astimezone(ZoneInfo(handbook(desk).timezone)).replace(
        tzinfo=None, second=0, microsecond=0
    )
    for head, words in row.items():
        assert f"<th>{head}</th>" in paper
        page.cell(2, heads[head], local if head in MOMENTS else words)
    book.save(operator / "filled.xlsx")

    done = typed("import", "filled.xlsx")

    assert "1 new, 0 unchanged, 0 differs, 0 refused" in done.output, done.output
    with at_desk.read() as unit:
        customer = unit.customers.find(phone=f"+86{PHONE}", email=None)
        assert customer is not None
        (number,) = unit.tickets.of_customer(customer.id, since=at - timedelta(days=1))
        ticket = unit.tickets.get(Number(number))
    assert ticket.intake.backfilled and ticket.department
    assert ticket.intake.category.count("/") == 1


@pytest.mark.requirement(101)
def test_the_command_line_takes_it_too_and_prints_no_form_of_figures(
    at_desk: SqlRecords, operator: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DESK_CONFIG", str(preset_file("crm")))

    assert typed("export", "own.csv").exit_code == 0
    assert typed("export", "other.csv", "--table", "hotline").exit_code == 0
    refused = typed("export", "form.html", "--blank", "--table", "satisfaction")

    heads = [
        (operator / one).read_text(encoding="utf-8-sig").splitlines()[0]
        for one in ("own.csv", "other.csv")
    ]
    assert heads[0].startswith("客户名称/ID,需求类型") and heads[1].startswith("记录编号,来电时间")
    assert refused.exit_code == 2
    assert "hotline, after_sales, crm" in " ".join(refused.output.split())


@pytest.mark.requirement(21)
@pytest.mark.parametrize("language", ["zh-Hans", "en"])
@pytest.mark.parametrize("table", OF_CASES)
@pytest.mark.parametrize("desk", DESKS)
def test_no_choice_of_the_sheet_to_print_is_cut_off(
    desk: str, table: Table, language: str, tmp_path: Path
) -> None:
    book, clock = handbook(desk), SystemClock()
    tongue = strict_speech(clock).tongue(language, book.timezone, names=str, words=desk_words(book))

    write_blank(tmp_path / "form.xlsx", table, book, tongue, pages=1)

    page = openpyxl.load_workbook(tmp_path / "form.xlsx").worksheets[1]
    for row in page.iter_rows(min_row=4, max_col=2):
        ticks = str(row[1].value or "")
        wide = sum(1 + (unicodedata.east_asian_width(one) in "WFA") for one in ticks)
        lines = -(-wide // int(page.column_dimensions["B"].width))
        height = page.row_dimensions[row[0].row].height or 0
        assert not ticks or height >= 15 * lines, ticks
