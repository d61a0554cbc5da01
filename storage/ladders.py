"""The ladder of a deadline as plain values, kept beside it so that a tick needs no policy."""

from collections.abc import Sequence
from functools import lru_cache

from tickets.handbook import Duration, EscalationStep

Rung = tuple[int, str, str, tuple[str, ...]]
"""How long after the breach (amount, unit, which end of a working day; 0: at it), and who is told."""


@lru_cache(maxsize=256)  # a desk has a handful of ladders and a million deadlines
def ladder_row(ladder: tuple[EscalationStep, ...]) -> tuple[Rung, ...]:
    """Write a ladder."""
    return tuple(
        (step.after.amount, step.after.unit, step.after.ends, step.tell)
        if step.after
        else (0, "", "", step.tell)
        for step in ladder
    )


def ladder_of(row: Sequence[Sequence[object]] | None) -> tuple[EscalationStep, ...]:
    """Read a ladder."""
    return tuple(_step(*rung) for rung in row or ())  # type: ignore[arg-type]  # as it was written


def _step(amount: int, unit: str, ends: str, tell: Sequence[str]) -> EscalationStep:
    return EscalationStep(Duration(amount, unit, ends) if unit else None, tuple(tell))
