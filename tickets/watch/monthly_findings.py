"""What the monthly report freezes besides figures: advice, new problems, what earlier meetings decided (R84)."""

from collections.abc import Iterator
from datetime import datetime
from itertools import pairwise

from tickets.desk.context import Desk
from tickets.insight.findings import MONTHS, Findings, new_problems
from tickets.meetings.improvement import Source
from tickets.ports import Unit
from tickets.time.months import months_before
from tickets.watch.occasion import Occasion

MOST_BEFORE = 200


def findings_of(desk: Desk, unit: Unit, occasion: Occasion) -> Findings:
    """Find what a month brought up, as of the report's moment."""
    period = occasion.period
    months = [
        unit.insight.counts(start, end)
        for start, end in _months_until(desk, period.start, count=MONTHS)
    ]
    return Findings(
        advice=tuple(unit.insight.advice(period.start, period.end, as_of=period.due_at)),
        problems=new_problems(
            unit.insight.counts(period.start, period.end),
            months,
            unit.insight.parents(period.start, period.end),
        ),
        before=tuple(_before(unit, period.key))[:MOST_BEFORE],
    )


def _before(unit: Unit, key: str) -> Iterator[str]:
    """Name what the last meeting decided, and what of those before it is still not done."""
    last = unit.improvements.monthly_before(key)
    items = unit.improvements.decided_in(Source.MONTHLY, last.key) if last else ()
    yield from (one.id for one in items)
    for one in unit.improvements.to_do():
        if one.source is Source.MONTHLY and last and one.origin < last.key:
            yield one.id


def _months_until(
    desk: Desk, start: datetime, *, count: int
) -> Iterator[tuple[datetime, datetime]]:
    calendar = desk.calendar()
    month = calendar.date_of(start).replace(day=1)
    begins = [calendar.start_of(months_before(month, back)) for back in range(count + 1)]
    yield from ((first, end) for end, first in pairwise(begins))
