"""What the work means for the clocks: accepted, contacted, planned, resolved, asked of a department."""

from tickets.case import facts as f
from tickets.case.log import Event
from tickets.case.values import ContactOutcome
from tickets.time.deadline import DeadlineKind
from tickets.time.durations import to_minute
from tickets.time.history import Errand
from tickets.time.notes.table import Notes
from tickets.time.reading import Reading

NOTES = Notes()


@NOTES.on(f.Accepted)
def _accepted(reading: Reading, _fact: f.Accepted, event: Event) -> None:
    if reading.round.assignments:
        held = reading.round.assignments[-1]
        held.acted = held.acted or reading.mark(event.at)


@NOTES.on(f.Contacted)
def _contacted(reading: Reading, fact: f.Contacted, event: Event) -> None:
    if fact.outcome is not ContactOutcome.REACHED:
        return
    one = reading.round
    one.contacted = one.contacted or reading.mark(fact.happened_at)
    if reading.untold_workaround:
        one.workaround = one.workaround or reading.mark(event.at)


@NOTES.on(f.WorkaroundGiven)
def _workaround(reading: Reading, fact: f.WorkaroundGiven, event: Event) -> None:
    one = reading.round
    if not fact.told:
        reading.untold_workaround = True
        return
    one.workaround = one.workaround or reading.mark(event.at)
    one.contacted = one.contacted or reading.mark(event.at)


@NOTES.on(f.Planned)
def _planned(reading: Reading, _fact: f.Planned, event: Event) -> None:
    reading.round.planned = reading.round.planned or reading.mark(event.at)


@NOTES.on(f.Resolved)
def _resolved(reading: Reading, fact: f.Resolved, event: Event) -> None:
    one, mark = reading.round, reading.mark(event.at)
    one.resolved = one.resolved or mark
    if fact.on_the_spot:
        one.contacted = one.contacted or mark
        one.told = one.told or mark


@NOTES.on(f.StatusSaid)
def _status_said(reading: Reading, fact: f.StatusSaid, event: Event) -> None:
    if fact.status.is_working:
        return
    mark = reading.mark(event.at)._replace(silent=True)
    reading.round.resolved = reading.round.resolved or mark
    if not fact.status.is_open:
        reading.round.ended = reading.round.ended or mark


@NOTES.on(f.Asked)
def _asked(reading: Reading, fact: f.Asked, event: Event) -> None:
    kind = DeadlineKind.INTERNAL
    reading.run(
        Errand(
            kind,
            to_minute(event.at),
            fact.key or reading.serial(kind, fact.department),
            department=fact.department,
        )
    )


@NOTES.on(f.Answered)
def _answered(reading: Reading, fact: f.Answered, event: Event) -> None:
    reading.meet(DeadlineKind.INTERNAL, event.at, fact.department, key=fact.key)


@NOTES.on(f.NotOurs)
def _not_ours(reading: Reading, fact: f.NotOurs, event: Event) -> None:
    running = reading.running(DeadlineKind.INTERNAL, fact.department, key=fact.key)
    if running:
        running.ended = reading.mark(event.at)
