"""Faults that can be injected into the Web API, and Slack's own limits of rate and time."""

from collections.abc import Callable
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from sandbox.running import RunningSandbox
from sandbox.settings import Settings
from sandbox.traffic import Kind

MODAL = {
    "type": "modal",
    "title": {"type": "plain_text", "text": "T"},
    "blocks": [{"type": "divider"}],
}


def post(client: WebClient, text: str = "x") -> Any:
    return client.chat_postMessage(channel="C0TECH", text=text)


def texts(slack: RunningSandbox) -> list[str]:
    return [message["text"] for message in slack.messages("tech")]


def refused(call: Callable[[], Any]) -> str:
    with pytest.raises(SlackApiError) as refusal:
        call()
    return str(refusal.value.response["error"])


def test_a_lost_reply_leaves_the_message_posted(slack: RunningSandbox, client: WebClient):
    slack.fault("chat.postMessage", "reply_lost")

    with pytest.raises((OSError, SlackApiError)):
        post(client, "first")
    post(client, "second")

    assert texts(slack) == ["first", "second"]


def test_a_late_acceptance_shows_up_after_the_connection_broke(
    slack: RunningSandbox, client: WebClient
):
    slack.fault("chat.postMessage", "accepted_late", delay_s=0.05)

    with pytest.raises((OSError, SlackApiError)):
        post(client)
    before = texts(slack)
    slack.wait_until(lambda: slack.sandbox.workspace.channels["C0TECH"].posts)

    assert (before, texts(slack)) == ([], ["x"])


@pytest.mark.parametrize(("accepted", "posted"), [(False, []), (True, ["x"])])
def test_a_server_error_may_or_may_not_have_posted(
    slack: RunningSandbox, client: WebClient, accepted: bool, posted: list[str]
):
    slack.fault("chat.postMessage", "http_error", status=503, accepted=accepted)

    with pytest.raises(SlackApiError) as refusal:
        post(client)

    assert refusal.value.response.status_code == 503
    assert texts(slack) == posted


def test_an_error_code_and_a_rate_limit_post_nothing(slack: RunningSandbox, client: WebClient):
    slack.fault("chat.postMessage", "error", error="fatal_error")
    slack.fault("chat.postMessage", "ratelimited", retry_after_s=7)

    assert refused(lambda: post(client)) == "fatal_error"
    with pytest.raises(SlackApiError) as refusal:
        post(client)
    assert refusal.value.response.status_code == 429
    assert refusal.value.response.headers["Retry-After"] == "7"
    assert refusal.value.response["error"] == "ratelimited"
    assert texts(slack) == []


def test_history_may_lag_behind(slack: RunningSandbox, client: WebClient):
    slack.fault("chat.postMessage", "history_lag", delay_s=0.2)

    post(client)
    lagging = client.conversations_history(channel="C0TECH")["messages"]
    channel = slack.sandbox.workspace.channels["C0TECH"]
    now = slack.sandbox.workspace.clock.real
    slack.wait_until(lambda: all(p.seen_from <= now() for p in channel.posts.values()))

    assert lagging == []
    assert len(client.conversations_history(channel="C0TECH")["messages"]) == 1


def test_a_fault_hits_one_channel_for_a_number_of_times(slack: RunningSandbox, client: WebClient):
    slack.fault("*", "error", error="internal_error", times=2, channel="C0TECH")

    results = [refused(lambda: post(client)), refused(lambda: post(client))]
    client.chat_postMessage(channel="U0ANN", text="elsewhere")

    assert results == ["internal_error"] * 2
    assert post(client)["ok"]


def test_chance_is_repeatable_by_its_seed(slack: RunningSandbox, client: WebClient):
    def run() -> list[bool]:
        slack.admin("clear_faults")
        slack.fault("api.test", "error", times=None, probability=0.5, seed=7)
        return [succeeds(client) for _ in range(12)]

    first, second = run(), run()

    assert first == second
    assert set(first) == {True, False}


