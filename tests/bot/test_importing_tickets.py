"""`deskbot import` of the team's own tables, as an operator types it: the rows that the sources show (CASES.md)."""

import csv
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from openpyxl import Workbook

from bot.clock import SystemClock
from bot.trial.desk import PRESET
from storage.archive_seal import verify_archive
from storage.records import SqlRecords
from tests.bot.test_backup import operator, typed
from tests.tickets.desk.desks import Trial, a_desk
from tickets.case import facts as f
from tickets.case.log import OPERATOR
from tickets.case.ticket import Ticket
from tickets.case.values import Kind, Number, Priority, Status
from tickets.desk import bring_in as bringing
from tickets.desk.context import Desk
from tickets.people.privacy import masked
from tickets.time.deadline import DeadlineKind

__all__ = ["operator"]

HOTLINE = (
    "记录编号,来电时间,来电时段,客户姓名,联系方式,客户类型,问题类型(一级),问题类型(二级),问题描述,紧急程度,"
    "责任部门,责任人,要求处理时限,处理状态,处理过程记录,处理结果,客户反馈,满意度评分,归档日期,备注"
)
ROW = (
    "20231001001,2023-10-01 09:30,忙时,李*女士,1385678,老客户,售后服务,故障报修,2023年10月1日购买的空调制冷效果差,紧急,"
    "技术部,*工,2023-10-02 24:00,处理中,2023-10-01 10:00 *工联系客户，约定10月6日上门,更换同型号新机,满意，表扬速度快,5,2023-10-07,安装时加装防尘罩"
)
SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.fixture
def here(
    operator: Path, filed_records: SqlRecords, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Trial]:
    """A desk where an operator types."""
    monkeypatch.setenv("DATABASE_URL", str(filed_records.database.writers.url))
    trial = a_desk(filed_records)
    trial.clock.at = SystemClock().now()  # the command line has no other
    yield trial


def ticket_of(here: Trial, number: str) -> Ticket:
    with here.desk.records.read() as unit:
        return unit.tickets.get(Number(number))


def facts_of(here: Trial, number: str) -> list[f.Fact]:
    with here.desk.records.read() as unit:
        return [event.fact for event in unit.tickets.events(Number(number))]


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI).astimezone(UTC)


def notices_in(here: Trial) -> int:
    with here.desk.records.database.reading() as connection:  # type: ignore[attr-defined]
        return int(connection.exec_driver_sql("SELECT count(*) FROM notices").scalar_one())


@pytest.mark.requirement(99)
def test_the_row_of_the_hotline_comes_in_as_it_is_printed(here: Trial, operator: Path) -> None:
    (operator / "sheet.csv").write_text(f"{HOTLINE}\n{ROW}\n", encoding="utf-8-sig")

    done = typed("import", "sheet.csv")
    again = typed("import", "sheet.csv")

    assert done.exit_code == 0, done.output
    assert "1 new, 0 unchanged, 0 differs, 0 refused" in done.output
    assert "0 new, 1 unchanged, 0 differs, 0 refused" in again.output
    assert "taken as archived" in done.output  # the row says 处理中 beside an archive date
    ticket = ticket_of(here, "20231001001")
    assert (ticket.status, ticket.satisfaction) == (Status.ARCHIVED, 5)
    assert ticket.received_at == at("2023-10-01 09:30")
    assert ticket.intake.resolve_by == at("2023-10-03 00:00")
    assert (ticket.intake.category, ticket.priority) == ("after_sales/fault", Priority.P1)
    assert (ticket.department, ticket.assignee) == ("tech", None)
    assert ticket.archive_key == "20231001-售后服务-故障报修"
    assert ticket.closed_at == at("2023-10-07 17:00")
    assert "1385678" not in done.output


@pytest.mark.requirement(99)
def test_whom_a_traditional_sheet_names_stands_in_its_column_when_it_goes_out_again(
    here: Trial, operator: Path
) -> None:
    heads = "記錄編號,來電時間,客戶姓名,問題描述,處理狀態,責任人"
    row = "20231001001,2023-10-01 09:30,李*女士,空調製冷效果差,處理中,*工"
    (operator / "sheet.csv").write_text(f"{heads}\n{row}\n", encoding="utf-8")
    typed("import", "sheet.csv")

    typed(
        "export", "out.csv", "--since", "2023-10-01", "--until", "2023-10-31", "--lang", "zh-Hant"
    )

    with (operator / "out.csv").open(encoding="utf-8-sig") as file:
        assert next(csv.DictReader(file))["責任人"] == "*工"


