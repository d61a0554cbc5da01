"""Folding: runs of equal days of a long receipt on one line, so that it stays readable and nothing is lost."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from tickets.time.receipt import Halt, Line, Reason

DAY = timedelta(days=1)
BY_DAY = frozenset(Reason) - {
    Reason.START_DAY,
    Reason.CLOCK_CHANGE,
    Reason.STILL_STOPPED,
    Reason.LEFT,
}


def folded(lines: Sequence[Line], *, most: int) -> tuple[Line, ...]:
    """Fold runs of equal days where there are more lines than `most`."""
    if len(lines) <= most:
        return tuple(lines)
    short: list[Line] = []
    for line in lines:
        if short and _goes_on(short[-1], line):
            short[-1] = _together(short[-1], line)
        else:
            short.append(line)
    return tuple(short)


def _goes_on(one: Line, other: Line) -> bool:
    return (
        other.first == other.last == one.last + DAY
        and _key(one) == _key(other)
        and _halted_alike(one.halts, other.halts)
    )


def _key(line: Line) -> tuple[object, ...]:
    days = line.length_in_days
    return (
        line.reason in BY_DAY and line.reason,
        line.kind,
        line.hours if line.reason is Reason.COUNTED else (),
        line.time / days,
        line.days / days,
        line.stopped / days,
        line.made_up / days,
        line.provisional,
    )


def _halted_alike(before: tuple[Halt, ...], after: tuple[Halt, ...]) -> bool:
    """Tell whether both days are free of pauses, or one pause goes on from the one into the other."""
    if not before or not after:
        return not before and not after
    return (
        len(before) == len(after) == 1
        and before[0].end == after[0].start
        and before[0].causes == after[0].causes
    )


def _together(one: Line, other: Line) -> Line:
    halts = tuple(
        replace(halt, end=after.end) for halt, after in zip(one.halts, other.halts, strict=True)
    )
    return replace(
        one,
        end=other.end,
        last=other.last,
        time=one.time + other.time,
        days=one.days + other.days,
        ordinal=other.ordinal,
        stopped=one.stopped + other.stopped,
        made_up=one.made_up + other.made_up,
        halts=halts,
    )
