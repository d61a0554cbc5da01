"""Cursors, as Slack pages its lists."""

import base64
from collections.abc import Sequence
from typing import TypeVar

from sandbox.web_api.call import Call
from sandbox.wire import Json, RefusalError

T = TypeVar("T")
LARGEST_PAGE = 999


def page(call: Call, items: Sequence[T], default: int = 100) -> tuple[list[T], Json]:
    """Cut the page that `cursor` and `limit` ask for and give it with `response_metadata`.

    Raises RefusalError `invalid_limit` or `invalid_cursor`.
    """
    limit = call.number("limit", default) or default
    if not 1 <= limit <= 1_000:
        raise RefusalError("invalid_limit")
    start = _start(call.maybe("cursor"))
    end = start + min(limit, LARGEST_PAGE)
    cursor = base64.b64encode(f"next:{end}".encode()).decode() if end < len(items) else ""
    return list(items[start:end]), {"next_cursor": cursor}


def _start(cursor: str | None) -> int:
    if not cursor:
        return 0
    try:
        return int(base64.b64decode(cursor, validate=True).decode().removeprefix("next:"))
    except ValueError:
        raise RefusalError("invalid_cursor") from None
