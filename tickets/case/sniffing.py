"""Tells what a file is by its first bytes; its name and what its sender says of it prove nothing (X32)."""

from collections.abc import Sequence

UNKNOWN = ".bin"
_SIGNS: Sequence[tuple[int, bytes, str]] = (
    (0, b"\xff\xd8\xff", ".jpg"),
    (0, b"\x89PNG\r\n\x1a\n", ".png"),
    (0, b"GIF8", ".gif"),
    (8, b"WEBP", ".webp"),
    (8, b"WAVE", ".wav"),
    (4, b"ftypheic", ".heic"),
    (4, b"ftypM4A", ".m4a"),
    (4, b"ftypqt", ".mov"),
    (4, b"ftyp", ".mp4"),
    (0, b"ID3", ".mp3"),
    (0, b"#!AMR", ".amr"),
    (0, b"OggS", ".ogg"),
    (0, b"%PDF-", ".pdf"),
)
"""Pictures, recordings and documents that a viewer shows and none runs: (place, bytes, suffix)."""


def suffix_of(content: bytes) -> str:
    """Name a file's kind as the end of a name; what could be run, or is not known, is `.bin`."""
    found = (suffix for at, sign, suffix in _SIGNS if content[at : at + len(sign)] == sign)
    return next(found, UNKNOWN)
