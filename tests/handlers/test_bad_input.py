"""Bad input: unsigned, stale, replayed, of elsewhere, unknown, tampered, of strangers, hostile (X01–X05, F17, X11)."""

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest
from slack_bolt import BoltResponse

from bot.app import BURST
from handlers.forms import LONGEST
from handlers.typed import whole
from handlers.views.ids import ActionId, CallbackId
from handlers.views.text import visible
from tests.handlers.stage import (
    AGENT,
    AGENT2,
    ENG,
    STRANGER,
    SUPER,
    House,
    Json,
    Stage,
)
from tests.handlers.test_thread import heard
from tests.handlers.views.hostile import FIXED
from tickets.case.values import Status


def said(answer: BoltResponse) -> str:
    """Give what an acknowledgement says, as a person reads it."""
    return json.dumps(json.loads(answer.body), ensure_ascii=False) if answer.body else ""


def command(stage: Stage, text: str, who: str = AGENT) -> Json:
    stage.person(who).command("/ticket", "help")
    return stage.last("slash_commands") | {"text": text, "trigger_id": f"1.{text}.{who}"}


def click(stage: Stage, number: str, who: str = ENG, action: str = "ticket.accept") -> Json:
    """A click on a ticket's card as Slack would deliver it, not delivered yet."""
    channel, card = stage.card(number)
    workspace = stage.slack.sandbox.workspace
    return {
        "type": "block_actions",
        "user": {"id": who, "team_id": workspace.team["id"]},
        "team": {"id": workspace.team["id"]},
        "container": {"type": "message", "message_ts": card["ts"], "channel_id": channel},
        "channel": {"id": channel},
        "trigger_id": "1.2.none",
        "actions": [
            {
                "type": "button",
                "action_id": action,
                "block_id": "b",
                "value": number,
                "action_ts": "1.5",
            }
        ],
    }


@pytest.mark.parametrize("how", [{"secret": "another"}, {"age_s": 301}, {"header": False}], ids=str)
@pytest.mark.proves("X01", "F17")
def test_an_unsigned_stale_or_forged_request_is_refused(stage: Stage, how: dict[str, Any]) -> None:
    answer = stage.send(command(stage, "note 1 hello"), **how)

    assert answer.status == 401


@pytest.mark.proves("X01", "F17")
def test_a_replayed_request_has_no_second_effect(stage: Stage) -> None:
    number = stage.log()
    payload = command(stage, f"note {number} 客户再次来电")

    for _ in range(3):
        assert stage.send(payload).status == 200

    with stage.bot.desk.records.read() as unit:
        events = unit.tickets.events(number)  # type: ignore[arg-type]
    assert sum(type(event.fact).__name__ == "Noted" for event in events) == 1


@pytest.mark.proves("X03")
def test_a_payload_of_another_workspace_is_refused(stage: Stage) -> None:
    number = stage.log()
    payload = click(stage, number)
    payload["team"] = payload["user"]["team_id"] = {"id": "T0OTHER"}

    answer = stage.send(payload)

    assert answer.status == 403
    assert stage.ticket(number).status is Status.NEW


@pytest.mark.proves("X03")
def test_a_payload_of_another_organisation_is_refused(stage: Stage) -> None:
    number = stage.log()
    payload = click(stage, number)
    payload["team"] = None
    payload["user"].pop("team_id")
    payload |= {"enterprise": {"id": "E0OTHER"}, "is_enterprise_install": True}

    answer = stage.send(payload)

    assert answer.status == 403
    assert stage.ticket(number).status is Status.NEW


@pytest.mark.proves("X03")
def test_a_command_of_another_workspace_is_refused(stage: Stage) -> None:
    assert stage.send(command(stage, "new") | {"team_id": "T0OTHER"}).status == 403


def test_an_unknown_button_answers_in_a_sentence(stage: Stage) -> None:
    number = stage.log()

    answer = stage.send(click(stage, number, action="ticket.explode"))

    assert answer.status == 200
    channel, _ = stage.card(number)
    assert "旧版本" in stage.told(ENG, channel)


def test_an_unknown_form_answers_in_a_view(stage: Stage) -> None:
    stage.log()
    payload = stage.last("interactive")
    payload["view"]["callback_id"] = "form.of.another"

    answer = json.loads(stage.send(payload).body)

    assert answer["response_action"] == "update"


def test_another_command_and_a_shortcut_are_answered_too(stage: Stage) -> None:
    typed = stage.send(command(stage, "x") | {"command": "/other"})
    team = stage.slack.sandbox.workspace.team["id"]
    shortcut = {"type": "shortcut", "callback_id": "x", "user": {"id": AGENT}, "team": {"id": team}}

    assert "/ticket" in typed.body
    assert stage.send(shortcut).status == 200


