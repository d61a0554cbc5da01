"""The page's live stream: what happened, to whom it may be shown."""

import asyncio
from collections.abc import Iterable

from sandbox.wire import Json


class Stream:
    """Hands each event to the open pages of the persons it concerns."""

    def __init__(self) -> None:
        """Start with no page open."""
        self._pages: dict[asyncio.Queue[Json | None], str] = {}

    def open(self, person: str) -> asyncio.Queue[Json | None]:
        """Add a page of this person; its queue ends with None when the server stops."""
        queue: asyncio.Queue[Json | None] = asyncio.Queue()
        self._pages[queue] = person
        return queue

    def close(self, queue: asyncio.Queue[Json | None]) -> None:
        """Forget a page."""
        self._pages.pop(queue, None)

    def tell(self, event: Json, to: Iterable[str] | None = None) -> None:
        """Send an event to some persons' pages, or to all."""
        wanted = None if to is None else set(to)
        for queue, person in self._pages.items():
            if wanted is None or person in wanted:
                queue.put_nowait(event)

    def stop(self) -> None:
        """End every open stream."""
        for queue in self._pages:
            queue.put_nowait(None)