@pytest.mark.requirement(99)
def test_what_was_brought_in_is_nobodys_doing_on_a_command_line(
    here: Trial, operator: Path
) -> None:
    (operator / "sheet.csv").write_text(f"{HOTLINE}\n{ROW}\n", encoding="utf-8")
    typed("import", "sheet.csv")

    typed("export", "out.csv", "--since", "2023-10-01", "--until", "2023-10-31")

    said = (operator / "out.csv").read_text(encoding="utf-8-sig")
    assert "2023-10-01 10:00 表格导入" in said
    assert "命令行" not in said


@pytest.mark.requirement(86, 99)
def test_a_line_of_totals_is_no_case_and_words_of_teams_are_understood(
    here: Trial, operator: Path
) -> None:
    row = ROW.replace(",紧急,", ",加急,").replace(",处理中,", ",已办结,").replace(",5,", ",很满意,")
    total = "合计：" + "," * HOTLINE.count(",")
    (operator / "sheet.csv").write_text(f"{HOTLINE}\n{row}\n{total}\n", encoding="utf-8")

    done = typed("import", "sheet.csv", "--all-or-nothing")

    assert done.exit_code == 0, done.output
    assert "1 new, 0 unchanged, 0 differs, 0 refused" in done.output
    ticket = ticket_of(here, "20231001001")
    assert (ticket.priority, ticket.satisfaction) == (Priority.P1, 5)


@pytest.mark.requirement(6)
def test_of_two_numbers_in_a_cell_the_first_finds_the_customer_and_none_is_lost(
    here: Trial, operator: Path
) -> None:
    row = ROW.replace("1385678", "13812345678/13900000000")
    (operator / "sheet.csv").write_text(f"{HOTLINE}\n{row}\n", encoding="utf-8")

    done, again = typed("import", "sheet.csv"), typed("import", "sheet.csv")
    typed("export", "out.csv", "--since", "2023-10-01", "--until", "2023-10-31")
    back = typed("import", "out.csv")

    assert "1390000" not in done.output
    assert "0 new, 1 unchanged" in again.output
    assert "0 new, 1 unchanged" in back.output, back.output
    ticket = ticket_of(here, "20231001001")
    assert "13900000000" in str(ticket.intake.remarks)
    assert "13900000000" not in (operator / "out.csv").read_text(encoding="utf-8")
    with here.desk.records.read() as unit:
        found = unit.customers.find(phone="+8613812345678", email=None)
    assert found and found.id == ticket.customer_id


