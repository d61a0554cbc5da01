"""`deskbot export` as an operator types it: the sources' own columns, inert, masked, and back in without a change."""

import csv
import io
import os
import shutil
import subprocess
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from bot.clock import SystemClock
from bot.papers.export import Stamp
from bot.trial.desk import PRESET
from storage.records import SqlRecords
from storage.revisions import SqlRevisions
from storage.vault import Vault
from tests.bot.test_backup import operator, typed
from tests.bot.test_importing_tickets import HOTLINE, ROW
from tests.tickets.desk.desks import ANN, DAI, EVE, SUE, Trial, a_desk, an_intake
from tickets.case import facts as f
from tickets.case.values import ContactChannel, ContactOutcome, Number, Priority, Solved, Text
from tickets.desk import ending, export, talk, work
from tickets.desk.log_case import log_by_desk
from tickets.desk.parents import gather
from tickets.errors import IllegalMove, Refused
from tickets.sheets.tables import OF_CASES, Table
from tickets.sheets.wish import Wish

__all__ = ["operator"]

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")

LIVE = '=HYPERLINK("http://evil.example";"看")'
ARTICLES = (
    "知识分类,标题,内容概述,适用场景,创建人,创建日期,更新人,更新日期,使用次数\n"
    "产品,多设备登录,账号设置里绑定手机、电脑和平板,售前咨询,产品*,2024-02-20,客服*,2024-03-01,45\n"
    "流程,退换货申请流程,=在订单页申请，审核后3天内寄回,售后处理,客服*,2024-01-15,主管*,2024-02-28,120\n"
)
HEADS = {
    Table.HOTLINE: HOTLINE.split(","),
    Table.AFTER_SALES: (
        "反馈编号 客户姓名 联系方式(脱敏) 客户类型 购买产品/服务 反馈时间 反馈渠道 问题描述 问题分类 优先级"
        " 责任部门/责任人 处理方案 处理进度 客户沟通记录 客户满意度(1-5分) 归档状态"
    ).split(),
    Table.CRM: "客户名称/ID 需求类型 需求描述 提交时间 负责人 处理状态 预计解决时间 实际解决时间 备注".split(),
    Table.SATISFACTION: "客户名称/ID 服务类型 满意度评分 评价内容 改进建议 反馈日期 跟进人".split(),
    Table.RESPONSE: (
        "日期 工单总量 平均响应时长(分钟) 首次响应率(%) 问题解决率(%) 超时工单数 超时主要原因"
    ).split(),
    Table.KNOWLEDGE: "知识分类 标题 内容概述 适用场景 创建人 创建日期 更新人 更新日期 使用次数".split(),
}


@pytest.fixture
def here(
    operator: Path, filed_records: SqlRecords, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Trial]:
    """A desk with a case of every sort, and an operator who types."""
    monkeypatch.setenv("DATABASE_URL", str(filed_records.database.writers.url))
    trial = a_desk(filed_records)
    trial.clock.at = SystemClock().now() - timedelta(minutes=30)
    live_through(trial)
    (operator / "brought.csv").write_text(f"{HOTLINE}\n{ROW}\n", encoding="utf-8")
    assert typed("import", "brought.csv").exit_code == 0
    (operator / "kb.csv").write_text(ARTICLES, encoding="utf-8")
    assert typed("import", "kb.csv").exit_code == 0
    trial.clock.at = SystemClock().now()
    yield trial


