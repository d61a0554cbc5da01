"""What is handed to one person as a file: a dossier, a copy of evidence."""

from collections.abc import Iterator

from tickets.case import facts as f
from tickets.case.announce.table import Notices
from tickets.case.copies import copied
from tickets.case.log import Event
from tickets.case.ticket import Ticket
from tickets.handbook import Handbook
from tickets.notices import Notice, NoticeKind, Urgency, to_person

NOTICES = Notices()


@NOTICES.on(f.DossierMade)
def _dossier_made(
    _fact: f.DossierMade, event: Event, ticket: Ticket, _handbook: Handbook
) -> Iterator[Notice]:
    key = f"{NoticeKind.DOSSIER}:{ticket.number}:{event.seq}:{event.by}"
    yield Notice(
        key=key,
        kind=NoticeKind.DOSSIER,
        place=to_person(event.by),
        urgency=Urgency.PRIVATE,
        due_at=event.at,
        # A group of its own and no number: an unclear upload must not hold up what is said of the ticket.
        params={"number": ticket.number, "group": key},
    )


@NOTICES.on(f.Revealed)
def _revealed(
    fact: f.Revealed, event: Event, ticket: Ticket, _handbook: Handbook
) -> Iterator[Notice]:
    for file in copied(ticket) if fact.evidence else ():
        key = f"{NoticeKind.EVIDENCE}:{ticket.number}:{event.seq}:{file.file_id}"
        yield Notice(
            key=key,
            kind=NoticeKind.EVIDENCE,
            place=to_person(event.by),
            urgency=Urgency.PRIVATE,
            due_at=event.at,
            params={"number": ticket.number, "file": file.file_id, "group": key},
        )
