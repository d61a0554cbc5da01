"""The desk's keys at work: which one seals now, which open; a rotation is noticed while the desk runs."""

import hmac
import os
import time
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy import Connection, select

from storage.keys import Key, KeyRing
from storage.signing import Signer
from storage.tables import canaries
from storage.trouble import KeyLost

LOOK_EVERY_S = 5.0
"""How long a process may go on with the keys it knew: a rotation waits that long before it ends."""

NONCE_BYTES = 12
_HASH_BYTES = 16
_IN_USE = select(canaries.c.key_id)

Reread = Callable[[], KeyRing]
"""Reads the ring anew, where it can have changed since the start (a key file)."""


@dataclass(frozen=True, slots=True, repr=False)
class Worker:
    """One of the desk's keys, ready to work."""

    id: bytes
    seals: AESGCM
    looks_up: bytes
    marks: bytes

    def seal(self, content: bytes, bound_to: bytes) -> bytes:
        """Give nonce and ciphertext, bound to their place and to this key."""
        nonce = os.urandom(NONCE_BYTES)
        return nonce + self.seals.encrypt(nonce, content, bound_to + self.id)

    def open(self, sealed: bytes, bound_to: bytes) -> bytes:
        """Open nonce and ciphertext. Raises InvalidTag."""
        nonce, ciphertext = sealed[:NONCE_BYTES], sealed[NONCE_BYTES:]
        return self.seals.decrypt(nonce, ciphertext, bound_to + self.id)


class DeskKeys:
    """The ring of one process; safe to share between threads.

    A key is in use once its canary is in the database: the newest of those seals. So a key that was
    put first into DESK_KEYS waits until `deskbot keys rotate` begins with it, and processes that are
    started again one after the other understand each other meanwhile.
    """

    def __init__(self, ring: KeyRing, *, reread: Reread | None = None) -> None:
        self._reread = reread
        self._look_at = 0.0
        self._take(ring, frozenset())

    @property
    def ring(self) -> KeyRing:
        """Give the keys at hand."""
        return self._ring

    @property
    def sealing(self) -> Worker:
        """Give the key that seals now."""
        return self._order[0]

    @property
    def order(self) -> Sequence[Worker]:
        """List all keys, the sealing one first: another process may seal with a newer one already."""
        return self._order

    @property
    def signer(self) -> Signer:
        """Give what signs with the sealing key, and checks with any."""
        return self._signer

    def find(self, key_id: str) -> Worker | None:
        """Give a key by its id, looked for anew where it can have come since; None: it is not at hand."""
        found = self._workers.get(key_id)
        if found is None and self._reread:
            self._take(self._reread(), self._used)
            found = self._workers.get(key_id)
        return found

    def look(self, connection: Connection) -> None:
        """Notice now and then which keys are in use. Raises KeyLost of one that is not at hand."""
        if time.monotonic() >= self._look_at:
            self.look_now(connection)

    def look_now(self, connection: Connection) -> None:
        """Notice which keys are in use. Raises KeyLost of one that is not at hand."""
        used = frozenset(connection.execute(_IN_USE).scalars())
        if self._reread and not used <= self._workers.keys():
            self._take(self._reread(), used)
        missing = used - self._workers.keys()
        if missing:
            raise KeyLost(told_missing(missing, self._ring))
        if used != self._used:
            self._take(self._ring, used)
        self._look_at = time.monotonic() + LOOK_EVERY_S

    @property
    def ordered(self) -> KeyRing:
        """Give the ring with the sealing key first, before one that waits."""
        return self._ordered

    def _take(self, ring: KeyRing, used: frozenset[str]) -> None:
        workers = {key.id: _worker(key) for key in ring.keys}
        ours = [key for key in ring.keys if key.id in used] or list(ring.keys)
        others = [key for key in ring.keys if key not in ours]
        self._ring, self._workers, self._used = ring, workers, used
        self._order = tuple(workers[key.id] for key in (*ours, *others))
        self._ordered = KeyRing((*ours, *others), ring.source)
        self._signer = Signer(self._ordered)


def told_missing(missing: frozenset[str], ring: KeyRing) -> str:
    """Say which keys are missing, where they are looked for, and what to do (F57)."""
    named, here = ", ".join(sorted(missing)), ", ".join(key.id for key in ring.keys)
    return (
        f"the encryption key {named} is missing: customers and texts that were sealed with it cannot be"
        f" read. Keys are looked for in {ring.source}, which holds {here}. Put {named} back there beside the"
        " others (the copy that was kept elsewhere), and start again; nothing was changed"
    )


def hashed(worker: Worker, kind: str, value: str) -> bytes:
    """Give the hash by which an equal value is found; `kind` keeps a phone and a mail apart."""
    normal = unicodedata.normalize("NFKC", value).strip().casefold()
    return hmac.digest(worker.looks_up, f"{kind}\0{normal}".encode(), sha256)[:_HASH_BYTES]


def _worker(key: Key) -> Worker:
    return Worker(
        id=key.id.encode("ascii"),
        seals=AESGCM(_derived(key, b"deskbot seal")),
        looks_up=_derived(key, b"deskbot look-up"),
        marks=_derived(key, b"deskbot mark"),
    )


def _derived(key: Key, purpose: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose).derive(key.secret)
