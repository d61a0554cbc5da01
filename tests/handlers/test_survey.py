"""A survey's low answer comes in by import and goes round the desk like a score by hand (R62, R87, R90)."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import Address
from tests.handlers.days import Days, lived
from tests.tickets.desk.desks import ANN, EVE, KEN, SUE
from tickets.case.values import Status
from tickets.desk.import_survey import Came, import_survey


@pytest.fixture
def days(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, address: Address) -> Iterator[Days]:
    """A Tuesday at 08:30, on either engine."""
    with lived(tmp_path, monkeypatch, address) as opened:
        yield opened


@pytest.mark.requirement(62, 87, 89, 90)
def test_a_low_answer_calls_the_supervisor_and_reads_well_on_the_timeline(days: Days) -> None:
    stage = days.stage
    number = stage.log(ANN, **{"form.urgency": "P2"})
    days.solved(EVE, number)
    days.reach("2026-11-24 10:00")
    row = {
        "工单编号": number,
        "总体": "不满意",
        "效率": "1",
        "建议": "早点来",
        "提交时间": "2026-11-24 09:50",
    }

    (report,) = import_survey(stage.bot.desk, [row], dry_run=False)
    stage.settle()

    assert report.came is Came.AGAIN
    again = stage.ticket(number)
    assert (again.status, again.round, again.assignee) == (Status.NEW, 2, KEN)
    assert days.told(SUE, "2 分")
    stage.press(SUE, "ticket.history", number)
    story = "".join(days.opened(SUE, "命令行").split())
    assert "记录问卷评分2分" in story
    assert "慢" in story
    assert "早点来" in story
