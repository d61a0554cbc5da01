"""`deskbot import` of 知识库维护表 as an operator types it (R125)."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.clock import SystemClock
from storage.records import SqlRecords
from tests.bot.test_backup import operator, typed
from tests.tickets.desk.desks import Trial, a_desk

__all__ = ["operator"]

pytestmark = pytest.mark.requirement(125)
HEAD = "知识分类,标题,内容概述,适用场景,创建人,创建日期,更新人,更新日期,使用次数\n"
TABLE = HEAD + (
    "产品,多设备登录,账号设置–设备中绑定,售前咨询,产品*,2024-02-20,客服*,2024-03-01,45\n"
    "流程,退换货申请流程,3天内寄回,售后处理,客服*,2024-01-15,主管*,2024-02-28,120\n"
)


@pytest.fixture
def here(
    operator: Path, filed_records: SqlRecords, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Trial]:
    """A desk where an operator types."""
    monkeypatch.setenv("DATABASE_URL", str(filed_records.database.writers.url))
    trial = a_desk(filed_records)
    trial.clock.at = SystemClock().now()
    yield trial


def test_the_table_is_known_by_its_headings_and_taken_once(here: Trial, operator: Path) -> None:
    (operator / "知识库.csv").write_text(TABLE, encoding="utf-8")

    tried, done = typed("import", "知识库.csv", "--dry-run"), typed("import", "知识库.csv")
    again = typed("import", "知识库.csv", "--as", "articles")

    assert "2 new, 0 changed, 0 unchanged, 0 refused (dry run" in tried.output, tried.output
    assert "line 3: new K2" in done.output
    assert "0 new, 0 changed, 2 unchanged, 0 refused" in again.output
    with here.desk.records.read() as unit:
        assert [one.id for one in unit.articles.published()] == [1, 2]


def test_a_refused_row_is_named_and_the_status_tells_of_it(here: Trial, operator: Path) -> None:
    wrong = "菜谱,红烧肉,慢火,通用,,,,,\n"
    (operator / "kb.csv").write_text(TABLE + wrong, encoding="utf-8")

    done = typed("import", "kb.csv")

    assert done.exit_code == 1
    assert "line 4: refused its category is none of the desk's" in done.output


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_what_the_desk_exports_changes_nothing_when_it_comes_back(
    here: Trial, operator: Path, suffix: str
) -> None:
    (operator / "kb.csv").write_text(TABLE, encoding="utf-8")
    typed("import", "kb.csv")

    written = typed("export", f"out.{suffix}", "--table", "knowledge", "--lang", "zh-Hans")
    again = typed("import", f"out.{suffix}")

    assert written.exit_code == 0, written.output
    assert "0 new, 0 changed, 2 unchanged, 0 refused" in again.output


def test_headings_may_stand_under_a_title_and_lines_are_the_files(
    here: Trial, operator: Path
) -> None:
    wrong = "菜谱,红烧肉,慢火,通用,,,,,\n"
    (operator / "kb.csv").write_text(f"客服中心知识库\n\n{TABLE}{wrong}", encoding="utf-8")

    done = typed("import", "kb.csv", "--as", "articles")

    assert "line 4: new K1" in done.output, done.output
    assert "line 6: refused" in done.output
    assert "2 new" in done.output


def test_a_title_above_and_nothing_kept_of_all_or_nothing(here: Trial, operator: Path) -> None:
    wrong = "菜谱,红烧肉,慢火,通用,,,,,\n"
    (operator / "kb.csv").write_text(f"知識庫維護表\n{TABLE}{wrong}合计,3\n", encoding="utf-8")

    nothing = typed("import", "kb.csv", "--all-or-nothing")
    with here.desk.records.read() as unit:
        kept = list(unit.articles.published())
    done = typed("import", "kb.csv", "--report", "report.json")

    assert (nothing.exit_code, kept) == (1, [])
    assert "2 new, 0 changed, 0 unchanged, 1 refused (all or nothing" in nothing.output
    assert "line 5: refused its category is none of the desk's" in done.output
    assert (operator / "report.json").exists()
