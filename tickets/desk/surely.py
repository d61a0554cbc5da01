"""Doing a step whose commit may have been cut off: its receipt tells whether it was kept (RELIABILITY.md F63)."""

from collections.abc import Callable
from typing import TypeVar

from tickets.errors import Busy, HandledMeanwhile, Unsure

T = TypeVar("T")


def surely(step: Callable[[], T]) -> T:
    """Do a step that first looks for its own receipt; done once more, it finds what was kept.

    Raises what the step raises; Unsure only where looking again fails too.
    """
    try:
        return step()
    except HandledMeanwhile:
        return step()
    except Unsure as unsure:
        return _looked_up(step, unsure)


def _looked_up(step: Callable[[], T], unsure: Unsure) -> T:
    try:
        return step()
    except HandledMeanwhile:  # what was cut off arrived only now
        return step()
    except Busy:
        raise unsure from None
