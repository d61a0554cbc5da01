"""The voice and the courier against the sandbox's server, with faults."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.clock import SystemClock
from bot.voice.wire import EVENT_TYPE, key_hash
from tests.bot.voice.workplace import (
    ADA,
    ANN,
    BEN,
    EVE,
    LEE,
    NINE,
    NUMBER,
    SUE,
    Workplace,
    a_workplace,
    assigned,
    logged,
    text_of,
)
from tickets.case import facts as f
from tickets.case.values import AssignCause, Risk, Text
from tickets.notices import Notice, NoticeKind, NoticeState, Place, PlaceKind, Urgency, to_person

TECH, DESK_CHANNEL = "C0TECH", "C0DESK"


@pytest.fixture
def desk() -> Iterator[Workplace]:
    with a_workplace() as workplace:
        yield workplace


def a_word(key: str = "word:1", to: str = ANN) -> Notice:
    """The smallest private notice: an operator's sentence."""
    return Notice(
        key=key,
        kind=NoticeKind.OPERATOR,
        place=Place(PlaceKind.PERSON, to),
        urgency=Urgency.PRIVATE,
        due_at=NINE,
        params={"message": "operator.parked", "place": "#tech", "why": "test"},
    )


def states(desk: Workplace) -> set[NoticeState]:
    return {row.state for row in desk.outbox.rows.values()}


def test_a_new_case_becomes_a_card_a_mention_under_it_and_a_word_to_its_logger(
    desk: Workplace,
) -> None:
    desk.happens(logged(), assigned())

    desk.deliver()

    card, mention = desk.posted(TECH)
    assert mention["thread_ts"] == card["ts"]
    assert f"<@{EVE}>" in text_of(mention)
    assert f"<@{EVE}>" in mention["text"]
    [private] = desk.posted(ANN)
    assert "@Eve (Engineering)" in private["text"]
    assert states(desk) == {NoticeState.SENT}


def test_every_message_carries_its_key_and_no_personal_data(desk: Workplace) -> None:
    desk.happens(logged(), assigned())

    desk.deliver()

    everything = [*desk.posted(TECH), *desk.posted(ANN)]
    keys = {key_hash(key) for key in desk.outbox.rows}
    assert {message["metadata"]["event_payload"]["k"] for message in everything} == keys
    assert {message["metadata"]["event_type"] for message in everything} == {EVENT_TYPE}
    assert not any("李四" in str(m) or "13800135678" in str(m) for m in everything)
    assert all(message["text"].strip() for message in everything)


def test_channels_read_the_desks_language_and_people_their_own(desk: Workplace) -> None:
    desk.happens(logged(), assigned())
    desk.deliver()
    desk.happens(f.HandedBack(reason=Text("不是技术问题")), by=EVE)

    desk.deliver()

    assert "这张工单由您负责" in text_of(desk.posted(TECH)[1])
    assert "handed" in desk.posted(ANN)[-1]["text"]


@pytest.mark.proves("F07")
def test_a_lost_reply_leaves_one_message(desk: Workplace) -> None:
    desk.slack.fault("chat.postMessage", "reply_lost")
    desk.plan(a_word())
    desk.deliver()
    assert states(desk) == {NoticeState.UNCLEAR}

    desk.look_back()
    desk.deliver()

    assert len(desk.posted(ANN)) == 1
    assert states(desk) == {NoticeState.SENT}


@pytest.mark.proves("F07", "F55")
def test_a_lost_reply_in_a_thread_is_found_there(desk: Workplace) -> None:
    desk.happens(logged(), assigned())
    desk.courier.work_once()  # the card
    desk.slack.fault("chat.postMessage", "reply_lost")
    desk.deliver()

    desk.look_back()
    desk.deliver()

    assert len(desk.posted(TECH)) == 2
    assert states(desk) == {NoticeState.SENT}


@pytest.mark.proves("F09")
@pytest.mark.parametrize("accepted", [True, False])
def test_a_server_error_is_looked_into_first(desk: Workplace, accepted: bool) -> None:
    desk.slack.fault("chat.postMessage", "http_error", status=503, accepted=accepted)
    desk.plan(a_word())
    desk.deliver()
    assert states(desk) == {NoticeState.UNCLEAR}

    desk.look_back()
    desk.deliver()

    assert len(desk.posted(ANN)) == 1


@pytest.mark.proves("F55")
def test_history_that_cannot_be_read_proves_nothing(desk: Workplace) -> None:
    desk.slack.fault("chat.postMessage", "reply_lost")
    desk.slack.fault("conversations.history", "ratelimited", retry_after_s=1)
    desk.plan(a_word())
    desk.deliver()

    assert desk.look_back() == 0
    assert states(desk) == {NoticeState.UNCLEAR}
    assert desk.look_back() == 1


