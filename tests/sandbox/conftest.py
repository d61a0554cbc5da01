"""A running stand-in, a Web API client for it, and a real Bolt app joined to it."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient

from sandbox.running import RunningSandbox, running
from sandbox.settings import Settings

PLAN: dict[str, Any] = {
    "team": {"id": "T0DESK", "name": "Desk", "domain": "desk"},
    "bot": {"user_id": "U0BOT", "bot_id": "B0BOT", "app_id": "A0BOT", "name": "deskbot"},
    "users": [
        {"id": "U0ANN", "name": "ann", "real_name": "Ann Lin", "locale": "zh-CN"},
        {"id": "U0EVE", "name": "eve", "real_name": "Eve Wu"},
        {"id": "U0BEN", "name": "ben", "real_name": "Ben Xu"},
    ],
    "groups": [{"id": "S0TECH", "handle": "techies", "name": "Tech", "users": ["U0EVE"]}],
    "channels": [
        {"id": "C0TECH", "name": "tech"},
        {"id": "C0NOBOT", "name": "nobot", "bot_is_member": False},
        {"id": "G0SECRET", "name": "secret", "is_private": True, "members": ["U0ANN"]},
        {
            "id": "G0HIDDEN",
            "name": "hidden",
            "is_private": True,
            "members": ["U0ANN"],
            "bot_is_member": False,
        },
    ],
    "commands": ["/ticket"],
}


@pytest.fixture
def plan() -> dict[str, Any]:
    return dict(PLAN)


@pytest.fixture
def settings() -> Settings:
    return Settings(event_retries_s=(0.0, 0.03, 0.06), ack_limit_s=1.0)


@pytest.fixture
def slack(plan: dict[str, Any], settings: Settings) -> Iterator[RunningSandbox]:
    with running(plan, settings) as sandbox:
        yield sandbox


@pytest.fixture
def client(slack: RunningSandbox) -> WebClient:
    return WebClient(token=slack.app.bot_token, base_url=slack.api_url, retry_handlers=[])


@pytest.fixture
def bolt(client: WebClient) -> Iterator[App]:
    """A Bolt app without listeners; every test adds its own before it joins."""
    with ThreadPoolExecutor(16) as threads:
        yield App(
            client=client,
            signing_secret="sandbox-signing-secret",
            process_before_response=True,
            listener_executor=threads,
        )


@pytest.fixture
def join(slack: RunningSandbox, bolt: App) -> Iterator[Callable[[], None]]:
    """Connect the Bolt app by Socket Mode."""
    handlers: list[SocketModeHandler] = []

    def connect() -> None:
        handler = SocketModeHandler(bolt, slack.app.app_token, ping_interval=0.3)
        handler.connect()
        handlers.append(handler)
        wanted = len(handlers)
        slack.wait_until(lambda: len(slack.sandbox.sockets.connections) >= wanted)

    yield connect
    slack.admin("drop_sockets")  # a reader that sees its end lets go at once, not after 3 s
    for handler in handlers:
        handler.client.closed = True
        handler.client.message_queue.put("{}")  # wakes its reader, which else waits a second
        handler.close()
