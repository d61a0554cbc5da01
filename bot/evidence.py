"""Fetches what was handed in as evidence, a few files a beat, so that it outlives its message in Slack (R18, DESK.md 6)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import httpx
import structlog
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.voice.outcomes import Trouble, error_code
from tickets.case.copies import LARGEST, CopyState, Wanted, next_look
from tickets.ports import Clock, Records

log = structlog.get_logger(__name__)

AT_ONCE = 3  # files in one beat: files.info is of Slack's tier 4, the bytes are the larger part
TIMEOUT = httpx.Timeout(10, read=30)
SLACKS = (".slack.com", ".slack-edge.com", ".slack-files.com")
_NEVER = frozenset({"file_not_found", "file_deleted", "file_not_visible"})
_CHUNK = 1 << 16


class _Unfetchable(Exception):
    """There is nothing to fetch, now or later."""

    def __init__(self, state: CopyState, size: int | None = None) -> None:
        super().__init__(state)
        self.state = state
        self.size = size


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceKeeper:
    """Called at every beat; two processes that fetch the same file keep it once."""

    client: WebClient
    records: Records
    clock: Clock
    transport: httpx.BaseTransport | None = None

    def __call__(self) -> None:
        """Fetch what is wanted now."""
        with self.records.read() as unit:
            wanted = unit.evidence.wanted(self.clock.now(), limit=AT_ONCE)
        for one in wanted:
            self._fetch(one)

    def _fetch(self, wanted: Wanted) -> None:
        try:
            content = self._content(wanted.file_id)
        except _Unfetchable as never:
            log.info("evidence has no copy", file=wanted.file_id, why=str(never.state))
            with self.records.write() as unit:
                unit.evidence.end(wanted, never.state, size=never.size)
        except (*Trouble, httpx.HTTPError, httpx.InvalidURL) as trouble:
            self._try_later(wanted, trouble)
        else:
            with self.records.write() as unit:
                unit.evidence.keep(wanted, content, at=self.clock.now())

    def _content(self, file_id: str) -> bytes:
        """Fetch the bytes. Raises _Unfetchable, or what asking and fetching raise."""
        try:
            file: Mapping[str, Any] = self.client.files_info(file=file_id)["file"]
        except SlackApiError as refused:
            if error_code(refused) in _NEVER:
                raise _Unfetchable(CopyState.GONE) from refused
            raise
        if file.get("mode") == "tombstone":
            raise _Unfetchable(CopyState.GONE)
        size = int(file.get("size") or 0)
        if size > LARGEST:
            raise _Unfetchable(CopyState.TOO_LARGE, size)
        url = str(file.get("url_private_download") or file.get("url_private") or "")
        if file.get("is_external") or not self._is_slacks(url):
            raise _Unfetchable(CopyState.ELSEWHERE)  # the token is for Slack alone (X29)
        content = self._bytes(url)
        if len(content) != size:
            # Who may not read it is shown the page to sign in, with status 200.
            msg = f"{len(content)} bytes instead of {size}"
            raise httpx.DecodingError(msg)
        return content

    def _is_slacks(self, url: str) -> bool:
        where, own = urlsplit(url), urlsplit(self.client.base_url)
        if (where.scheme, where.netloc) == (own.scheme, own.netloc):
            return True
        return where.scheme == "https" and str(where.hostname or "").endswith(SLACKS)

    def _bytes(self, url: str) -> bytes:
        got, headers = bytearray(), {"Authorization": f"Bearer {self.client.token}"}
        with (
            httpx.Client(transport=self.transport, timeout=TIMEOUT) as http,
            http.stream("GET", url, headers=headers, follow_redirects=False) as answer,
        ):
            answer.raise_for_status()
            for chunk in answer.iter_bytes(_CHUNK):
                got += chunk
                if len(got) > LARGEST:
                    raise _Unfetchable(CopyState.TOO_LARGE, len(got))
        return bytes(got)

    def _try_later(self, wanted: Wanted, trouble: Exception) -> None:
        later = next_look(wanted.tries + 1, self.clock.now())
        log.warning("evidence not fetched", file=wanted.file_id, why=type(trouble).__name__)
        with self.records.write() as unit:
            if later is None:
                unit.evidence.end(wanted, CopyState.UNREACHABLE)
            else:
                unit.evidence.postpone(wanted, later)
