"""Quality of records on the first workday, to each supervisor privately; never in a channel (appraisal, R1)."""

from collections.abc import Iterable

from tickets.desk.context import Desk
from tickets.desk.quality import quality_in
from tickets.insight.quality import Quality
from tickets.notices import Notice, to_person
from tickets.ports import Unit
from tickets.watch.occasion import Occasion
from tickets.watch.posting import digest_posts
from tickets.watch.report import Report


def figures_of(desk: Desk, unit: Unit, occasion: Occasion) -> Quality:
    """Look at a month's records, as they were written by the moment of the report."""
    period = occasion.period
    return quality_in(desk, unit, period.start, period.end, as_of=period.due_at)


def posts_of(desk: Desk, found: Quality, occasion: Occasion) -> Iterable[Notice]:
    """Plan a message to each supervisor, the agents in its thread."""
    if not found.agents:
        return
    lists = (("agents", len(found.agents)),)
    for person in sorted(desk.handbook().people.supervisors):
        yield from digest_posts(occasion, to_person(person), lists, person=person)


REPORT = Report(Quality, figures_of, posts_of)
