"""What of an audit row is signed: canonical JSON, the same from either engine, and the row's own signature.

Each row is signed when it is written, with a nonce that nothing else has: so a row that a program
without the key puts in, or a copy of one, is told from those the desk wrote. Its place is the chain's
business (audit_chain.py).
"""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, String, Text, type_coerce

from storage.signing import Signer
from storage.sqlite import compact
from storage.tables import audit, audit_seals

_NONCE_BYTES = 16
_MAC_BYTES = 32

Content = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Stamp:
    """A row's own signature, taken apart."""

    key_id: str
    nonce: bytes
    mac: bytes


def content_of(
    *, at: object, actor: object, action: object, number: object, outcome: object, detail: object
) -> Content:
    """Put together what a row says, moments as text of one form."""
    return {
        "at": as_text(at),
        "actor": actor,
        "action": action,
        "number": number,
        "outcome": outcome,
        "detail": detail,
    }


def stamped(content: Content, signer: Signer) -> bytes:
    """Sign a row that is about to be written."""
    name = signer.newest_key_id.encode("ascii")
    nonce = os.urandom(_NONCE_BYTES)
    mac = signer.sign(_said(content, nonce))
    return bytes((len(name),)) + name + nonce + mac


def stamp_of(signature: object) -> Stamp | None:
    """Take a signature apart; None where it is none of ours."""
    if not isinstance(signature, bytes) or not signature:
        return None
    nonce_at = 1 + signature[0]
    mac_at = nonce_at + _NONCE_BYTES
    if len(signature) != mac_at + _MAC_BYTES:
        return None
    name = signature[1:nonce_at].decode("ascii", "replace")
    return Stamp(name, signature[nonce_at:mac_at], signature[mac_at:])


def is_genuine(content: Content, stamp: Stamp, signer: Signer) -> bool:
    """Tell whether the desk wrote a row as it stands there. Raises KeyLost."""
    return signer.is_signed(_said(content, stamp.nonce), stamp.mac, stamp.key_id)


def as_text(at: object) -> object:
    """Write a moment in the one form it is signed in; anything else stays what it is."""
    return at.astimezone(UTC).isoformat(timespec="microseconds") if isinstance(at, datetime) else at


def canonical(value: object) -> bytes:
    """Write a value so that equal ones give equal bytes, whatever somebody put into a column."""
    written = json.dumps(value, sort_keys=True, separators=(",", ":"), default=repr)
    return written.encode("ascii")


def raw_columns(dialect: str) -> tuple[ColumnElement[Any], ...]:
    """Name an audit row's columns as they stand, so that a mistreated value is read and not stumbled over."""
    at, detail = audit.c.at, audit.c.detail
    if dialect == "sqlite":
        return (
            audit.c.id,
            type_coerce(at, String).label("at"),
            audit.c.actor,
            audit.c.action,
            audit.c.number,
            audit.c.outcome,
            type_coerce(detail, Text).label("detail"),
            audit.c.signature,
        )
    return (
        audit.c.id,
        at,
        audit.c.actor,
        audit.c.action,
        audit.c.number,
        audit.c.outcome,
        detail,
        audit.c.signature,
    )


def raw_seals(dialect: str) -> tuple[ColumnElement[Any], ...]:
    """Name a seal's columns as they stand."""
    at = audit_seals.c.sealed_at
    return (
        audit_seals.c.seq,
        audit_seals.c.audit_id,
        audit_seals.c.key_id,
        audit_seals.c.mac,
        (type_coerce(at, String) if dialect == "sqlite" else at).label("sealed_at"),
    )


def content_in(row: Any) -> Content:
    """Read what a raw row says; a detail that is no JSON as the desk writes it stays the text it is."""
    return content_of(
        at=row.at,
        actor=row.actor,
        action=row.action,
        number=row.number,
        outcome=row.outcome,
        detail=_read(row.detail),
    )


def _read(detail: object) -> object:
    if not isinstance(detail, str):
        return detail
    try:
        found = json.loads(detail)
    except ValueError:
        return detail
    return found if compact(found) == detail else detail


def _said(content: Content, nonce: bytes) -> bytes:
    return b"audit row|" + nonce + canonical(content)
