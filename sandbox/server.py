"""The stand-in as one web server: Web API, Socket Mode, the page and its API on one port."""

import asyncio
import contextlib
import logging
import socket
from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route, WebSocketRoute
from starlette.staticfiles import StaticFiles

from sandbox.answers import Answers
from sandbox.keeping import Keeper
from sandbox.sandbox import Sandbox
from sandbox.storage_room import StorageRoom
from sandbox.transports import ReachableProtocol
from sandbox.ui.doorkeeper import Doorkeeper
from sandbox.ui.endpoints import Endpoints
from sandbox.web_api.endpoint import Endpoint

PAGE = Path(__file__).parent / "page"
GRACE_S = 0.3  # for answers under way to notice that their connection is cut


def application(sandbox: Sandbox, keeper: Keeper | None = None) -> Starlette:
    """Give the web application of a stand-in; with a keeper, its state is kept."""

    @contextlib.asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[Mapping[str, Any]]:
        async with keeper.at_work() if keeper else contextlib.nullcontext():
            yield {}
            sandbox.stream.stop()
            sandbox.delivery.stop()

    return Starlette(
        lifespan=lifespan,
        middleware=[Middleware(Doorkeeper, address=sandbox.address)],
        routes=[
            Route("/api/{method}", Endpoint(sandbox).__call__, methods=["GET", "POST"]),
            WebSocketRoute("/socket/", sandbox.sockets.serve),
            Route("/response/{key}", Answers(sandbox).endpoint, methods=["POST"]),
            Route("/upload/{file_id}", _uploading(sandbox), methods=["POST"]),
            Route("/files-pri/{file_id}/{name}", _downloading(sandbox)),
            *Endpoints(sandbox).routes(),
            Route("/healthz", _healthy),
            Route("/", _index),
            Route("/archives/{rest:path}", _index),
            Mount("/page", StaticFiles(directory=PAGE, check_dir=False)),
        ],
    )


class PromptServer(uvicorn.Server):
    """uvicorn's server, ending at once: what is still open is cut, as when a machine goes away."""

    def __init__(self, config: uvicorn.Config) -> None:
        """Prepare the bell that ends it."""
        super().__init__(config)
        self._bell = asyncio.Event()

    def stop(self) -> None:
        """End it; call on its own thread."""
        self.should_exit = True
        self._bell.set()

    async def main_loop(self) -> None:
        """Wait for the end, refreshing the date header each second."""
        while not await self.on_tick(0):
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(1):
                    await self._bell.wait()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Stop listening, cut every connection, let the application clean up."""
        for web in self.servers:
            web.close()
        for listener in sockets or []:
            listener.close()
        for connection in list(self.server_state.connections):
            connection.transport.abort()
        if tasks := list(self.server_state.tasks):
            _, unfinished = await asyncio.wait(tasks, timeout=GRACE_S)
            for task in unfinished:
                task.cancel()
        await self.lifespan.shutdown()


def server(
    sandbox: Sandbox, port: int, host: str = "127.0.0.1", keeper: Keeper | None = None
) -> PromptServer:
    """Give a server that is not started yet."""
    config = uvicorn.Config(
        application(sandbox, keeper),
        host=host,
        port=port,
        http=ReachableProtocol,
        ws="websockets-sansio",
        ws_ping_interval=None,
        lifespan="on",
        log_level=logging.WARNING,
        access_log=False,
    )
    return PromptServer(config)


async def _index(request: Request) -> Response:  # noqa: ARG001 - Starlette's signature
    index = PAGE / "index.html"
    if not index.exists():
        return PlainTextResponse("The sandbox is running, but its page is not installed.")
    return FileResponse(index)


async def _healthy(request: Request) -> Response:  # noqa: ARG001 - Starlette's signature
    return JSONResponse({"ok": True})


def _uploading(sandbox: Sandbox) -> Any:
    async def upload(request: Request) -> Response:
        stored = sandbox.workspace.files.get(request.path_params["file_id"])
        content = await _content(request)
        if stored is None or len(content) != stored.body["size"]:
            return PlainTextResponse("size mismatch", status_code=400)
        stored.content = content
        return PlainTextResponse(f"OK - {len(content)}")

    return upload


async def _content(request: Request) -> bytes:
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        return await request.body()
    async with request.form() as form:
        parts = [part for part in form.values() if not isinstance(part, str)]
        return await parts[0].read() if parts else b""


def _downloading(sandbox: Sandbox) -> Any:
    async def download(request: Request) -> Response:
        app = sandbox.workspace.app
        stored = sandbox.workspace.files.get(request.path_params["file_id"])
        room = StorageRoom(sandbox.workspace, sandbox.address)
        granted = request.headers.get("authorization") == f"Bearer {app.bot_token}"
        allowed = granted and not app.revoked and "files:read" in app.scopes
        if stored is None or not allowed or not room.bot_may_read(stored):
            # Slack shows its log-in page here, with status 200: a trap for downloaders.
            return Response("<!DOCTYPE html><title>Sign in</title>", media_type="text/html")
        return Response(stored.content, media_type=stored.body["mimetype"])

    return download
