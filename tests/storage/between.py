"""What may stand between the desk and PostgreSQL: a line that breaks at COMMIT, a pooler of transactions."""

import random
import socket
import struct
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from queue import SimpleQueue

_SSL_REQUEST = 80877103
_PROTOCOL = 196608  # version 3.0


class Break(StrEnum):
    """When the line breaks."""

    BEFORE = "before"  # COMMIT never reaches the server
    AFTER = "after"  # it does, and its answer is lost


@dataclass(slots=True)
class Line:
    """A line to the server that breaks at the COMMIT when told to."""

    server: Path
    breaks: Break | None = None
    broken: int = 0

    def serve(self, client: socket.socket) -> None:
        """Carry one connection until either side ends it."""
        with client, _connect(self.server) as server:
            _answer_no_to_tls(client, server)
            threading.Thread(target=_carry, args=(server, client), daemon=True).start()
            while message := _message(client):
                if self.breaks and message.startswith(b"Q") and b"COMMIT" in message:
                    self._break(message, server, client)
                    return
                server.sendall(message)

    def _break(self, commit: bytes, server: socket.socket, client: socket.socket) -> None:
        when, self.breaks, self.broken = self.breaks, None, self.broken + 1
        client.shutdown(socket.SHUT_RDWR)  # no answer gets through any more
        if when is Break.AFTER:
            server.sendall(commit)
            time.sleep(0.2)  # it is done by then
        server.shutdown(socket.SHUT_RDWR)  # closing alone does not end what another thread reads


@dataclass(slots=True)
class Pooler:
    """Hands each transaction to any of a few sessions, as PgBouncer does with pool_mode = transaction."""

    server: Path
    database: str
    sessions: list[socket.socket] = field(default_factory=list)
    _free: "SimpleQueue[socket.socket]" = field(default_factory=SimpleQueue)
    _greeting: bytes = b""

    def open(self, how_many: int) -> None:
        """Log the sessions in."""
        for _ in range(how_many):
            session = _connect(self.server)
            said = b"user\0desk\0database\0" + self.database.encode() + b"\0\0"
            session.sendall(struct.pack("!II", len(said) + 8, _PROTOCOL) + said)
            self._greeting = _until_ready(session)
            self.sessions.append(session)
            self._free.put(session)

    def serve(self, client: socket.socket) -> None:
        """Serve one client; between transactions it has no session."""
        with client:
            _startup(client)
            client.sendall(self._greeting)
            session: socket.socket | None = None
            while (message := _message(client)) and message[:1] != b"X":
                session = session or self._any()
                session.sendall(message)
                if message[:1] in {b"Q", b"S"}:
                    answer = _until_ready(session)
                    client.sendall(answer)
                    if answer.endswith(b"I"):  # idle: the transaction is over
                        self._free.put(session)
                        session = None

    def ask(self, query: str) -> list[bytes]:
        """Ask every session a question; give the answers as they came over the wire."""
        for session in self.sessions:
            said = query.encode() + b"\0"
            session.sendall(b"Q" + struct.pack("!I", len(said) + 4) + said)
        return [_until_ready(session) for session in self.sessions]

    def _any(self) -> socket.socket:
        """Never the same one for long: what is left behind is found by somebody else."""
        session = self._free.get(timeout=10)
        if random.random() < 0.5 and not self._free.empty():
            self._free.put(session)
            session = self._free.get(timeout=10)
        return session


@contextmanager
def listening(between: Line | Pooler) -> Iterator[int]:
    """Serve on a free port; gives it."""
    with socket.create_server(("127.0.0.1", 0)) as door:

        def accept() -> None:
            with suppress(OSError):
                while True:
                    client, _ = door.accept()
                    threading.Thread(target=_guarded, args=(between, client), daemon=True).start()

        threading.Thread(target=accept, daemon=True).start()
        yield int(door.getsockname()[1])
        door.shutdown(socket.SHUT_RDWR)


def _guarded(between: Line | Pooler, client: socket.socket) -> None:
    with suppress(OSError):  # whoever hangs up ends the connection
        between.serve(client)


def _connect(path: Path) -> socket.socket:
    made = socket.socket(socket.AF_UNIX)
    made.connect(str(path))
    return made


def _carry(server: socket.socket, client: socket.socket) -> None:
    with suppress(OSError):
        while part := server.recv(65536):
            client.sendall(part)
        client.shutdown(socket.SHUT_RDWR)


def _answer_no_to_tls(client: socket.socket, server: socket.socket) -> None:
    server.sendall(_startup(client))


def _startup(client: socket.socket) -> bytes:
    while True:
        head = _exactly(client, 8)
        length, code = struct.unpack("!II", head)
        if code != _SSL_REQUEST:
            return head + _exactly(client, length - 8)
        client.sendall(b"N")


def _message(source: socket.socket) -> bytes:
    head = _exactly(source, 5)
    return head + _exactly(source, struct.unpack("!I", head[1:])[0] - 4) if head else b""


def _until_ready(session: socket.socket) -> bytes:
    said = b""
    while True:
        message = _message(session)
        said += message
        if message[:1] in {b"Z", b""}:
            return said


def _exactly(source: socket.socket, length: int) -> bytes:
    got = b""
    while len(got) < length:
        part = source.recv(length - len(got))
        if not part:
            return b""
        got += part
    return got
