"""A case is found by the score its customer gave last, also while its second round has none yet (R87)."""

from pathlib import Path

import pytest

from tests.conftest import Address
from tests.handlers.days import lived
from tests.tickets.desk.desks import ANN, SUE


@pytest.mark.requirement(87)
def test_a_low_score_is_found_until_a_better_one_is_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, address: Address
) -> None:
    with lived(tmp_path, monkeypatch, address) as days:
        stage = days.stage
        number = stage.log(ANN, **{"form.urgency": "P2"})
        owner = stage.ticket(number).assignee
        assert owner
        days.solved(owner, number)
        days.scored_low(number)

        def finds(line: str) -> bool:
            stage.person(SUE).command("/ticket", line)
            return number in stage.told(SUE)

        assert finds("搜索 评分<=3") and finds("search score:2 空调")
        assert not finds("搜索 评分:5")

        owner = stage.ticket(number).assignee
        assert owner
        days.solved(owner, number)
        stage.fill(ANN, "ticket.score", number, score="5", solved="yes", words="很快")
        assert finds("搜索 评分:5")
        assert not finds("搜索 评分<=3")
