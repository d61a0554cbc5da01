"""`deskbot import FILE --as survey` as an operator types it: a report for each row, no words and numbers of customers."""

from pathlib import Path

import pytest
from openpyxl import Workbook

from storage.records import SqlRecords
from tests.bot.test_backup import operator, typed
from tests.storage.cases import keep_case
from tickets.case import facts as f
from tickets.case.values import Number, Text

__all__ = ["operator"]

pytestmark = pytest.mark.requirement(89, 90, 91)


@pytest.fixture
def number(filed_records: SqlRecords, monkeypatch: pytest.MonkeyPatch) -> Number:
    """A case that was solved, on the desk where the operator types."""
    monkeypatch.setenv("DATABASE_URL", str(filed_records.database.writers.url))
    with filed_records.write() as unit:
        return keep_case(unit, f.Resolved(result=Text("补充制冷剂"))).number


def score_of(records: SqlRecords, number: Number) -> int | None:
    with records.read() as unit:
        return unit.tickets.get(number).satisfaction


def test_answers_are_known_by_their_headings_and_taken_once(
    number: Number, operator: Path, filed_records: SqlRecords
) -> None:
    table = f"提交时间,是否解决,总体满意度（1-5分）,工单编号,评价内容\n,是,非常满意,{number},师傅很专业\n"
    (operator / "answers.csv").write_text(table, encoding="gb18030")

    tried = typed("import", "answers.csv", "--dry-run")
    assert (tried.exit_code, score_of(filed_records, number)) == (0, None), tried.output
    done, again = typed("import", "answers.csv"), typed("import", "answers.csv", "--as", "survey")

    assert f"line 2: recorded {number}" in done.output
    assert "1 recorded, 0 recorded (second round), 0 unchanged, 0 refused" in done.output
    assert "(dry run: nothing was kept)" in tried.output
    assert "1 unchanged, 0 refused" in again.output
    assert score_of(filed_records, number) == 5
    assert "师傅" not in done.output + again.output


def test_an_xlsx_as_the_tool_writes_it(
    number: Number, operator: Path, filed_records: SqlRecords
) -> None:
    book = Workbook()
    book.active.append(["Ticket", "Overall", "Efficiency"])
    book.active.append([int(number), 4, "very satisfied"])
    book.save(operator / "answers.xlsx")

    done = typed("import", "answers.xlsx")

    assert (done.exit_code, score_of(filed_records, number)) == (0, 4), done.output


def test_a_refused_row_says_why_and_the_status_tells_of_it(
    number: Number, operator: Path, filed_records: SqlRecords
) -> None:
    table = f"工单编号,总体\n{number},5\n{number},2\n20250101001,5\n,很好吃\n"
    (operator / "answers.csv").write_text(table, encoding="utf-8")

    done = typed("import", "answers.csv")

    assert done.exit_code == 1
    assert f"line 3: refused {number} round 1 has the score 5 already" in done.output
    assert "line 4: refused" in done.output
    assert "20250101001" in done.output
    assert "line 5: refused the overall score is neither" in done.output
    assert score_of(filed_records, number) == 5
