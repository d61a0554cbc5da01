"""`deskbot import` as an operator types it: reported row by row, safe to run twice, its status tells of refusals."""

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.clock import SystemClock
from storage.records import SqlRecords
from tests.bot.test_backup import operator, typed
from tests.tickets.desk.desks import Trial, a_desk

__all__ = ["operator"]

pytestmark = pytest.mark.requirement(31)
LIST = "客户编号,姓名,电话,等级,标签\n/1001,王小明,13900000001,金卡,团购\n1002,赵六,13900000002,银卡,\n"


@pytest.fixture
def here(
    operator: Path, filed_records: SqlRecords, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Trial]:
    """A desk where an operator types."""
    monkeypatch.setenv("DATABASE_URL", str(filed_records.database.writers.url))
    trial = a_desk(filed_records)
    trial.clock.at = SystemClock().now()  # the command line has no other
    yield trial


def level_of(here: Trial, code: str) -> str | None:
    with here.desk.records.read() as unit:
        found = unit.customers.by_code(code)
    return found.level if found else None


def test_a_list_of_vips_is_known_by_its_headings_and_taken_once(
    here: Trial, operator: Path
) -> None:
    (operator / "vip.csv").write_text(LIST, encoding="utf-8")

    tried = typed("import", "vip.csv", "--dry-run")
    assert (tried.exit_code, level_of(here, "1001")) == (0, None), tried.output
    done, again = typed("import", "vip.csv"), typed("import", "vip.csv")

    assert "2 new, 0 changed, 0 unchanged, 0 refused (dry run" in tried.output
    assert "2 new, 0 changed, 0 unchanged, 0 refused" in done.output
    assert "0 new, 0 changed, 2 unchanged, 0 refused" in again.output
    assert (level_of(here, "1001"), level_of(here, "1002")) == ("金卡", "银卡")
    assert "王小明" not in done.output
    assert "1390000" not in done.output


def test_a_refused_row_is_named_and_the_status_tells_of_it(here: Trial, operator: Path) -> None:
    (operator / "vip.csv").write_text(LIST + "1003,钱七,12,金卡,\n", encoding="gb18030")

    done = typed("import", "vip.csv", "--as", "customers")

    assert done.exit_code == 1
    assert "line 4: refused the phone number is none" in done.output
    assert level_of(here, "1002") == "银卡"


def test_what_it_is_must_be_said_where_the_headings_do_not(here: Trial, operator: Path) -> None:
    (operator / "any.csv").write_text("a,b\n1,2\n", encoding="utf-8")

    assert typed("import", "any.csv").exit_code == 2
    assert typed("import", "nothing.csv").exit_code == 1


def test_a_list_as_teams_keep_it(here: Trial, operator: Path) -> None:
    """A title above, Traditional headings in any order, a blank line, a line of totals."""
    text = "VIP客戶名單\n姓名,等級,聯絡方式,客戶類型,會員編號,群體\n王小明,金卡,13900000001,貴賓,/1001,老年\n\n趙六,,a@b.cn,老客戶,1002,\n合計,2\n"
    (operator / "vip.csv").write_text(text, encoding="utf-8")

    done, again = typed("import", "vip.csv"), typed("import", "vip.csv")

    assert "2 new, 0 changed, 0 unchanged, 0 refused" in done.output, done.output
    assert "line 5: new 1002" in done.output
    assert "0 new, 0 changed, 2 unchanged, 0 refused" in again.output, again.output
    assert level_of(here, "1001") == "金卡"
    with here.desk.records.read() as unit:
        other = unit.customers.by_code("1002")
    assert other and other.email == "a@b.cn"


def test_customers_come_in_wholly_or_not_at_all_where_that_is_asked_for(
    here: Trial, operator: Path
) -> None:
    (operator / "vip.csv").write_text(LIST + "1003,钱七,12,金卡,\n", encoding="utf-8")

    done = typed("import", "vip.csv", "--all-or-nothing", "--report", "report.csv")

    assert done.exit_code == 1
    assert "1 refused (all or nothing: nothing was kept)" in done.output
    assert level_of(here, "1001") is None
    with (operator / "report.csv").open(encoding="utf-8-sig") as file:
        came = [(row["line"], row["came"]) for row in csv.DictReader(file)]
    assert came == [("2", "new"), ("3", "new"), ("4", "refused")]


def test_what_cannot_be_taken_wholly_is_told_before_anything_is(
    here: Trial, operator: Path
) -> None:
    text = "订单号,客户编号,日期,金额\nA1,1001,2026-10-01,9\n"
    (operator / "orders.csv").write_text(text, encoding="utf-8")

    done = typed("import", "orders.csv", "--all-or-nothing")

    assert done.exit_code == 2
    assert "--all-or-nothing is for" in done.output


def test_a_kind_that_there_is_not_is_told(here: Trial, operator: Path) -> None:
    (operator / "vip.csv").write_text(LIST, encoding="utf-8")

    assert typed("import", "vip.csv", "--as", "customer").exit_code == 2
