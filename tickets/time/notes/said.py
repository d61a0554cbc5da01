"""What was said already, so that nobody hears of a stage twice."""

from tickets.case import facts as f
from tickets.case.log import Event
from tickets.time.deadline import WARNING, MoveEffect, Said
from tickets.time.notes.table import Notes
from tickets.time.reading import Reading

NOTES = Notes()


@NOTES.on(f.StageReached)
def _reached(reading: Reading, fact: f.StageReached, _event: Event) -> None:
    reading.say(fact, Said(fact.stage, fact.due_at))


@NOTES.on(f.Heard)
def _heard(reading: Reading, fact: f.Heard, _event: Event) -> None:
    """A rung that a lead or supervisor cancelled counts as said."""
    if fact.cancels is not None:
        reading.say(fact, Said(fact.cancels, fact.due_at))


@NOTES.on(f.DeadlineMoved)
def _moved(reading: Reading, fact: f.DeadlineMoved, _event: Event) -> None:
    """A due moved into the past breaches at once: nobody missed a warning of it."""
    if fact.effect is MoveEffect.BREACHED and fact.after is not None:
        reading.say(fact, Said(WARNING, fact.after))
