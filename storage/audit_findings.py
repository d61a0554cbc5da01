"""What can be wrong with the audit log, and where."""

from dataclasses import dataclass
from enum import StrEnum


class Trouble(StrEnum):
    """What can be wrong with a row, a seal or a head."""

    EDITED = "edited"  # the row says something else than when it was sealed
    REMOVED = "removed"  # the row or its seal is gone
    MOVED = "moved"  # the row is the desk's own, at another place than it was sealed at
    INSERTED = "inserted"  # the desk did not write this row
    REKEYED = "rekeyed"  # the chain begins, or changes its key, without saying so
    KEY_MISSING = "key_missing"
    WRONG_KEY = "wrong_key"  # nothing under it can be confirmed
    PASSED_OVER = "passed_over"  # neither sealed nor waiting to be: it was taken out of the queue
    CUT = "cut"  # the chain was longer once
    REWRITTEN = "rewritten"  # the chain was another once
    HEAD_CHANGED = "head_changed"  # a line of the heads' file is not the desk's


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something that does not fit, and where."""

    trouble: Trouble
    seq: int | None = None  # its place in the chain
    row: object = None  # its id on the log
    detail: str = ""
