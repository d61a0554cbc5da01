"""承诺兑现 of each department: promises done or told anew in time, of those that fell due; for the weekly review and the month's report."""

from collections.abc import Mapping
from datetime import datetime

from tickets.case.listing import Sight
from tickets.case.log import DESK
from tickets.insight.figures import By, Counted, Figure, Selection
from tickets.ports import Unit


def kept_promises(
    unit: Unit, start: datetime, end: datetime, *, now: datetime
) -> Mapping[str, Counted]:
    """Count what fell due from `start` to before `end`, by department; one without any is left out."""
    everything = Sight(person=DESK, everything=True)
    due = Selection(start=start, end=end, now=now, sight=everything, by=By.DEPARTMENT)
    return dict(sorted(unit.figures.count(Figure.PROMISES, due).items()))
