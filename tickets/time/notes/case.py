"""What facts about the case itself mean for its clocks: kind, priority, hands."""

from dataclasses import replace

from tickets.case import facts as f
from tickets.case.corrections import corrected
from tickets.case.log import Event
from tickets.case.values import AssignCause
from tickets.time.durations import to_minute
from tickets.time.history import Assignment
from tickets.time.notes.table import Notes
from tickets.time.reading import Reading

NOTES = Notes()

GOES_ON = frozenset({AssignCause.HANDOVER, AssignCause.DEPUTY})  # another pair of hands, same task
TAKES_ON = frozenset(
    {AssignCause.PERSON, AssignCause.ON_THE_SPOT}
)  # of one's own: nothing to accept


@NOTES.on(f.Corrected)
def _corrected(reading: Reading, fact: f.Corrected, _event: Event) -> None:
    reading.intake = corrected(reading.intake, fact.field, fact.now)
    intake = reading.intake
    reading.case = reading.case._replace(
        kind=intake.kind, category=intake.category, impact=intake.impact
    )


@NOTES.on(f.FilledIn)
def _filled_in(reading: Reading, fact: f.FilledIn, _event: Event) -> None:
    reading.intake = replace(reading.intake, kind=fact.kind, category=fact.category)
    reading.case = reading.case._replace(kind=fact.kind, category=fact.category)


@NOTES.on(f.PriorityChanged)
def _priority(reading: Reading, fact: f.PriorityChanged, _event: Event) -> None:
    reading.case = reading.case._replace(priority=fact.now)


@NOTES.on(f.ComplexityJudged)
def _complexity(reading: Reading, fact: f.ComplexityJudged, _event: Event) -> None:
    reading.case = reading.case._replace(complexity=fact.complexity)


@NOTES.on(f.Assigned)
def _assigned(reading: Reading, fact: f.Assigned, event: Event) -> None:
    hands = reading.round.assignments
    same = (fact.department, fact.assignee) == (reading.case.department, reading.assignee)
    if not hands or not (same or fact.cause in GOES_ON):
        if hands:
            hands[-1].superseded = reading.mark(event.at)
        hands.append(Assignment(event.at))
    reading.case = reading.case._replace(department=fact.department)
    reading.assignee = fact.assignee
    if fact.cause in TAKES_ON and event.by == fact.assignee:
        hands[-1].acted = hands[-1].acted or reading.mark(event.at)


@NOTES.on(f.Absorbed)
def _absorbed(reading: Reading, fact: f.Absorbed, _event: Event) -> None:
    if reading.round.number == 1:
        reading.round.begun_at = min(reading.round.begun_at, to_minute(fact.received_at))
