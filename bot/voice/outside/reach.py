"""Reach: one POST to another system, in bounded time and size, and what can be said of how it ended."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from ssl import SSLContext
from urllib.parse import urlsplit

import httpcore
import httpx

from bot.voice.outside.guard import Forbidden, Guard, GuardedBackend

MOST = 64 * 1024  # bytes read of an answer (RELIABILITY.md F60)
CONNECT_S, READ_S, TOTAL_S = 3.0, 5.0, 8.0  # all well inside a claim's lease
AGENT = "deskbot"


class Loss(StrEnum):
    """Why there is no answer."""

    NEVER_LEFT = "unreachable"  # nothing was sent
    FORBIDDEN = "forbidden_address"  # and nothing ever will be
    UNCLEAR = "no_answer"  # it may have arrived


@dataclass(frozen=True, slots=True)
class Letter:
    """What is posted, and where to; neither is ever logged."""

    url: str = field(repr=False)
    body: bytes = field(repr=False)
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back; `body` is whole or None: cut off, or longer than anybody needs."""

    status: int
    body: bytes | None = field(repr=False)
    retry_after: str = ""


@dataclass(frozen=True, slots=True)
class Lost:
    """No answer came."""

    loss: Loss
    why: str  # the kind of trouble; never an address


@cache
def _trust() -> SSLContext:
    return httpx.create_ssl_context(trust_env=False)


class _Guarded(httpx.HTTPTransport):
    """HTTPX's transport over our own pool: it offers no other place for a network backend."""

    def __init__(self, guard: Guard, proxy: str | None, total_s: float) -> None:
        super().__init__(verify=_trust(), trust_env=False)
        if proxy is None:
            self._pool = httpcore.ConnectionPool(
                ssl_context=_trust(),
                network_backend=GuardedBackend(guard, total_s),
                max_keepalive_connections=0,  # the time limit is a connection's
            )
        else:
            theirs = Guard(frozenset({urlsplit(proxy).hostname or ""}), guard.resolve)
            self._pool = httpcore.HTTPProxy(
                proxy,
                ssl_context=_trust(),
                network_backend=GuardedBackend(theirs, total_s),
                max_keepalive_connections=0,
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """Posts letters: no redirects, no environment's proxies, no cookies, no second try.

    `proxy` is one the operator configured; it resolves names itself, so only addresses that are
    written out are judged then.
    """

    guard: Guard
    proxy: str | None = None
    connect_s: float = CONNECT_S
    read_s: float = READ_S
    total_s: float = TOTAL_S

    def post(self, letter: Letter) -> Answer | Lost:
        """Send a letter once."""
        try:
            self.guard.admit(letter.url)
            if self.proxy:
                self.guard.admit_number(letter.url)
            with self._client() as client:
                return self._posted(client, letter)
        except Forbidden as why:
            return Lost(Loss.FORBIDDEN, str(why))
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.ProxyError) as trouble:
            return Lost(Loss.NEVER_LEFT, type(trouble).__name__)
        except (httpx.InvalidURL, httpx.UnsupportedProtocol):
            return Lost(Loss.FORBIDDEN, "not an address")
        except httpx.HTTPError as trouble:
            return Lost(Loss.UNCLEAR, type(trouble).__name__)

    def _client(self) -> httpx.Client:
        return httpx.Client(
            transport=_Guarded(self.guard, self.proxy, self.total_s),
            timeout=httpx.Timeout(self.read_s, connect=self.connect_s),
            follow_redirects=False,
            trust_env=False,
        )

    @staticmethod
    def _posted(client: httpx.Client, letter: Letter) -> Answer:
        # Compression is declined, so that no small answer can become a large one.
        own = {"user-agent": AGENT, "accept-encoding": "identity", **letter.headers}
        with client.stream("POST", letter.url, content=letter.body, headers=own) as response:
            return Answer(
                status=response.status_code,  # it has arrived, whatever becomes of the rest
                body=_read(response),
                retry_after=response.headers.get("retry-after", ""),
            )


def _read(response: httpx.Response) -> bytes | None:
    read = bytearray()
    try:
        for piece in response.iter_raw():
            read += piece
            if len(read) > MOST:
                return None
    except httpx.HTTPError:
        return None
    return bytes(read)
