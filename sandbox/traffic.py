"""A bounded log of everything that went over the wire, for the page and for tests."""

from collections import deque
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from enum import StrEnum

from sandbox.stream import Stream
from sandbox.wire import Json

KEPT = 5_000


class Kind(StrEnum):
    """What an entry is about."""

    API = "api"
    ENVELOPE = "envelope"
    ACK = "ack"
    HTTP = "http"
    EVENT = "event"
    RESPONSE_URL = "response_url"
    FAULT = "fault"
    REFUSED = "refused"
    SOCKET = "socket"


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that went over the wire; `ms` is how long it took, `at` sandbox epoch seconds."""

    n: int
    at: float
    kind: Kind
    name: str
    ok: bool = True
    error: str | None = None
    ms: float | None = None
    request: Json | None = None
    response: Json | None = None


class Traffic:
    """The newest entries, oldest first."""

    def __init__(self, stream: Stream) -> None:
        """Start empty."""
        self._entries: deque[Entry] = deque(maxlen=KEPT)
        self._stream = stream
        self._count = 0

    @property
    def last(self) -> int:
        """Give the number of the newest entry, 0 if none."""
        return self._count

    def note(
        self,
        kind: Kind,
        name: str,
        *,
        at: float,
        ok: bool = True,
        error: str | None = None,
        ms: float | None = None,
        request: Json | None = None,
        response: Json | None = None,
    ) -> None:
        """Write one entry and show it to the open pages."""
        self._count += 1
        entry = Entry(self._count, at, kind, name, ok, error, ms, request, response)
        self._entries.append(entry)
        self._stream.tell({"type": "traffic", "entry": asdict(entry)})

    def after(self, n: int, limit: int = 200) -> list[Json]:
        """List up to `limit` entries after number `n`, as JSON."""
        return [asdict(entry) for entry in self._entries if entry.n > n][:limit]

    def __iter__(self) -> Iterator[Entry]:
        """Walk over a copy, oldest first."""
        return iter(list(self._entries))
