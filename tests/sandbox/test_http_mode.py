"""A real Bolt app over signed HTTP requests."""

import threading
from collections.abc import Callable, Iterator
from http.server import ThreadingHTTPServer
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

import pytest
from slack_bolt import App
from slack_bolt.adapter.wsgi import SlackRequestHandler

from sandbox.running import RunningSandbox
from sandbox.settings import Settings
from sandbox.wire import RefusalError

Json = dict[str, Any]
Serve = Callable[[], None]


class QuietHandler(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


class ThreadedServer(ThreadingHTTPServer, WSGIServer):
    daemon_threads = True


@pytest.fixture
def serve(slack: RunningSandbox, bolt: App) -> Iterator[Serve]:
    """Serve the Bolt app and make it the request URL."""
    servers: list[ThreadedServer] = []

    def start() -> None:
        server = ThreadedServer(("127.0.0.1", 0), QuietHandler)
        server.set_app(SlackRequestHandler(bolt))
        servers.append(server)
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        slack.app.request_url = f"http://127.0.0.1:{server.server_port}/slack/events"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


def test_commands_forms_clicks_and_events_arrive_signed(
    slack: RunningSandbox, bolt: App, serve: Serve
):
    heard: list[str] = []

    @bolt.command("/ticket")
    def show_form(ack: Any, body: Json, client: Any) -> None:
        element = {"type": "plain_text_input", "action_id": "value"}
        label = {"type": "plain_text", "text": "What"}
        client.views_open(
            trigger_id=body["trigger_id"],
            view={
                "type": "modal",
                "callback_id": "new",
                "title": label,
                "submit": label,
                "blocks": [
                    {"type": "input", "block_id": "what", "label": label, "element": element}
                ],
            },
        )
        ack("opening")

    @bolt.view("new")
    def submit_form(ack: Any, view: Json) -> None:
        heard.append(view["state"]["values"]["what"]["value"]["value"])
        ack(response_action="errors", errors={"what": "no"})

    @bolt.event("message")
    def listen(event: Json) -> None:
        heard.append(event["text"])

    serve()
    ann = slack.person("U0ANN")
    ann.command("/ticket", "新建 & <x>")
    submitted = ann.submit(ann.modal(), {"what": "热"})
    ann.post("tech", "a < b")
    slack.settle()

    assert submitted.errors == {"what": "no"}
    assert [m["text"] for m in ann.whispers()] == ["opening"]
    assert heard == ["热", "a &lt; b"]


def test_a_wrong_signature_is_refused_by_the_app(slack: RunningSandbox, bolt: App, serve: Serve):
    @bolt.command("/ticket")
    def answer(ack: Any) -> None:
        ack()

    serve()
    slack.app.signing_secret = "other"

    with pytest.raises(RefusalError, match="dispatch_failed"):
        slack.person("U0ANN").command("/ticket")


def test_an_app_that_is_down_or_slow_fails_the_person(
    slack: RunningSandbox, bolt: App, serve: Serve, settings: Settings
):
    ready = threading.Event()

    @bolt.command("/ticket")
    def slow(ack: Any) -> None:
        ready.wait(5)
        ack()

    slack.app.request_url = "http://127.0.0.1:9/slack/events"
    with pytest.raises(RefusalError, match="dispatch_failed"):
        slack.person("U0ANN").command("/ticket")
    serve()
    settings.ack_limit_s = 0.1
    with pytest.raises(RefusalError, match="operation_timeout"):
        slack.person("U0ANN").command("/ticket")
    ready.set()


def test_an_event_is_retried_with_its_number_and_reason(
    slack: RunningSandbox, bolt: App, serve: Serve
):
    attempts: list[tuple[str | None, str | None]] = []

    @bolt.middleware
    def failing(req: Any, next: Callable[[], Any]) -> Any:
        headers = req.headers
        attempts.append(
            (
                headers.get("x-slack-retry-num", [None])[0],
                headers.get("x-slack-retry-reason", [None])[0],
            )
        )
        if len(attempts) < 3:
            raise RuntimeError("not yet")
        return next()

    @bolt.event("message")
    def listen() -> None:
        pass

    @bolt.error
    def keep_quiet(error: Exception) -> None:
        pass

    serve()
    slack.person("U0ANN").post("tech", "x")
    slack.settle()

    assert attempts == [(None, None), ("1", "http_error"), ("2", "http_error")]
