"""What talk with the customer means for the clocks: told, scored, called, promised, watched."""

from tickets.case import facts as f
from tickets.case.log import Event
from tickets.case.values import ContactOutcome
from tickets.time.deadline import DeadlineKind
from tickets.time.durations import to_minute
from tickets.time.history import Errand
from tickets.time.notes.table import Notes
from tickets.time.reading import Reading

NOTES = Notes()

LOW_SCORE = 3  # C10
ATTEMPTS = 3  # without an answer, then the score may be missing (R88)


@NOTES.on(f.CustomerTold)
def _told(reading: Reading, fact: f.CustomerTold, _event: Event) -> None:
    mark = reading.mark(fact.happened_at)
    reading.round.told = reading.round.told or mark
    reading.round.contacted = reading.round.contacted or mark


@NOTES.on(f.Confirmed)
def _confirmed(reading: Reading, _fact: f.Confirmed, event: Event) -> None:
    reading.round.confirmed = reading.round.confirmed or reading.mark(event.at)


@NOTES.on(f.CallbackTried)
def _tried(reading: Reading, fact: f.CallbackTried, event: Event) -> None:
    reading.unanswered += fact.outcome is ContactOutcome.NO_ANSWER
    refused = fact.outcome in {ContactOutcome.REFUSED, ContactOutcome.UNREACHABLE}
    if refused or reading.unanswered >= ATTEMPTS:
        reading.round.answered = reading.round.answered or reading.mark(event.at)


@NOTES.on(f.Scored)
def _scored(reading: Reading, fact: f.Scored, event: Event) -> None:
    reading.round.answered = reading.round.answered or reading.mark(event.at)
    if fact.score <= LOW_SCORE:
        reading.run(Errand(DeadlineKind.SUPERVISOR_CALLBACK, to_minute(event.at), ""))


@NOTES.on(f.SupervisorCalled)
def _called(reading: Reading, fact: f.SupervisorCalled, event: Event) -> None:
    if fact.is_made:
        reading.meet(DeadlineKind.SUPERVISOR_CALLBACK, event.at)


@NOTES.on(f.Promised)
def _promised(reading: Reading, fact: f.Promised, event: Event) -> None:
    kind = DeadlineKind.PROMISE
    if fact.instead_of or not fact.key:
        reading.meet(kind, event.at, key=fact.instead_of)  # told anew
    due, detail = to_minute(fact.due_at), fact.key or reading.serial(kind)
    reading.run(Errand(kind, to_minute(event.at), detail, due_at=due))


@NOTES.on(f.PromiseKept)
def _kept(reading: Reading, fact: f.PromiseKept, event: Event) -> None:
    reading.meet(DeadlineKind.PROMISE, event.at, key=fact.key)


@NOTES.on(f.FollowedUp)
def _followed_up(reading: Reading, fact: f.FollowedUp, event: Event) -> None:
    kind = DeadlineKind.WATCH
    running = reading.round.running(kind)
    if running:
        running.ended = reading.mark(event.at)
    due = to_minute(fact.until)
    reading.run(Errand(kind, to_minute(event.at), reading.serial(kind), due_at=due))


@NOTES.on(f.FollowUpEnded)
def _watch_ended(reading: Reading, _fact: f.FollowUpEnded, event: Event) -> None:
    reading.meet(DeadlineKind.WATCH, event.at)