@pytest.mark.parametrize(
    "value", ["", "20990101999", "abc", "<!channel>", '{"n":1}', '{"n":"x"}', "9" * 1999, "[[[["]
)
@pytest.mark.proves("X04")
def test_a_button_with_a_tampered_value_does_nothing(house: House, value: str) -> None:
    payload = click(house.stage, house.number)
    payload["actions"][0]["value"] = value

    answer = house.stage.send(payload)

    assert answer.status == 200
    assert house.stands()


def deep(depth: int) -> str:
    return "[" * depth + "]" * depth


@pytest.mark.parametrize(
    "tamper",
    [
        lambda view: view.update(private_metadata="x" * 3000),
        lambda view: view.update(private_metadata=deep(1400)),
        lambda view: view.update(private_metadata='{"carried":"20990101001","opened":-5}'),
        lambda view: view.update(private_metadata=None),
        lambda view: view.update(state=None),
        lambda view: view["state"].update(values=[]),
        lambda view: view["state"]["values"].clear(),
        lambda view: view["state"]["values"].update({"form.urgency": {"value": {"value": "P9"}}}),
        lambda view: view["state"]["values"].update(
            {"form.urgency": {"value": {"selected_option": {"value": "P9"}}}}
        ),
        lambda view: view["state"]["values"].update({"form.description": {"value": {"value": 7}}}),
        lambda view: view["state"]["values"].update(
            {"form.category": {"form.category": {"selected_option": {"value": "no/such"}}}}
        ),
        lambda view: view["state"]["values"].update({"form.evidence": {"value": {"files": "all"}}}),
        lambda view: view.update(blocks=None),
    ],
)
@pytest.mark.proves("X04")
def test_a_tampered_form_is_refused_in_words_and_breaks_nothing(
    house: House, tamper: Callable[[Json], None], request: pytest.FixtureRequest
) -> None:
    payload = copy.deepcopy(house.form)
    payload["view"]["id"] = f"V{request.node.name}"
    tamper(payload["view"])

    answer = house.stage.send(payload)

    body = json.loads(answer.body)
    assert answer.status == 200
    assert body["response_action"] in {"errors", "update", "clear"}
    assert "系统出了点问题" not in said(answer)
    assert house.stands()


@pytest.mark.parametrize("callback_id", sorted(set(CallbackId) - {"home", "modal.shown"}))
@pytest.mark.proves("X04")
def test_no_modal_trusts_the_number_it_remembers(house: House, callback_id: str) -> None:
    payload = copy.deepcopy(house.form)
    payload["view"] |= {
        "id": f"V{callback_id}",
        "callback_id": callback_id,
        "private_metadata": '{"n":"20990101001"}',
    }

    answer = house.stage.send(payload)

    assert answer.status == 200
    assert "系统出了点问题" not in said(answer)
    assert house.stands()


def test_a_stranger_is_told_whom_to_ask_and_changes_nothing(stage: Stage) -> None:
    number = stage.log()

    for text in (
        f"note {number} x",
        f"close {number}",
        "away",
        "handover",
        f"assign {number} <@{ENG}>",
    ):
        answer = stage.send(command(stage, text, who=STRANGER))
        assert "desk.yml" in answer.body
    for action in (
        "ticket.accept",
        "ticket.start",
        "ticket.resume",
        "ticket.confirm",
        "ticket.take",
    ):
        assert stage.send(click(stage, number, who=STRANGER, action=action)).status == 200

    assert stage.ticket(number).version == 2


def test_a_strangers_form_keeps_what_was_typed_and_says_why(stage: Stage) -> None:
    stage.log()
    payload = stage.last("interactive")
    payload["user"]["id"] = STRANGER
    payload["view"]["id"] = "V0STRANGER"

    answer = json.loads(stage.send(payload).body)

    assert answer["response_action"] == "errors"
    assert "desk.yml" in " ".join(answer["errors"].values())
    assert len(stage.numbers()) == 1


def test_a_person_who_left_has_no_rights_any_more(stage: Stage) -> None:
    number = stage.log()
    stage.slack.admin("deactivate_user", user=ENG)
    stage.settle()

    stage.send(click(stage, number, who=ENG))
    answer = stage.send(command(stage, f"assign {number} <@{ENG}>", who=SUPER))

    assert stage.ticket(number).status is Status.NEW
    assert "不在服务台的人员名单中" in said(answer)


