"""The Web API through slack_sdk: what is answered, what is refused and with which code."""

from collections.abc import Callable
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from sandbox.running import RunningSandbox

SECTION = {"type": "section", "text": {"type": "plain_text", "text": "x"}}
HEADER = {"type": "header", "text": {"type": "plain_text", "text": "H"}}


def refused(call: Callable[[], Any]) -> str:
    with pytest.raises(SlackApiError) as refusal:
        call()
    return str(refusal.value.response["error"])


def texts(client: WebClient, channel: str, **how: Any) -> list[str]:
    return [m["text"] for m in client.conversations_history(channel=channel, **how)["messages"]]


def test_the_token_says_who_it_is_and_what_it_may(client: WebClient):
    answer = client.auth_test()

    assert (answer["team_id"], answer["user_id"], answer["bot_id"]) == ("T0DESK", "U0BOT", "B0BOT")
    assert "chat:write" in answer.headers["x-oauth-scopes"].split(",")


def test_wrong_tokens_are_refused(slack: RunningSandbox):
    def call(token: str | None) -> str:
        client = WebClient(token=token, base_url=slack.api_url)
        return refused(client.auth_test)

    assert call(None) == "not_authed"
    assert call("xoxb-other") == "invalid_auth"
    assert call(slack.app.app_token) == "not_allowed_token_type"
    slack.admin("revoke_token")
    assert call(slack.app.bot_token) == "token_revoked"


def test_a_bot_token_opens_no_socket(client: WebClient, slack: RunningSandbox):
    assert refused(lambda: client.api_call("apps.connections.open")) == "not_allowed_token_type"
    assert client.apps_connections_open(app_token=slack.app.app_token)["url"].startswith("ws://")


def test_a_method_needs_its_scope(client: WebClient, slack: RunningSandbox):
    slack.admin("set_scopes", scopes=["channels:read"])

    with pytest.raises(SlackApiError) as refusal:
        client.chat_postMessage(channel="C0TECH", text="x")

    assert refusal.value.response["error"] == "missing_scope"
    assert refusal.value.response["needed"] == "chat:write"
    assert refused(lambda: client.conversations_list(types="im")) == "missing_scope"
    assert refused(lambda: client.conversations_history(channel="C0TECH")) == "missing_scope"


def test_an_unknown_method_is_unknown(client: WebClient):
    assert refused(lambda: client.api_call("chat.shout")) == "unknown_method"


def test_a_post_comes_back_with_its_metadata_only_when_asked(client: WebClient):
    metadata = {"event_type": "desk_notice", "event_payload": {"key": "a:1"}}

    posted = client.chat_postMessage(
        channel="C0TECH", text="hi", blocks=[HEADER], metadata=metadata
    )

    assert posted["message"]["metadata"] == metadata
    assert posted["message"]["blocks"][0]["block_id"]
    plain = client.conversations_history(channel="C0TECH")["messages"][0]
    full = client.conversations_history(channel="C0TECH", include_all_metadata=True)["messages"][0]
    assert "metadata" not in plain
    assert full["metadata"] == metadata
    assert full["bot_id"] == "B0BOT"


@pytest.mark.parametrize(
    ("channel", "error"),
    [
        ("C0NONE", "channel_not_found"),
        ("C0NOBOT", "not_in_channel"),
        ("G0HIDDEN", "channel_not_found"),
    ],
)
def test_a_post_where_the_bot_is_not_is_refused(client: WebClient, channel: str, error: str):
    assert refused(lambda: client.chat_postMessage(channel=channel, text="x")) == error


def test_an_archived_channel_takes_no_posts_or_changes(client: WebClient, slack: RunningSandbox):
    posted = client.chat_postMessage(channel="C0TECH", text="x")
    slack.admin("archive_channel", channel="C0TECH")

    assert refused(lambda: client.chat_postMessage(channel="C0TECH", text="x")) == "is_archived"
    assert (
        refused(lambda: client.chat_update(channel="C0TECH", ts=posted["ts"], text="y"))
        == "is_inactive"
    )


