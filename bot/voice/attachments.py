"""Files in a thread or a direct message: uploaded in Slack's three steps, and found again by their name, since uploads carry no key."""

import re
import time
from dataclasses import dataclass
from datetime import datetime

import httpx
import structlog

from bot.certificates import certificates
from bot.voice.lookback import Spot
from bot.voice.outcomes import Trouble, error_code, outcome_of
from bot.voice.timely import TOO_LATE, is_too_late
from bot.voice.wire import HTTP_TIMEOUT_S, SOON, Message, Wire, key_hash
from scheduler.pace import AT_ONCE
from tickets.delivery import Absent, Claim, Finding, Never, NotNow, Outcome, Posted, Unclear
from tickets.notices import Urgency

log = structlog.get_logger(__name__)

MARK = 12  # characters of the key's hash in a file's name
NAMED = re.compile(rf"-([0-9a-f]{{{MARK}}})\.[a-z0-9]+$")
NO_RIGHT = "missing_scope"  # an installation from before files:write: only its admins can help
LOOKS, BETWEEN_LOOKS_S = 5, 0.2  # the share comes a moment after the upload (SLACK.md 2.2)


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A file on its way into a conversation."""

    key: str  # the notice's
    stem: str  # what its name begins with
    suffix: str  # ".png"
    title: str
    alt: str
    content: bytes

    @property
    def name(self) -> str:
        """Give its name; the notice's key stands in it, by which it is found again."""
        return f"{self.stem}-{mark_of(self.key)}{self.suffix}"


def mark_of(key: str) -> str:
    """Give what marks a file's name as this notice's."""
    return key_hash(key)[:MARK]


def upload(
    wire: Wire, file: File, claim: Claim, *, channel_id: str, thread_ts: str | None
) -> Outcome:
    """Upload a file and share it once, in a thread where one is named; until then every step may be repeated.

    Drawing and uploading take their time: whether the claim still holds is asked before it is shared.
    """
    wait = wire.pace.ask(
        "files.completeUploadExternal", channel_id, urgency=Urgency.DIGEST, at=wire.real.now()
    )
    if wait > AT_ONCE:
        return NotNow(wait, "pace")
    stored = _stored(wire, file, attempt=claim.attempt)
    if not isinstance(stored, str):
        return stored
    if is_too_late(claim, at=wire.real.now()):
        return TOO_LATE
    try:
        wire.client.files_completeUploadExternal(
            files=[{"id": stored, "title": file.title}], channel_id=channel_id, thread_ts=thread_ts
        )
    except Trouble as trouble:
        return outcome_of(trouble, attempt=claim.attempt)
    return _shared(wire, file.key, (channel_id, thread_ts), since=wire.real.now())


def paper_mark(message: Message) -> str | None:
    """Read a notice's mark out of a message that shares a file of ours; None of any other."""
    names = (str(one.get("name") or "") for one in message.get("files") or ())
    return next((found[1] for name in names if (found := NAMED.search(name))), None)


def find_file(wire: Wire, key: str, spot: Spot, *, since: datetime) -> Finding:
    """Read a thread whole, or a conversation since then, for the file of a notice."""
    channel_id, thread_ts = spot
    oldest = "0" if thread_ts else wire.oldest(since)
    try:
        for message in wire.read(channel_id, thread_ts, oldest=oldest):
            if any(_is_of(key, one) for one in message.get("files") or ()):
                return Posted(channel_id, str(message["ts"]))
    except Trouble as trouble:
        if error_code(trouble) == "thread_not_found":
            return Absent()  # nothing can stand in a thread that does not exist
        outcome = outcome_of(trouble, attempt=1)
        return NotNow(SOON, outcome.why) if isinstance(outcome, Unclear) else outcome
    return Absent()


def _stored(wire: Wire, file: File, *, attempt: int) -> str | NotNow | Never:
    """Bring the bytes to Slack; nobody sees them yet."""
    try:
        asked = wire.client.files_getUploadURLExternal(
            filename=file.name, length=len(file.content), alt_txt=file.alt
        )
        answer = httpx.post(
            str(asked["upload_url"]),
            content=file.content,
            timeout=HTTP_TIMEOUT_S,
            follow_redirects=False,
            verify=certificates(),
        )
    except Trouble as trouble:
        if error_code(trouble) == NO_RIGHT:
            return Never(NO_RIGHT)
        outcome = outcome_of(trouble, attempt=attempt)
        return NotNow(SOON, outcome.why) if isinstance(outcome, Unclear) else outcome
    except httpx.HTTPError as trouble:
        return NotNow(SOON, type(trouble).__name__)
    if answer.status_code != httpx.codes.OK:
        return NotNow(SOON, f"upload http {answer.status_code}")
    return str(asked["file_id"])


def _shared(wire: Wire, key: str, spot: Spot, *, since: datetime) -> Posted | Unclear:
    """Slack took it; the message that shares it appears by itself."""
    for look in range(LOOKS):
        if look:
            time.sleep(BETWEEN_LOOKS_S)
        found = find_file(wire, key, spot, since=since)
        if isinstance(found, Posted):
            return found
    log.info("upload not seen yet", channel=spot[0])
    return Unclear("uploaded, not seen there yet", spot[0])


def _is_of(key: str, file: object) -> bool:
    return isinstance(file, dict) and mark_of(key) in str(file.get("name") or "")
