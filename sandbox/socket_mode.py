"""Socket Mode: the app's websockets, the envelopes sent down them and the acknowledgements."""

import asyncio
import contextlib
import secrets
import uuid
from dataclasses import dataclass, field

from starlette.websockets import WebSocket, WebSocketDisconnect

from sandbox.stream import Stream
from sandbox.traffic import Kind, Traffic
from sandbox.transports import transport_of
from sandbox.wire import Json
from sandbox.workspace import Workspace

MOST_CONNECTIONS = 10  # SLACK.md 2.3
REPLACED_WITHIN_S = 0.5  # an app that is asked to refresh has its new websocket there by then
LEAVES_AFTER_S = 10.0


@dataclass(eq=False, slots=True)
class Connection:
    """One websocket of the app; `deaf` is open but dead, `leaving` is asked to make way."""

    websocket: WebSocket
    name: str
    deaf: bool = False
    leaving: bool = False


@dataclass(slots=True)
class SocketMode:
    """All websockets of the app."""

    workspace: Workspace
    traffic: Traffic
    stream: Stream
    connections: list[Connection] = field(default_factory=list)
    _tickets: set[str] = field(default_factory=set)
    _waiting: dict[str, asyncio.Future[Json]] = field(default_factory=dict)
    _turn: int = 0

    def ticket(self) -> str:
        """Give a ticket that opens one websocket."""
        ticket = secrets.token_hex(16)
        self._tickets.add(ticket)
        return ticket

    @property
    def is_connected(self) -> bool:
        """Tell whether an envelope can be sent to a websocket, dead ones included."""
        return bool(self.connections)

    async def serve(self, websocket: WebSocket) -> None:
        """Hold one websocket of the app from hello to the end."""
        ticket = websocket.query_params.get("ticket", "")
        if ticket not in self._tickets:
            await websocket.close(code=4401, reason="invalid ticket")
            return
        self._tickets.discard(ticket)
        await websocket.accept()
        if len(self.connections) >= MOST_CONNECTIONS:
            await websocket.send_json({"type": "disconnect", "reason": "too_many_websockets"})
            await websocket.close()
            return
        connection = Connection(websocket, ticket[:8])
        self.connections.append(connection)
        try:
            await self._greet(connection)
            await self._let_go()
            while True:
                self._acknowledged(await websocket.receive_json())
        except (WebSocketDisconnect, RuntimeError, ValueError):
            pass  # gone, or broken by a fault: the app opens another
        finally:
            self._forget(connection)

    async def send(self, envelope: Json, limit_s: float) -> Json:
        """Send an envelope to one websocket and wait for its acknowledgement.

        Raises ConnectionError when there is no websocket, TimeoutError when nobody answered.
        """
        connection = await self._next()
        envelope_id = str(uuid.uuid4())
        answer: asyncio.Future[Json] = asyncio.get_running_loop().create_future()
        self._waiting[envelope_id] = answer
        self._note(Kind.ENVELOPE, str(envelope["type"]), request=envelope)
        try:
            await self._write(connection, {"envelope_id": envelope_id, **envelope})
            async with asyncio.timeout(limit_s):
                return await answer
        finally:
            del self._waiting[envelope_id]

    def drop(self, *, silent: bool, count: int | None = None, noticed_after_s: float = 10) -> None:
        """Break websockets: cut the connection, or leave it open but dead.

        Slack goes on sending to a dead one until it notices, `noticed_after_s` real seconds later.
        """
        for connection in self.connections[:count]:
            transport = transport_of(connection.websocket)
            if silent:
                connection.deaf = True
                transport.pause_reading()
                asyncio.get_running_loop().call_later(noticed_after_s, self._cut, connection)
            else:
                self._cut(connection)

    def _cut(self, connection: Connection) -> None:
        if connection in self.connections:
            transport_of(connection.websocket).abort()
            self._forget(connection)

    async def refresh(self, *, count: int | None = None, warn_s: float = 0.0) -> None:
        """Ask politely for new websockets, after a warning if `warn_s`, and cut the old ones later."""
        old = self.connections[:count]
        if warn_s:
            await self._ask(old, "warning")
            await asyncio.sleep(warn_s)
        await self._ask(old, "refresh_requested")
        for connection in old:
            asyncio.get_running_loop().call_later(LEAVES_AFTER_S, self._cut, connection)

    async def _ask(self, connections: list[Connection], reason: str) -> None:
        for connection in connections:
            connection.leaving = reason == "refresh_requested"
            with contextlib.suppress(WebSocketDisconnect, RuntimeError):
                body = {"type": "disconnect", "reason": reason, "debug_info": {"host": "sandbox"}}
                await self._write(connection, body)

    async def _greet(self, connection: Connection) -> None:
        self._note(Kind.SOCKET, "hello")
        self.stream.tell({"type": "state"})
        await connection.websocket.send_json(
            {
                "type": "hello",
                "num_connections": len(self.connections),
                "debug_info": {"host": "sandbox", "approximate_connection_time": 18060},
                "connection_info": {"app_id": self.workspace.app.app_id},
            }
        )

    async def _let_go(self) -> None:
        """Close one that was asked to make way, now that another is there."""
        for connection in [each for each in self.connections if each.leaving][:1]:
            self._forget(connection)
            with contextlib.suppress(WebSocketDisconnect, RuntimeError):
                await connection.websocket.close()

    async def _write(self, connection: Connection, body: Json) -> None:
        if not connection.deaf:
            try:
                await connection.websocket.send_json(body)
            except (WebSocketDisconnect, RuntimeError):
                self._forget(connection)
                raise ConnectionError("the websocket is gone") from None

    async def _next(self) -> Connection:
        if not self.connections:
            raise ConnectionError("no websocket of the app is open")
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(REPLACED_WITHIN_S):
                while not self._staying() and self.connections:
                    await asyncio.sleep(0.005)
        ready = self._staying() or self.connections
        if not ready:
            raise ConnectionError("the websocket is gone")
        self._turn += 1
        return ready[self._turn % len(ready)]

    def _staying(self) -> list[Connection]:
        return [connection for connection in self.connections if not connection.leaving]

    def _acknowledged(self, message: Json) -> None:
        answer = self._waiting.get(str(message.get("envelope_id")))
        known = answer is not None and not answer.done()
        error = None if known else "late_or_unknown"
        self._note(Kind.ACK, "ack", ok=known, error=error, response=message)
        if answer is not None and known:
            answer.set_result(message.get("payload") or {})

    def _forget(self, connection: Connection) -> None:
        if connection in self.connections:
            self.connections.remove(connection)
            self._note(Kind.SOCKET, "closed")
            self.stream.tell({"type": "state"})

    def _note(
        self,
        kind: Kind,
        name: str,
        *,
        ok: bool = True,
        error: str | None = None,
        request: Json | None = None,
        response: Json | None = None,
    ) -> None:
        self.traffic.note(
            kind,
            name,
            at=self.workspace.clock.now(),
            ok=ok,
            error=error,
            request=request,
            response=response,
        )
