"""The connection to Slack: two sockets, an abrupt loss replaced, a polite refresh without a gap."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from slack_bolt import Ack, App
from slack_sdk import WebClient
from slack_sdk.socket_mode.builtin import SocketModeClient, connection

from bot.connection import SOCKETS, Sockets
from sandbox.running import RunningSandbox, running
from sandbox.wire import RefusalError

PLAN: dict[str, Any] = {
    "team": {"id": "T0DESK", "name": "Desk", "domain": "desk"},
    "bot": {"user_id": "U0BOT", "bot_id": "B0BOT", "app_id": "A0BOT", "name": "deskbot"},
    "users": [{"id": "U0ANN", "name": "ann", "real_name": "Ann Lin"}],
    "channels": [{"id": "C0TECH", "name": "tech"}],
    "commands": ["/ticket"],
}
PATIENCE_S = 20.0  # far over the 5 s that the benchmark watches: timing is not asserted here


@pytest.fixture
def slack() -> Iterator[RunningSandbox]:
    with running(PLAN) as sandbox:
        yield sandbox


@pytest.fixture
def sockets(slack: RunningSandbox) -> Iterator[Sockets]:
    client = WebClient(token=slack.app.bot_token, base_url=slack.api_url, retry_handlers=[])
    app = App(client=client, process_before_response=True, token_verification_enabled=False)
    app.command("/ticket")(_acknowledge)
    connected = Sockets(app, slack.app.app_token)
    connected.start()
    yield connected
    connected.stop()


def _acknowledge(ack: Ack) -> None:
    ack()


def until(condition: Callable[[], bool]) -> bool:
    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end:
        if condition():
            return True
        threading.Event().wait(0.05)
    return False


def answers(slack: RunningSandbox) -> bool:
    """Tell whether a command is acknowledged."""
    try:
        slack.person("U0ANN").command("/ticket", channel="C0TECH")
    except RefusalError:
        return False
    return True


def test_two_sockets_are_open(sockets: Sockets) -> None:
    assert sockets.connected == SOCKETS == 2


@pytest.mark.parametrize("how", ["abort", "silent"])
def test_lost_sockets_are_noticed_and_replaced(
    slack: RunningSandbox, sockets: Sockets, how: str
) -> None:
    slack.admin(do="drop_sockets", how=how)

    assert until(lambda: answers(slack))
    assert until(lambda: sockets.connected == SOCKETS)


def test_a_polite_refresh_leaves_no_gap(slack: RunningSandbox, sockets: Sockets) -> None:
    slack.admin(do="refresh_sockets")

    assert all(answers(slack) for _ in range(20))
    assert until(lambda: sockets.connected == 2)


def test_a_handshake_that_fails_leaves_no_socket_open(
    slack: RunningSandbox, sockets: Sockets, monkeypatch: pytest.MonkeyPatch
) -> None:
    half_open: list[socket.socket] = []

    def cut_off(sock: socket.socket) -> None:
        half_open.append(sock)
        raise ConnectionError

    monkeypatch.setattr(connection, "_parse_handshake_response", cut_off)
    slack.admin(do="drop_sockets", how="abort")
    assert until(lambda: bool(half_open))

    assert until(lambda: half_open[0].fileno() == -1)


def test_a_reconnection_under_way_is_closed_with_the_rest(
    slack: RunningSandbox, sockets: Sockets, monkeypatch: pytest.MonkeyPatch
) -> None:
    under_way, go_on = threading.Event(), threading.Event()
    issue = SocketModeClient.issue_new_wss_url

    def late(client: SocketModeClient) -> str:
        under_way.set()
        assert go_on.wait(PATIENCE_S)
        return issue(client)

    monkeypatch.setattr(SocketModeClient, "issue_new_wss_url", late)
    slack.admin(do="drop_sockets", how="abort")
    assert under_way.wait(PATIENCE_S)
    stopping = threading.Thread(target=sockets.stop)
    stopping.start()
    assert until(lambda: all(handler.client.closed for handler in sockets.handlers))
    go_on.set()
    stopping.join(PATIENCE_S)

    assert not stopping.is_alive()
    assert sockets.connected == 0


def test_a_socket_that_another_thread_closes_at_the_same_time_leaves_nothing_running(
    sockets: Sockets, monkeypatch: pytest.MonkeyPatch
) -> None:
    disconnect, overtaken = connection.Connection.disconnect, set[int]()

    def stumble(session: connection.Connection) -> None:
        if id(session) not in overtaken:
            overtaken.add(id(session))
            msg = "'NoneType' object has no attribute 'close'"
            raise AttributeError(msg)
        disconnect(session)

    monkeypatch.setattr(connection.Connection, "disconnect", stumble)
    sockets.stop()

    assert len(overtaken) >= SOCKETS
    assert sockets.connected == 0
    runners = [handler.client.current_session_runner for handler in sockets.handlers]
    assert until(lambda: not any(one.is_alive() for one in runners))
