"""What somebody took back in a ticket's thread: its words stay on record until retention, for supervisors (DESK.md 6)."""

from collections.abc import Collection, Iterable
from dataclasses import replace

from tickets.case import facts as f
from tickets.case.log import Event
from tickets.case.values import Text

REMOVED = Text("［已撤回 removed］")
"""What stands in their place; nobody can write the like by chance."""


def without_removed(events: Iterable[Event]) -> tuple[Event, ...]:
    """Leave every entry of a log where it is, and out of it the words of posts that were removed afterwards.

    A post under a merged ticket is removed on the record of the one it went on in, so its moment alone names it.
    """
    log = tuple(events)
    gone = {event.fact.message_ts for event in log if isinstance(event.fact, f.Unsaid)}
    return tuple(_read(event, gone) for event in log)


def _read(event: Event, gone: Collection[str]) -> Event:
    post = event.fact
    if not isinstance(post, f.Said | f.SaidAnew) or post.message_ts not in gone:
        return event
    return replace(event, fact=replace(post, text=REMOVED))
