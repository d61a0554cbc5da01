"""`deskbot stats compare` as an operator types it, for people and for scripts (R108)."""

import json
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from bot.clock import SystemClock
from storage.records import SqlRecords
from tests.bot.test_backup import operator, typed
from tests.storage.test_improvements import an_item
from tests.tickets.desk.desks import Trial, a_desk
from tickets.case.values import Text

__all__ = ["operator"]

pytestmark = pytest.mark.requirement(108)


@pytest.fixture
def here(
    operator: Path, filed_records: SqlRecords, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Trial]:
    """A desk with two cases of this month, where an operator types."""
    monkeypatch.setenv("DATABASE_URL", str(filed_records.database.writers.url))
    trial = a_desk(filed_records)
    trial.clock.at = SystemClock().now()  # the command line has no other
    trial.log()
    trial.log(phone="139 1234 5678")
    yield trial


def test_a_script_reads_both_periods_and_the_goals(here: Trial) -> None:
    month = f"{here.desk.calendar().local(here.clock.at):%Y-%m}"

    done = typed("stats", "compare", "2020-01", month, "--by", "department", "--json")

    assert done.exit_code == 0, done.output
    told = json.loads(done.output)
    by_name = {one.get("figure") or one["length"]: one for one in told["whole"]}
    assert (by_name["total"]["before"], by_name["total"]["after"]) == (0, 2)
    assert by_name["total"]["change"] is None
    assert (by_name["response"]["goal"], by_name["satisfaction"]["goal"]) == (-30, 90)
    assert list(told["groups"]) == ["tech"]


def test_people_read_it_in_their_language(here: Trial) -> None:
    month = f"{here.desk.calendar().local(here.clock.at):%Y-%m}"

    done = typed("stats", "compare", "2020-01", month, "--lang", "zh-Hans")

    assert "工单总量：0 → 2（无法比较）" in done.output


@pytest.mark.parametrize(
    "wrong",
    [("2026-13", "2026-01"), ("2026-01", "2026-01"), ("2026-01", "2026-02", "--by", "moon")],
)
def test_wrong_use_is_said(here: Trial, wrong: tuple[str, ...]) -> None:
    done = typed("stats", "compare", *wrong)

    assert done.exit_code == 2
    assert "deskbot: " in done.output


@pytest.mark.requirement(131)
def test_the_list_of_improvements_is_written_to_a_new_file(here: Trial, operator: Path) -> None:
    with here.desk.records.write() as unit:
        unit.improvements.add(an_item(1, pain=Text("=1+1 配件常缺")))

    done = typed("stats", "improvements", "list.xlsx")
    again = typed("stats", "improvements", "list.xlsx")

    assert (done.exit_code, again.exit_code) == (0, 2), done.output
    assert "1 items" in done.output
    page = openpyxl.load_workbook(operator / "list.xlsx").active
    assert page is not None
    (head, row) = page.iter_rows(min_row=3, values_only=True)
    assert head[:3] == ("痛点", "改进措施", "目标")
    assert row[:3] == ("=1+1 配件常缺", "备足压缩机", "解决率由 71% 提高到 85%")