def live_through(trial: Trial) -> Number:
    """A case from its call to a bad score, with words that would run in a spreadsheet; and one that just came."""
    desk, now = trial.desk, trial.clock.at
    number = trial.log(urgency=Priority.P2, remarks=LIVE, product="-1+2")
    phone, reached = ContactChannel.PHONE, ContactOutcome.REACHED
    work.accept(desk, number, by=EVE, receipt=trial.receipt())
    talk = f.Contacted(way=phone, outcome=reached, happened_at=now, answer=Text("+86 有空"))
    work.contact(desk, number, talk, by=EVE, receipt=trial.receipt())
    plan = f.Planned(measures=Text("@上门\n检修"), finish_by=now + timedelta(days=1))
    work.plan(desk, number, plan, by=EVE, receipt=trial.receipt())
    work.resolve(
        desk,
        number,
        f.Resolved(result=Text("李小红 13812345678 已修")),
        by=EVE,
        receipt=trial.receipt(),
    )
    told = f.CustomerTold(way=phone, happened_at=now, answer=Text("谢谢"))
    ending.tell(desk, number, told, by=ANN, receipt=trial.receipt())
    scored = f.Scored(score=4, solved=Solved.YES, words=Text("等得久"), suggestions=Text("多加人"))
    ending.score(desk, number, scored, by=ANN, receipt=trial.receipt())
    trial.log(
        by=ANN, phone="", anonymous=True, name="", category="inquiry/usage", urgency=Priority.P3
    )
    return number


def by_openpyxl(path: Path) -> list[list[Any]]:
    page = openpyxl.load_workbook(path).worksheets[0]
    assert not [
        cell.coordinate for row in page.iter_rows() for cell in row if cell.data_type == "f"
    ]
    return [[cell.value for cell in row] for row in page.iter_rows()]


def by_calamine(path: Path) -> list[list[Any]]:
    rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
    return [[None if cell == "" else cell for cell in row] for row in rows]


def by_libreoffice(path: Path, office: str) -> list[list[str]]:
    """Have LibreOffice open it, and give what it shows."""
    shown, profile = path.with_suffix(".csv"), (path.parent / "office").resolve().as_uri()
    to = "csv:Text - txt - csv (StarCalc):44,34,76,1"  # commas, quotes, UTF-8, from the first line
    line = [office, f"-env:UserInstallation={profile}", "--headless", "--convert-to", to, str(path)]
    subprocess.run(line, check=True, capture_output=True, timeout=120)
    with shown.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def alike(rows: list[list[Any]]) -> list[list[str]]:
    """Readers differ in what a day or a whole number is, not in what it says."""
    return [
        [
            str(cell).removesuffix(" 00:00:00").removesuffix(".0") if cell is not None else ""
            for cell in row
        ]
        for row in rows
    ]


def as_it_stands(records: SqlRecords) -> dict[str, list[Any]]:
    """Everything on record but the audit log."""
    kept = (
        "tickets",
        "events",
        "customers",
        "deadlines",
        "imported_rows",
        "articles",
        "article_versions",
        "archived_tickets",
        "notices",
        "serials",
    )
    with records.database.reading() as connection:
        return {
            table: sorted(map(str, connection.exec_driver_sql(f"SELECT * FROM {table}").all()))
            for table in kept
        }


def took(*words: str) -> Path:
    path = Path(words[0])
    since = () if Table.KNOWLEDGE in words else ("--since", "2023-01-01")
    done = typed("export", *words, *since)
    assert done.exit_code == 0, done.output
    return path


@pytest.mark.requirement(99, 100, 101, 92, 105, 125)
@pytest.mark.parametrize("table", list(Table))
def test_every_table_has_the_columns_of_its_source_for_two_readers(
    here: Trial, table: Table
) -> None:
    path = took(f"{table}.xlsx", "--table", table)

    rows = by_openpyxl(path)
    assert rows[0] == HEADS[table]
    assert alike(rows) == alike(by_calamine(path))
    assert len(rows) > 1
    about = openpyxl.load_workbook(path).worksheets[-1]
    assert str(about["A1"].value).startswith("※")
    assert path.stat().st_mode & 0o777 == 0o600


