"""Passwords of machines in a text: tokens, keys, addresses that are passwords; for logs and for what people paste."""

import re
from collections.abc import Iterator

_SECRET = re.compile(
    r"xox[a-z](?:\.xox[a-z])?-[A-Za-z0-9-]+|xapp-[A-Za-z0-9-]+|(?i:bearer)\s{1,4}[A-Za-z0-9._~+/=-]{8,}|"
    r"https?://hooks\.[^\s\"'<>|]+|whsec_[A-Za-z0-9+/=_-]+|\bSEC[0-9a-f]{16,}|"
    r"(?:access_token|secret|token|sign|key)=[^\s&'\"]+|"
    r"(?<=://)[^\s/@:]{0,64}:[^\s/@]{1,128}(?=@)|"  # a database's password inside its address
    r"/bot/v2/hook/[^\s'\"]+"  # addresses of group robots are their passwords
)


_SIGNS = ("=", "://", "xox", "xapp-", "whsec_", "SEC", "/hook/")
"""Every secret has one of these, or the word bearer: most texts have none and are not looked through."""


def secrets_in(text: str) -> Iterator[tuple[int, int]]:
    """Find what opens a door: half-open spans."""
    if any(sign in text for sign in _SIGNS) or "bearer" in text.lower():
        yield from (found.span() for found in _SECRET.finditer(text))


def without_secrets(text: str, mark: str) -> str:
    """Put a mark where a secret stands."""
    return _SECRET.sub(mark, text)
