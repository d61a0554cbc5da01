"""What the rules ask of the world: the time, telephone numbers, new ids."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Protocol

from tickets.notices import Plain


class Clock(Protocol):
    """The only source of the present moment."""

    def now(self) -> datetime:
        """Give the present moment, aware, in UTC."""
        ...


class Phones(Protocol):
    """Reads telephone numbers; real numbering plans live at the edge."""

    def normalise(self, typed: str) -> str | None:
        """Give E.164 of a valid number, None of anything else."""
        ...

    def spans(self, text: str) -> Sequence[tuple[int, int]]:
        """Find telephone numbers in a text: half-open character spans."""
        ...


class Alarm(Protocol):
    """Tells of trouble outside Slack, where Slack itself may be the fault (RELIABILITY.md 3.1, rule 14)."""

    def raise_alarm(self, code: str, **what: Plain) -> None:
        """Tell of a trouble, at most once an hour for each code; `what` is figures and codes only."""
        ...

    def clear(self, code: str) -> None:
        """Tell that a trouble is over; nothing where none was told."""
        ...


NewId = Callable[[], str]
"""Makes a new row id (UUIDv4 text), before the insert because it binds the sealed values."""
