"""What a grading says, on the timeline, among the details and in the meeting (R27, R34)."""

from typing import Protocol

from handlers.views import labels
from handlers.views.rich import Piece
from handlers.views.text import clip
from tickets.case.values import Number
from tickets.handbook import Handbook
from tickets.tongue import Tongue


class Graded(Protocol):
    """A grading as the log or a ticket has it."""

    @property
    def known(self) -> bool:
        """Tell whether the problem was known."""
        ...

    @property
    def like(self) -> Number | None:
        """Give the earlier case of it."""
        ...

    @property
    def departments(self) -> tuple[str, ...]:
        """List whom it needs."""
        ...

    @property
    def cause(self) -> str:
        """Give the first cause's key."""
        ...


def pieces_of(graded: Graded, handbook: Handbook, tongue: Tongue) -> dict[str, Piece]:
    """Say each part in words: known or not and like which, whom it needs, the first cause."""
    return {
        "known": _known(graded, tongue),
        "departments": _departments(graded, handbook, tongue),
        "cause": labels.complaint_cause(graded.cause, handbook, tongue),
    }


def _known(graded: Graded, tongue: Tongue) -> str:
    if not graded.known:
        return tongue("grading.is_new")
    return (
        tongue("grading.is_known_as", number=graded.like)
        if graded.like
        else tongue("grading.is_known")
    )


def _departments(graded: Graded, handbook: Handbook, tongue: Tongue) -> str:
    named = (labels.department(one, handbook, tongue) for one in graded.departments)
    return clip(labels.listed(named, tongue), 200) or tongue("grading.nobody_else")
