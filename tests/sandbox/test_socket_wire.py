"""Socket Mode on the bare wire: hello, envelopes, acknowledgements, the ten connections."""

import contextlib
import json
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from slack_sdk import WebClient
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect

from sandbox.running import RunningSandbox
from sandbox.wire import RefusalError

Json = dict[str, Any]


def address(slack: RunningSandbox) -> str:
    client = WebClient(base_url=slack.api_url)
    url: str = client.apps_connections_open(app_token=slack.app.app_token)["url"]
    return url


@contextlib.contextmanager
def socket(slack: RunningSandbox) -> Iterator[ClientConnection]:
    with connect(address(slack)) as opened:
        yield opened


def heard(opened: ClientConnection) -> Json:
    message: Json = json.loads(opened.recv(timeout=5))
    return message


def test_hello_counts_the_connections(slack: RunningSandbox):
    with socket(slack) as first, socket(slack) as second:
        hellos = [heard(first), heard(second)]

    assert [hello["type"] for hello in hellos] == ["hello", "hello"]
    assert [hello["num_connections"] for hello in hellos] == [1, 2]
    assert hellos[0]["connection_info"] == {"app_id": "A0BOT"}


def test_an_address_opens_once(slack: RunningSandbox):
    url = address(slack)
    with connect(url) as opened:
        heard(opened)

        with pytest.raises(InvalidStatus):
            connect(url).__enter__()


def test_an_eleventh_connection_is_sent_away(slack: RunningSandbox):
    with contextlib.ExitStack() as stack:
        for _ in range(10):
            heard(stack.enter_context(socket(slack)))
        last = stack.enter_context(socket(slack))

        assert heard(last) == {"type": "disconnect", "reason": "too_many_websockets"}
        with pytest.raises(ConnectionClosed):
            last.recv(timeout=5)


def test_a_command_waits_for_its_own_acknowledgement(slack: RunningSandbox):
    with socket(slack) as opened:
        heard(opened)
        done = threading.Thread(
            target=lambda: slack.person("U0ANN").command("/ticket", "list", channel="tech")
        )
        done.start()
        envelope = heard(opened)
        opened.send(json.dumps({"envelope_id": "other"}))
        opened.send(
            json.dumps({"envelope_id": envelope["envelope_id"], "payload": {"text": "hello"}})
        )
        done.join(5)

    payload = envelope["payload"]
    assert (envelope["type"], envelope["accepts_response_payload"]) == ("slash_commands", True)
    assert {
        key: payload[key]
        for key in ("command", "text", "user_id", "user_name", "channel_id", "channel_name")
    } == {
        "command": "/ticket",
        "text": "list",
        "user_id": "U0ANN",
        "user_name": "ann",
        "channel_id": "C0TECH",
        "channel_name": "tech",
    }
    assert payload["response_url"].startswith(slack.url)
    assert [m["text"] for m in slack.person("U0ANN").whispers("tech")] == ["hello"]


def test_an_unacknowledged_event_comes_again_with_its_number(slack: RunningSandbox):
    slack.sandbox.settings.ack_limit_s = 0.05
    with socket(slack) as opened:
        heard(opened)
        slack.person("U0ANN").post("tech", "x")
        envelopes = [heard(opened) for _ in range(3)]
        opened.send(json.dumps({"envelope_id": envelopes[2]["envelope_id"]}))
        slack.settle()

    assert [e["retry_attempt"] for e in envelopes] == [0, 1, 2]
    assert [e["retry_reason"] for e in envelopes] == ["", "timeout", "timeout"]
    assert len({e["envelope_id"] for e in envelopes}) == 3
    assert len({e["payload"]["event_id"] for e in envelopes}) == 1


def test_each_kind_of_conversation_has_its_name_in_payloads(slack: RunningSandbox):
    slack.sandbox.settings.ack_limit_s = 0.05
    names: list[str] = []
    with socket(slack) as opened:
        heard(opened)
        for channel in (None, "G0SECRET", "C0TECH"):
            with pytest.raises(RefusalError, match="operation_timeout"):
                slack.person("U0ANN").command("/ticket", channel=channel)
            names.append(heard(opened)["payload"]["channel_name"])

    assert names == ["directmessage", "privategroup", "tech"]


def test_a_polite_goodbye_is_announced(slack: RunningSandbox):
    with socket(slack) as opened:
        heard(opened)
        slack.admin("refresh_sockets", warn_s=0.01)

        assert [heard(opened)["reason"] for _ in range(2)] == ["warning", "refresh_requested"]
