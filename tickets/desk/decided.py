"""What somebody was asked to decide: once it is decided, their message says so and offers it no more."""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from enum import StrEnum

from tickets.case import facts as f
from tickets.case.log import Event
from tickets.case.ticket import Ticket
from tickets.case.values import PersonId
from tickets.handbook import Handbook
from tickets.notices import Notice, NoticeKind, PlaceKind, Plain, Urgency, under
from tickets.ports import Unit
from tickets.sheets.names import everybody


class How(StrEnum):
    """What came of it."""

    ASKED = "asked"  # what the desk listed, by a person
    GIVEN = "given"
    REFUSED = "refused"
    AGREED = "agreed"  # who helps is settled
    SETTLED = "settled"  # which department is answerable
    CALLED = "called"  # a retrospective is held
    DECLINED = "declined"  # none is needed
    PUBLISHED = "published"  # an article
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"
    BEGUN = "begun"  # an administrator carries it out
    LAPSED = "lapsed"  # nobody took it further in time
    REPLACED = "replaced"  # something else is asked in its place
    OVER = "over"  # the case went on without it


def drawn_anew(
    unit: Unit,
    asked: str,
    how: How,
    *,
    by: PersonId | None,
    at: datetime,
    handbook: Handbook,
    seq: int = 0,
    tail: str = "",
) -> Iterator[Notice]:
    """Plan it for each message whose key is `asked`, a person and `tail`; for deputies and detours too."""
    people = _who_may_have_it(handbook)
    found = unit.notices.planned([f"{asked}{one}{tail}" for one in people])
    while found:
        for one in found:
            if one.place.kind is PlaceKind.PERSON:
                yield _redrawn(one, how, by=by, at=at, seq=seq)
        found = unit.notices.planned([key for one in found for key in _copies(one, people)])


def decided_on(
    unit: Unit,
    before: Ticket | None,
    after: Ticket,
    log: Sequence[Event],
    new: Sequence[Event],
    handbook: Handbook,
) -> Iterator[Notice]:
    """Plan it for what waited for somebody's word on a ticket: a compensation or a cost, who is to help, a dispute."""
    if before is None or not new:
        return
    is_over = before.status.is_open and not after.status.is_open
    approval, proposal = before.complaint.approval, before.proposal
    if approval and (is_over or after.complaint.approval != approval):
        asked = NoticeKind.APPROVAL_ASKED
        yield from _of_case(unit, asked, approval.asked_seq, before, new, handbook)
    if proposal and (is_over or after.proposal != proposal):
        asked = NoticeKind.HELP_PROPOSED
        yield from _of_case(unit, asked, proposal.asked_seq, before, new, handbook)
    ends_disputes = any(isinstance(one.fact, f.DisputeSettled | f.RoundBegun) for one in new)
    if before.hand_backs and (is_over or ends_disputes):
        for seq in _disputed_at([one for one in log if one.seq <= before.version]):
            yield from _of_case(unit, NoticeKind.HANDED_BACK, seq, before, new, handbook)


def _disputed_at(log: Sequence[Event]) -> Sequence[int]:
    """Name the hand-backs that nobody has decided on; of the first alone nobody was asked to."""
    waiting: list[int] = []
    for event in log:
        match event.fact:
            case f.HandedBack():
                waiting.append(event.seq)
            case f.DisputeSettled() | f.RoundBegun():
                waiting = []
    return waiting


def _of_case(
    unit: Unit,
    asked: NoticeKind,
    seq: int,
    before: Ticket,
    new: Sequence[Event],
    handbook: Handbook,
) -> Iterator[Notice]:
    how, event = _came_of(asked, new)
    for round_ in range(1, before.round + 1):  # what is asked may outlive its round
        yield from drawn_anew(
            unit,
            f"{asked}:{before.number}:{round_}:{seq}:",
            how,
            by=event.by,
            at=event.at,
            handbook=handbook,
            seq=seq,
        )


_ENDS: dict[NoticeKind, dict[type[f.Fact], How]] = {
    NoticeKind.APPROVAL_ASKED: {
        f.ApprovalGiven: How.GIVEN,
        f.ApprovalRefused: How.REFUSED,
        f.ApprovalAsked: How.REPLACED,
    },
    NoticeKind.HELP_PROPOSED: {
        f.CollaboratorsNamed: How.AGREED,
        f.CollaboratorsProposed: How.REPLACED,
    },
    NoticeKind.HANDED_BACK: {f.DisputeSettled: How.SETTLED},
}


def _came_of(asked: NoticeKind, new: Sequence[Event]) -> tuple[How, Event]:
    for event in new:
        how = _ENDS[asked].get(type(event.fact))
        if how:
            return how, event
    return How.OVER, new[-1]


def _redrawn(asked: Notice, how: How, *, by: PersonId | None, at: datetime, seq: int) -> Notice:
    params: dict[str, Plain] = {
        **asked.params,
        "asked": asked.kind,
        "person": asked.place.key,
        "how": how,
        "decided_by": by,
        "seq": seq,
    }
    return Notice(
        key=f"{asked.key}:{how}",
        kind=NoticeKind.DECISION_REDRAWN,
        place=under(asked.key),
        urgency=Urgency.CARD,
        due_at=at,
        number=asked.number,
        params=params,
    )


def _who_may_have_it(handbook: Handbook) -> Sequence[PersonId]:
    known = handbook.people
    others = known.admins | known.librarians | frozenset(known.deputies.values())
    return sorted(everybody(handbook) | others)


def _copies(asked: Notice, people: Collection[PersonId]) -> Iterator[str]:
    """Name what may have been sent in its place: to a deputy, or to others where its reader cannot be reached."""
    for one in people:
        yield f"{asked.key}:deputy:{one}"
        yield f"{asked.key}:rerouted:{one}"
