"""Files of a restricted case that a channel still sees: whoever uploaded them is asked to delete them (R25, R30, DESK.md 4).

A bot cannot delete another's file; the desk itself uploads none into a case's thread.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import timedelta

from tickets.case import facts as f
from tickets.case.copies import CopyState
from tickets.case.log import Event
from tickets.case.ticket import Ticket
from tickets.notices import Notice, NoticeKind, Urgency, to_person
from tickets.ports import Unit

COPIED_WITHIN = timedelta(minutes=1)
"""So long the desk has to fetch a copy of its own, before anybody is asked to delete a file."""


def exposed_files(
    before: Ticket | None, after: Ticket, log: Sequence[Event], new: Sequence[Event]
) -> Iterator[Notice]:
    """Plan it for each message with files: for all that stand once a case becomes restricted, then for each new one."""
    if before is None or not after.is_restricted:
        return
    looked_at = new if before.is_restricted else log
    for posted_ts, files in _posts(looked_at).items():
        first, file = files[0]
        yield Notice(
            key=f"{NoticeKind.EXPOSED}:{after.number}:{posted_ts}:{after.version}",
            kind=NoticeKind.EXPOSED,
            place=to_person(first.by),
            urgency=Urgency.ASSIGNMENT,
            due_at=max(after.changed_at, first.at + COPIED_WITHIN),
            number=after.number,
            params={
                "person": first.by,
                "posted_in": file.posted_in,
                "posted_ts": posted_ts,
            },
        )


def files_at(log: Iterable[Event], posted_ts: str) -> frozenset[str]:
    """Name the files of a message; none where it was removed since."""
    return frozenset(file.file_id for _event, file in _posts(log).get(posted_ts, ()))


def are_copied(unit: Unit, ticket: Ticket, files: frozenset[str]) -> bool:
    """Tell whether the desk has a copy of its own of each of these files."""
    copies = unit.evidence.of(ticket.number)
    return files <= {one.file_id for one in copies if one.state is CopyState.KEPT}


def _posts(log: Iterable[Event]) -> Mapping[str, Sequence[tuple[Event, f.EvidenceAdded]]]:
    """Sort the files of a log by the message they stand in, without the messages that were removed."""
    found: defaultdict[str, list[tuple[Event, f.EvidenceAdded]]] = defaultdict(list)
    for event in log:
        match event.fact:
            case f.EvidenceAdded(posted_ts=ts) as file if ts:
                found[ts].append((event, file))
            case f.Unsaid(message_ts=ts):
                found.pop(ts, None)
            case _:
                pass
    return found
