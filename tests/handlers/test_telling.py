"""Telling the customer: what was done, the result, how it is prevented; by whom, in whose words, on which record (R59, R75–R78)."""

import pytest

from tests.handlers.stage import AGENT, ENG, Json, Stage, block_ids, words_of
from tickets.case import facts as f
from tickets.case.values import ContactChannel, Number


def facts_of(stage: Stage, number: str, kind: type[f.Fact]) -> list[f.Fact]:
    with stage.bot.desk.records.read() as unit:
        log = unit.tickets.events(Number(number))
    return [event.fact for event in log if isinstance(event.fact, kind)]


def initial(view: Json, name: str) -> str:
    found = next(b for b in view["blocks"] if str(b.get("block_id")).partition(".")[0] == name)
    text: str = found["element"].get("initial_value", "")
    return text


def opened(stage: Stage, text: str) -> str:
    """Wait for a view that says this; give all its words."""
    views = stage.slack.sandbox.views

    def found() -> str:
        top = [view.body for view in views.stack(AGENT)[-1:]]
        said = words_of(top[0]) if top else ""
        return said if text in said else ""

    said: str = stage.person(AGENT).wait_for(found)
    return said


def made_anew(stage: Stage) -> Json:
    """Wait until the text was made of what the form holds."""
    views = stage.slack.sandbox.views

    def found() -> Json | None:
        top = [view.body for view in views.stack(AGENT)[-1:]]
        return dict(top[0]) if top and "message" not in block_ids(top[0]) else None

    view: Json = stage.person(AGENT).wait_for(found)
    return view


def solved(stage: Stage, number: str) -> None:
    stage.press(ENG, "ticket.accept", number)
    stage.fill(ENG, "ticket.resolve", number, result="补充冷媒", prevention="安装时加测管路压力")


@pytest.mark.requirement(59, 75, 76, 78)
def test_the_agent_makes_the_text_says_it_and_it_stands_on_record(stage: Stage) -> None:
    number = stage.log(**{"form.preferred_channel": "chat"})
    solved(stage, number)
    agent = stage.person(AGENT)
    stage.press(AGENT, "ticket.tell", number)
    form = agent.modal("modal.tell")
    assert initial(form, "result") == "补充冷媒"
    assert initial(form, "prevention") == "安装时加测管路压力"

    agent.click(form, "tell.compose", values={"done": "上门检修，已回拨 13812345678"})
    anew = made_anew(stage)
    assert "补充冷媒" in initial(anew, "message")
    sent = agent.submit(anew, {"answer": "同意，谢谢"})
    assert not sent.errors
    stage.settle()

    (told,) = facts_of(stage, number, f.CustomerTold)
    assert isinstance(told, f.CustomerTold)
    assert told.way is ContactChannel.CHAT
    assert (told.done, told.prevention) == ("上门检修，已回拨 13812345678", "安装时加测管路压力")
    assert told.message == initial(anew, "message")

    stage.press(AGENT, "ticket.talks", number)
    shown = opened(stage, "同意，谢谢")
    assert "上门检修" in shown
    assert "13812345678" not in shown


@pytest.mark.requirement(59)
def test_the_engineer_does_not_tell_the_customer(stage: Stage) -> None:
    number = stage.log()
    solved(stage, number)

    stage.press(ENG, "ticket.more", number)
    offered = str(stage.person(ENG).modal("modal.shown"))

    assert "ticket.talks" in offered and "ticket.tell" not in offered
