"""Heads of the audit log's chain, kept outside the database: without one a cut tail leaves no trace (X27).

A head says how long the chain was at a moment and what its newest seal was. Each stands on a line of its
own in a file that only grows, signed with the desk's key; the same line goes to the log and to webhooks.
Each backup of the records bears the head of its moment too.
"""

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, select

from storage.audit_chain import end_of
from storage.audit_rows import canonical
from storage.signing import Signer
from storage.tables import audit_seals
from storage.trouble import KeyLost

FILE = "audit-heads.jsonl"
NOTED, RESTORED, BACKED_UP = "noted", "restored", "backup"


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """Where the chain stood at a moment; `restored`: it went on from there after a backup was put back."""

    at: str  # ISO 8601
    seq: int
    mac: str  # hexadecimal
    key_id: str
    what: str = NOTED

    def line(self, signer: Signer) -> str:
        """Write it as it stands in the file."""
        key_id = signer.newest_key_id
        signature = signer.sign(_said(asdict(self)), key_id).hex()
        return json.dumps(asdict(self) | {"signed": f"{key_id}:{signature}"}, sort_keys=True)


@dataclass(frozen=True, slots=True)
class Noted:
    """A line of the file: the head it holds; None where it is not the desk's own, or cannot be checked."""

    place: int  # counted from 1
    head: Head | None
    missing_key: str = ""


def head_of(connection: Connection, *, at: datetime, what: str = NOTED) -> Head:
    """Take the chain's head as it is now."""
    end = end_of(connection)
    return Head(at=at.isoformat(), seq=end.seq, mac=end.mac.hex(), key_id=end.key_id, what=what)


def stands(connection: Connection, head: Head) -> bool:
    """Tell whether the chain still holds a head; one of a chain that had not begun always stands."""
    if head.seq == 0:
        return True
    asked = select(audit_seals.c.mac).where(audit_seals.c.seq == head.seq)
    mac = connection.scalar(asked)
    return mac is not None and bytes(mac).hex() == head.mac


def append(folder: Path, head: Head, signer: Signer) -> Path:
    """Put a head at the end of the file of a folder; it is on the disk when this returns."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / FILE
    handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    with os.fdopen(handle, "a", encoding="ascii") as file:
        file.write(head.line(signer) + "\n")
        file.flush()
        os.fsync(file.fileno())
    return path


def noted_in(folder: Path, signer: Signer) -> list[Noted]:
    """Read the file of a folder; nothing where there is none."""
    path = folder / FILE
    if not path.exists():
        return []
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    return [
        read_line(place, line, signer) for place, line in enumerate(lines, start=1) if line.strip()
    ]


def newest(noted: list[Noted]) -> Head | None:
    """Give the head that was noted last."""
    return next((one.head for one in reversed(noted) if one.head), None)


def not_given_up(noted: list[Noted]) -> Iterator[Head]:
    """List the heads that must still stand: what a restoration gave up is left out, and it says so itself."""
    heads = [one.head for one in noted if one.head]
    for place, head in enumerate(heads):
        later = (other for other in heads[place + 1 :] if other.what == RESTORED)
        if all(head.seq <= other.seq for other in later):
            yield head


def was_given_up(head: Head, noted: list[Noted]) -> bool:
    """Tell whether a restoration after a head's moment went back behind it."""
    at = datetime.fromisoformat(head.at)
    restored = (one.head for one in noted if one.head and one.head.what == RESTORED)
    return any(one.seq < head.seq and datetime.fromisoformat(one.at) >= at for one in restored)


def read_line(place: int, line: str, signer: Signer) -> Noted:
    """Read a line that holds a head."""
    try:
        found = json.loads(line)
        key_id, _, signature = str(found.pop("signed")).partition(":")
        is_ours = signer.is_signed(_said(found), bytes.fromhex(signature), key_id)
        return Noted(place, Head(**found) if is_ours else None)
    except KeyLost:
        return Noted(place, None, key_id)
    except (ValueError, KeyError, TypeError, AttributeError):
        return Noted(place, None)


def _said(head: Mapping[str, object]) -> bytes:
    return b"audit head|" + canonical(head)
