"""HTTP mode: signed requests to the app's request URL, as Slack sends them."""

import asyncio
import hashlib
import hmac
import http.client
import json
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit

from sandbox.wire import Json
from sandbox.workspace import Workspace


class BadStatusError(Exception):
    """The app answered with a status other than 200."""

    def __init__(self, status: int, headers: Mapping[str, str]) -> None:
        """Keep the status and the headers (`x-slack-no-retry`)."""
        super().__init__(status)
        self.status = status
        self.headers = headers


@dataclass(slots=True)
class HttpMode:
    """Posts to the request URL; many at a time, since one slow answer must not hold up others."""

    workspace: Workspace
    _threads: ThreadPoolExecutor = field(
        default_factory=lambda: ThreadPoolExecutor(64, thread_name_prefix="sandbox-http")
    )

    async def send(self, envelope: Json, limit_s: float) -> Json:
        """Post what an envelope carries and give the answer's JSON.

        Raises ConnectionError, TimeoutError or BadStatusError.
        """
        body, kind = _encode(envelope)
        headers = self._signed(body) | {"Content-Type": kind} | _retry_headers(envelope)
        url = self.workspace.app.request_url
        if url is None:
            raise ConnectionError("no request URL is set")
        loop = asyncio.get_running_loop()
        posting = loop.run_in_executor(self._threads, _post, url, body, headers, limit_s)
        async with asyncio.timeout(limit_s):
            return await posting

    def stop(self) -> None:
        """Let the threads go."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    def _signed(self, body: bytes) -> dict[str, str]:
        moment = str(int(self.workspace.clock.real()))
        base = b"v0:" + moment.encode() + b":" + body
        secret = self.workspace.app.signing_secret.encode()
        digest = hmac.new(secret, base, hashlib.sha256).hexdigest()
        return {"X-Slack-Request-Timestamp": moment, "X-Slack-Signature": f"v0={digest}"}


def _encode(envelope: Json) -> tuple[bytes, str]:
    form = "application/x-www-form-urlencoded"
    if envelope["type"] == "events_api":
        return json.dumps(envelope["payload"]).encode(), "application/json"
    if envelope["type"] == "slash_commands":
        return urlencode(envelope["payload"]).encode(), form
    return urlencode({"payload": json.dumps(envelope["payload"])}).encode(), form


def _retry_headers(envelope: Json) -> dict[str, str]:
    if not envelope.get("retry_attempt"):
        return {}
    return {
        "X-Slack-Retry-Num": str(envelope["retry_attempt"]),
        "X-Slack-Retry-Reason": str(envelope["retry_reason"]),
    }


def _post(url: str, body: bytes, headers: dict[str, str], limit_s: float) -> Json:
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=limit_s)
    try:
        connection.request("POST", parts.path or "/", body, headers)
        response = connection.getresponse()
        answer = response.read()
    except TimeoutError:
        raise
    except (OSError, http.client.HTTPException) as trouble:
        raise ConnectionError(str(trouble)) from trouble
    finally:
        connection.close()
    if response.status != 200:
        raise BadStatusError(response.status, {k.lower(): v for k, v in response.getheaders()})
    return _decoded(answer, response.getheader("Content-Type", ""))


def _decoded(answer: bytes, kind: str) -> Json:
    if not answer.strip():
        return {}
    if kind.startswith("application/json"):
        decoded: Json = json.loads(answer)
        return decoded
    return {"text": answer.decode()}
