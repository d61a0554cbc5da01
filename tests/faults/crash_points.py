"""Every labelled place where a process is killed, and how it is: with -9, by its own hand, in the middle."""

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from threading import local
from typing import Any

from sqlalchemy import Connection, Engine, event

from bot.voice import meeting_delivery
from bot.voice.detour import Detour
from bot.voice.script import Script
from bot.voice.slack import SlackVoice
from bot.voice.wire import Wire
from storage.outbox import SqlOutbox
from tickets.delivery import Claim
from tickets.watch import due, jobs

STEPS = ("before", "commit", "after")
"""Before the first byte or statement; with everything written and not committed; when it is done."""

WRITES = (
    "claim",  # `sending` is on disk before the first byte
    "settle",
    "reconcile",
    "tick",  # what is due, its notices, the log
    "job",  # a period, its figures and its notices
    "roll_up",  # the bind
    "shown",  # a card's version
    "detour",
    "copies",  # private copies and what became pointless
)
CALLS = ("post", "post_digest", "upload", "card", "look_back", "delete")

LABELS = (
    *(f"{write}.{step}" for write in WRITES for step in STEPS),
    *(f"{call}.{step}" for call in CALLS for step in ("before", "after")),
    "sweep.commit",  # where the message that stays is noted, before the other is taken away
    "sweep.after",
)

_here = local()


class CrashPoints:
    """Kills this process the n-th time it comes by a label."""

    def __init__(self, label: str, nth: int = 1) -> None:
        """Take the label."""
        self.label, self.left = label, nth

    def at(self, label: str) -> None:
        """Come by a label."""
        if label != self.label:
            return
        self.left -= 1
        if self.left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    @contextmanager
    def passing(self, name: str) -> Iterator[None]:
        """Go through something: its beginning, what it commits, its end."""
        outer, _here.name = getattr(_here, "name", ""), name
        self.at(f"{name}.before")
        try:
            yield
        finally:
            _here.name = outer
        self.at(f"{name}.after")

    def around(self, owner: Any, method: str, name: Callable[..., str] | str) -> None:
        """Have a method come by its labels."""
        call = getattr(owner, method)

        @wraps(call)
        def passed(*args: Any, **named: Any) -> Any:
            where = name if isinstance(name, str) else name(*args, **named)
            with self.passing(where):
                return call(*args, **named)

        setattr(owner, method, passed)

    def install(self) -> None:
        """Put every label into its place in this process."""
        self.around(SqlOutbox, "claim", "claim")
        self.around(SqlOutbox, "settle", "settle")
        self.around(SqlOutbox, "reconciled", "reconcile")
        self.around(SqlOutbox, "shown", "shown")
        self.around(SqlOutbox, "roll_up", "roll_up")
        self.around(due, "_batch", "tick")
        self.around(jobs, "_run", "job")
        self.around(Detour, "__call__", "detour")
        self.around(Script, "_plan", "copies")
        self.around(Wire, "update", "card")
        self.around(Wire, "post", _post)
        self.around(Wire, "delete", "delete")
        self.around(meeting_delivery, "upload", "upload")
        self.around(SlackVoice, "deliver", _note_kind)
        self.around(SlackVoice, "find", "look_back")
        self.around(SlackVoice, "sweep", "sweep")
        event.listen(Engine, "commit", self._committing)

    def _committing(self, _connection: Connection) -> None:
        self.at(f"{getattr(_here, 'name', '')}.commit")


def _note_kind(_voice: SlackVoice, claim: Claim) -> str:
    _here.kind = claim.notice.kind
    return "deliver"


def _post(*_args: Any) -> str:
    kind = getattr(_here, "kind", "")
    return "post_digest" if kind == "digest" else "post"
