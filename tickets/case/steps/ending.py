"""Steps of the end, and of talk and evidence."""

from tickets.case import facts as f
from tickets.case.log import Event
from tickets.case.steps.table import Steps, replace
from tickets.case.ticket import Evidence, Ticket
from tickets.case.values import Status

STEPS = Steps()


@STEPS.on(f.FollowedUp)
def _followed_up(ticket: Ticket, fact: f.FollowedUp, _event: Event) -> Ticket:
    return replace(ticket, status=Status.FOLLOW_UP, follow_up_until=fact.until)


@STEPS.on(f.FollowUpEnded)
def _watch_ended(ticket: Ticket, _fact: f.FollowUpEnded, _event: Event) -> Ticket:
    return replace(ticket, status=Status.RESOLVED, follow_up_until=None)


@STEPS.on(f.Closed)
def _closed(ticket: Ticket, fact: f.Closed, event: Event) -> Ticket:
    return replace(
        ticket,
        status=Status.CLOSED,
        closed_at=event.at,
        follow_up_until=None,
        promises=(),
        refused_to_score=bool(fact.refusal),
    )


@STEPS.on(f.Merged)
def _merged(ticket: Ticket, fact: f.Merged, event: Event) -> Ticket:
    return replace(
        ticket,
        status=Status.MERGED,
        merged_into=fact.survivor,
        closed_at=event.at,
        pause=None,
        follow_up_until=None,
        promises=(),
        owes_supervisor_call=False,
    )


@STEPS.on(f.Absorbed)
def _absorbed(ticket: Ticket, fact: f.Absorbed, _event: Event) -> Ticket:
    return replace(
        ticket,
        received_at=min(ticket.received_at, fact.received_at),
        links=tuple(dict.fromkeys((*ticket.links, fact.other))),
        absorbed=(*ticket.absorbed, fact.other),
        came_again=ticket.came_again + fact.is_repeat,
    )


@STEPS.on(f.Linked)
def _linked(ticket: Ticket, fact: f.Linked, _event: Event) -> Ticket:
    again = ticket.came_again + fact.is_repeat
    return replace(ticket, links=(*ticket.links, fact.other), came_again=again)


@STEPS.on(f.Archived)
def _archived(ticket: Ticket, fact: f.Archived, _event: Event) -> Ticket:
    return replace(ticket, status=Status.ARCHIVED, archive_key=fact.key)


@STEPS.on(f.EvidenceAdded)
def _evidence(ticket: Ticket, fact: f.EvidenceAdded, event: Event) -> Ticket:
    one = Evidence(file_id=fact.file_id, name=fact.name, mimetype=fact.mimetype, added_by=event.by)
    return replace(ticket, evidence=(*ticket.evidence, one))


@STEPS.on(f.StatusSaid)
def _status_said(ticket: Ticket, fact: f.StatusSaid, event: Event) -> Ticket:
    return replace(ticket, status=fact.status, closed_at=None if fact.status.is_open else event.at)


@STEPS.on(f.Said)
def _said(ticket: Ticket, fact: f.Said, _event: Event) -> Ticket:
    return replace(ticket, words={**ticket.words, fact.message_ts: (fact.message_ts, fact.text)})


@STEPS.on(f.SaidAnew)
def _said_anew(ticket: Ticket, fact: f.SaidAnew, _event: Event) -> Ticket:
    return replace(ticket, words={**ticket.words, fact.message_ts: (fact.edited_ts, fact.text)})


@STEPS.on(f.Unsaid)
def _unsaid(ticket: Ticket, fact: f.Unsaid, _event: Event) -> Ticket:
    gone = {ts: said for ts, said in ticket.words.items() if ts != fact.message_ts}
    return replace(ticket, words=gone)
