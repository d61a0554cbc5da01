"""Duplicates and repeat calls are merged from the card, the menu and by command (R79, DESK.md 2)."""

import pytest

from bot.cli.blocks import text_of
from tests.handlers.stage import AGENT, AGENT2, SUPER, Json, Stage, words_of
from tickets.case.values import Number, Status

pytestmark = [pytest.mark.usefixtures("address"), pytest.mark.requirement(79)]


def opened(stage: Stage, who: str, title: str) -> str:
    """Wait for a view and give its words."""
    views = stage.slack.sandbox.views

    def found() -> str:
        top = [view.body for view in views.stack(who)[-1:]]
        said = words_of(top[0]) if top else ""
        return said if title in said else ""

    said: str = stage.person(who).wait_for(found)
    return said


def told(stage: Stage, who: str, text: str) -> list[Json]:
    """Find what a person was told directly."""
    stage.settle()
    inbox = stage.person(who).inbox()
    return [one for one in inbox if text in text_of(one["blocks"], str)]


def test_a_duplicate_ends_and_its_conversation_goes_on_in_the_survivor(stage: Stage) -> None:
    first, second = stage.log(), stage.log()

    sent = stage.fill(AGENT, "ticket.merge", second, survivor=first)

    assert not sent.errors
    gone, stays = stage.ticket(second), stage.ticket(first)
    assert (gone.status, gone.merged_into) == (Status.MERGED, first)
    channel, card = stage.card(second)
    shown = words_of(card["blocks"])
    assert first in str(card["blocks"])
    assert "ticket.accept" not in str(card["blocks"])
    assert shown

    stage.person(AGENT).post(channel, "客户补充：噪声也大", thread_ts=card["ts"])
    stage.settle()
    kept = [text for _, text in stage.ticket(first).words.values()]
    assert kept == ["客户补充：噪声也大"]
    assert stage.ticket(second).words == {}

    _, survivor = stage.card(first)
    stage.press(AGENT, "ticket.history", first)
    assert f"来自 {second}" in " ".join(opened(stage, AGENT, "来自").split())
    assert stays.absorbed == (Number(second),)
    thread = stage.slack.messages(channel, survivor["ts"])
    assert any(f"已将 {second} 合并到 {first}" in text_of(one["blocks"], str) for one in thread)


def test_the_command_merges_too_and_a_wrong_number_is_said_in_words(stage: Stage) -> None:
    first, second = stage.log(), stage.log()
    ann = stage.person(AGENT)

    ann.command("/ticket", "合并 2 2")
    assert "不能合并到自己" in stage.told(AGENT)
    ann.command("/ticket", "merge 2")
    assert "合并 4 3" in stage.told(AGENT)
    stage.person(AGENT2).command("/ticket", "duplicate 2 1")
    assert stage.told(AGENT2)
    assert stage.ticket(second).status is Status.NEW

    ann.command("/ticket", "重复 2 1")
    assert f"{second} 已合并到 {first}" in stage.told(AGENT)
    ann.command("/ticket", "合并 1 2")
    assert f"合并到 {first}" in stage.told(AGENT)
    assert stage.ticket(first).status is Status.NEW


def test_a_number_that_cannot_be_read_stands_under_its_field(stage: Stage) -> None:
    stage.log()
    second = stage.log()

    sent = stage.fill(AGENT, "ticket.merge", second, survivor="上一张")

    assert set(sent.errors) == {"survivor"}


def test_who_had_the_merged_one_is_told_where_it_went(stage: Stage) -> None:
    first, second = stage.log(), stage.log()
    stage.settle()

    stage.person(SUPER).command("/ticket", f"merge {second} {first}")
    stage.told(SUPER)

    owner = stage.ticket(second).assignee
    assert owner
    (said,) = [one for one in told(stage, owner, first) if second in str(one["blocks"])]
    stage.person(owner).click(said, "ticket.details", channel=stage.person(owner).direct)
    assert first in opened(stage, owner, first)
