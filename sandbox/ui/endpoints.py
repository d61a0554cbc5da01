"""The routes under /ui/: reading, doing, the live stream, files."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from sandbox.sandbox import Sandbox
from sandbox.storage_room import StorageRoom
from sandbox.talk import Talk
from sandbox.ui.admin import Admin
from sandbox.ui.doing import DEEDS, Deed
from sandbox.ui.shown import Shown
from sandbox.ui.walking import Walking
from sandbox.wire import Json, RefusalError

KEEP_ALIVE_S = 15.0
TEXTS = {
    "operation_timeout": "The app did not answer in time. Please try again.",
    "dispatch_failed": "We had some trouble connecting. Try again?",
    "unknown_command": "That is not a valid command.",
    "is_archived": "This channel is archived.",
    "not_in_channel": "You are not a member of this channel.",
    "clock_moving": "Time is passing already. Wait until it has arrived.",
    "nothing_due": "Nothing falls due: there is no open deadline ahead.",
    "no_app": "The app is not connected, so nothing can fall due.",
}


@dataclass(frozen=True, slots=True)
class Endpoints:
    """Serves the page's API."""

    sandbox: Sandbox

    def routes(self) -> list[Route]:
        """List the routes."""
        reading = {
            "state": self._state,
            "messages": self._messages,
            "members": self._members,
            "search": self._search,
            "traffic": self._traffic,
            "clock": self._clock,
        }
        return [
            *(Route(f"/ui/{name}", _safe(read)) for name, read in reading.items()),
            *(
                Route(f"/ui/{name}", _safe(self._doing(deed)), methods=["POST"])
                for name, deed in DEEDS.items()
            ),
            Route("/ui/clock", _safe(self._skip), methods=["POST"]),
            Route("/ui/clock/step", _safe(self._step), methods=["POST"]),
            Route("/ui/admin", _safe(self._admin), methods=["POST"]),
            Route("/ui/upload", _safe(self._upload), methods=["POST"]),
            Route("/ui/stream", self._stream),
            Route("/ui/file/{file_id}", self._file),
        ]

    def _doing(self, deed: Deed) -> Callable[[Request], Awaitable[Json]]:
        async def do(request: Request) -> Json:
            given = await _given(request)
            return await deed(self.sandbox, self._who(given.get("as")), given)

        return do

    async def _state(self, request: Request) -> Json:
        return Shown(self.sandbox, self._who(request.query_params.get("as"))).state()

    async def _messages(self, request: Request) -> Json:
        query = request.query_params
        who = self._who(query.get("as"))
        channel = Talk(self.sandbox, who).channel(query.get("channel", ""))
        limit = int(query.get("limit", "200"))
        thread_ts, before = query.get("thread_ts"), query.get("before")
        shown = Shown(self.sandbox, who)
        return shown.messages(channel, thread_ts=thread_ts, before=before, limit=limit)

    async def _members(self, request: Request) -> Json:
        talk = Talk(self.sandbox, self._who(request.query_params.get("as")))
        return {"members": talk.channel(request.query_params.get("channel", "")).members}

    async def _search(self, request: Request) -> Json:
        who = self._who(request.query_params.get("as"))
        return Shown(self.sandbox, who).found(request.query_params.get("q", ""))

    async def _traffic(self, request: Request) -> Json:
        after = int(request.query_params.get("after", "0"))
        limit = int(request.query_params.get("limit", "200"))
        traffic = self.sandbox.traffic
        return {"entries": traffic.after(after, limit), "last": traffic.last}

    async def _clock(self, request: Request) -> Json:
        walking = Walking(self.sandbox)
        return walking.followed() if "follow" in request.query_params else walking.told()

    async def _skip(self, request: Request) -> Json:
        return await Walking(self.sandbox).move(await _given(request))

    async def _step(self, request: Request) -> Json:
        return Walking(self.sandbox).step(await _given(request))

    async def _admin(self, request: Request) -> Json:
        return await Admin(self.sandbox).do(await _given(request))

    async def _upload(self, request: Request) -> Json:
        room = StorageRoom(self.sandbox.workspace, self.sandbox.address)
        async with request.form() as form:
            who = self._who(str(form.get("as") or ""))
            files = [each for each in form.getlist("file") if not isinstance(each, str)]
            stored = [room.keep(f.filename or "file", await f.read(), who) for f in files]
        return {"files": [each.body for each in stored]}

    async def _file(self, request: Request) -> Response:
        stored = self.sandbox.workspace.files.get(request.path_params["file_id"])
        if stored is None:
            return Response(status_code=404)
        headers = {"Content-Security-Policy": "sandbox", "X-Content-Type-Options": "nosniff"}
        return Response(stored.content, media_type=stored.body["mimetype"], headers=headers)

    async def _stream(self, request: Request) -> Response:
        try:
            who = self._who(request.query_params.get("as"))
        except RefusalError:  # deactivated while their page stands open
            return Response(status_code=404)
        return StreamingResponse(self._events(who), media_type="text/event-stream")

    async def _events(self, who: str) -> AsyncIterator[str]:
        queue = self.sandbox.stream.open(who)
        try:
            yield ": connected\n\n"
            while True:
                try:
                    async with asyncio.timeout(KEEP_ALIVE_S):
                        event = await queue.get()
                except TimeoutError:
                    yield ": keep-alive\n\n"
                    continue
                if event is None:
                    return
                yield f"data: {json.dumps(event, ensure_ascii=False)}\n\n"
        finally:
            self.sandbox.stream.close(queue)

    def _who(self, given: str | None) -> str:
        workspace = self.sandbox.workspace
        if not given:
            return next(workspace.humans()).id
        person = workspace.person(given)
        if person.is_bot or person.deleted:
            raise RefusalError("user_not_found")
        return person.id


def _safe(work: Callable[[Request], Awaitable[Json]]) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        try:
            return JSONResponse({"ok": True, **await work(request)})
        except RefusalError as refusal:
            text = TEXTS.get(refusal.error, refusal.error)
            return JSONResponse({"text": text, **refusal.as_json()})
        except (KeyError, TypeError, ValueError) as trouble:
            wrong = {"ok": False, "error": "invalid_arguments", "text": repr(trouble)}
            return JSONResponse(wrong, status_code=400)

    return endpoint


async def _given(request: Request) -> Json:
    decoded = json.loads(await request.body() or b"{}")
    if not isinstance(decoded, dict):
        raise TypeError("a JSON object was expected")
    return decoded