def test_the_operator_works_under_the_desk_file_that_the_bot_goes_by(
    here: Trial, operator: Path, filed_records: SqlRecords, vault: Vault
) -> None:
    text = PRESET.read_text(encoding="utf-8").replace("技术部", "维修部")
    revisions = SqlRevisions(filed_records.database, vault, SystemClock())

    def departments(name: str) -> set[str]:
        head, *rows = by_openpyxl(took(name, "--table", "hotline"))
        return {row[head.index("责任部门")] for row in rows}

    assert "技术部" in departments("before.xlsx")
    revisions.insist("changed", text)

    after = departments("after.xlsx")
    assert "维修部" in after
    assert "技术部" not in after


@pytest.mark.requirement(99, 100, 101, 92, 105, 125)
@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not on this machine")
@pytest.mark.parametrize("table", list(Table))
def test_a_spreadsheet_program_opens_it_with_the_right_columns(here: Trial, table: Table) -> None:
    path = took(f"{table}.xlsx", "--table", table)

    shown = by_libreoffice(path, str(OFFICE))

    assert shown[0] == HEADS[table]
    assert len(shown) == len(by_openpyxl(path))


@pytest.mark.proves("X17")
@pytest.mark.parametrize("table", OF_CASES)
def test_no_cell_runs_whatever_customers_wrote(here: Trial, table: Table) -> None:
    path = took(f"{table}.csv", "--table", table)

    text = path.read_text(encoding="utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(text)) for cell in row]
    assert [cell for cell in cells if cell[:1] in set("=+-@＝＋－＠\t\r")] == []
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    assert HEADS[table] == next(csv.reader(io.StringIO(text)))


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant", "en"])
@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
def test_the_import_of_an_export_changes_nothing(
    here: Trial, filed_records: SqlRecords, language: str, suffix: str
) -> None:
    before = as_it_stands(filed_records)
    paths = [took(f"{one}{suffix}", "--table", one, "--lang", language) for one in Table]

    told = [typed("import", str(path)).output for path in paths]

    assert as_it_stands(filed_records) == before
    for output in told[: len(OF_CASES)]:
        assert "0 new, 3 unchanged, 0 differs, 0 refused" in output, output
    assert "0 new, 0 changed, 2 unchanged, 0 refused" in told[-1], told[-1]


@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
def test_a_record_longer_than_a_cell_changes_nothing_when_it_comes_back(
    here: Trial, suffix: str
) -> None:
    number = here.log()
    for place in range(12):
        talk.note(
            here.desk, number, Text(f"{place}" + "记" * 2_990), by=SUE, receipt=here.receipt()
        )
    path = took(f"long{suffix}")

    done = typed("import", str(path))

    assert "0 new, 4 unchanged, 0 differs, 0 refused" in done.output, done.output


@pytest.mark.requirement(29, 100)
def test_of_a_case_the_desk_opened_no_channel_is_made_up(here: Trial) -> None:
    parent = opened_by_desk(here, ContactChannel.PHONE, ContactChannel.EMAIL)
    path = took("parent.csv", "--table", Table.AFTER_SALES)

    with path.open(encoding="utf-8-sig", newline="") as file:
        channels = {row["反馈编号"]: row["反馈渠道"] for row in csv.DictReader(file)}
    done = typed("import", str(path))

    assert channels[parent] == ""
    assert set(channels.values()) >= {"电话", "邮件"}
    assert "0 new, 6 unchanged, 0 differs, 0 refused" in done.output, done.output


def opened_by_desk(trial: Trial, *channels: ContactChannel) -> Number:
    """A parent case that the desk opened for cases that came in by these ways."""
    seen = f.SignalSeen(count=len(channels), days=7, usual=0.1, limit=1)
    typed_by_desk = an_intake(trial.clock, name="", phone="", anonymous=True)
    children = [trial.log(contact_channel=one) for one in channels]
    with trial.desk.records.write() as unit:
        parent = log_by_desk(trial.desk, unit, typed_by_desk, logger=SUE, seen=seen).number
    with trial.desk.records.write() as unit:
        for one in children:
            assert gather(trial.desk, unit, one, parent, "")
    return parent


@pytest.mark.proves("X18")
def test_what_leaves_is_masked_and_on_the_audit_log(here: Trial, filed_records: SqlRecords) -> None:
    text = took("masked.csv").read_text(encoding="utf-8-sig")

    assert "李*" in text
    assert "****5678" in text
    assert not [one for one in ("李小红", "13812345678", "138 1234 5678") if one in text]
    with filed_records.database.reading() as connection:
        rows = connection.exec_driver_sql(
            "SELECT actor, detail FROM audit WHERE action = 'export_table'"
        ).all()
    assert [row.actor for row in rows] == ["operator"]


@pytest.mark.proves("X18")
def test_everything_unmasked_takes_two_people_and_serves_once(here: Trial, operator: Path) -> None:
    today = here.desk.calendar().date_of(here.clock.at)
    wish = Wish(table=Table.HOTLINE, since=today - timedelta(days=2), until=today)
    request = export.ask_full(here.desk, wish, Text("年度审计"), by=SUE, receipt="r-1")
    assert request is not None
    asked = typed("export", "full.csv", "--request", request.id)
    with pytest.raises(Refused):
        export.approve(here.desk, request.id, by=SUE, receipt="r-2")
    export.approve(here.desk, request.id, by=DAI, receipt="r-3")

    done = typed("export", "full.csv", "--request", request.id)
    again = typed("export", "again.csv", "--request", request.id)

    assert (asked.exit_code, done.exit_code, again.exit_code) == (1, 0, 1), done.output
    text = (operator / "full.csv").read_text(encoding="utf-8-sig")
    assert "李小红" in text
    assert "13812345678" in text
    assert request.id in text  # the watermark names the consent
    assert not (operator / "again.csv").exists()
    assert "0 new, 2 unchanged" in typed("import", "full.csv").output


def an_approved_request(here: Trial) -> str:
    today = here.desk.calendar().date_of(here.clock.at)
    wish = Wish(table=Table.HOTLINE, since=today - timedelta(days=2), until=today)
    request = export.ask_full(here.desk, wish, Text("年度审计"), by=SUE, receipt="r-1")
    assert request is not None
    export.approve(here.desk, request.id, by=DAI, receipt="r-2")
    return request.id


def taken_out(records: SqlRecords) -> list[str]:
    """What the audit log says of tables taken out, the oldest first."""
    with records.database.reading() as connection:
        asking = "SELECT detail FROM audit WHERE action = 'export_table' ORDER BY id"
        return [str(row.detail) for row in connection.exec_driver_sql(asking)]


class FullDisk:
    """Writes a little, has no more room, and remembers what the audit log said then."""

    def __init__(self, records: SqlRecords) -> None:
        self.records = records
        self.logged: list[str] = []

    def __call__(self, path: Path, _stamp: Stamp, _rows: object) -> int:
        self.logged = taken_out(self.records)
        path.write_text("李小红 13812345678", encoding="utf-8")
        raise OSError(28, "No space left on device")


@pytest.mark.proves("X18")
@pytest.mark.parametrize("is_full", [False, True])
def test_a_table_is_on_the_audit_log_before_it_is_written_and_leaves_no_half_of_itself(
    here: Trial,
    operator: Path,
    filed_records: SqlRecords,
    monkeypatch: pytest.MonkeyPatch,
    is_full: bool,
) -> None:
    more = ("--request", an_approved_request(here)) if is_full else ()
    before, disk = set(operator.iterdir()), FullDisk(filed_records)
    monkeypatch.setattr("bot.papers.export._csv", disk)

    done = typed("export", "out.csv", *more)

    assert done.exit_code == 1
    assert "No space left" in done.output
    assert len(disk.logged) == 1
    assert set(operator.iterdir()) == before


@pytest.mark.proves("X18")
def test_a_consent_is_used_up_by_a_table_that_is_there(
    here: Trial, operator: Path, filed_records: SqlRecords, monkeypatch: pytest.MonkeyPatch
) -> None:
    request = an_approved_request(here)
    with monkeypatch.context() as without_room:
        without_room.setattr("bot.papers.export._csv", FullDisk(filed_records))
        assert typed("export", "full.csv", "--request", request).exit_code == 1
    with monkeypatch.context() as without_extra:
        without_extra.setattr("bot.papers.fonts.find_spec", lambda _name: None)
        lacking = typed("export", "full.xlsx", "--request", request)
        assert typed("export", "form.xlsx", "--blank").exit_code == 1
    nowhere = typed("export", "no-folder/full.csv", "--request", request)

    done = typed("export", "full.csv", "--request", request)
    again = typed("export", "again.csv", "--request", request)

    assert "needs the extra 'reports'" in lacking.output
    assert (lacking.exit_code, nowhere.exit_code) == (1, 1), nowhere.output
    assert (done.exit_code, again.exit_code) == (0, 1), done.output
    assert "李小红" in (operator / "full.csv").read_text(encoding="utf-8-sig")
    assert (operator / "full.csv").stat().st_mode & 0o777 == 0o600
    assert ["begun" in one for one in taken_out(filed_records)] == [True, True, False]


@pytest.mark.proves("X18")
def test_a_consent_lapses(here: Trial) -> None:
    today = here.desk.calendar().date_of(here.clock.at)
    wish = Wish(table=Table.CRM, since=today, until=today)
    request = export.ask_full(here.desk, wish, Text("审计"), by=SUE, receipt="r-1")
    assert request is not None
    here.clock.move(days=8)

    with pytest.raises(IllegalMove):
        export.approve(here.desk, request.id, by=DAI, receipt="r-2")


@pytest.mark.requirement(21)
def test_the_form_for_the_day_the_desk_is_down_comes_back_as_backfilled(
    here: Trial, operator: Path
) -> None:
    printed, blank = (
        typed("export", "form.html", "--blank"),
        typed("export", "form.xlsx", "--blank"),
    )
    assert (printed.exit_code, blank.exit_code) == (0, 0), printed.output + blank.output
    assert "size: A4" in (operator / "form.html").read_text(encoding="utf-8")
    book = openpyxl.load_workbook(operator / "form.xlsx")
    page = book.worksheets[0]
    heads = [cell.value for cell in page[1]]
    at = (here.clock.at - timedelta(hours=5)).astimezone(here.desk.calendar().zone)
    row = {"来电时间": at.replace(tzinfo=None, second=0, microsecond=0), "客户姓名": "张先生", "联系方式": "13900000001", "问题类型(二级)": "故障报修", "问题描述": "停机时来电：空调不制冷，出风口27℃", "紧急程度": "紧急", "处理状态": "待处理"}  # fmt: skip
    for place, head in enumerate(heads, start=1):
        if str(head) in row:
            page.cell(row=2, column=place, value=row[str(head)])
    book.save(operator / "filled.xlsx")

    done, again = typed("import", "filled.xlsx"), typed("import", "filled.xlsx")

    assert "1 new, 0 unchanged, 0 differs, 0 refused" in done.output, done.output
    assert "0 new, 1 unchanged" in again.output, again.output
    with here.desk.records.read() as unit:
        customer = unit.customers.find(phone="+8613900000001", email=None)
        assert customer is not None
        (number,) = unit.tickets.of_customer(customer.id, since=here.clock.at - timedelta(days=1))
        ticket = unit.tickets.get(number)
        assert unit.cards.of(number)
    assert ticket.intake.backfilled
    assert (ticket.received_at, ticket.department) == (at.replace(second=0, microsecond=0), "tech")


@pytest.mark.requirement(21)
@pytest.mark.filterwarnings("error")
def test_the_form_offers_more_departments_than_a_list_holds(
    here: Trial, operator: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = '  d{0}: {{name: "第{0}事业部，华东、华南与海外", channel: "#tech", lead: U0LEAD, assign: lead, members: [U0LEAD]}}'
    many = "\n".join(one.format(place) for place in range(30))
    text = PRESET.read_text(encoding="utf-8")
    (operator / "desk.yml").write_text(
        text.replace("\ndepartments:\n", f"\ndepartments:\n{many}\n"), encoding="utf-8"
    )
    monkeypatch.setenv("DESK_CONFIG", str(operator / "desk.yml"))

    done = typed("export", "form.xlsx", "--blank")

    assert done.exit_code == 0, done.output
    book = openpyxl.load_workbook(operator / "form.xlsx")
    page, choices = book.worksheets[0], book["※"]
    place = [cell.value for cell in page[1]].index("责任部门") + 1
    rules = page.data_validations.dataValidation
    (rule,) = [one for one in rules if str(one.sqref).startswith("K2:")]
    assert rule.formula1 == "'※'!$K$2:$K$34"
    assert choices.sheet_state == "hidden"
    assert {choices.cell(line, place).value for line in range(2, 35)} > {
        "技术部",
        "第29事业部，华东、华南与海外",
    }
    for column, said in ((2, "2026-10-01 09:30"), (9, "停机时来电：空调不制冷"), (place, "技术部")):
        page.cell(2, column, said)
    book.save(operator / "filled.xlsx")
    assert "1 new" in typed("import", "filled.xlsx").output


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--table", "response", "--department", "tech"), "--department: This table"),
        (("--table", "response", "--status", "closed"), "--status: This table"),
        (("--table", "response", "--since", "2000-01-01"), "3,700 days"),
        (("--table", "knowledge", "--since", "2026-01-01"), "takes no --since"),
        (("--table", "knowledge", "--department", "tech"), "--department: This table"),
        (("--until", "9999-12-31"), "of this century"),
        (("--since", "2026-11-02", "--until", "2026-11-01"), "--until: It ends before"),
    ],
)
def test_what_a_table_does_not_go_by_is_refused_in_words(
    here: Trial, words: tuple[str, ...], says: str
) -> None:
    done = typed("export", "x.csv", *words)

    assert done.exit_code == 2
    assert says in " ".join(done.output.split())
    assert not os.path.exists("x.csv")  # noqa: PTH110


