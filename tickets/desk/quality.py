"""Quality of records, for the supervisor alone: a period's records by agent, taken from the logs themselves."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from tickets.case.fold import fold
from tickets.case.values import Number, PersonId
from tickets.desk.asking import reading
from tickets.desk.context import Desk
from tickets.insight.quality import MOST, Lacking, Quality, Record, quality_of, record_of
from tickets.insight.spans import Span
from tickets.people import roles
from tickets.people.roles import Action
from tickets.ports import Unit

AT_ONCE = 200  # cases whose standing is read together
A_PAGE = 20  # records that something is missing in


def quality(desk: Desk, span: Span, *, by: PersonId) -> Quality:
    """Look at the records of a period. Raises Refused."""
    with reading(desk, by, Action.SEE_APPRAISAL) as (unit, _who):
        return quality_in(desk, unit, span.start, span.end, as_of=desk.clock.now())


def lacking(desk: Desk, span: Span, person: PersonId, *, by: PersonId, page: int = 1) -> Lacking:
    """List an agent's records that something is missing in, as far as this reader may see the cases. Raises Refused."""
    with reading(desk, by, Action.SEE_APPRAISAL) as (unit, who):
        _, numbers = unit.insight.logged_by(span.start, span.end, most=MOST, agent=person)
        found = [
            one
            for one in _records(desk, unit, numbers, desk.clock.now())
            if one.lacks and roles.may(who, Action.SEE, unit.tickets.get(one.number))
        ]
    last = max(1, -(-len(found) // A_PAGE))
    shown = max(1, min(page, last))
    part = found[(shown - 1) * A_PAGE : shown * A_PAGE]
    return Lacking(person=person, records=part, total=len(found), page=shown)


def quality_in(
    desk: Desk, unit: Unit, start: datetime, end: datetime, *, as_of: datetime
) -> Quality:
    """Look at the records of a period in this transaction: the newest MOST of each agent.

    What was written and done by `as_of` counts; whether a customer was told and asked is of now.
    """
    logged, numbers = unit.insight.logged_by(start, end, most=MOST)
    return quality_of(_records(desk, unit, numbers, as_of), logged)


def _records(
    desk: Desk, unit: Unit, numbers: Sequence[Number], as_of: datetime
) -> Iterator[Record]:
    intake = desk.handbook().intake
    for begun in range(0, len(numbers), AT_ONCE):
        some = numbers[begun : begun + AT_ONCE]
        standing = unit.insight.standing(some)
        for number in some:
            log = [event for event in unit.tickets.events(number) if event.at <= as_of]
            if not log:
                continue
            ending = standing.get(number)
            record = record_of(
                fold(log),
                log,
                ending,
                vague_words=intake.vague_words,
                spare=intake.spare,
                is_due=ending is not None and ending.is_due(as_of),
            )
            if record:
                yield record
