"""Ids of new rows: of 128 bits, ordered by the moment they were made (RFC 9562, UUID version 7)."""

import os
import time
from uuid import UUID

_MS_AT, _VERSION_AT, _VARIANT_AT = 80, 76, 62  # bits from the right
_RANDOM = ~(0xF << _VERSION_AT | 0b11 << _VARIANT_AT)


def new_id() -> str:
    """Make an id nobody else makes; one made later sorts after those of the milliseconds before.

    So rows of one time lie side by side in an index, and many of them at once touch few of its pages.
    """
    drawn = int.from_bytes(os.urandom(10)) & _RANDOM
    at = time.time_ns() // 1_000_000
    return str(UUID(int=at << _MS_AT | 0x7 << _VERSION_AT | 0b10 << _VARIANT_AT | drawn))
