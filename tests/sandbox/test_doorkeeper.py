"""The page's API needs no token, so no other site's page may reach it."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

import httpx
import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from sandbox.running import RunningSandbox
from sandbox.ui.doorkeeper import Doorkeeper

MESSAGE = {"as": "U0ANN", "channel": "C0TECH", "text": "hot"}
PATHS = ["/ui/state", "/ui/clock", "/ui/stream?as=U0ANN", "/ui/file/F0", "/ui/traffic"]


@pytest.mark.parametrize("name", ["localhost", "127.0.0.1", "[::1]"])
def test_this_machine_may_be_called_by_any_of_its_names(slack: RunningSandbox, name: str):
    host = f"{name}:{urlsplit(slack.url).port}"
    headers = {"Host": host, "Origin": f"http://{host}", "Sec-Fetch-Site": "same-origin"}

    read = httpx.get(f"{slack.url}/ui/state", headers=headers)
    done = httpx.post(f"{slack.url}/ui/message", json=MESSAGE, headers=headers)

    assert read.json()["ok"]
    assert done.json()["ok"]


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8700", "localhost.evil.example", "["]
)
@pytest.mark.parametrize("path", PATHS)
def test_a_foreign_name_that_leads_here_reads_nothing(slack: RunningSandbox, host: str, path: str):
    refused = httpx.get(slack.url + path, headers={"Host": host})

    assert refused.status_code == 403
    assert refused.json()["error"] == "foreign_page"


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},  # another program's page on this machine
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Host": "evil.example", "Origin": "http://evil.example"},
    ],
)
@pytest.mark.parametrize("path", ["message", "admin", "clock", "upload"])
def test_a_foreign_page_does_nothing(slack: RunningSandbox, headers: dict[str, str], path: str):
    # text/plain is what a page of another site may send without asking first
    sent = {"Content-Type": "text/plain", **headers}
    refused = httpx.post(f"{slack.url}/ui/{path}", content='{"as": "U0ANN"}', headers=sent)

    assert refused.status_code == 403
    assert slack.messages("tech") == []


def test_programs_say_nothing_of_where_they_come_from(slack: RunningSandbox):
    assert httpx.post(f"{slack.url}/ui/message", json=MESSAGE).json()["ok"]


def test_the_name_it_is_bound_to_is_its_own():
    app = Starlette(routes=[Route("/ui/state", lambda _: PlainTextResponse("in"))])
    way = httpx.ASGITransport(Doorkeeper(app, "http://desk.lan:8700"))

    async def read(host: str) -> int:
        async with httpx.AsyncClient(transport=way, base_url=f"http://{host}") as browser:
            return (await browser.get("/ui/state")).status_code

    with ThreadPoolExecutor(
        1
    ) as elsewhere:  # a browser's journey before may have left its loop in this thread
        seen = [elsewhere.submit(asyncio.run, read(f"desk.{top}:8700")) for top in ("lan", "wan")]

    assert [one.result() for one in seen] == [200, 403]


def test_what_needs_a_token_asks_for_it_alone(slack: RunningSandbox):
    answer = httpx.post(
        f"{slack.url}/api/auth.test",
        headers={"Host": "slack.internal", "Authorization": f"Bearer {slack.app.bot_token}"},
    )

    assert answer.json()["ok"]