@pytest.mark.proves("F10")
def test_retry_after_is_honoured_and_other_channels_go_on(desk: Workplace) -> None:
    direct = desk.wire.direct(ANN)
    desk.slack.fault("chat.postMessage", "ratelimited", retry_after_s=30, channel=direct)
    desk.plan(a_word(), a_word("word:2"), a_word("word:3", to=BEN))

    desk.deliver()

    assert desk.posted(ANN) == []
    assert len(desk.posted(BEN)) == 1
    waits = desk.outbox.rows["word:1"].ready_at - SystemClock().now()
    assert timedelta(seconds=20) < waits <= timedelta(seconds=30)


@pytest.mark.proves("F56")
def test_content_that_slack_refuses_is_said_as_a_plain_sentence(desk: Workplace) -> None:
    desk.slack.fault("chat.postMessage", "error", error="invalid_blocks")
    desk.plan(a_word())

    desk.deliver()

    [message] = desk.posted(ANN)
    assert "#tech" in message["text"]
    assert not message.get("blocks")


@pytest.mark.proves("F49", "F50")
@pytest.mark.parametrize("how", ["kick_bot", "archive_channel", "delete_channel"])
def test_a_channel_that_refuses_sends_the_case_to_the_supervisors_and_tells_the_admins_once(
    desk: Workplace, how: str
) -> None:
    desk.slack.admin(how, channel=TECH)
    desk.happens(logged(), assigned())

    desk.deliver()

    fallback = [m for m in desk.posted(DESK_CHANNEL) if not m.get("thread_ts")]
    assert any(NUMBER in text_of(message) for message in fallback)
    assert any("本条原应发到 #tech" in text_of(message) for message in fallback)
    told = [m for m in desk.posted(ADA) if "#tech" in m["text"]]
    assert len(told) == 1
    assert NoticeState.READY not in states(desk)


@pytest.mark.proves("F49", "F50")
def test_the_supervisors_are_told_directly_when_their_channel_refuses_too(desk: Workplace) -> None:
    desk.slack.admin("kick_bot", channel=TECH)
    desk.slack.admin("kick_bot", channel=DESK_CHANNEL)
    desk.happens(logged(), assigned())

    desk.deliver()

    assert any(NUMBER in text_of(message) for message in desk.posted(SUE))
    assert NoticeState.READY not in states(desk)


@pytest.mark.proves("F51")
def test_a_person_who_left_is_replaced_by_the_supervisor(desk: Workplace) -> None:
    desk.happens(logged(), assigned(), tell=False)
    desk.slack.admin("deactivate_user", user=ANN)
    desk.happens(f.Resolved(result=Text("已加注制冷剂")), by=EVE)

    desk.deliver()

    assert any(NUMBER in text_of(message) for message in desk.posted(SUE))


@pytest.mark.proves("F52")
def test_a_revoked_token_loses_nothing(desk: Workplace) -> None:
    desk.slack.admin("revoke_token")
    desk.plan(a_word())

    desk.deliver()
    assert states(desk) == {NoticeState.READY}

    desk.slack.admin("restore_token")
    desk.outbox.rows["word:1"].ready_at = NINE
    desk.deliver()
    assert len(desk.posted(ANN)) == 1


@pytest.mark.proves("F11")
def test_slack_out_of_reach_is_tried_again(desk: Workplace) -> None:
    desk.wire.direct(ANN)
    reachable = desk.wire.client.base_url
    desk.wire.client.base_url = "http://127.0.0.1:9/api/"
    desk.plan(a_word())

    desk.deliver()
    assert states(desk) == {NoticeState.READY}

    desk.wire.client.base_url = reachable
    desk.outbox.rows["word:1"].ready_at = NINE
    desk.deliver()
    assert len(desk.posted(ANN)) == 1


def test_somebody_outside_the_channel_is_named_there_and_told_privately() -> None:
    with a_workplace(tech=[ANN, LEE]) as desk:
        desk.happens(logged(), assigned())

        desk.deliver()

        card, mention = desk.posted(TECH)
        assert "@Eve" in text_of(mention)
        assert f"<@{EVE}>" not in str(mention)
        [private] = desk.posted(EVE)
        assert "这张工单由您负责" in private["text"]
        assert card["ts"].replace(".", "") in str(private["blocks"])


@pytest.mark.proves("F34")
def test_an_assignment_that_is_out_of_date_is_not_said(desk: Workplace) -> None:
    desk.happens(logged(), assigned())
    desk.happens(assigned(BEN, cause=AssignCause.PERSON), by=SUE)

    desk.deliver()

    card, mention = desk.posted(TECH)
    assert f"<@{BEN}>" in text_of(mention)
    assert NoticeState.SUPERSEDED in states(desk)
    assert NUMBER in text_of(card)