def test_a_post_may_name_a_channel_or_a_person(client: WebClient, slack: RunningSandbox):
    assert client.chat_postMessage(channel="#tech", text="x")["channel"] == "C0TECH"
    assert client.chat_postMessage(channel="U0ANN", text="x")["channel"].startswith("D")
    assert [m["text"] for m in slack.person("U0ANN").inbox()] == ["x"]


def test_a_person_who_left_gets_no_direct_message(client: WebClient, slack: RunningSandbox):
    slack.admin("deactivate_user", user="U0BEN")

    assert refused(lambda: client.conversations_open(users="U0BEN")) == "user_disabled"
    assert (
        refused(lambda: client.chat_postMessage(channel="U0BEN", text="x")) == "channel_not_found"
    )
    assert client.users_info(user="U0BEN")["user"]["deleted"] is True


@pytest.mark.parametrize(
    ("content", "error"),
    [
        ({}, "no_text"),
        ({"text": " "}, "no_text"),
        ({"text": "x", "blocks": "{"}, "invalid_blocks_format"),
        ({"text": "x", "blocks": [{"type": "ruler"}]}, "invalid_blocks"),
        ({"text": "x", "attachments": [{"text": "a"}] * 101}, "too_many_attachments"),
        ({"text": "x", "markdown_text": "y"}, "markdown_text_conflict"),
        ({"text": "x", "metadata": "{"}, "invalid_metadata_format"),
        ({"text": "x", "metadata": {"event_type": "a"}}, "invalid_metadata_schema"),
        (
            {"text": "x", "metadata": {"event_type": "a", "event_payload": {"k": "v" * 4_000}}},
            "metadata_too_large",
        ),
        ({"text": "x", "thread_ts": "1.000001"}, "cannot_reply_to_message"),
        ({"text": "x", "username": "Boss"}, "missing_scope"),
    ],
)
def test_a_wrong_post_is_refused(client: WebClient, content: dict[str, Any], error: str):
    body = {"channel": "C0TECH", **content}

    assert refused(lambda: client.api_call("chat.postMessage", json=body)) == error
    assert texts(client, "C0TECH") == []


def test_a_bad_event_type_loses_the_metadata_with_a_warning(client: WebClient):
    metadata = {"event_type": "two words", "event_payload": {}}

    answer = client.chat_postMessage(channel="C0TECH", text="x", metadata=metadata)

    assert "metadata" not in answer["message"]
    assert answer["response_metadata"]["warnings"]


def test_a_very_long_text_is_cut_with_a_warning(client: WebClient):
    answer = client.chat_postMessage(channel="C0TECH", text="x" * 40_001)

    assert len(answer["message"]["text"]) == 40_000
    assert answer["warning"] == "message_truncated"


def test_an_update_takes_4000_characters_and_only_the_bots_own(
    client: WebClient, slack: RunningSandbox
):
    own = client.chat_postMessage(channel="C0TECH", text="x")["ts"]
    other = slack.person("U0ANN").post("C0TECH", "mine")["ts"]

    assert client.chat_update(channel="C0TECH", ts=own, text="x" * 4_000)["ok"]
    assert (
        refused(lambda: client.chat_update(channel="C0TECH", ts=own, text="x" * 4_001))
        == "msg_too_long"
    )
    assert (
        refused(lambda: client.chat_update(channel="C0TECH", ts=other, text="y"))
        == "cant_update_message"
    )
    assert refused(lambda: client.chat_delete(channel="C0TECH", ts=other)) == "cant_delete_message"
    assert (
        refused(lambda: client.chat_update(channel="C0TECH", ts="1.1", text="y"))
        == "message_not_found"
    )


