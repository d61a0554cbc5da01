"""One WSGI application: Slack over HTTP by Bolt's own adapter, health and metrics."""

from collections.abc import Callable, Iterable
from contextlib import suppress
from threading import Thread
from typing import Any
from wsgiref.types import StartResponse, WSGIEnvironment

import structlog
from prometheus_client import CollectorRegistry, make_wsgi_app
from slack_bolt import App
from slack_bolt.adapter.wsgi import SlackRequestHandler
from waitress.server import create_server  # type: ignore[import-untyped]  # waitress ships no types

log = structlog.get_logger(__name__)

SLACK_PATH = "/slack/events"
THREADS = 32
STOP_WITHIN_S = 2
LARGEST_BODY = 1_000_000  # bytes; Slack's largest payload, a view, is 250 KB

Ready = Callable[[], list[str]]
"""Lists what is not ready; an empty list is good."""

WsgiApp = Callable[[WSGIEnvironment, StartResponse], Iterable[bytes]]


def wsgi_app(app: App, *, ready: Ready, registry: CollectorRegistry) -> WsgiApp:
    """Put the routes together: /slack/events, /healthz (the process lives), /readyz, /metrics."""
    slack = SlackRequestHandler(app, path=SLACK_PATH)
    metrics: WsgiApp = make_wsgi_app(registry)

    def serve(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        match environ["PATH_INFO"]:
            case "/healthz":
                return _plain(start_response, "200 OK", "alive")
            case "/readyz":
                missing = ready()
                status = "503 Service Unavailable" if missing else "200 OK"
                return _plain(start_response, status, "\n".join(missing) or "ready")
            case "/metrics":
                return metrics(environ, start_response)
            case path if path == SLACK_PATH:
                return _answered(slack, environ, start_response)
            case _:
                return _plain(start_response, "404 Not Found", "nothing here")

    return serve


def _answered(
    slack: WsgiApp, environ: WSGIEnvironment, start_response: StartResponse
) -> Iterable[bytes]:
    """Let Bolt answer. It takes a body apart before it looks at the signature: anybody can send nonsense."""
    try:
        return slack(environ, start_response)
    except Exception as trouble:  # noqa: BLE001  the boundary of the web; the body is nobody's to log
        log.warning("request not understood", why=type(trouble).__name__)
        return _plain(start_response, "400 Bad Request", "not understood")


def _plain(start_response: StartResponse, status: str, text: str) -> list[bytes]:
    start_response(status, [("Content-Type", "text/plain; charset=utf-8")])
    return [text.encode()]


class WebServer:
    """The application on waitress, in a thread of its own."""

    def __init__(self, application: WsgiApp, *, host: str, port: int) -> None:
        """Take the port. Raises OSError when it is in use."""
        self._server: Any = create_server(
            application,
            host=host,
            port=port,
            threads=THREADS,
            max_request_body_size=LARGEST_BODY,
            ident=None,
        )
        self.port: int = self._server.effective_port
        self._thread = Thread(target=self._server.run, name="web", daemon=True)

    def start(self) -> None:
        """Begin to serve."""
        self._thread.start()
        log.info("web started", port=self.port)

    def stop(self) -> None:
        """Stop serving; what was accepted is still answered."""
        # In its own thread: closed from another, its select() fails on sockets that are gone.
        if self._thread.is_alive():
            with suppress(OSError):  # a worker was faster: all is closed already
                self._server.trigger.pull_trigger(self._server.close)
        self._thread.join(STOP_WITHIN_S)