def test_a_high_risk_case_shows_itself_only_to_those_it_concerns(desk: Workplace) -> None:
    risky = logged(risks=frozenset({Risk.FRAUD}), product=Text("KF-35"))
    desk.happens(risky, assigned())

    desk.deliver()

    in_channel = "".join(text_of(message) for message in desk.posted(TECH))
    assert "KF-35" not in in_channel
    assert any("KF-35" in text_of(message) for message in desk.posted(EVE))
    assert any("KF-35" in text_of(message) for message in desk.posted(SUE))


def test_a_moved_case_leaves_a_word_in_the_old_thread_and_a_new_card(desk: Workplace) -> None:
    desk.happens(logged(), assigned())
    desk.deliver()
    olga = to_person("U0OPS")  # type: ignore[arg-type]
    desk.happens(assigned("U0OPS", "operations", AssignCause.PERSON), by=SUE)  # type: ignore[arg-type]

    desk.deliver()

    old, *thread = desk.posted(TECH)
    new, mention = desk.posted("C0OPS")
    assert "运营部" in text_of(thread[-1])
    assert thread[-1]["thread_ts"] == old["ts"]
    assert NUMBER in text_of(new)
    assert f"<@{olga.key}>" in text_of(mention)
    assert "C0OPS" in str(old["blocks"]) or "#operations" in text_of(old)


def test_many_changes_become_one_update_of_the_card(desk: Workplace) -> None:
    desk.happens(logged(), assigned())
    desk.deliver()
    desk.happens(f.Accepted(), by=EVE)
    desk.happens(f.Started(), by=EVE)

    desk.deliver()

    updates = [e for e in desk.slack.traffic() if e.name == "chat.update"]
    card = desk.posted(TECH)[0]
    assert "处理中" in text_of(card)
    assert len([e for e in updates if e.ok]) <= 2
    assert desk.unit.cards.of(NUMBER)[0].shown == 4


@pytest.mark.proves("F53")
def test_what_somebody_took_away_is_not_said_again_once_it_was_confirmed(desk: Workplace) -> None:
    desk.plan(replace(a_word(), place=Place(PlaceKind.DESK)))
    desk.deliver()
    take_away(desk)

    desk.look_back()
    desk.deliver()

    assert desk.posted(DESK_CHANNEL) == []
    assert states(desk) == {NoticeState.SENT}


@pytest.mark.proves("F53")
def test_what_somebody_took_away_before_it_was_found_is_said_again(desk: Workplace) -> None:
    """Nobody can tell it from a message that never arrived; silence would be worse."""
    desk.slack.fault("chat.postMessage", "reply_lost")
    desk.plan(replace(a_word(), place=Place(PlaceKind.DESK)))
    desk.deliver()
    take_away(desk)

    desk.look_back()
    desk.deliver()

    assert len(desk.posted(DESK_CHANNEL)) == 1
    assert states(desk) == {NoticeState.SENT}


def take_away(desk: Workplace) -> None:
    [message] = desk.posted(DESK_CHANNEL)
    desk.wire.delete(DESK_CHANNEL, message["ts"])


@pytest.mark.proves("F08")
def test_a_message_doubled_by_late_acceptance_loses_its_younger_copy(desk: Workplace) -> None:
    notice = replace(a_word(), place=Place(PlaceKind.DESK))
    desk.slack.fault("chat.postMessage", "accepted_late", delay_s=0.2)
    desk.plan(notice)
    desk.deliver()
    desk.look_back()
    desk.deliver()
    desk.slack.wait_until(lambda: len(desk_posts(desk)) == 2)

    taken = desk.voice.sweep()

    assert taken == 1
    assert len(desk.posted(DESK_CHANNEL)) == 1
    assert desk.voice.sweep() == 0


@pytest.mark.proves("F08")
def test_a_copy_of_what_is_still_on_its_way_is_left_for_the_next_sweep(desk: Workplace) -> None:
    """Whoever is sending may note either copy a moment later; the one that goes must not be that one."""
    desk.plan(replace(a_word("other"), place=Place(PlaceKind.DESK)))
    desk.deliver()
    desk.slack.fault("chat.postMessage", "accepted_late", delay_s=0.2)
    desk.plan(replace(a_word(), place=Place(PlaceKind.DESK)))
    desk.deliver()
    desk.look_back()
    desk.slack.fault("chat.postMessage", "reply_lost")
    desk.deliver()
    desk.slack.wait_until(lambda: len(desk_posts(desk)) == 3)
    assert desk.outbox.state("word:1") is NoticeState.UNCLEAR

    assert desk.voice.sweep() == 0
    desk.look_back()
    assert desk.voice.sweep() == 1

    assert len(desk.posted(DESK_CHANNEL)) == 2


def desk_posts(desk: Workplace) -> list[object]:
    return list(desk.slack.sandbox.workspace.channels[DESK_CHANNEL].posts.values())
