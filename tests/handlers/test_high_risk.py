"""A high risk calls the supervisor at once, and fewer people see it (R30)."""

import pytest

from tests.handlers.stage import AGENT, ENG, SUPER, Stage, words_of
from tickets.case.values import Priority

pytestmark = [pytest.mark.usefixtures("address"), pytest.mark.requirement(30)]


@pytest.mark.parametrize("risk", ["safety", "fraud", "data_breach", "major_loss"])
def test_the_supervisor_is_called_with_all_of_it_and_the_channel_learns_nothing(
    stage: Stage, risk: str
) -> None:
    number = stage.log(AGENT, **{"form.risks": [risk], "form.urgency": "P3"})

    assert stage.ticket(number).priority is Priority.P1
    told = [words_of(one["blocks"]) for one in stage.person(SUPER).inbox()]
    assert [one for one in told if number in one and "出风口" in one], told
    channel, card = stage.card(number)
    posts = words_of([one["blocks"] for one in stage.slack.messages(channel)])
    assert "受限" in words_of(card["blocks"])
    assert "出风口" not in posts and "故障报修" not in posts
    stage.person(ENG).command("/ticket", f"show {number}")
    assert "出风口" not in stage.told(ENG)
