"""What authorities outside mean for the clocks; theirs outlive the round they began in."""

from tickets.case import facts as f
from tickets.case.log import Event
from tickets.time.deadline import DeadlineKind
from tickets.time.durations import to_minute
from tickets.time.history import Errand
from tickets.time.notes.table import Notes
from tickets.time.reading import Reading

NOTES = Notes()


@NOTES.on(f.AuthorityNamed)
def _named(reading: Reading, fact: f.AuthorityNamed, event: Event) -> None:
    due = to_minute(fact.due_at)
    reading.run(Errand(DeadlineKind.AUTHORITY, to_minute(event.at), fact.key, due_at=due))


@NOTES.on(f.AuthorityMoved)
def _date_moved(reading: Reading, fact: f.AuthorityMoved, _event: Event) -> None:
    for one in reading.before_authorities(fact.key):
        one.due_at = to_minute(fact.now)


@NOTES.on(f.AuthorityAnswered)
def _authority_answered(reading: Reading, fact: f.AuthorityAnswered, _event: Event) -> None:
    for one in reading.before_authorities(fact.key):
        one.met = reading.mark(fact.happened_at)
