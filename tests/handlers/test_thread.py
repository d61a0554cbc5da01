"""The conversation under a card: messages, files, edits, deletions, in any order and twice (R71, F13–F16)."""

import copy
from functools import partial

import pytest

from tests.handlers.stage import AGENT, ENG, SUPER, Json, Stage, words_of
from tickets.case.values import PersonId
from tickets.desk.look import search

pytestmark = pytest.mark.usefixtures("address")  # on both engines


def facts(stage: Stage, number: str) -> list[str]:
    with stage.bot.desk.records.read() as unit:
        return [type(event.fact).__name__ for event in unit.tickets.events(number)]  # type: ignore[arg-type]


def heard(stage: Stage, text: str) -> Json:
    """Give the event of a message as Slack delivered it."""
    delivered = [
        e.request["payload"] for e in stage.slack.traffic() if e.name == "events_api" and e.request
    ]
    return next(p for p in delivered if p["event"].get("text") == text)


def timeline(stage: Stage, number: str, who: str = SUPER) -> str:
    stage.person(who).click(stage.card(number)[1], "ticket.more", channel=stage.card(number)[0])
    more = stage.person(who).modal("modal.shown")
    stage.person(who).click(more, "ticket.history")
    stack = stage.slack.sandbox.views.stack
    stage.person(who).wait_for(lambda: len(stack(who)) == 2)
    return words_of(stack(who)[-1].body)


def test_what_is_written_edited_and_removed_is_on_the_timeline(stage: Stage) -> None:
    number = stage.log()
    channel, card = stage.card(number)
    eve = stage.person(ENG)

    first = eve.post(channel, "约好 @ann 周五上门 A&B", thread_ts=card["ts"])
    second = eve.post(channel, "写错了", thread_ts=card["ts"])
    stage.settle()
    eve.edit(first, "约好周六上门", channel=channel)
    stage.settle()  # events about two messages may overtake each other, on two sockets
    eve.delete(second, channel=channel)
    stage.settle()

    assert facts(stage, number)[2:] == ["Said", "Said", "SaidAnew", "Unsaid"]
    assert "周六上门" in timeline(stage, number)


@pytest.mark.proves("X06")
def test_what_was_removed_stays_on_record_for_supervisors_alone(stage: Stage) -> None:
    number = stage.log()
    channel, card = stage.card(number)
    eve = stage.person(ENG)
    posted = eve.post(channel, "客户说下周再约", thread_ts=card["ts"])
    eve.post(channel, "配件已到", thread_ts=card["ts"])
    stage.settle()
    eve.edit(posted, "客户嫌贵不来了", channel=channel)
    stage.settle()
    eve.delete(posted, channel=channel)
    stage.settle()

    for reader in (AGENT, ENG):
        read = timeline(stage, number, reader)
        assert "配件已到" in read
        assert "下周再约" not in read
        assert "嫌贵" not in read
    assert "下周再约" in (kept := timeline(stage, number))
    assert "嫌贵" in kept

    look = partial(search, stage.bot.desk, by=PersonId(SUPER))
    assert [one.number for one in look("配件已到").lines] == [number]
    assert not look("嫌贵").lines


def test_files_become_evidence_once(stage: Stage) -> None:
    number = stage.log()
    channel, card = stage.card(number)

    stage.person(ENG).post(
        channel, "现场照片", thread_ts=card["ts"], files={"a.jpg": b"1", "b.jpg": b"2"}
    )
    stage.settle()
    stage.slack.redeliver()
    stage.settle()

    assert sorted(facts(stage, number)[2:]) == ["EvidenceAdded", "EvidenceAdded", "Said"]
    assert [one.name for one in stage.ticket(number).evidence] == ["a.jpg", "b.jpg"]


def test_a_redelivered_message_and_its_mention_are_one_entry(stage: Stage) -> None:
    number = stage.log()
    channel, card = stage.card(number)

    stage.person(ENG).post(channel, f"@{stage.slack.app.name} 请看", thread_ts=card["ts"])
    stage.settle()
    for attempt in (1, 2, 3):
        stage.slack.redeliver(attempt=attempt)
    stage.settle()

    assert facts(stage, number).count("Said") == 1


def test_a_later_state_wins_whatever_order_events_come_in(stage: Stage) -> None:
    number = stage.log()
    channel, card = stage.card(number)
    posted = stage.person(ENG).post(channel, "第一稿", thread_ts=card["ts"])
    stage.settle()
    said = heard(stage, "第一稿")
    edit = _edit(said, posted, "第三稿", "9000000003.0")
    older = _edit(said, posted, "第二稿", "9000000002.0")

    for payload in (edit, older, said):
        assert stage.send(payload).status == 200

    assert facts(stage, number)[2:] == ["Said", "SaidAnew"]
    assert [text for _, text in stage.ticket(number).words.values()] == ["第三稿"]


def test_other_threads_other_apps_and_the_bot_itself_are_left_alone(stage: Stage) -> None:
    number = stage.log()
    channel, card = stage.card(number)
    other = stage.person(ENG).post(channel, "午饭？")

    stage.person(ENG).post(channel, "好", thread_ts=other["ts"])
    stage.person(ENG).post(channel, "在频道里说")
    stage.settle()
    by_an_app = copy.deepcopy(heard(stage, "在频道里说"))
    by_an_app["event"] |= {"bot_id": "B0OTHER", "thread_ts": card["ts"], "ts": "9.1"}
    stage.send(by_an_app)

    assert facts(stage, number) == ["Logged", "Assigned"]


def test_who_writes_to_the_desk_itself_gets_the_menu(stage: Stage) -> None:
    ann = stage.person(AGENT)

    ann.post(ann.direct, "你好")
    stage.settle()

    assert stage.told(AGENT)


def test_who_calls_the_desk_in_a_channel_gets_the_menu_privately(stage: Stage) -> None:
    stage.person(AGENT).post("tech", f"@{stage.slack.app.name}")
    stage.settle()

    channel = stage.slack.look(lambda: stage.slack.sandbox.workspace.channel_named("tech").id)
    assert stage.told(AGENT, channel)


def _edit(said: Json, posted: Json, text: str, at: str) -> Json:
    payload = copy.deepcopy(said)
    event = payload["event"]
    message = {**event, "text": text, "edited": {"user": ENG, "ts": at}}
    payload["event_id"] = f"Ev{at}"
    payload["event"] = {
        "type": "message",
        "subtype": "message_changed",
        "channel": event["channel"],
        "event_ts": at,
        "ts": at,
        "message": message,
        "previous_message": posted,
    }
    return payload
