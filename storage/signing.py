"""Signs what nobody may change unseen: HMAC-SHA-256 under keys derived from the desk's key ring (X27)."""

import hmac
from hashlib import sha256

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from storage.keys import Key, KeyRing
from storage.trouble import KeyLost

_PURPOSE = b"deskbot audit"


class Signer:
    """Signs with the newest key of the ring, checks with any; safe to share between threads."""

    def __init__(self, ring: KeyRing) -> None:
        """Derive a signing key of each key; who has one of them has not the other."""
        self._secrets = {key.id: _derived(key) for key in ring.keys}
        self._order = [key.id for key in ring.keys]

    @property
    def newest_key_id(self) -> str:
        """Name the key that signs now."""
        return self._order[0]

    def holds(self, key_id: str) -> bool:
        """Tell whether a key is at hand."""
        return key_id in self._secrets

    def is_newer(self, one: str, other: str) -> bool:
        """Tell whether one key came after another; a key that is not at hand is taken for the older."""
        order = self._order
        if one not in order:
            return False
        return other not in order or order.index(one) < order.index(other)

    def sign(self, said: bytes, key_id: str | None = None) -> bytes:
        """Sign with a key, the newest unless one is named. Raises KeyLost."""
        name = key_id or self.newest_key_id
        secret = self._secrets.get(name)
        if secret is None:
            msg = f"the key {name} is not at hand"
            raise KeyLost(msg)
        return hmac.digest(secret, said, sha256)

    def is_signed(self, said: bytes, signature: object, key_id: str) -> bool:
        """Tell whether a signature is that of what was said. Raises KeyLost."""
        made = self.sign(said, key_id)
        return isinstance(signature, bytes) and hmac.compare_digest(made, signature)


def _derived(key: Key) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=_PURPOSE).derive(key.secret)
