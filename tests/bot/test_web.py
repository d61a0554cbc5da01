"""The web: whatever arrives at Slack's address is answered, and nonsense leaves no trace of itself."""

import logging
from collections.abc import Iterator
from http.client import HTTPConnection

import pytest
from prometheus_client import CollectorRegistry
from slack_bolt import App
from slack_sdk.signature import SignatureVerifier

from bot.clock import SystemClock
from bot.web import LARGEST_BODY, SLACK_PATH, WebServer, wsgi_app

PATIENCE_S = 20.0
SECRET = "signing-secret"


@pytest.fixture
def web() -> Iterator[WebServer]:
    app = App(token="xoxb-none", signing_secret=SECRET, token_verification_enabled=False)
    server = WebServer(
        wsgi_app(app, ready=list, registry=CollectorRegistry()), host="127.0.0.1", port=0
    )
    server.start()
    yield server
    server.stop()


def status_of(web: WebServer, body: bytes, kind: str, *, path: str = SLACK_PATH) -> int:
    connection = HTTPConnection("127.0.0.1", web.port, timeout=10)
    stamp = str(int(SystemClock().now().timestamp()))
    signature = SignatureVerifier(SECRET).generate_signature(timestamp=stamp, body=body)
    headers = {
        "content-type": kind,
        "x-slack-request-timestamp": stamp,
        "x-slack-signature": signature or "",
    }
    connection.request("POST", path, body, headers)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.status


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"{13812345678", "application/json"),
        (b"[]", "application/json"),
        (b"payload=%7B13812345678", "application/x-www-form-urlencoded"),
        (b"payload=[]", "application/x-www-form-urlencoded"),
    ],
)
@pytest.mark.proves("X01", "X24")
def test_nonsense_is_a_bad_request_and_leaves_no_trace(
    web: WebServer, caplog: pytest.LogCaptureFixture, body: bytes, kind: str
) -> None:
    with caplog.at_level(logging.DEBUG):
        assert status_of(web, body, kind) == 400

    assert "Traceback" not in caplog.text
    assert "13812345678" not in caplog.text


@pytest.mark.proves("X36")
def test_a_body_larger_than_slack_sends_is_not_taken_in(web: WebServer) -> None:
    connection = HTTPConnection("127.0.0.1", web.port, timeout=10)
    connection.putrequest("POST", SLACK_PATH)
    connection.putheader("content-length", str(LARGEST_BODY + 1))
    connection.endheaders()

    assert connection.getresponse().status == 413  # before a byte of it has come
    connection.close()


def test_other_addresses_are_not_found(web: WebServer) -> None:
    assert status_of(web, b"", "text/plain", path="/elsewhere") == 404


def test_a_worker_that_ends_while_the_server_is_stopped_stops_it_too(
    web: WebServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    pull = web._server.trigger._physical_pull

    def after_another() -> None:
        pull()
        web._thread.join(PATIENCE_S)
        pull()  # the trigger is closed by now

    monkeypatch.setattr(web._server.trigger, "_physical_pull", after_another)
    web.stop()

    assert not web._thread.is_alive()
