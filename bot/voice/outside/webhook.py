"""Webhooks: events as CloudEvents, signed as Standard Webhooks says, with nobody's personal data."""

import base64
import binascii
import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import datetime
from urllib.parse import quote

from bot.voice.outside.addresses import Address
from bot.voice.outside.reach import Letter
from tickets.handbook import Handbook
from tickets.notices import Plain

PREFIX = "whsec_"
CONTENT_TYPE = "application/cloudevents+json; charset=utf-8"
OF_THE_DESK = frozenset({"stuck", "recovered", "test", "audit_head"})


def cloud_event(
    key: str,
    params: Mapping[str, Plain],
    handbook: Handbook,
    *,
    subject: str | None,
    is_repeat: bool,
) -> dict[str, object]:
    """Put an event into its envelope (CloudEvents 1.0.2, JSON format, structured mode).

    The id is the notice's key, so a receiver that has seen it may answer 200 and do nothing.
    """
    event = str(params["event"])
    about = "desk" if event in OF_THE_DESK else "ticket"
    envelope: dict[str, object] = {
        "specversion": "1.0",
        "id": event_id(key),
        "source": f"/deskbot/{quote(handbook.name.in_('en'))}",
        "type": f"deskbot.{about}.{event}",
        "time": params["at"],
        "datacontenttype": "application/json",
        "data": {name: given for name, given in params.items() if name not in {"event", "at"}},
    }
    if subject:
        envelope["subject"] = subject
    if is_repeat:
        envelope["possiblyrepeated"] = True
    return envelope


def event_id(key: str) -> str:
    """Give a notice's key as it may stand in a header; full stops divide what is signed."""
    return quote(key, safe=":/").replace(".", "%2E")


def signed(envelope: Mapping[str, object], address: Address, *, at: datetime) -> Letter:
    """Sign an envelope (Standard Webhooks 1.0, symmetric `v1`): "id.timestamp.body" with HMAC-SHA256.

    Every secret signs, so that one can be replaced while the receiver still knows the other.
    """
    body = json.dumps(envelope, ensure_ascii=False, separators=(",", ":")).encode()
    name, stamp = str(envelope["id"]), str(int(at.timestamp()))
    content = b".".join([name.encode(), stamp.encode(), body])
    headers = {
        "content-type": CONTENT_TYPE,
        "webhook-id": name,
        "webhook-timestamp": stamp,
        "webhook-signature": " ".join(signature(secret, content) for secret in address.secrets),
    }
    return Letter(address.url, body, headers)


def key_of(secret: str) -> bytes:
    """Read a secret: base64 behind `whsec_`, else its own bytes. Raises ValueError."""
    if not secret.startswith(PREFIX):
        return secret.encode()
    try:
        return base64.b64decode(secret.removeprefix(PREFIX), validate=True)
    except binascii.Error:
        raise ValueError("expected base64 behind whsec_") from None


def signature(secret: str, content: bytes) -> str:
    """Sign `id.timestamp.body`. Raises ValueError of a secret that cannot be read."""
    made = hmac.new(key_of(secret), content, hashlib.sha256)
    return f"v1,{base64.b64encode(made.digest()).decode()}"