def test_an_update_with_text_alone_takes_the_blocks_away(client: WebClient):
    metadata = {"event_type": "k", "event_payload": {}}
    ts = client.chat_postMessage(channel="C0TECH", text="a", blocks=[HEADER], metadata=metadata)[
        "ts"
    ]

    without_text = {"channel": "C0TECH", "ts": ts, "blocks": [SECTION]}
    client.api_call("chat.update", json=without_text)
    kept = client.conversations_history(channel="C0TECH", include_all_metadata=True)["messages"][0]
    client.chat_update(channel="C0TECH", ts=ts, text="b")
    bare = client.conversations_history(channel="C0TECH")["messages"][0]

    assert (kept["text"], kept["blocks"][0]["type"], kept["metadata"]) == ("a", "section", metadata)
    assert "edited" not in kept
    assert (bare["text"], "blocks" in bare, "edited" in bare) == ("b", False, True)


def test_a_thread_counts_its_replies_and_stays_out_of_history(client: WebClient):
    parent = client.chat_postMessage(channel="C0TECH", text="p")["ts"]
    client.chat_postMessage(channel="C0TECH", text="r1", thread_ts=parent)
    client.chat_postMessage(channel="C0TECH", text="r2", thread_ts=parent, reply_broadcast=True)

    thread = client.conversations_replies(channel="C0TECH", ts=parent)["messages"]

    assert [m["text"] for m in thread] == ["p", "r1", "r2"]
    assert thread[0]["reply_count"] == 2
    assert texts(client, "C0TECH") == ["r2", "p"]
    reply = thread[1]["ts"]
    nested = {"channel": "C0TECH", "text": "x", "thread_ts": reply}
    assert refused(lambda: client.chat_postMessage(**nested)) == "cannot_reply_to_message"
    assert (
        refused(lambda: client.conversations_replies(channel="C0TECH", ts="1.1"))
        == "thread_not_found"
    )


def test_a_deleted_parent_leaves_a_tombstone_over_its_replies(client: WebClient):
    parent = client.chat_postMessage(channel="C0TECH", text="p")["ts"]
    reply = client.chat_postMessage(channel="C0TECH", text="r", thread_ts=parent)["ts"]

    client.chat_delete(channel="C0TECH", ts=parent)
    buried = client.conversations_replies(channel="C0TECH", ts=parent)["messages"]
    client.chat_delete(channel="C0TECH", ts=reply)

    assert [m.get("subtype") for m in buried] == ["tombstone", None]
    assert texts(client, "C0TECH") == []


def test_history_is_cut_by_time_and_paged_newest_first(client: WebClient):
    stamps = [client.chat_postMessage(channel="C0TECH", text=str(n))["ts"] for n in range(5)]

    first = client.conversations_history(channel="C0TECH", limit=2)
    cursor = first["response_metadata"]["next_cursor"]
    second = client.conversations_history(channel="C0TECH", limit=2, cursor=cursor)

    assert [m["text"] for m in first["messages"]] == ["4", "3"]
    assert [m["text"] for m in second["messages"]] == ["2", "1"]
    assert first["has_more"] is True
    assert texts(client, "C0TECH", oldest=stamps[1], latest=stamps[3]) == ["2"]
    assert texts(client, "C0TECH", oldest=stamps[1], latest=stamps[3], inclusive=True) == [
        "3",
        "2",
        "1",
    ]
    assert (
        refused(lambda: client.conversations_history(channel="C0TECH", limit=1001))
        == "invalid_limit"
    )
    assert (
        refused(lambda: client.conversations_history(channel="C0TECH", cursor="x"))
        == "invalid_cursor"
    )


def test_history_is_for_members(client: WebClient):
    assert refused(lambda: client.conversations_history(channel="C0NOBOT")) == "not_in_channel"
    assert refused(lambda: client.conversations_history(channel="G0HIDDEN")) == "channel_not_found"


