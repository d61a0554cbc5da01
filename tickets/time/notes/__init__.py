"""What each fact means for a ticket's clocks: what it starts, meets or ends."""

from collections.abc import Iterable

from tickets.case.log import Event
from tickets.case.values import Status
from tickets.time.history import Round
from tickets.time.notes import authorities, case, customer, ends, said, work
from tickets.time.reading import Reading

_NOTES = {
    **case.NOTES,
    **work.NOTES,
    **customer.NOTES,
    **authorities.NOTES,
    **said.NOTES,
    **ends.NOTES,
}


def read(
    log: Iterable[Event], *, stopping: frozenset[Status], groups: frozenset[str] = frozenset()
) -> list[Round]:
    """Read a whole log. Raises ValueError on one that does not begin with Logged."""
    first, *rest = log
    reading = Reading(first, stopping, groups)
    for event in rest:
        reading.act(event)
        note = _NOTES.get(type(event.fact))
        if note:
            note(reading, event.fact, event)
        reading.stop_or_go(event)
    return reading.finish((rest[-1] if rest else first).at)
