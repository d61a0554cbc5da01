"""The guard: which addresses may be reached at all, and a connection that keeps to the one that was checked (X29)."""

import re
import socket
import ssl
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from time import monotonic
from typing import Any
from urllib.parse import urlsplit

import httpcore

Ip = IPv4Address | IPv6Address
Resolve = Callable[[str, int], Iterable[str]]
"""Gives the addresses of a host as text."""

_NUMBER = re.compile(r"(0x[0-9a-f]*|\d+)(\.(0x[0-9a-f]*|\d+)){0,3}\.?|.*:.*", re.IGNORECASE)
_NAT64 = IPv6Network("64:ff9b::/96")  # carries an IPv4 address in its last four bytes
_COMPATIBLE = IPv6Network("::/96")
_RELAY = IPv4Network("192.88.99.0/24")  # 6to4 relays, no destination of anybody's


class Forbidden(Exception):
    """An address that nothing is ever sent to; its text names no address and no token."""


def resolve(host: str, port: int) -> list[str]:
    """Ask the resolver; numbers in any notation (decimal, hex, octal) come back as addresses too."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def is_public(ip: Ip) -> bool:
    """Tell whether an address lies in the open internet, whatever it is wrapped in."""
    if isinstance(ip, IPv6Address):
        inner = _carried(ip)
        if inner is not None:
            return is_public(inner)
        if ip.is_site_local:
            return False
    elif ip in _RELAY:
        return False
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


def _carried(ip: IPv6Address) -> IPv4Address | None:
    """Unwrap an IPv4 address from the forms that carry one."""
    if ip in _NAT64 or (ip in _COMPATIBLE and int(ip) > 1):
        return IPv4Address(int(ip) & 0xFFFFFFFF)
    teredo = ip.teredo
    return ip.ipv4_mapped or ip.sixtofour or (teredo[1] if teredo else None)


def _is_nobodys(ip: Ip) -> bool:
    """Tell what not even a named host may stand for: link-local (clouds' metadata), none, many."""
    inner = _carried(ip) if isinstance(ip, IPv6Address) else None
    one = inner or ip
    return one.is_link_local or one.is_unspecified or one.is_multicast


@dataclass(frozen=True, slots=True)
class Guard:
    """Judges addresses; `allowed` hosts may lie in a private network or be spoken to without TLS."""

    allowed: frozenset[str] = frozenset()
    resolve: Resolve = resolve

    def admit(self, url: str) -> None:
        """Check what an address says by itself. Raises Forbidden."""
        try:
            parts = urlsplit(url)
            host, _ = parts.hostname or "", parts.port
        except ValueError:
            raise Forbidden("not an address") from None
        if not host or parts.scheme not in {"https", "http"}:
            raise Forbidden("not an https address")
        if parts.username is not None or parts.password is not None:
            raise Forbidden("an address with a user in it")
        if parts.scheme == "http" and not self._is_allowed(host):
            raise Forbidden("http to a host that is not allowed")

    def admit_number(self, url: str) -> None:
        """Check a host that is written as a number, where a proxy looks up the names. Raises Forbidden."""
        host = urlsplit(url).hostname or ""
        if _NUMBER.fullmatch(host):
            try:
                self.pick(host, 443)
            except OSError:
                raise Forbidden("not an address") from None

    def pick(self, host: str, port: int) -> str:
        """Resolve a host once and give the address to connect to. Raises Forbidden or OSError."""
        found = [ip_address(each.partition("%")[0]) for each in self.resolve(host, port)]
        if not found:
            raise OSError("no address")
        for ip in found:
            if _is_nobodys(ip) or not (is_public(ip) or self._is_allowed(host)):
                raise Forbidden("a private address")
        return str(found[0])

    def _is_allowed(self, host: str) -> bool:
        return host.lower().rstrip(".") in self.allowed


@dataclass(frozen=True, slots=True)
class GuardedBackend(httpcore.NetworkBackend):
    """Connects to the address that was checked, never asking the resolver twice (DNS rebinding).

    TLS still proves the host's name: httpcore takes it from the request, not from the connection.
    A connection lives `seconds` in all, however slowly its bytes drip.
    """

    guard: Guard
    seconds: float

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """Check, then connect. Raises Forbidden, or httpcore's own errors."""
        until = monotonic() + self.seconds
        try:
            address = self.guard.pick(host, port)
        except (OSError, UnicodeError) as unknown:
            raise httpcore.ConnectError("the host is not known") from unknown
        plain = httpcore.SyncBackend().connect_tcp(
            address,
            port,
            timeout=_left(until, timeout, httpcore.ConnectTimeout),
            local_address=local_address,
            socket_options=socket_options,
        )
        return _Limited(plain, until)


@dataclass(frozen=True, slots=True)
class _Limited(httpcore.NetworkStream):
    """A stream that ends at a moment, whoever still drips into it."""

    stream: httpcore.NetworkStream
    until: float

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self.stream.read(max_bytes, _left(self.until, timeout, httpcore.ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self.stream.write(buffer, _left(self.until, timeout, httpcore.WriteTimeout))

    def close(self) -> None:
        self.stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        limit = _left(self.until, timeout, httpcore.ConnectTimeout)
        return _Limited(self.stream.start_tls(ssl_context, server_hostname, limit), self.until)

    def get_extra_info(self, info: str) -> Any:
        return self.stream.get_extra_info(info)


def _left(until: float, timeout: float | None, too_late: type[Exception]) -> float:
    left = until - monotonic()
    if left <= 0:
        raise too_late("the time for the whole answer is over")
    return left if timeout is None else min(left, timeout)
