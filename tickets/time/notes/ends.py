"""What ends clocks: the next round, and whatever ends the case."""

from tickets.case import facts as f
from tickets.case.log import Event
from tickets.time.deadline import DeadlineKind
from tickets.time.durations import to_minute
from tickets.time.history import Round
from tickets.time.notes.table import Notes
from tickets.time.reading import Reading

NOTES = Notes()


@NOTES.on(f.RoundBegun)
def _round(reading: Reading, fact: f.RoundBegun, event: Event) -> None:
    """The clocks of the old round end; a supervisor's call that is owed goes over to the new one."""
    reading.meet(DeadlineKind.WATCH, event.at)
    old = reading.round
    old.ended = old.ended or reading.mark(event.at)
    reading.close_stop(to_minute(event.at))
    call = old.newest(DeadlineKind.SUPERVISOR_CALLBACK)
    begun = to_minute(event.at)
    reading.rounds.append(Round(fact.round, begun, old.ended._replace(begun_at=begun)))
    reading.unanswered = 0
    reading.untold_workaround = False
    reading.assignee = None
    if call:
        old.errands.remove(call)
        reading.run(call)
        said = old.said.pop((call.kind, call.detail), None)
        reading.round.said |= {(call.kind, call.detail): said} if said else {}
        for earlier in old.errands:  # one call is made for both
            if earlier.kind is call.kind and earlier.is_running:
                earlier.ended = old.ended


@NOTES.on(f.Closed)
def _closed(reading: Reading, fact: f.Closed, event: Event) -> None:
    reading.meet(DeadlineKind.WATCH, event.at)
    mark = reading.mark(event.at)
    _nobody_waits(reading, event)
    if fact.refusal:
        reading.round.answered = reading.round.answered or mark
    reading.round.ended = reading.round.closed = reading.round.ended or mark


@NOTES.on(f.Archived)
def _archived(reading: Reading, _fact: f.Archived, event: Event) -> None:
    call = reading.running(DeadlineKind.SUPERVISOR_CALLBACK)
    if call:
        call.ended = reading.mark(event.at)


@NOTES.on(f.Merged)
def _merged(reading: Reading, _fact: f.Merged, event: Event) -> None:
    _nobody_waits(reading, event)
    reading.round.ended = reading.round.ended or reading.mark(event.at)


@NOTES.on(f.MarkedInvalid)
def _invalid(reading: Reading, _fact: f.MarkedInvalid, event: Event) -> None:
    _nobody_waits(reading, event)
    reading.round.ended = reading.round.ended or reading.mark(event.at)


@NOTES.on(f.InvalidTakenBack)
def _valid_again(reading: Reading, _fact: f.InvalidTakenBack, _event: Event) -> None:
    reading.round.ended = None


def _nobody_waits(reading: Reading, event: Event) -> None:
    """End with the case what an authority waited for; people are asked to answer before (`before_ends`)."""
    for one in reading.before_authorities():
        one.ended = reading.mark(event.at)