@pytest.mark.requirement(22)
def test_a_case_is_of_the_kind_that_the_desk_has_its_category_under(
    here: Trial, operator: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = PRESET.read_text(encoding="utf-8").replace("zh: 投诉建议,", "zh: 客诉,")
    (operator / "desk.yml").write_text(text, encoding="utf-8")
    monkeypatch.setenv("DESK_CONFIG", str(operator / "desk.yml"))
    heads = "记录编号,来电时间,客户姓名,问题类型(一级),问题类型(二级),问题描述,处理状态"
    said = {"001": "服务质量投诉", "002": "流程优化建议", "003": ""}
    rows = [
        f"20231001{place},2023-10-01 09:30,李*,客诉,{second},等了三天没有人回电,处理中"
        for place, second in said.items()
    ]
    (operator / "sheet.csv").write_text("\n".join([heads, *rows]), encoding="utf-8")

    done = typed("import", "sheet.csv")

    assert done.exit_code == 0, done.output
    kinds = [ticket_of(here, f"20231001{place}").intake.kind for place in said]
    assert kinds == [Kind.COMPLAINT, Kind.SUGGESTION, Kind.COMPLAINT]


@pytest.mark.requirement(6)
def test_a_number_that_lost_its_stars_is_shown_masked_and_finds_nobody(
    here: Trial, operator: Path
) -> None:
    other = ROW.replace("20231001001", "20231001002")
    (operator / "sheet.csv").write_text(f"{HOTLINE}\n{ROW}\n{other}\n", encoding="utf-8")

    typed("import", "sheet.csv")

    with here.desk.records.read() as unit:
        whose = [
            unit.customers.get(unit.tickets.get(Number(number)).customer_id)
            for number in ("20231001001", "20231001002")
        ]
        assert unit.customers.find(phone="138****5678", email=None) is None
    assert whose[0].id != whose[1].id
    assert not whose[0].has_contact
    assert masked(whose[0], phone_mask="prefix+last4").phone == "138****5678"
    assert (masked(whose[0]).name, masked(whose[0]).phone) == ("李*", "****5678")


@pytest.mark.requirement(96)
def test_what_the_sheet_has_filed_is_archived_sealed_and_says_where_it_is_from(
    here: Trial, operator: Path
) -> None:
    (operator / "sheet.csv").write_text(f"{HOTLINE}\n{ROW}\n", encoding="utf-8")

    typed("import", "sheet.csv")

    facts = facts_of(here, "20231001001")
    (imported,) = [one for one in facts if isinstance(one, f.Imported)]
    assert imported.source == "hotline"
    assert "责任人: *工" in str(imported.labels)
    assert isinstance(facts[-1], f.Archived)
    records = here.desk.records
    with records.database.reading() as connection:  # type: ignore[attr-defined]
        assert verify_archive(connection, records.vault) == []  # type: ignore[attr-defined]
    assert notices_in(here) == 0


@pytest.mark.requirement(101)
def test_the_rows_of_the_request_table_come_in_with_their_planned_and_real_times(
    here: Trial, operator: Path
) -> None:
    rows = (
        "客戶名稱/ID,需求類型,需求描述,提交時間,負責人,處理狀態,預計解決時間,實際解決時間,備註\n"
        "/1001,咨询,产品是否支持多设备登录,2024-03-01 10:00,客服*,已解决,2024-03-01 12:00,2024-03-01 11:30,VIP, 优先跟进\n"
        "/1002,投诉,物流延迟3天未送达,2024-03-01 14:30,主管*,已关闭,2024-03-01 17:00,2024-03-01 16:00,协同物流部核实\n"
    )
    (operator / "crm.csv").write_text(rows, encoding="gb18030")

    done, again = typed("import", "crm.csv"), typed("import", "crm.csv")

    assert "2 new" in done.output, done.output
    assert "0 new, 2 unchanged" in again.output, again.output
    first, second = ticket_of(here, "20240301001"), ticket_of(here, "20240301002")
    assert (first.status, second.status) == (Status.RESOLVED, Status.ARCHIVED)
    assert (first.intake.kind, second.intake.kind) == (Kind.INQUIRY, Kind.COMPLAINT)
    assert first.resolved_at == at("2024-03-01 11:30")
    with here.desk.records.read() as unit:
        assert unit.customers.get(first.customer_id).code == "1001"
        (limit,) = [
            one
            for one in unit.watch.deadlines(second.number)
            if one.kind is DeadlineKind.RESOLUTION
        ]
    assert (limit.due_at, limit.met_at, limit.breached_at) == (
        at("2024-03-01 17:00"),
        at("2024-03-01 16:00"),
        None,
    )


@pytest.mark.requirement(100)
def test_a_sheet_as_teams_keep_it(here: Trial, operator: Path) -> None:
    """A title above, headings in any order and in Traditional, merged cells, serials, an hour alone under a date."""
    book = Workbook()
    page = book.active
    page.append(["售後反饋跟蹤表 2023年10月"])
    page.merge_cells("A1:H1")
    page.append([])
    page.append(
        [
            "反饋時間",
            "反饋編號",
            "客戶姓名",
            "聯繫方式(脫敏)",
            "問題描述",
            "問題分類",
            "優先級",
            "處理進度",
            "責任部門/責任人",
            "處理方案",
            "客戶滿意度(1-5分)",
            "歸檔狀態",
            "反饋渠道",
            "購買產品/服務",
        ]
    )
    half_past_nine = datetime(2023, 10, 1, 9, 30)  # noqa: DTZ001  a cell knows no zone
    page.append([half_past_nine, 20231001001, "张先生", "138****5678", "设备无法启动", "售后服务/故障报修", "高", "已解决", "技术部/主管:李*", "上门维修，2023-10-03前完成", "满意", "已归档", "公众号", "空调"])  # fmt: skip
    page.append(["10:40", 20231001002, "李*女士", "138", "货物外包装损坏", "物流问题", "中", "暂缓处理", None, None, None, "未归档", "电话", None])  # fmt: skip
    page.append([45201.5, 20231002001, None, "12:00", "配件缺失，请补发", "售后服务", "低", "已受理", None, None, None, None, None, None])  # fmt: skip
    page.merge_cells("C6:C6")
    book.save(operator / "after.xlsx")

    tried = typed("import", "after.xlsx", "--dry-run")
    done = typed("import", "after.xlsx", "--report", "report.json")

    assert "3 new, 0 unchanged, 0 differs, 0 refused" in tried.output, tried.output
    assert "nothing was kept" in tried.output
    assert "3 new" in done.output, done.output
    first, second, third = (
        ticket_of(here, one) for one in ("20231001001", "20231001002", "20231002001")
    )
    assert (first.status, first.satisfaction) == (Status.ARCHIVED, 4)
    assert first.plan and first.plan.finish_by == at("2023-10-03 17:00")
    assert (second.status, second.received_at) == (Status.ON_HOLD, at("2023-10-01 10:40"))
    assert (third.status, third.received_at) == (Status.ACCEPTED, at("2023-10-02 12:00"))
    report = json.loads((operator / "report.json").read_text(encoding="utf-8"))
    assert [row["number"] for row in report] == ["20231001001", "20231001002", "20231002001"]
    assert any("taken as of 2023-10-01" in row["guessed"] for row in report)


def a_book(**pages: list[list[object]]) -> Workbook:
    """Make a workbook of these sheets."""
    book = Workbook()
    book.remove(book.active)
    for name, rows in pages.items():
        page = book.create_sheet(name)
        for row in rows:
            page.append(row)
    return book


def a_table(*numbers: str) -> list[list[object]]:
    return [
        [*HOTLINE.split(",")],
        *([*ROW.replace("20231001001", one).split(",")] for one in numbers),
    ]


@pytest.mark.requirement(99)
def test_every_sheet_that_is_shown_comes_in_and_what_does_not_is_named(
    here: Trial, operator: Path
) -> None:
    book = a_book(
        说明=[["每行一单"]],
        十月=a_table("20231001001"),
        十一月=[["十一月"], *a_table("20231001002", "20231001003")],
        旧表=a_table("20231001004"),
    )
    book["旧表"].sheet_state = "hidden"
    book.save(operator / "year.xlsx")

    done = typed("import", "year.xlsx", "--report", "report.csv")
    again = typed("import", "year.xlsx")
    hidden = typed("import", "year.xlsx", "--sheet", "旧表")

    assert done.exit_code == 0, done.output
    assert [line for line in done.output.splitlines() if " new" in line or "sheet" in line] == [
        "sheet 十月:",
        "1 new, 0 unchanged, 0 differs, 0 refused, 1 with guesses",
        "sheet 十一月:",
        "2 new, 0 unchanged, 0 differs, 0 refused, 2 with guesses",
        "sheets that were not read: 说明, 旧表 (hidden: --sheet reads it)",
    ]
    assert again.output.count("0 new, ") == 2
    assert "1 new" in hidden.output
    with (operator / "report.csv").open(encoding="utf-8-sig") as file:
        assert [(row["sheet"], row["line"]) for row in csv.DictReader(file)] == [
            ("十月", "2"),
            ("十一月", "3"),
            ("十一月", "4"),
        ]


@pytest.mark.proves("X17")
def test_a_sheet_is_named_in_the_report_by_what_does_not_run(here: Trial, operator: Path) -> None:
    book = a_book(**{"=1+1": a_table("20231001001"), "十月": a_table("20231001002")})
    book.save(operator / "year.xlsx")

    typed("import", "year.xlsx", "--report", "report.csv")

    with (operator / "report.csv").open(encoding="utf-8-sig") as file:
        assert [row["sheet"] for row in csv.DictReader(file)] == ["'=1+1", "十月"]


@pytest.mark.requirement(92, 101, 105, 125)
def test_a_workbook_of_different_tables_comes_in_as_far_as_its_rows_can(
    here: Trial, operator: Path
) -> None:
    requests = (
        "客户名称/ID,需求类型,需求描述,提交时间,负责人,处理状态,预计解决时间,实际解决时间,备注"
    )
    request = "/1001,咨询,产品是否支持多设备登录,2024-03-01 10:00,客服*,已解决,2024-03-01 12:00,2024-03-01 11:30,VIP"
    times = "日期,工单总量,平均响应时长(分钟),首次响应率(%),问题解决率(%),超时工单数,超时主要原因"
    articles = "知识分类,标题,内容概述,适用场景,创建人,创建日期,更新人,更新日期,使用次数"
    article = "产品,多设备登录,账号设置里绑定,售前咨询,产品*,2024-02-20,客服*,2024-03-01,45"
    book = a_book(
        表1=[[*requests.split(",")], [*request.split(",")]],
        表2=[[*times.split(",")], ["2024-03-01", 120, 15, 95, 92, 8, "3人请假"]],
        表4=[["知识库维护表"], [*articles.split(",")], [*article.split(",")], ["合计", 1]],
    )
    book.save(operator / "crm.xlsx")

    whole = typed("import", "crm.xlsx", "--all-or-nothing")
    done, again = typed("import", "crm.xlsx"), typed("import", "crm.xlsx")

    assert whole.exit_code == 2
    assert "--sheet" in whole.output
    assert done.exit_code == 0, done.output
    assert "1 new, 0 unchanged, 0 differs, 0 refused" in done.output
    assert "the table response: its rows are taken from cases" in done.output
    assert "1 new, 0 changed, 0 unchanged, 0 refused" in done.output
    assert "0 new, 1 unchanged" in again.output
    assert "0 new, 0 changed, 1 unchanged" in again.output


@pytest.mark.requirement(99)
def test_headings_in_two_lines_are_one(here: Trial, operator: Path) -> None:
    rows: list[list[object]] = [
        ["客服热线记录表"],
        ["记录编号", "来电时间", "客户信息", None, "问题类型", None, "问题描述", "处理状态"],
        [None, None, "客户姓名", "联系方式", "一级", "二级", None, None],
        ["20231001001", "2023-10-01 09:30", "李*女士", "138****5678", "售后服务", "故障报修", "空调制冷效果差", "处理中"],
    ]  # fmt: skip
    book = a_book(表=rows)
    for merged in ("A2:A3", "B2:B3", "C2:D2", "E2:F2", "G2:G3", "H2:H3"):
        book["表"].merge_cells(merged)
    book.save(operator / "two.xlsx")

    done = typed("import", "two.xlsx", "--all-or-nothing")

    assert "1 new, 0 unchanged, 0 differs, 0 refused" in done.output, done.output
    ticket = ticket_of(here, "20231001001")
    assert ticket.intake.category == "after_sales/fault"
    with here.desk.records.read() as unit:
        assert unit.customers.get(ticket.customer_id).name == "李*"


@pytest.mark.requirement(3)
@pytest.mark.parametrize(
    ("heads", "first", "second"),
    [
        ("来电日期,来电时间", "2023-10-01,9:30", "2023/10/1,24:00"),
        ("來電時間,來電日期", "09:30:00,45200", ",2023年10月2日"),
        ("登记日期", "2023-10-01 9:30", "2023-10-02"),
    ],
)
def test_a_day_in_a_column_of_its_own(
    here: Trial, operator: Path, heads: str, first: str, second: str
) -> None:
    rows = [
        f"20231001001,{first},李*,空调制冷效果差,处理中",
        f"20231001002,{second},李*,空调制冷效果差,处理中",
    ]
    text = "\n".join([f"记录编号,{heads},客户姓名,问题描述,处理状态", *rows])
    (operator / "sheet.csv").write_text(text, encoding="utf-8")

    done, again = typed("import", "sheet.csv"), typed("import", "sheet.csv")

    assert "not read" not in done.output
    assert "0 new, 2 unchanged" in again.output, done.output
    assert ticket_of(here, "20231001001").received_at == at("2023-10-01 09:30")
    assert ticket_of(here, "20231001002").received_at == at("2023-10-02 00:00")


def test_an_hour_that_is_none_is_refused_beside_its_day_too(here: Trial, operator: Path) -> None:
    text = "记录编号,来电日期,来电时间,客户姓名,问题描述\n20231001001,2023-10-01,上午,李*,空调制冷效果差\n"
    (operator / "sheet.csv").write_text(text, encoding="utf-8")

    assert "line 2: refused C2 来电时间 says no moment" in typed("import", "sheet.csv").output


def test_columns_that_no_table_has_are_named(here: Trial, operator: Path) -> None:
    (operator / "sheet.csv").write_text(
        f"序号,{HOTLINE},订单号,空列\n1,{ROW},*5,,见附件\n", encoding="utf-8"
    )

    done = typed("import", "sheet.csv")

    assert (
        "columns that were not read, as no table of cases has them: V 订单号, X (no heading)\n"
        in done.output
    )


@pytest.mark.parametrize(
    "line",
    ["合计：2条", "本月合計,2", "总数,2", "共2条", "制表人：张三,,,审核：李四", "注：紧急件先办"],
)
def test_what_stands_below_the_cases_is_none(here: Trial, operator: Path, line: str) -> None:
    (operator / "sheet.csv").write_text(f"{HOTLINE}\n{ROW}\n\n{line}\n", encoding="utf-8")

    done = typed("import", "sheet.csv", "--all-or-nothing")

    assert "1 new, 0 unchanged, 0 differs, 0 refused" in done.output, done.output


@pytest.mark.parametrize("count", ["6 件", "6", "共6条"])
def test_totals_may_stand_under_the_descriptions(here: Trial, operator: Path, count: str) -> None:
    at = HOTLINE.split(",").index("问题描述")
    line = ["合计", *[""] * (at - 1), count]
    (operator / "sheet.csv").write_text(f"{HOTLINE}\n{ROW}\n{','.join(line)}\n", encoding="utf-8")

    done = typed("import", "sheet.csv", "--all-or-nothing")

    assert "1 new, 0 unchanged, 0 differs, 0 refused" in done.output, done.output


def test_what_only_begins_like_a_line_of_totals_is_a_case(here: Trial, operator: Path) -> None:
    row = ROW.replace("20231001001", "合计07").replace("2023-10-01 09:30", "前几天")
    (operator / "sheet.csv").write_text(f"{HOTLINE}\n{row}\n", encoding="utf-8")

    done = typed("import", "sheet.csv")

    assert "line 2: refused B2 来电时间 says no moment" in done.output


def test_numbers_that_a_spreadsheet_cut_short_are_not_taken_for_one(
    here: Trial, operator: Path
) -> None:
    first = ROW.replace("20231001001", "2.02E+10").replace(",5,", ",未评价,")
    second = first.replace("09:30", "09:31")
    (operator / "sheet.csv").write_text(f"{HOTLINE}\n{first}\n{second}\n", encoding="utf-8")

    done, again = typed("import", "sheet.csv"), typed("import", "sheet.csv")

    assert "2 new, 0 unchanged, 0 differs, 0 refused" in done.output, done.output
    assert "A2 记录编号: lost its digits in a spreadsheet" in done.output
    assert "0 new, 2 unchanged, 0 differs, 0 refused" in again.output
    assert ticket_of(here, "20231001001").satisfaction is None


@pytest.mark.requirement(47)
def test_an_open_case_gets_its_own_limit_and_what_was_late_before_it_came_is_said_to_nobody(
    here: Trial, operator: Path
) -> None:
    open_row = ROW.replace("处理中", "待处理").replace("2023-10-07", "").replace(",5,", ",,")
    (operator / "sheet.csv").write_text(f"{HOTLINE}\n{open_row}\n", encoding="utf-8")

    done = typed("import", "sheet.csv")

    ticket = ticket_of(here, "20231001001")
    assert ticket.status is Status.NEW, done.output
    assert ticket.logged_by != OPERATOR
    with here.desk.records.read() as unit:
        deadlines = unit.watch.deadlines(ticket.number)
    (limit,) = [one for one in deadlines if one.kind is DeadlineKind.RESOLUTION]
    assert limit.due_at == at("2023-10-03 00:00")
    assert limit.is_breached(here.clock.at)
    assert {one.look for one in deadlines if one.is_breached(here.clock.at)} == {None}
    assert notices_in(here) == 0


@pytest.mark.requirement(75, 100)
def test_what_a_sheet_says_of_a_plans_day_and_of_whom_nobody_knows_stands_when_it_goes_out_again(
    here: Trial, operator: Path
) -> None:
    heads = "反馈编号,反馈时间,客户姓名,问题描述,优先级,责任部门/责任人,处理方案,处理进度"
    row = "20231001001,2023-10-01 09:30,张*先生,产品无法启动,高,技术部/主管李,10月3日下午上门检修,处理中"
    (operator / "after.csv").write_text(f"{heads}\n{row}\n", encoding="utf-8")

    typed("import", "after.csv")
    typed("export", "out.csv", "--table", "after_sales", "--since", "2023-10-01")

    plan = ticket_of(here, "20231001001").plan
    assert plan and plan.finish_by == at("2023-10-03 17:00")
    with (operator / "out.csv").open(encoding="utf-8-sig") as file:
        said = next(csv.DictReader(file))
    assert (said["责任部门/责任人"], said["处理方案"]) == ("技术部/主管李", "10月3日下午上门检修")
    assert "0 new, 1 unchanged" in typed("import", "out.csv").output


def test_refused_rows_name_their_cells_and_nothing_is_kept_of_all_or_nothing(
    here: Trial, operator: Path
) -> None:
    bad = ROW.replace("20231001001", "20231001002").replace("2023-10-01 09:30", "前几天")
    (operator / "sheet.csv").write_text(f"{HOTLINE}\n{ROW}\n{bad}\n", encoding="utf-8")

    nothing = typed("import", "sheet.csv", "--all-or-nothing", "--report", "report.csv")
    going_on = typed("import", "sheet.csv", "--keep-going")

    assert (nothing.exit_code, going_on.exit_code) == (1, 1)
    assert "line 3: refused B3 来电时间 says no moment" in nothing.output
    assert "1 new, 0 unchanged, 0 differs, 1 refused" in going_on.output
    assert "all or nothing: nothing was kept" in nothing.output
    with (operator / "report.csv").open(encoding="utf-8-sig") as file:
        assert [row["came"] for row in csv.DictReader(file)] == ["new", "refused"]


@pytest.mark.requirement(99)
def test_all_or_nothing_is_true_of_what_changes_while_it_looks(
    here: Trial, operator: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    today = here.desk.calendar().date_of(here.clock.at)
    other = ROW.replace("20231001001", f"{today:%Y%m%d}001")
    (operator / "sheet.csv").write_text(f"{HOTLINE}\n{ROW}\n{other}\n", encoding="utf-8")
    monkeypatch.setattr("tickets.desk.bring_in.AT_ONCE", 1)
    look = bringing.bring_in

    def overtaken(
        desk: Desk, sheet: bringing.SheetOfCases, *, keeps: bool
    ) -> Iterator[tuple[bringing.RowReport, ...]]:
        yield from look(desk, sheet, keeps=keeps)
        here.log()

    monkeypatch.setattr(bringing, "bring_in", overtaken)

    done = typed("import", "sheet.csv", "--all-or-nothing", "--report", "report.csv")

    assert done.exit_code == 1
    assert "line 3: refused" in done.output
    assert "all or nothing: nothing was kept" in done.output
    with here.desk.records.read() as unit:
        assert unit.sheets.by_number([Number("20231001001")]) == {}
    with (operator / "report.csv").open(encoding="utf-8-sig") as file:
        assert [row["came"] for row in csv.DictReader(file)] == ["new", "refused"]


@pytest.mark.parametrize(
    "place",
    ["./sheet.csv", "no/such/place/report.csv", "sheet.csv/report.csv", "folder.csv", "report.txt"],
)
def test_a_report_that_could_not_be_written_is_refused_before_anything_is_taken_in(
    here: Trial, operator: Path, place: str
) -> None:
    (operator / "sheet.csv").write_text(f"{HOTLINE}\n{ROW}\n", encoding="utf-8")
    (operator / "folder.csv").mkdir()

    done = typed("import", "sheet.csv", "--report", place)

    assert done.exit_code == 2
    assert "--report" in done.output
    assert ROW in (operator / "sheet.csv").read_text(encoding="utf-8")
    with here.desk.records.read() as unit:
        assert unit.sheets.by_number([Number("20231001001")]) == {}


def test_a_report_that_fails_after_all_leaves_the_counts_said(
    here: Trial, operator: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    (operator / "sheet.csv").write_text(f"{HOTLINE}\n{ROW}\n", encoding="utf-8")
    monkeypatch.setattr("bot.cli.importing.write_report", full)

    done = typed("import", "sheet.csv", "--report", "report.csv")

    assert done.exit_code == 1
    assert "1 new, 0 unchanged, 0 differs, 0 refused" in done.output
    assert "No space left on device" in done.output
    assert ticket_of(here, "20231001001").satisfaction == 5


KILLED = """
import os, signal, sys
from bot.cli import application
from tickets.desk import bring_in
bring_in.AT_ONCE = 10
step, last = getattr(bring_in, sys.argv[1]), int(sys.argv[2])
calls = []
def killed(*words):
    done = step(*words)
    calls.append(None)
    if len(calls) == last:
        os.kill(os.getpid(), signal.SIGKILL)
    return done
setattr(bring_in, sys.argv[1], killed)
application(["import", "sheet.csv"])
"""
"""An import that is killed with -9: within a part's transaction, or once a part is kept."""


@pytest.mark.requirement(99, 101)
@pytest.mark.parametrize(
    ("step", "last", "kept", "begins"), [("keep_new", 3, 20, 1), ("_part", 3, 30, 0)]
)
def test_an_import_killed_in_the_middle_is_run_again_and_keeps_each_case_once(
    here: Trial, operator: Path, step: str, last: int, kept: int, begins: int
) -> None:
    """Its rows have numbers, or are known by their minute, customer and words alone."""
    rows = [
        ROW.replace("20231001001", f"20231001{place:03}")
        .replace("1385678", f"139{place % 7:08}")
        .replace("制冷效果差", f"制冷效果差，第{place}台")
        for place in range(1, 46)
    ]
    heads, *body = [",".join(line.split(",")[begins:]) for line in (HOTLINE, *rows)]
    (operator / "sheet.csv").write_text("\n".join([heads, *body]), encoding="utf-8")
    root = Path(__file__).parents[2]

    killed = subprocess.run(
        [sys.executable, "-c", KILLED, step, str(last)],
        env={**os.environ, "PYTHONPATH": str(root)},
        capture_output=True,
        check=False,
    )
    done, again = typed("import", "sheet.csv"), typed("import", "sheet.csv")

    assert killed.returncode == -signal.SIGKILL
    assert f"{45 - kept} new, {kept} unchanged, 0 differs, 0 refused" in done.output, done.output
    assert "0 new, 45 unchanged, 0 differs, 0 refused" in again.output
    with here.desk.records.database.reading() as connection:  # type: ignore[attr-defined]
        counted = {
            table: connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one()
            for table in ("tickets", "customers", "imported_rows", "archived_tickets")
        }
        assert verify_archive(connection, here.desk.records.vault) == []  # type: ignore[attr-defined]
    assert counted == {"tickets": 45, "customers": 7, "imported_rows": 45, "archived_tickets": 45}


def test_a_changed_row_is_reported_and_overwrites_nothing(here: Trial, operator: Path) -> None:
    (operator / "sheet.csv").write_text(f"{HOTLINE}\n{ROW}\n", encoding="utf-8")
    typed("import", "sheet.csv")
    changed = ROW.replace("更换同型号新机", "补充制冷剂")
    (operator / "sheet.csv").write_text(f"{HOTLINE}\n{changed}\n", encoding="utf-8")

    done = typed("import", "sheet.csv")

    assert done.exit_code == 1
    assert "0 new, 0 unchanged, 1 differs" in done.output
    assert "nothing was overwritten: 处理结果" in done.output
    assert ticket_of(here, "20231001001").result == "更换同型号新机"


def test_a_number_that_another_case_has_is_refused_or_given_up(here: Trial, operator: Path) -> None:
    ours = here.log()
    row = ROW.replace("20231001001", ours)
    (operator / "sheet.csv").write_text(f"{HOTLINE}\n{row}\n", encoding="utf-8")

    refused, renumbered = typed("import", "sheet.csv"), typed("import", "sheet.csv", "--renumber")
    again = typed("import", "sheet.csv", "--renumber")

    assert f"the number {ours} is another case's" in refused.output
    assert "1 new" in renumbered.output, renumbered.output
    assert "0 new, 1 unchanged" in again.output
    assert ticket_of(here, "20231001001").received_at == at("2023-10-01 09:30")


def test_the_days_next_ticket_comes_behind_what_was_brought_in(here: Trial, operator: Path) -> None:
    today = here.desk.calendar().date_of(here.clock.at)
    row = ROW.replace("20231001001", f"{today:%Y%m%d}007")
    (operator / "sheet.csv").write_text(f"{HOTLINE}\n{row}\n", encoding="utf-8")

    typed("import", "sheet.csv")

    assert here.log() == f"{today:%Y%m%d}008"
