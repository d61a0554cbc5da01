"""The status table of DESK.md 2: which step is possible from where, and the facts it brings.

Every function gives the facts to record, an empty tuple when there is nothing left to do, and raises
IllegalMove with a sentence that says what happened and what is possible. Who may is roles' business.
"""

from tickets.case.lifecycle.ending import close, missing_to_close, reopen, score, tell_again
from tickets.case.lifecycle.merging import merge
from tickets.case.lifecycle.table import (
    AFTERWARDS,
    POSSIBLE,
    Move,
    is_possible,
    possible,
    require,
    require_kept,
)
from tickets.case.lifecycle.working import (
    accept,
    hold,
    priority,
    resolve,
    resume,
    start,
    wait,
    work,
)

__all__ = [
    "AFTERWARDS",
    "POSSIBLE",
    "Move",
    "accept",
    "close",
    "hold",
    "is_possible",
    "merge",
    "missing_to_close",
    "possible",
    "priority",
    "reopen",
    "require",
    "require_kept",
    "resolve",
    "resume",
    "score",
    "start",
    "tell_again",
    "wait",
    "work",
]
