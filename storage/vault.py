"""Seals what names a customer and what people wrote; finds sealed values again by a keyed hash (R113)."""

import hmac
import os
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from storage.keys import Key, KeyRing
from storage.signing import Signer
from storage.trouble import KeyLost, SealBroken
from tickets.case.values import CustomerId

_VERSION = 1
_NONCE_BYTES = 12
_HASH_BYTES = 16


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a sealed value is kept; it opens nowhere else. `row` is made before the insert."""

    table: str
    row: str
    column: str


@dataclass(frozen=True, slots=True)
class _Worker:
    id: bytes
    seals: AESGCM
    looks_up: bytes


class Vault:
    """Seals with the newest key of the ring, opens with any; safe to share between threads.

    Callers name the `subject`, the customer a value is about (None: about nobody): today one key
    serves all, a key per customer needs no caller to change.
    Envelope: version, length of the key id, key id, nonce, ciphertext with its tag.
    """

    def __init__(self, ring: KeyRing) -> None:
        self._workers = {key.id: _worker(key) for key in ring.keys}
        self._newest = self._workers[ring.newest.id]
        self.signer = Signer(ring)

    @property
    def newest_key_id(self) -> str:
        """Name the key that seals now."""
        return self._newest.id.decode()

    def seal(self, text: str, spot: Spot, *, subject: CustomerId | None) -> bytes:  # noqa: ARG002  see above
        """Seal a text for one spot."""
        worker = self._newest
        nonce = os.urandom(_NONCE_BYTES)
        sealed = worker.seals.encrypt(nonce, text.encode(), _bound_to(spot, worker.id))
        return bytes((_VERSION, len(worker.id))) + worker.id + nonce + sealed

    def open(self, sealed: bytes, spot: Spot, *, subject: CustomerId | None) -> str:  # noqa: ARG002  see above
        """Open what was sealed for this spot. Raises KeyLost or SealBroken."""
        key_id, nonce, ciphertext = _parts(sealed)
        worker = self._workers.get(key_id.decode("ascii", "replace"))
        if worker is None:
            msg = f"a value of {spot.table} was sealed with a key that is not at hand"
            raise KeyLost(msg)
        try:
            return worker.seals.decrypt(nonce, ciphertext, _bound_to(spot, key_id)).decode()
        except InvalidTag as trouble:
            msg = f"a sealed value of {spot.table}.{spot.column} was changed or moved"
            raise SealBroken(msg) from trouble

    def look_ups(self, kind: str, value: str) -> Sequence[bytes]:
        """Give the hashes by which an equal value is found, the newest key's first.

        `kind` keeps a phone and a mail of the same characters apart.
        """
        normal = unicodedata.normalize("NFKC", value).strip().casefold()
        said = f"{kind}\0{normal}".encode()
        newest_first = [self._newest, *(w for w in self._workers.values() if w != self._newest)]
        return [hmac.digest(worker.looks_up, said, sha256)[:_HASH_BYTES] for worker in newest_first]


def _worker(key: Key) -> _Worker:
    return _Worker(
        id=key.id.encode("ascii"),
        seals=AESGCM(_derived(key, b"deskbot seal")),
        looks_up=_derived(key, b"deskbot look-up"),
    )


def _derived(key: Key, purpose: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose).derive(key.secret)


def _bound_to(spot: Spot, key_id: bytes) -> bytes:
    return f"{spot.table}|{spot.row}|{spot.column}|".encode() + key_id


def _parts(sealed: bytes) -> tuple[bytes, bytes, bytes]:
    nonce_at = 2 + sealed[1] if len(sealed) > 1 and sealed[0] == _VERSION else len(sealed)
    text_at = nonce_at + _NONCE_BYTES
    if len(sealed) < text_at:
        msg = "a sealed value has an envelope this program does not know"
        raise SealBroken(msg)
    return sealed[2:nonce_at], sealed[nonce_at:text_at], sealed[text_at:]
