"""Seals what names a customer and what people wrote; finds sealed values again by a keyed hash (R113)."""

import hmac
import os
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import Connection

from storage.customer_keys import Erased, SqlCustomerKeys
from storage.desk_keys import NONCE_BYTES, DeskKeys, Reread, Worker, hashed, told_missing
from storage.keys import KeyRing
from storage.signing import Signer
from storage.trouble import KeyLost, SealBroken
from tickets.case.values import CustomerId

__all__ = ["Erased", "Spot", "TransactionVault", "Vault", "begin_of"]

_DESKS, _CUSTOMERS = 1, 2  # whose key an envelope was sealed with


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a sealed value is kept; it opens nowhere else. `row` is made before the insert."""

    table: str
    row: str
    column: str

    @property
    def bound_to(self) -> bytes:
        """Give what the ciphertext is bound to, but for the key."""
        return f"{self.table}|{self.row}|{self.column}|".encode()


class Vault:
    """Seals with the desk's key that is in use, opens with any of the ring; safe to share between threads.

    Callers name the `subject`, the customer a value is about. It is sealed with that customer's key,
    which only the vault `within` a transaction knows. What is about nobody (None), and what is
    written of a customer after their key was destroyed, is sealed with the desk's key; so was
    everything before customers had keys. Envelopes: 1, length of the desk key's id, that id, nonce,
    ciphertext with its tag; 2, nonce, ciphertext with its tag: the subject says with whose key.
    """

    def __init__(self, ring: KeyRing, *, reread: Reread | None = None) -> None:
        self.desk = DeskKeys(ring, reread=reread)

    def within(self, connection: Connection) -> "TransactionVault":
        """Give the vault of one transaction. Raises KeyLost where a key in use is not at hand."""
        self.desk.look(connection)
        return TransactionVault(self.desk, SqlCustomerKeys(connection, self.desk))

    @property
    def newest_key_id(self) -> str:
        """Name the key that seals now."""
        return self.desk.sealing.id.decode()

    @property
    def signer(self) -> Signer:
        """Give what signs the audit log."""
        return self.desk.signer

    def seal(self, text: str, spot: Spot, *, subject: CustomerId | None) -> bytes:
        """Seal a text for one spot."""
        return self.seal_bytes(text.encode(), spot, subject=subject)

    def seal_bytes(self, content: bytes, spot: Spot, *, subject: CustomerId | None) -> bytes:
        """Seal what is no text for one spot."""
        key = self._to_seal(subject) if subject else None
        if key is None or subject is None:
            return self._seal_with(self.newest_key_id, content, spot)
        nonce = os.urandom(NONCE_BYTES)
        bound_to = spot.bound_to + subject.encode()
        return bytes((_CUSTOMERS,)) + nonce + key.encrypt(nonce, content, bound_to)

    def seal_with(self, key_id: str, text: str, spot: Spot) -> bytes:
        """Seal a text with one of the desk's keys. Raises KeyLost."""
        return self._seal_with(key_id, text.encode(), spot)

    def open(self, sealed: bytes, spot: Spot, *, subject: CustomerId | None) -> str:
        """Open what was sealed for this spot. Raises KeyLost, SealBroken, or Erased of a customer's."""
        return self.open_bytes(sealed, spot, subject=subject).decode()

    def open_bytes(self, sealed: bytes, spot: Spot, *, subject: CustomerId | None) -> bytes:
        """Open what was sealed as bytes; raises as `open` does."""
        try:
            if subject and sealed[:1] == bytes((_CUSTOMERS,)):
                return self._customers(sealed, spot, subject)
            return self._desks(sealed, spot)
        except InvalidTag as trouble:
            msg = f"a sealed value of {spot.table}.{spot.column} was changed or moved"
            raise SealBroken(msg) from trouble

    def look_ups(self, kind: str, value: str) -> Sequence[bytes]:
        """Give the hashes by which an equal value is found, the sealing key's first.

        `kind` keeps a phone and a mail of the same characters apart.
        """
        return [hashed(worker, kind, value) for worker in self.desk.order]

    def mark(self, said: bytes, *, purpose: str, key_id: str | None = None) -> bytes:
        """Give the keyed digest of what was said for a purpose, with the newest key or a named one.

        Whoever has the database alone can neither make nor foretell it. Raises KeyLost.
        """
        worker = self.desk.find(key_id) if key_id else self.desk.sealing
        if worker is None:
            msg = f"what was marked with the key {key_id} cannot be checked: it is not at hand"
            raise KeyLost(msg)
        return hmac.digest(worker.marks, purpose.encode() + b"\0" + said, sha256)

    def _seal_with(self, key_id: str, content: bytes, spot: Spot) -> bytes:
        worker = self._desk_key(key_id)
        return begin_of(key_id) + worker.seal(content, spot.bound_to)

    def _customers(self, sealed: bytes, spot: Spot, subject: CustomerId) -> bytes:
        key, text_at = self._to_open(subject), 1 + NONCE_BYTES
        if len(sealed) < text_at:
            raise SealBroken(_UNKNOWN)
        bound_to = spot.bound_to + subject.encode()
        return key.decrypt(sealed[1:text_at], sealed[text_at:], bound_to)

    def _desks(self, sealed: bytes, spot: Spot) -> bytes:
        begin = 2 + sealed[1] if len(sealed) > 1 and sealed[0] == _DESKS else len(sealed)
        if len(sealed) < begin + NONCE_BYTES:
            raise SealBroken(_UNKNOWN)
        key_id = sealed[2:begin].decode("ascii", "replace")
        return self._desk_key(key_id).open(sealed[begin:], spot.bound_to)

    def _desk_key(self, key_id: str) -> Worker:
        worker = self.desk.find(key_id)
        if worker is None:
            raise KeyLost(told_missing(frozenset({key_id}), self.desk.ring))
        return worker

    def _to_seal(self, subject: CustomerId) -> AESGCM | None:
        raise LookupError(_ONLY_WITHIN.format(subject))

    def _to_open(self, subject: CustomerId) -> AESGCM:
        raise LookupError(_ONLY_WITHIN.format(subject))


class TransactionVault(Vault):
    """The vault of one transaction: no customer's key stays in it for longer."""

    def __init__(self, desk: DeskKeys, keys: SqlCustomerKeys) -> None:
        self.desk = desk
        self.keys = keys

    def _to_seal(self, subject: CustomerId) -> AESGCM | None:
        return self.keys.to_seal(subject)

    def _to_open(self, subject: CustomerId) -> AESGCM:
        return self.keys.to_open(subject)


_UNKNOWN = "a sealed value has an envelope this program does not know"
_ONLY_WITHIN = "the key of customer {} is known within a transaction only (Vault.within)"


def begin_of(key_id: str) -> bytes:
    """Give how the envelopes begin that were sealed with one of the desk's keys."""
    return bytes((_DESKS, len(key_id))) + key_id.encode("ascii")