def test_a_bot_that_was_removed_can_post_no_more(client: WebClient, slack: RunningSandbox):
    slack.admin("kick_bot", channel="C0TECH")
    slack.admin("kick_bot", channel="G0SECRET")

    assert refused(lambda: client.chat_postMessage(channel="C0TECH", text="x")) == "not_in_channel"
    assert (
        refused(lambda: client.chat_postMessage(channel="G0SECRET", text="x"))
        == "channel_not_found"
    )
    client.conversations_join(channel="C0TECH")
    assert client.chat_postMessage(channel="C0TECH", text="x")["ok"]


def test_channels_people_and_groups_are_listed_as_the_bot_may_see_them(client: WebClient):
    names = {
        c["name"]
        for c in client.conversations_list(types="public_channel,private_channel")["channels"]
    }
    own = {c["id"] for c in client.users_conversations()["channels"]}

    assert names == {"tech", "nobot", "secret"}
    assert own == {"C0TECH"}
    assert set(client.conversations_members(channel="G0SECRET")["members"]) == {"U0ANN", "U0BOT"}
    assert client.users_info(user="U0ANN", include_locale=True)["user"]["locale"] == "zh-CN"
    assert "locale" not in client.users_info(user="U0ANN")["user"]
    assert {u["id"] for u in client.users_list()["members"]} >= {"U0ANN", "U0BOT"}
    assert client.usergroups_users_list(usergroup="S0TECH")["users"] == ["U0EVE"]
    assert refused(lambda: client.users_info(user="U0NOBODY")) == "user_not_found"


def test_lists_are_paged(client: WebClient):
    found = [m["id"] for page in client.users_list(limit=2) for m in page["members"]]

    assert sorted(found) == ["U0ANN", "U0BEN", "U0BOT", "U0EVE"]


def test_an_ephemeral_is_seen_by_one_person_and_not_in_history(
    client: WebClient, slack: RunningSandbox
):
    client.chat_postEphemeral(channel="G0SECRET", user="U0ANN", text="psst")

    assert [m["text"] for m in slack.person("U0ANN").whispers("G0SECRET")] == ["psst"]
    assert texts(client, "G0SECRET") == []
    body = {"channel": "G0SECRET", "user": "U0EVE", "text": "psst"}
    assert refused(lambda: client.chat_postEphemeral(**body)) == "user_not_in_channel"


def test_a_permalink_names_the_message(client: WebClient, slack: RunningSandbox):
    ts = client.chat_postMessage(channel="C0TECH", text="x")["ts"]

    link = client.chat_getPermalink(channel="C0TECH", message_ts=ts)["permalink"]

    assert link == f"{slack.url}/archives/C0TECH/p{ts.replace('.', '')}"


def test_a_file_goes_up_and_comes_down(client: WebClient, slack: RunningSandbox):
    uploaded = client.files_upload_v2(channel="C0TECH", filename="a.csv", content="1,2", title="A")

    shared = slack.wait_until(
        lambda: [p.body for p in slack.sandbox.workspace.channels["C0TECH"].posts.values()]
    )
    assert shared[0]["files"][0]["title"] == "A"
    assert shared[0]["subtype"] == "file_share"
    assert client.files_info(file=uploaded["file"]["id"])["file"]["size"] == 3


def test_form_encoded_and_json_calls_are_understood_alike(client: WebClient):
    blocks = '[{"type": "divider"}]'

    client.api_call("chat.postMessage", data={"channel": "C0TECH", "text": "a", "blocks": blocks})
    client.api_call("chat.postMessage", json={"channel": "C0TECH", "text": "b", "blocks": blocks})

    history = client.conversations_history(channel="C0TECH")["messages"]
    assert [m["blocks"][0]["type"] for m in history] == ["divider", "divider"]


def test_bare_signs_in_a_text_are_escaped_and_markup_kept(client: WebClient):
    text = "a & b < c > <@U0ANN> &amp; <https://x.cn|x>"

    posted = client.chat_postMessage(channel="C0TECH", text=text)

    assert posted["message"]["text"] == "a &amp; b &lt; c &gt; <@U0ANN> &amp; <https://x.cn|x>"