@pytest.mark.parametrize("text", ["show {}", "status {}", "note {} x", "close {}", "reopen {}"])
def test_other_peoples_tickets_are_refused(house: House, text: str) -> None:
    house.stage.person(AGENT2).command("/ticket", text.format(house.number))

    assert "You cannot" in house.stage.told(AGENT2)
    assert house.stands()


@pytest.mark.proves("X11", "X16")
def test_nothing_a_customer_says_becomes_live_anywhere(stage: Stage) -> None:
    live = "<!channel> <@U0SUPER> <#C001> <https://evil.example|click> @here *bold*"
    texts = dict.fromkeys(
        ("name", "when", "where", "expectation", "product", "order_no", "remarks"), live
    )
    number = stage.log(
        **{f"form.{name}": text for name, text in texts.items()},
        **{"form.description": f"{live} 空调制冷差，三十分钟后27 ℃"},
    )
    stage.fill(AGENT, "ticket.note", number, note=live)
    stage.fill(AGENT, "ticket.help_wanted", number, need=live)
    stage.person(AGENT).command("/ticket", f"search {live}")
    stage.person(AGENT).command("/ticket", live)
    stage.settle()

    posts = [
        post
        for channel in list(stage.slack.sandbox.workspace.channels.values())
        for post in (*channel.posts.values(), *channel.ephemerals.values())
        if post.body.get("bot_id")
    ]
    assert posts
    for post in posts:
        text = post.body["text"]
        assert "<!channel>" not in text
        assert "<https://evil" not in text
        assert not _live_elements(post.body.get("blocks", []))


@pytest.mark.proves("X13")
def test_hostile_texts_are_stored_as_typed(stage: Stage) -> None:
    number = stage.log()

    for text in FIXED:
        stage.fill(AGENT, "ticket.note", number, note=text)

    with stage.bot.desk.records.read() as unit:
        events = unit.tickets.events(number)  # type: ignore[arg-type]
    noted = [event.fact.text for event in events if type(event.fact).__name__ == "Noted"]  # type: ignore[attr-defined]
    typed = [whole(text).strip() for text in FIXED]
    # What nobody could see is nothing: the form says that the field is empty.
    assert noted == [text for text in typed if visible(text).strip() and len(text) <= LONGEST]


def test_half_a_character_is_kept_as_a_mark_wherever_it_is_typed(stage: Stage) -> None:
    """JSON carries lone surrogates; a message with one must not be lost for it."""
    number = stage.log(**{"form.name": "半个\ud83d字", "form.phone": "13912345678"})
    channel, card = stage.card(number)
    stage.person(ENG).post(channel, "明天上门", thread_ts=card["ts"])
    stage.settle()
    payload = copy.deepcopy(heard(stage, "明天上门"))
    payload["event"] |= {
        "ts": "17.1",
        "text": "坏\ud83d字",
        "files": [{"id": "F1", "name": "\udc00.jpg", "mimetype": "image/jpeg"}],
    }

    assert stage.send(payload).status == 200

    ticket = stage.ticket(number)
    assert "坏\ufffd字" in [text for _, text in ticket.words.values()]
    assert [one.name for one in ticket.evidence] == ["\ufffd.jpg"]


def _live_elements(blocks: list[Json]) -> list[Json]:
    """Mentions and links made of anything but the assignee and the ticket's own card."""
    found = []
    for block in blocks:
        for section in block.get("elements", []):
            for element in section.get("elements", []) if isinstance(section, dict) else []:
                if element.get("type") in {"broadcast", "usergroup", "channel"}:
                    found.append(element)
                if element.get("type") == "link" and "evil" in str(element):
                    found.append(element)
        if block.get("type") == "section" and (block.get("text") or {}).get("type") == "mrkdwn":
            found.append(block)
    return found


@pytest.mark.proves("X36")
def test_a_flood_is_held_back_and_loses_nothing(stage: Stage) -> None:
    number = stage.log()
    payload = command(stage, "away")

    # The bucket fills while it is emptied: how many it takes depends on how fast this machine is.
    answers = (stage.send(payload | {"trigger_id": f"9.{n}"}) for n in range(10 * BURST))
    held_back = next((answer for answer in answers if "短时间" in said(answer)), None)

    assert held_back is not None
    assert held_back.status == 200
    assert stage.ticket(number).status is Status.NEW


@pytest.mark.parametrize("action", list(ActionId))
@pytest.mark.proves("X04")
def test_every_button_survives_a_value_of_nonsense(house: House, action: ActionId) -> None:
    payload = click(house.stage, house.number, action=action)
    payload["actions"][0]["value"] = "nonsense"
    payload["user"]["id"] = STRANGER

    assert house.stage.send(payload).status == 200
    assert house.stands()
