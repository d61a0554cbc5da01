"""Lets only this sandbox's own page use its API: no page of another site, by whatever name it came here."""

from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})
TEXT = "Only the sandbox's own page may do this. Open it at localhost, 127.0.0.1 or its --host."


class Doorkeeper:
    """Refuses foreign calls of /ui/, which needs no token; a call without a browser is no page's."""

    def __init__(self, app: ASGIApp, address: str) -> None:
        """Guard `app`, which is served at `address`."""
        self._app = app
        self._names = LOCAL | {urlsplit(address).hostname or ""}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a call on or answer 403 `foreign_page`."""
        guarded = scope["type"] == "http" and scope["path"].startswith("/ui/")
        if guarded and not self._admits(Request(scope)):
            refusal = {"ok": False, "error": "foreign_page", "text": TEXT}
            await JSONResponse(refusal, status_code=403)(scope, receive, send)
            return
        await self._app(scope, receive, send)

    def _admits(self, request: Request) -> bool:
        host = request.headers.get("host", "")
        # A foreign name that leads here (DNS rebinding) would make a foreign page look like ours.
        if _name(host) not in self._names:
            return False
        if request.method != "POST":
            return True
        origin, site = request.headers.get("origin"), request.headers.get("sec-fetch-site")
        return origin in {None, f"http://{host}"} and site in {None, "same-origin", "none"}


def _name(host: str) -> str | None:
    try:
        return urlsplit(f"//{host}").hostname
    except ValueError:
        return None
