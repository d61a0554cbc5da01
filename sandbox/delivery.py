"""Brings commands, clicks, forms and events to the app, and events again when unacknowledged."""

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass, field
from typing import Any

from sandbox.http_mode import BadStatusError, HttpMode
from sandbox.scopes import EVENTS
from sandbox.settings import Settings
from sandbox.socket_mode import SocketMode
from sandbox.traffic import Kind, Traffic
from sandbox.wire import Json, RefusalError
from sandbox.workspace import Workspace


@dataclass(slots=True)
class Delivery:
    """Sends to a websocket when one is open, else to the request URL."""

    workspace: Workspace
    settings: Settings
    traffic: Traffic
    sockets: SocketMode
    http: HttpMode
    last_event: Json | None = None
    _running: set[asyncio.Task[None]] = field(default_factory=set)

    async def ask(self, kind: str, payload: Json, *, accepts_payload: bool) -> Json:
        """Deliver what a person did, once, and give the acknowledgement's payload.

        Raises RefusalError `operation_timeout` or `dispatch_failed`, as the person would see it.
        """
        envelope = {"type": kind, "payload": payload, "accepts_response_payload": accepts_payload}
        try:
            return await self._send(envelope)
        except TimeoutError:
            raise RefusalError("operation_timeout") from None
        except (ConnectionError, BadStatusError, ValueError) as trouble:
            raise RefusalError("dispatch_failed", detail=str(trouble)) from None

    def tell(self, name: str, event: Json) -> None:
        """Deliver an event if the app subscribed to it and was granted its scope."""
        app = self.workspace.app
        scope = EVENTS[name]
        if name not in app.events or app.revoked or (scope and scope not in app.scopes):
            return
        self.last_event = self._wrapped(event)
        self.start(self._deliver(self.last_event))

    def again(self, payload: Json, *, attempt: int = 1) -> None:
        """Deliver an event's payload once more, as Slack does when it doubts the first time."""
        self.start(self._deliver(payload, first_attempt=attempt))

    def stop(self) -> None:
        """Give up every retry that is still to come."""
        for task in self._running:
            task.cancel()
        self.http.stop()

    async def settled(self) -> None:
        """Wait until every event under way is acknowledged or given up."""
        while self._running:
            await asyncio.wait(set(self._running))

    def start(self, work: Coroutine[Any, Any, None]) -> None:
        """Run something beside, until it ends or the sandbox stops."""
        task = asyncio.get_running_loop().create_task(work)
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def _send(self, envelope: Json) -> Json:
        if self.sockets.is_connected or self.workspace.app.request_url is None:
            return await self.sockets.send(envelope, self.settings.ack_limit_s)
        name = str(envelope["type"])
        self.traffic.note(Kind.HTTP, name, at=self.workspace.clock.now(), request=envelope)
        return await self.http.send(envelope, self.settings.ack_limit_s)

    async def _deliver(self, payload: Json, first_attempt: int = 0) -> None:
        waits = (0.0, *self.settings.event_retries_s)
        reason = "" if first_attempt == 0 else "timeout"
        for attempt in range(first_attempt, len(waits)):
            if attempt > first_attempt:
                await asyncio.sleep(waits[attempt])
            trouble, final = await self._try(payload, attempt, reason)
            if trouble is None or final:
                return
            reason = trouble
        self.traffic.note(
            Kind.EVENT,
            str(payload["event"]["type"]),
            at=self.workspace.clock.now(),
            ok=False,
            error="given_up",
        )

    async def _try(self, payload: Json, attempt: int, reason: str) -> tuple[str | None, bool]:
        envelope = {
            "type": "events_api",
            "payload": payload,
            "accepts_response_payload": False,
            "retry_attempt": attempt,
            "retry_reason": reason,
        }
        by_http = not self.sockets.is_connected and self.workspace.app.request_url is not None
        try:
            await self._send(envelope)
        except TimeoutError:
            return ("http_timeout" if by_http else "timeout"), False
        except BadStatusError as bad:
            return "http_error", bad.headers.get("x-slack-no-retry") == "1"
        except ConnectionError:
            return ("connection_failed" if by_http else "timeout"), False
        except ValueError:
            return None, True  # a 200 whose body is no JSON still acknowledges
        return None, True

    def _wrapped(self, event: Json) -> Json:
        team, app = self.workspace.team["id"], self.workspace.app
        return {
            "token": app.verification_token,
            "team_id": team,
            "context_team_id": team,
            "context_enterprise_id": None,
            "api_app_id": app.app_id,
            "event": event,
            "type": "event_callback",
            "event_id": self.workspace.ids.next("Ev"),
            "event_time": int(self.workspace.clock.now()),
            "authorizations": [
                {
                    "enterprise_id": None,
                    "team_id": team,
                    "user_id": app.user_id,
                    "is_bot": True,
                    "is_enterprise_install": False,
                }
            ],
            "is_ext_shared_channel": False,
            "event_context": f"4-{self.workspace.ids.next('EC')}",
        }
