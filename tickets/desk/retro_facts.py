"""What a retrospective is read up on from: figures of the days before it, what customers said (R120)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from tickets.case import facts as f
from tickets.case.log import Event
from tickets.case.values import Number
from tickets.desk.context import Desk
from tickets.desk.measuring import is_within, measure
from tickets.people.privacy import redact
from tickets.ports import Unit
from tickets.retrospectives.pursuit import MEASURED_OVER, Figure, Measured, Target
from tickets.retrospectives.retrospective import Retrospective

MOST_VOICES = 30
LOW = 3


@dataclass(frozen=True, slots=True)
class Voice:
    """What a customer said when asked; redacted."""

    number: Number
    at: datetime
    score: int | None
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What is known before it begins."""

    start: datetime
    end: datetime
    scope: str
    figures: tuple[tuple[Figure, Measured, Measured], ...]  # of these days, and of as many before
    low: tuple[tuple[Number, int], ...]  # cases that did not please, with their last score


def read_up(unit: Unit, retro: Retrospective, now: datetime) -> Reading:
    """Take the figures of the case's category, or of the whole desk in the period; name who was not pleased."""
    start, end = retro.starts_at, retro.ends_at
    if start is None or end is None:
        start, end = now - MEASURED_OVER, now
    end = min(end, now)
    ticket = unit.tickets.get(retro.number) if retro.number else None
    scope = ticket.category if ticket and not ticket.is_restricted else ""
    before = start - (end - start)
    figures = tuple(
        (one, measure(unit, target, start, end), measure(unit, target, before, start))
        for one in Figure
        for target in [Target(figure=one, scope=scope)]
    )
    taken = unit.insight.taken_down(start, end, as_of=end)
    low = [
        (one.number, one.scores[-1])
        for one in taken
        if one.counts and is_within(one, scope) and one.scores and min(one.scores) <= LOW
    ]
    return Reading(
        start=start, end=end, scope=scope, figures=figures, low=tuple(low[::-1][:MOST_VOICES])
    )


def voices(desk: Desk, unit: Unit, retro: Retrospective, reading: Reading) -> tuple[Voice, ...]:
    """Gather what customers said: of the case, or of those in the period who were not pleased, the newest first."""
    numbers = [retro.number] if retro.number else [number for number, _ in reading.low]
    return tuple(one for number in numbers for one in _said(desk, unit, number))


def _said(desk: Desk, unit: Unit, number: Number) -> Iterator[Voice]:
    events = unit.tickets.events(number)
    ticket = unit.tickets.get(number)
    if ticket.is_restricted:
        return
    customer = unit.customers.get(ticket.customer_id)
    names = (customer.name,) if customer.name else ()
    for event in events:
        words, score = _voice(event)
        if words or score is not None:
            clean = redact(words, names=names, phones=desk.phones.spans)
            yield Voice(number, event.at, score, clean)


def _voice(event: Event) -> tuple[str, int | None]:
    match event.fact:
        case f.Scored(score=score, words=words, suggestions=wishes):
            return " ".join(str(one) for one in (words, wishes) if one), score
        case _:
            return "", None
