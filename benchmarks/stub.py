"""A stand-in for Slack in a process of its own: answers every Web API call, fires envelopes, times their acks."""

import asyncio
import json
import secrets
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

Json = dict[str, Any]
Given = FormData

GIVEN_UP_S = 3.0  # Slack's patience (SLACK.md 2.3)
TEAM, BOT, BOT_ID = "T0DESK", "U0DESKBOT", "B0DESKBOT"


@dataclass(slots=True)
class Stub:
    """What it was told, and the sockets of each app by app token."""

    port: int
    people: list[str]
    channels: dict[str, str]
    slow_s: dict[str, float] = field(default_factory=dict)  # by method
    sockets: dict[str, list[WebSocket]] = field(default_factory=dict)
    waiting: dict[str, asyncio.Future[None]] = field(default_factory=dict)
    calls: dict[str, int] = field(default_factory=dict)
    turn: int = 0

    async def answer(self, request: Request) -> JSONResponse:
        """Answer a Web API call, late if told so."""
        method = request.path_params["method"]
        self.calls[method] = self.calls.get(method, 0) + 1
        if delay := self.slow_s.get(method):
            await asyncio.sleep(delay)
        token = request.headers.get("authorization", "").removeprefix("Bearer ")
        say = self._answers.get(method, _posted)
        return JSONResponse({"ok": True, **say(await request.form(), token)})

    @property
    def _answers(self) -> dict[str, Callable[[Given, str], Json]]:
        """What the bot asks for at its start; everything else is answered as a post would be."""
        channels = [
            {"id": key, "name": name, "is_member": True} for key, name in self.channels.items()
        ]
        return {
            "auth.test": lambda _given, _token: {
                "team_id": TEAM,
                "user_id": BOT,
                "bot_id": BOT_ID,
            },
            "apps.connections.open": lambda _given, token: {
                "url": f"ws://127.0.0.1:{self.port}/socket/{token}"
            },
            "users.list": lambda _given, _token: {"members": [_user(one) for one in self.people]},
            "users.info": lambda given, _token: {"user": _user(str(given.get("user")))},
            "conversations.list": lambda _given, _token: {"channels": channels},
            "conversations.members": lambda _given, _token: {"members": [*self.people, BOT]},
            "conversations.open": lambda given, _token: {
                "channel": {"id": f"D{str(given.get('users'))[1:]}"}
            },
            "conversations.history": lambda _given, _token: {"messages": []},
        }

    async def serve(self, socket: WebSocket) -> None:
        """Hold one websocket of an app."""
        token = socket.path_params["token"]
        await socket.accept()
        self.sockets.setdefault(token, []).append(socket)
        await socket.send_json({"type": "hello", "num_connections": 1})
        try:
            while True:
                answered = await socket.receive_json()
                if ack := self.waiting.get(answered.get("envelope_id", "")):
                    ack.set_result(None)
        except WebSocketDisconnect:
            self.sockets[token].remove(socket)

    async def fire(self, request: Request) -> JSONResponse:
        """Send each caller's envelopes one after another, callers side by side; answer with ack times in ms."""
        told: Json = await request.json()
        sockets = self.sockets.get(told["token"]) or []
        found = await asyncio.gather(
            *(self._in_turn(sockets, envelopes, told["pause_s"]) for envelopes in told["callers"])
        )
        return JSONResponse({"acks": [one for times in found for one in times]})

    async def _in_turn(
        self, sockets: Sequence[WebSocket], envelopes: list[Json], pause_s: float
    ) -> list[float]:
        acks = []
        for envelope in envelopes:
            acks.append(await self._one(sockets, envelope))
            await asyncio.sleep(pause_s)
        return acks

    async def _one(self, sockets: Sequence[WebSocket], envelope: Json) -> float:
        key = secrets.token_hex(8)
        self.turn += 1
        ack = self.waiting[key] = asyncio.get_running_loop().create_future()
        text = json.dumps({"envelope_id": key, "accepts_response_payload": True, **envelope})
        began = perf_counter()
        await sockets[self.turn % len(sockets)].send_text(text)
        try:
            await asyncio.wait_for(ack, GIVEN_UP_S)
        except TimeoutError:
            return GIVEN_UP_S * 1000
        finally:
            del self.waiting[key]
        return (perf_counter() - began) * 1000

    async def tell(self, request: Request) -> JSONResponse:
        """Be told which methods are slow; answer how often each was called and how many sockets are open."""
        told: Json = await request.json()
        if "slow_s" in told:
            self.slow_s = {str(name): float(s) for name, s in told["slow_s"].items()}
        sockets = {token: len(open_) for token, open_ in self.sockets.items()}
        return JSONResponse({"calls": self.calls, "sockets": sockets})


def _posted(given: Given, _token: str) -> Json:
    stamp = f"{1_700_000_000 + secrets.randbelow(10**8)}.{secrets.randbelow(10**6):06}"
    return {
        "ts": stamp,
        "channel": given.get("channel"),
        "message": {"ts": stamp},
        "view": {"id": "V1"},
    }


def _user(person: str) -> Json:
    return {
        "id": person,
        "name": person.lower(),
        "team_id": TEAM,
        "locale": "zh-CN",
        "tz": "Asia/Shanghai",
        "profile": {"display_name": person.title(), "real_name": person.title()},
    }


def serve(port: int, people: list[str], channels: dict[str, str]) -> None:
    """Serve until the process is ended."""
    stub = Stub(port, people, channels)
    application = Starlette(
        routes=[
            Route("/api/{method}", stub.answer, methods=["GET", "POST"]),
            Route("/fire", stub.fire, methods=["POST"]),
            Route("/tell", stub.tell, methods=["POST"]),
            WebSocketRoute("/socket/{token}", stub.serve),
        ]
    )
    uvicorn.run(application, host="127.0.0.1", port=port, log_level="error", access_log=False)


if __name__ == "__main__":
    described: Json = json.loads(sys.stdin.read())
    serve(described["port"], described["people"], described["channels"])
