"""POST /api/<method>: token, scope, rate, fault, then the method itself."""

import asyncio
import json
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import Receive, Scope, Send

from sandbox.faults import Fault, FaultKind
from sandbox.sandbox import Sandbox
from sandbox.scopes import METHOD_SCOPES
from sandbox.traffic import Kind
from sandbox.transports import transport_of
from sandbox.web_api.call import Call
from sandbox.web_api.methods import APP_TOKEN, METHODS, NO_TOKEN
from sandbox.wire import Json, RefusalError

LOOK_EVERY_S = 0.01  # whether a late call may be accepted


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Answers Web API calls."""

    sandbox: Sandbox

    async def __call__(self, request: Request) -> Response:
        """Answer one call, or break it as a fault says."""
        method = str(request.path_params["method"])
        started = self.sandbox.workspace.clock.real()
        args = await _arguments(request)
        token = _token(request, args)
        call = Call(self.sandbox, method, args)
        fault = self.sandbox.faults.strike(method, call.maybe("channel"))
        if fault:
            self._note_fault(method, fault)
            response = await self._faulty(request, call, token, fault)
        else:
            response = await self._answered(call, token)
        self._note(call, response, started)
        return response

    async def _answered(self, call: Call, token: str | None) -> Response:
        wait = self.sandbox.rates.wait_s(call.method, call.maybe("channel"))
        if wait:
            return _limited(wait)
        return self._reply(await self._result(call, token))

    async def _result(self, call: Call, token: str | None) -> Json:
        try:
            self._authorise(call.method, token)
            answer = {"ok": True, **await METHODS[call.method](call)}
        except RefusalError as refusal:
            return refusal.as_json()
        if call.warnings:
            answer["warning"] = ",".join(call.warnings)
            answer["response_metadata"] = {"warnings": call.warnings}
        return answer

    def _authorise(self, method: str, token: str | None) -> None:
        app = self.sandbox.workspace.app
        if method not in METHODS:
            raise RefusalError("unknown_method", req_method=method)
        if method in NO_TOKEN:
            return
        if not token:
            raise RefusalError("not_authed")
        if token not in {app.bot_token, app.app_token}:
            raise RefusalError("invalid_auth")
        if app.revoked:
            raise RefusalError("token_revoked")
        if (token == app.app_token) != (method in APP_TOKEN):
            raise RefusalError("not_allowed_token_type")
        needed = METHOD_SCOPES.get(method)
        if needed and needed not in app.scopes:
            raise RefusalError("missing_scope", needed=needed, provided=",".join(app.scopes))

    async def _faulty(
        self, request: Request, call: Call, token: str | None, fault: Fault
    ) -> Response:
        match fault.kind:
            case FaultKind.ERROR:
                return self._reply({"ok": False, "error": fault.error})
            case FaultKind.RATELIMITED:
                return _limited(fault.retry_after_s)
            case FaultKind.SLOW:
                await asyncio.sleep(fault.delay_s)
                return await self._answered(call, token)
            case FaultKind.HISTORY_LAG:
                call.seen_from = self.sandbox.workspace.clock.real() + fault.delay_s
                return await self._answered(call, token)
            case _:
                return await self._unclear(request, call, token, fault)

    async def _unclear(
        self, request: Request, call: Call, token: str | None, fault: Fault
    ) -> Response:
        if fault.kind is FaultKind.ACCEPTED_LATE:
            self._later(call, token, fault)
            return _Cut(request)
        if fault.kind is FaultKind.REPLY_LOST or fault.accepted:
            await self._result(call, token)
        if fault.kind is FaultKind.REPLY_LOST:
            return _Cut(request)
        return Response("internal error", status_code=fault.status)

    def _later(self, call: Call, token: str | None, fault: Fault) -> None:
        async def accept() -> None:
            await asyncio.sleep(fault.delay_s)
            while fault.until and not fault.until.is_set():
                await asyncio.sleep(LOOK_EVERY_S)
            await self._result(call, token)

        self.sandbox.delivery.start(accept())

    def _reply(self, answer: Json) -> Response:
        scopes = ",".join(self.sandbox.workspace.app.scopes)
        return JSONResponse(answer, headers={"x-oauth-scopes": scopes})

    def _note_fault(self, method: str, fault: Fault) -> None:
        now = self.sandbox.workspace.clock.now()
        self.sandbox.traffic.note(Kind.FAULT, method, at=now, ok=False, error=fault.kind)

    def _note(self, call: Call, response: Response, started: float) -> None:
        clock = self.sandbox.workspace.clock
        answer = _body(response)
        error = answer.get("error") if answer else f"http_{response.status_code}"
        refused = error in {"invalid_blocks", "invalid_arguments", "msg_blocks_too_long"}
        self.sandbox.traffic.note(
            Kind.REFUSED if refused else Kind.API,
            call.method,
            at=clock.now(),
            ok=bool(answer.get("ok")),
            error=error,
            ms=round((clock.real() - started) * 1000, 2),
            request=call.args,
            response=answer,
        )


class _Cut(Response):
    """An answer that never comes: the connection breaks instead."""

    def __init__(self, request: Request) -> None:
        super().__init__(status_code=499)
        self._request = request

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002
        """Break the connection."""
        transport_of(self._request).abort()


def _limited(wait_s: int) -> Response:
    body = {"ok": False, "error": "ratelimited"}
    return JSONResponse(body, status_code=429, headers={"Retry-After": str(wait_s)})


def _body(response: Response) -> Json:
    if response.media_type != "application/json":
        return {}
    decoded: Json = json.loads(bytes(response.body))
    return decoded


async def _arguments(request: Request) -> Json:
    args: Json = dict(request.query_params)
    kind = request.headers.get("content-type", "")
    if kind.startswith("application/json"):
        body = await request.body()
        decoded = json.loads(body) if body else {}
        return args | decoded if isinstance(decoded, dict) else args
    async with request.form() as form:
        return args | {key: value for key, value in form.items() if isinstance(value, str)}


def _token(request: Request, args: Json) -> str | None:
    given = args.pop("token", None)
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token if scheme.lower() == "bearer" and token else given
