"""Personal data in a thread, private ways and phrases not to use are pointed out to their author (DESK.md 6, R13, R114)."""

import pytest

from tests.handlers.stage import AGENT, ENG, ENG2, Json, Stage, words_of

pytestmark = [pytest.mark.usefixtures("address"), pytest.mark.requirement(113, 114)]


def told_about(stage: Stage, who: str, key: str) -> list[Json]:
    """List what somebody was told directly that begins like this."""
    stage.settle()
    return [post for post in stage.person(who).inbox() if key in words_of(post["blocks"])]


def test_personal_data_in_a_thread_is_pointed_out_with_the_masked_wording(stage: Stage) -> None:
    number = stage.log()
    channel, card = stage.card(number)

    post = stage.person(ENG).post(
        channel, "李丽的电话 138 1234 5678，周五上门", thread_ts=card["ts"]
    )

    (told,) = told_about(stage, ENG, "****5678")
    said = words_of(told["blocks"])
    assert "李*的电话 ****5678，周五上门" in said
    assert "请编辑或删除这条消息" in said
    assert "1234 5678" not in said
    assert post["ts"].replace(".", "") in str(told["blocks"])


def test_once_for_each_version_of_a_message_and_not_to_others(stage: Stage) -> None:
    number = stage.log()
    channel, card = stage.card(number)
    post = stage.person(ENG).post(channel, "电话 13812345678", thread_ts=card["ts"])
    stage.settle()
    for attempt in (1, 2):
        stage.slack.redeliver(attempt=attempt)

    assert len(told_about(stage, ENG, "****5678")) == 1
    assert not told_about(stage, ENG2, "****5678")

    stage.person(ENG).edit(post, "电话 13812345678，急", channel=channel)

    assert len(told_about(stage, ENG, "****5678")) == 2


def test_a_post_without_any_is_left_alone(stage: Stage) -> None:
    number = stage.log()
    channel, card = stage.card(number)
    before = len(stage.person(ENG).inbox())

    stage.person(ENG).post(channel, f"{number} 出风口 27 ℃，周五上门", thread_ts=card["ts"])
    stage.settle()

    assert len(stage.person(ENG).inbox()) == before


def test_what_was_removed_before_the_desk_could_say_so_is_not_mentioned(stage: Stage) -> None:
    number = stage.log()
    channel, card = stage.card(number)
    post = stage.person(ENG).post(channel, "电话 13812345678", thread_ts=card["ts"])
    stage.slack.settle()
    stage.person(ENG).delete(post, channel=channel)

    assert not told_about(stage, ENG, "****5678")


@pytest.mark.parametrize("way", ["QQ", "微信"])
def test_a_private_way_in_a_note_is_pointed_out_afterwards(stage: Stage, way: str) -> None:
    number = stage.log()

    stage.fill(AGENT, "ticket.note", number, note=f"请客户加我{way}，把照片发过来")

    (told,) = told_about(stage, AGENT, way)
    assert "R114" not in words_of(told["blocks"])
    assert stage.ticket(number).version == 3  # kept all the same


def test_a_private_way_in_a_thread_is_pointed_out(stage: Stage) -> None:
    number = stage.log()
    channel, card = stage.card(number)

    stage.person(ENG).post(channel, "照片用QQ发我", thread_ts=card["ts"])

    (told,) = told_about(stage, ENG, "QQ")
    assert "打开这条消息" in words_of(told["blocks"])


@pytest.mark.requirement(13)
def test_a_phrase_not_to_use_is_pointed_out(stage: Stage) -> None:
    number = stage.log()

    stage.fill(AGENT, "ticket.note", number, note="已告知客户这不是我们的问题，请他找厂家")

    assert len(told_about(stage, AGENT, "这不是我们的问题")) == 1
