"""A real receiver on this machine, which answers as badly as it is told to."""

import contextlib
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass(frozen=True, slots=True)
class Received:
    """One letter as it arrived."""

    path: str
    headers: dict[str, str]
    body: bytes


Behaviour = Callable[["Handler"], None]


class Handler(BaseHTTPRequestHandler):
    """Reads a letter, then behaves."""

    receiver: "Receiver"

    def do_POST(self) -> None:
        length = int(self.headers.get("content-length", 0))
        letter = Received(self.path, dict(self.headers.items()), self.rfile.read(length))
        self.receiver.letters.append(letter)
        plan = self.receiver.plan
        behave = plan.pop(0) if plan else self.receiver.usually
        with contextlib.suppress(OSError):  # whoever asked has hung up
            behave(self)

    def do_GET(self) -> None:
        self.do_POST()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@dataclass(slots=True)
class Receiver:
    """What came, and what is to be answered: the plan first, then as usual."""

    port: int
    letters: list[Received] = field(default_factory=list)
    plan: list[Behaviour] = field(default_factory=list)
    usually: Behaviour = field(default_factory=lambda: answers(200))
    streamed: int = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/in?key=verysecret"


def answers(status: int, body: bytes = b"{}", **headers: str) -> Behaviour:
    """Answer with a status, a body and headers."""

    def behave(handler: Handler) -> None:
        handler.send_response(status)
        handler.send_header("content-length", str(len(body)))
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(body)

    return behave


def resets(handler: Handler) -> None:
    """Cut the line after the letter was read, before any answer."""
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    handler.connection.close()


def keeps_silent(handler: Handler) -> None:
    """Never answer."""
    _until_gone(handler)


def drips(handler: Handler) -> None:
    """Send the header of an answer byte by byte, always in time for the next."""
    while True:
        handler.wfile.write(b"H")
        handler.wfile.flush()
        time.sleep(0.05)


def drips_after_headers(handler: Handler) -> None:
    """Accept at once, then send the body for ever."""
    handler.send_response(200)
    handler.end_headers()
    while True:
        handler.wfile.write(b" ")
        handler.wfile.flush()
        time.sleep(0.05)


def streams(handler: Handler) -> None:
    """Send ten gigabytes."""
    handler.send_response(200)
    handler.send_header("content-length", str(10 * 1024**3))
    handler.end_headers()
    piece = b"x" * 65536
    while True:
        handler.wfile.write(piece)
        handler.receiver.streamed += len(piece)


def _until_gone(handler: Handler) -> None:
    handler.connection.settimeout(10)
    handler.connection.recv(1)


@contextmanager
def a_receiver() -> Iterator[Receiver]:
    """Run a receiver on loopback."""
    made = type("OneHandler", (Handler,), {})
    server = ThreadingHTTPServer(("127.0.0.1", 0), made)
    server.daemon_threads = True
    receiver = Receiver(server.server_port)
    made.receiver = receiver  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield receiver
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
