"""A sealed stream: lines compressed and encrypted frame by frame, so that a cut, a swap or a changed byte shows.

File: magic, length of the head, head (JSON), frames. A frame is its length and an AES-256-GCM
ciphertext whose nonce is its place in the stream and whose associated data are the head and whether
it is the last; so no frame can be left out, repeated or moved (the STREAM construction, Hoang,
Reyhanitabar, Rogaway, Vizár 2015). The key is derived from the desk's key and a salt of this file.
"""

import json
import os
import struct
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from io import BufferedReader
from typing import Any, BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from storage.keys import Key, KeyRing
from storage.trouble import BackupUnreadable, KeyLost

MAGIC = b"deskbot backup 1\n"
FRAME = 1 << 20  # bytes before compression
MOST = 64 << 20  # of one frame or of the head; more is no backup of ours
_LENGTH = struct.Struct(">I")
_LEVEL = 6

Head = Mapping[str, str]


@dataclass(slots=True)
class SealedWriter:
    """Writes lines; only a stream that was closed is whole."""

    file: BinaryIO
    key: Key
    head: Head
    _seals: AESGCM = field(init=False)
    _said: bytes = field(init=False)
    _waiting: bytearray = field(default_factory=bytearray)
    _place: int = 0

    def __post_init__(self) -> None:
        """Write the head; who opens it sees which key is needed, and nothing of anybody."""
        salt = os.urandom(16).hex()
        said = {**self.head, "key": self.key.id, "salt": salt}
        self._said = json.dumps(said, sort_keys=True).encode()
        self._seals = AESGCM(_derived(self.key, salt.encode()))
        self.file.write(MAGIC + _LENGTH.pack(len(self._said)) + self._said)

    def line(self, value: object) -> None:
        """Write one line of JSON."""
        self._waiting += json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
        self._waiting += b"\n"
        if len(self._waiting) >= FRAME:
            self._frame(is_last=False)

    def close(self) -> None:
        """Write the last frame."""
        self._frame(is_last=True)

    def _frame(self, *, is_last: bool) -> None:
        plain = zlib.compress(bytes(self._waiting), _LEVEL)
        sealed = self._seals.encrypt(_nonce(self._place), plain, _bound(self._said, is_last))
        self.file.write(_LENGTH.pack(len(sealed)) + sealed)
        self._waiting.clear()
        self._place += 1


def read_head(file: BufferedReader) -> tuple[Head, bytes]:
    """Read a file's head, and the bytes that bind the frames to it. Raises BackupUnreadable."""
    if file.read(len(MAGIC)) != MAGIC:
        msg = "this is no backup of a desk"
        raise BackupUnreadable(msg)
    said = _exactly(file, _length(file))
    try:
        head = json.loads(said)
    except ValueError as trouble:
        msg = "the head of this backup is damaged"
        raise BackupUnreadable(msg) from trouble
    if not isinstance(head, dict) or not {"key", "salt", "made_at", "revision"} <= head.keys():
        msg = "the head of this backup is damaged"
        raise BackupUnreadable(msg)
    return head, said


def lines_of(file: BufferedReader, ring: KeyRing) -> Iterator[Any]:
    """Read a stream line by line to its last frame. Raises KeyLost or BackupUnreadable."""
    head, said = read_head(file)
    key = next((key for key in ring.keys if key.id == head["key"]), None)
    if key is None:
        msg = (
            f"this backup was sealed with the encryption key {head['key']}, which is not in {ring.source}: "
            "put it there too, after the others"
        )
        raise KeyLost(msg)
    opens = AESGCM(_derived(key, head["salt"].encode()))
    left = b""
    for plain in _frames(file, opens, said):
        *lines, left = (left + plain).split(b"\n")
        yield from (json.loads(line) for line in lines)
    if left:
        msg = "this backup ends in the middle of a line"
        raise BackupUnreadable(msg)


def _frames(file: BufferedReader, opens: AESGCM, said: bytes) -> Iterator[bytes]:
    place, is_last = 0, False
    while not is_last:
        sealed = _exactly(file, _length(file))
        is_last = not file.peek(1)
        try:
            plain = opens.decrypt(_nonce(place), sealed, _bound(said, is_last))
        except InvalidTag as trouble:
            msg = f"this backup was cut off or changed (part {place + 1} does not open)"
            raise BackupUnreadable(msg) from trouble
        yield zlib.decompress(plain)
        place += 1


def _length(file: BufferedReader) -> int:
    (length,) = _LENGTH.unpack(_exactly(file, _LENGTH.size))
    if length > MOST:
        msg = "this backup is damaged: it claims a part of impossible size"
        raise BackupUnreadable(msg)
    return int(length)


def _exactly(file: BufferedReader, size: int) -> bytes:
    found = file.read(size)
    if len(found) < size:
        msg = "this backup was cut off"
        raise BackupUnreadable(msg)
    return found


def _nonce(place: int) -> bytes:
    return place.to_bytes(12, "big")


def _bound(said: bytes, is_last: bool) -> bytes:
    return sha256(said).digest() + bytes((is_last,))


def _derived(key: Key, salt: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=salt, info=b"deskbot backup").derive(key.secret)
