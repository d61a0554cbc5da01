"""Why what is late is late, said in words that a channel may read (R105, DESK.md 6)."""

from collections.abc import Sequence
from datetime import datetime

from tickets.case.values import Number
from tickets.desk.context import Desk
from tickets.insight.causes import MainCause, main_cause
from tickets.insight.cohort import Lateness
from tickets.people.privacy import redact
from tickets.ports import Unit


def main_cause_of(
    desk: Desk, unit: Unit, numbers: Sequence[Number], *, as_of: datetime
) -> MainCause | None:
    """Find the main cause among these late cases as said by a moment."""
    said = unit.insight.lateness(numbers, as_of=as_of)
    return main_cause(said, redacted={one.number: _redacted(desk, unit, one) for one in said})


def _redacted(desk: Desk, unit: Unit, said: Lateness) -> str:
    if said.words is None:
        return ""
    customer = unit.customers.get(unit.tickets.get(said.number).customer_id)
    names = (customer.name,) if customer.name else ()
    return redact(said.words, names=names, phones=desk.phones.spans)