@pytest.mark.parametrize(
    ("table", "scope"),
    [
        ("response", "2023-01-01 至 2026-11-01，服务台全部工单；共"),
        ("knowledge", "范围：全部已发布的文章；共 2 条"),
        ("crm", "2023-01-01 至 2026-11-01；部门：全部；状态：全部；共"),
    ],
)
def test_a_stamp_says_what_was_narrowed_and_no_more(here: Trial, table: str, scope: str) -> None:
    days = () if table == "knowledge" else ("--since", "2023-01-01", "--until", "2026-11-01")
    done = typed("export", "x.csv", "--table", table, *days)

    assert done.exit_code == 0, done.output
    assert scope in Path("x.csv").read_text(encoding="utf-8-sig").splitlines()[-1]


def test_wrong_use_is_told(here: Trial, operator: Path) -> None:
    (operator / "there.csv").write_text("x", encoding="utf-8")

    assert typed("export", "there.csv").exit_code == 1
    assert typed("export", "x.pdf").exit_code == 2
    assert typed("export", "x.csv", "--table", "nothing").exit_code == 2
    assert typed("export", "x.csv", "--department", "nothing").exit_code == 2
    no_status = typed("export", "x.csv", "--status", "closed,nothing")
    assert no_status.exit_code == 2
    assert "no status 'nothing'; there are: new, accepted" in no_status.output
    assert typed("export", "x.csv", "--request", "nothing").exit_code == 1
    assert not os.path.exists("x.csv")  # noqa: PTH110
