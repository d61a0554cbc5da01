"""The desk's keys: a ring of named secrets, newest first, from the environment or a file of mode 0600."""

import os
import re
import secrets
import stat
from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

from storage.trouble import KeyUnreadable

_SECRET_BYTES = 32  # AES-256
_NAME = re.compile(r"[A-Za-z0-9._-]{1,32}")


@dataclass(frozen=True, slots=True, repr=False)
class Key:
    """A named secret; it has no representation, so that it cannot slip into a log."""

    id: str
    secret: bytes


@dataclass(frozen=True, slots=True, repr=False)
class KeyRing:
    """Keys, newest first: the newest that is in use seals, all of them open."""

    keys: tuple[Key, ...]
    source: str = "DESK_KEYS"  # where they were read, for a person who looks for one

    @property
    def newest(self) -> Key:
        """Give the key that is first: new values are sealed with it once it is in use."""
        return self.keys[0]


def parse_ring(text: str, *, source: str = "DESK_KEYS") -> KeyRing:
    """Read `id:base64` entries, newest first, between commas or white space. Raises KeyUnreadable."""
    keys = tuple(_parse(entry) for entry in re.split(r"[,\s]+", text.strip()) if entry)
    if not keys:
        msg = "no encryption key is given"
        raise KeyUnreadable(msg)
    if len({key.id for key in keys}) < len(keys):
        msg = "two encryption keys have the same id"
        raise KeyUnreadable(msg)
    return KeyRing(keys, source)


def _parse(entry: str) -> Key:
    name, _, encoded = entry.partition(":")
    if not _NAME.fullmatch(name):
        msg = "an encryption key's id must be 1 to 32 letters, digits, dots, dashes or underscores"
        raise KeyUnreadable(msg)
    try:
        secret = b64decode(encoded, validate=True)
    except NotBase64 as trouble:
        msg = f"encryption key {name} is not base64"
        raise KeyUnreadable(msg) from trouble
    if len(secret) != _SECRET_BYTES:
        msg = f"encryption key {name} has {len(secret)} bytes; it needs {_SECRET_BYTES}"
        raise KeyUnreadable(msg)
    return Key(name, secret)


def new_key() -> str:
    """Make an entry for the ring."""
    secret = b64encode(secrets.token_bytes(_SECRET_BYTES)).decode()
    return f"k{secrets.token_hex(4)}:{secret}"


def _entry(key: Key) -> str:
    return f"{key.id}:{b64encode(key.secret).decode()}"


def make_key_file(path: Path) -> None:
    """Write a fresh key to a file that only its owner reads. Raises FileExistsError rather than replace one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(new_key() + "\n")
        file.flush()
        os.fsync(file.fileno())


def add_first_key(path: Path) -> KeyRing:
    """Put a fresh key before the others of a key file, which is replaced whole or not at all."""
    ring = read_key_file(path)
    write_key_file(path, (new_key(), *(_entry(key) for key in ring.keys)))
    return read_key_file(path)


def drop_keys(path: Path, key_ids: Collection[str]) -> None:
    """Take keys out of a key file; the first one stays."""
    first, *others = read_key_file(path).keys
    kept = (first, *(key for key in others if key.id not in key_ids))
    write_key_file(path, [_entry(key) for key in kept])


def write_key_file(path: Path, entries: Iterable[str]) -> None:
    """Replace a key file: complete on the disk before it takes the old one's name."""
    part = path.with_name(path.name + ".part")
    part.unlink(missing_ok=True)
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.writelines(f"{entry}\n" for entry in entries)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def read_key_file(path: Path) -> KeyRing:
    """Read a key file. Raises KeyUnreadable where it is missing, broken or open to others."""
    try:
        mode = stat.S_IMODE(path.stat().st_mode)
        text = path.read_text(encoding="ascii")
    except (OSError, UnicodeDecodeError) as trouble:
        msg = f"the key file {path} cannot be read: {trouble}"
        raise KeyUnreadable(msg) from trouble
    if mode & 0o077:
        msg = f"the key file {path} is open to others (mode {mode:04o}): run `chmod 600 {path}`"
        raise KeyUnreadable(msg)
    return parse_ring(text, source=f"the key file {path}")
