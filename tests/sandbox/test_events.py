"""Events: which the bot hears, with which fields, and how often they are repeated."""

from collections.abc import Callable
from typing import Any

import pytest
from slack_bolt import App

from sandbox.running import RunningSandbox
from sandbox.traffic import Kind

Json = dict[str, Any]
Join = Callable[[], None]


@pytest.fixture
def heard(bolt: App) -> list[Json]:
    """Every event body that reaches the bot, its own messages too."""
    bodies: list[Json] = []

    @bolt.middleware
    def hear(body: Json, next: Callable[[], Any]) -> Any:
        if body.get("type") == "event_callback":
            bodies.append(body)
        return next()

    for name in ("message", "app_mention", "member_joined_channel", "member_left_channel"):
        bolt.event(name)(lambda: None)
    for name in ("channel_left", "group_left", "channel_archive", "channel_rename", "user_change"):
        bolt.event(name)(lambda: None)
    bolt.event("file_shared")(lambda: None)
    return bodies


def kinds(heard: list[Json]) -> list[str]:
    return [f"{b['event']['type']}:{b['event'].get('subtype', '')}" for b in heard]


def test_a_message_its_edit_and_its_deletion_are_heard(
    slack: RunningSandbox, join: Join, heard: list[Json]
):
    join()
    ann = slack.person("U0ANN")

    message = ann.post("tech", "hot & <b>")
    ann.edit(message, "hotter", channel="tech")
    ann.delete(message, channel="tech")
    slack.settle()

    assert kinds(heard) == ["message:", "message:message_changed", "message:message_deleted"]
    first, changed, deleted = (body["event"] for body in heard)
    assert (first["text"], first["channel"], first["channel_type"], first["user"]) == (
        "hot &amp; &lt;b&gt;",
        "C0TECH",
        "channel",
        "U0ANN",
    )
    assert first["blocks"][0]["elements"][0]["elements"] == [{"type": "text", "text": "hot & <b>"}]
    assert (changed["message"]["text"], changed["previous_message"]["text"]) == (
        "hotter",
        "hot &amp; &lt;b&gt;",
    )
    assert changed["message"]["edited"]["user"] == "U0ANN"
    assert (deleted["deleted_ts"], deleted["hidden"]) == (message["ts"], True)
    assert len({body["event_id"] for body in heard}) == 3


def test_a_file_and_a_thread_reply_say_so(slack: RunningSandbox, join: Join, heard: list[Json]):
    join()
    ann = slack.person("U0ANN")

    parent = ann.post("tech", "p")
    ann.post("tech", "", thread_ts=parent["ts"], files={"a.png": b"\x89PNG"})
    slack.settle()

    reply = heard[1]["event"]
    assert kinds(heard) == ["message:", "message:file_share", "file_shared:"]
    assert (reply["thread_ts"], reply["parent_user_id"]) == (parent["ts"], "U0ANN")
    assert reply["files"][0]["mimetype"] == "image/png"


def test_a_mention_is_heard_twice_with_one_ts(slack: RunningSandbox, join: Join, heard: list[Json]):
    join()
    slack.person("U0ANN").post("tech", "@deskbot help")
    slack.settle()

    assert sorted(kinds(heard)) == ["app_mention:", "message:"]
    assert heard[0]["event"]["ts"] == heard[1]["event"]["ts"]


def test_nothing_is_heard_where_the_bot_is_not(
    slack: RunningSandbox, join: Join, heard: list[Json]
):
    join()
    slack.person("U0ANN").post("nobot", "x")
    slack.person("U0ANN").post("G0HIDDEN", "x")
    slack.settle()

    assert heard == []


def test_membership_archiving_renaming_and_people_are_heard(
    slack: RunningSandbox, join: Join, heard: list[Json]
):
    join()
    slack.admin("invite_bot", channel="C0NOBOT")
    slack.admin("remove", channel="C0TECH", user="U0EVE")
    slack.admin("rename_channel", channel="C0TECH", name="engineering")
    slack.admin("archive_channel", channel="C0TECH")
    slack.admin("kick_bot", channel="C0NOBOT")
    slack.admin("set_locale", user="U0ANN", locale="zh-TW")
    slack.settle()

    events = {body["event"]["type"]: body["event"] for body in heard}
    assert set(events) == {
        "member_joined_channel",
        "member_left_channel",
        "channel_rename",
        "channel_archive",
        "channel_left",
        "user_change",
    }
    assert events["channel_rename"]["channel"]["name"] == "engineering"
    assert events["user_change"]["user"]["locale"] == "zh-TW"


def test_an_event_needs_its_subscription_and_its_scope(
    slack: RunningSandbox, join: Join, heard: list[Json]
):
    join()
    slack.admin("set_scopes", scopes=["chat:write"])
    slack.person("U0ANN").post("tech", "x")
    slack.admin("set_scopes", scopes=["channels:history"])
    slack.app.events.remove("message.channels")
    slack.person("U0ANN").post("tech", "x")
    slack.settle()

    assert heard == []


def test_an_event_without_a_socket_is_retried_and_then_lost(slack: RunningSandbox):
    slack.person("U0ANN").post("tech", "x")
    slack.settle()

    assert [(e.name, e.error) for e in slack.traffic() if e.kind is Kind.EVENT] == [
        ("message", "given_up")
    ]


def test_a_bot_that_comes_in_time_gets_the_retry(
    slack: RunningSandbox, join: Join, heard: list[Json]
):
    slack.sandbox.settings.event_retries_s = (0.0, 0.5)

    slack.person("U0ANN").post("tech", "x")
    join()
    slack.settle()

    assert kinds(heard) == ["message:"]


def test_an_event_may_be_delivered_again_under_its_own_id(
    slack: RunningSandbox, join: Join, heard: list[Json]
):
    join()
    slack.person("U0ANN").post("tech", "x")
    slack.settle()
    slack.redeliver()
    slack.settle()

    assert len(heard) == 2
    assert heard[0]["event_id"] == heard[1]["event_id"]