def succeeds(client: WebClient) -> bool:
    try:
        return bool(client.api_test()["ok"])
    except SlackApiError:
        return False


def test_faults_and_refusals_are_on_record(slack: RunningSandbox, client: WebClient):
    slack.fault("chat.postMessage", "error")

    refused(lambda: post(client))
    refused(lambda: client.chat_postMessage(channel="C0TECH", text="x", blocks=[{"type": "ruler"}]))

    found = {(entry.kind, entry.error) for entry in slack.traffic()}
    assert {(Kind.FAULT, "error"), (Kind.REFUSED, "invalid_blocks")} <= found


def test_a_trigger_works_once_and_for_three_seconds(
    slack: RunningSandbox, client: WebClient, settings: Settings
):
    def trigger() -> str:
        return slack.look(lambda: slack.sandbox.triggers.trigger("U0ANN"))

    fresh, stale = trigger(), trigger()
    client.views_open(trigger_id=fresh, view=MODAL)
    settings.trigger_limit_s = 0.0

    assert (
        refused(lambda: client.views_open(trigger_id=fresh, view=MODAL)) == "exchanged_trigger_id"
    )
    assert refused(lambda: client.views_open(trigger_id=stale, view=MODAL)) == "expired_trigger_id"
    assert refused(lambda: client.views_open(trigger_id="x", view=MODAL)) == "invalid_trigger_id"


def test_skipping_the_clock_expires_no_trigger(slack: RunningSandbox, client: WebClient):
    trigger = slack.look(lambda: slack.sandbox.triggers.trigger("U0ANN"))
    slack.skip(86_400)

    assert client.views_open(trigger_id=trigger, view=MODAL)["ok"]


def test_an_old_hash_loses(slack: RunningSandbox, client: WebClient):
    trigger = slack.look(lambda: slack.sandbox.triggers.trigger("U0ANN"))
    first = client.views_open(trigger_id=trigger, view={**MODAL, "external_id": "one"})["view"]

    second = client.views_update(view_id=first["id"], hash=first["hash"], view=MODAL)["view"]

    stale = {"view_id": first["id"], "hash": first["hash"], "view": MODAL}
    assert second["hash"] != first["hash"]
    assert refused(lambda: client.views_update(**stale)) == "hash_conflict"
    assert refused(lambda: client.views_update(view_id="V0", view=MODAL)) == "not_found"


def test_an_external_id_is_used_once(slack: RunningSandbox, client: WebClient):
    view = {**MODAL, "external_id": "one"}
    triggers = [slack.look(lambda: slack.sandbox.triggers.trigger("U0ANN")) for _ in range(2)]

    client.views_open(trigger_id=triggers[0], view=view)

    second = {"trigger_id": triggers[1], "view": view}
    assert refused(lambda: client.views_push(**second)) == "duplicate_external_id"


def test_nothing_can_be_pushed_on_nothing(slack: RunningSandbox, client: WebClient):
    trigger = slack.look(lambda: slack.sandbox.triggers.trigger("U0ANN"))

    assert refused(lambda: client.views_push(trigger_id=trigger, view=MODAL)) == "not_found"


def test_rates_are_limited_when_asked_for(
    slack: RunningSandbox, client: WebClient, settings: Settings
):
    settings.rate_limits = True
    for _ in range(settings.post_burst):
        post(client)

    with pytest.raises(SlackApiError) as refusal:
        post(client)

    assert refusal.value.response["error"] == "ratelimited"
    assert refusal.value.response.headers["Retry-After"] == "1"
    assert client.chat_postMessage(channel="U0ANN", text="another channel")["ok"]


def test_a_tier_allows_so_many_calls_a_minute(
    slack: RunningSandbox, client: WebClient, settings: Settings
):
    settings.rate_limits = True
    for _ in range(20):
        client.users_list()

    assert refused(client.users_list) == "ratelimited"
