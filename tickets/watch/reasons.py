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
    """Find the main cause among these late cases as said by a moment.

    Of a high risk the cause counts, its words stay where they were said (R30).
    """
    said = unit.insight.lateness(numbers, as_of=as_of)
    words = {one.number: _redacted(desk, unit, one) for one in said}
    return main_cause([one for one in said if one.cause or words[one.number]], redacted=words)


def _redacted(desk: Desk, unit: Unit, said: Lateness) -> str:
    if said.words is None:
        return ""
    ticket = unit.tickets.get(said.number)
    if ticket.is_restricted:
        return ""
    customer = unit.customers.get(ticket.customer_id)
    names = (customer.name,) if customer.name else ()
    return redact(said.words, names=names, phones=desk.phones.spans)
