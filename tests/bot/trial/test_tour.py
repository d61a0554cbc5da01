"""The tour tells a desk it does not fit what is missing, and leaves it alone."""

from bot.speech import strict_speech
from bot.trial.tour import Guide, patience
from sandbox.running import running
from storage.records import SqlRecords
from tests.tickets.desk.desks import a_desk


def test_a_desk_without_the_cases_people_is_told_so_and_left_alone(records: SqlRecords) -> None:
    said: list[str] = []
    desk = a_desk(records).desk
    plan = {"users": [{"id": "U0X", "name": "xia"}], "channels": [{"id": "C1", "name": "desk"}]}

    with running(plan) as slack:
        tongue = strict_speech(desk.clock).tongue(
            "en", "Asia/Shanghai", names=str, words=lambda _word: None
        )
        Guide(desk, slack.url, said.append, tongue).play_cases()
        written = slack.messages("desk")

    assert len(said) == 1
    assert "ann, bob, olga, sue" in said[0]
    assert written == []


def test_a_step_waits_longer_behind_many_tickets() -> None:
    assert patience(0) < patience(300)
