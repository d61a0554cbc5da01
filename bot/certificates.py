"""The certificates that connections are checked against: read once in a process."""

import ssl
from functools import cache

import httpx


@cache
def certificates() -> ssl.SSLContext:
    """Give httpx's own choice of certificates, which takes some 30 ms to read."""
    return httpx.create_ssl_context()
