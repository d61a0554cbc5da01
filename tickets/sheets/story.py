"""Tells a row of a sheet as facts with their moments: what a case's log says of the time before it came in."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from tickets.case import facts as f
from tickets.case.log import OPERATOR
from tickets.case.values import (
    ContactOutcome,
    PersonId,
    Priority,
    Solved,
    Status,
    Text,
)
from tickets.people.customers import Customer
from tickets.sheets.row import CaseRow, Entry

Told = tuple[datetime, PersonId, f.Fact]
_DONE = frozenset({Status.RESOLVED, Status.FOLLOW_UP, Status.CLOSED})
_WORKED = frozenset({Status.IN_PROGRESS, Status.WAITING_CUSTOMER, Status.ON_HOLD})
_TAKEN_ON = _WORKED | {Status.ACCEPTED}


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What a row's story needs beside the row."""

    customer: Customer
    logger: PersonId  # who answers for it from now on
    given: f.Assigned | None  # where it lies and whose it is
    priority: Priority
    watched_until: Callable[[datetime], datetime]  # 待跟进, from a moment
    archive_key: str
    now: datetime


def tell(row: CaseRow, setting: Setting) -> list[Told]:
    """Give a row's facts in their order; none lies before the one in front of it, none ahead of now."""
    told: list[Told] = []
    last = row.received_at
    for at, by, fact in _tell(row, setting):
        last = min(max(last, at), setting.now)
        told.append((last, by, fact))
    return told


def logged(row: CaseRow, setting: Setting) -> f.Logged:
    """Give the first fact."""
    customer = setting.customer
    return f.Logged(
        customer_id=customer.id,
        customer_type=row.customer_type,
        customer_level=Text(customer.level),
        customer_groups=customer.groups | row.groups,
        customer_tags=customer.tags,
        anonymous=not (customer.name or customer.has_contact),
        has_contact=customer.has_contact,
        kind=row.kind,
        category=row.category,
        urgency=row.urgency,
        priority=setting.priority,
        contact_channel=row.channel,
        received_at=row.received_at,
        product=_words(row.product),
        description=Text(row.description),
        remarks=_words(row.remarks),
        backfilled=row.is_backfilled,
        imported_at=setting.now,
        resolve_by=row.due_at,
    )


def _tell(row: CaseRow, setting: Setting) -> Iterator[Told]:
    begin, by, worker = row.received_at, OPERATOR, row.assignee or OPERATOR
    ends = row.status in _DONE or row.status is Status.INVALID
    end = _end_of(row) if ends else setting.now
    yield begin, setting.logger, logged(row, setting)
    if setting.given:
        yield begin, by, setting.given
    if row.status in _TAKEN_ON:
        yield begin, worker, f.Accepted()
    if row.plan:
        yield begin, worker, f.Planned(measures=Text(row.plan), finish_by=row.finish_by or end)
    yield from _records(row, worker, end)
    if row.status in _WORKED:
        yield _last(row), worker, f.Started()
    yield from _ending(row, setting, worker, end)
    yield setting.now, by, f.Imported(source=row.table, labels=_labels(row))
    if row.is_archived:
        yield setting.now, by, f.Archived(key=setting.archive_key)


def _records(row: CaseRow, worker: PersonId, end: datetime) -> Iterator[Told]:
    """Notes and talks in the order of their moments; what has none stands where the entry before does."""
    said: list[tuple[datetime, f.Fact]] = []
    for kind, entries in (("note", row.process), ("talk", row.talk)):
        last = row.received_at if kind == "note" else end
        for entry in entries:
            last = min(entry.at or last, end)
            said.append((last, _noted(entry) if kind == "note" else _talked(row, entry, last)))
    yield from ((at, worker, fact) for at, fact in sorted(said, key=lambda one: one[0]))


def _noted(entry: Entry) -> f.Fact:
    return f.Noted(text=Text(entry.text))


def _talked(row: CaseRow, entry: Entry, at: datetime) -> f.Fact:
    return f.Contacted(
        way=row.channel,
        outcome=ContactOutcome.REACHED,
        happened_at=max(at, row.received_at),
        note=Text(entry.text),
    )


def _ending(row: CaseRow, setting: Setting, worker: PersonId, end: datetime) -> Iterator[Told]:
    match row.status:
        case Status.WAITING_CUSTOMER:
            yield _last(row), worker, f.Waiting(reason=_why(row))
        case Status.ON_HOLD:
            yield _last(row), worker, f.Held(reason=_why(row))
        case Status.INVALID:
            yield end, worker, f.MarkedInvalid(note=Text(row.result or row.remarks or row.status))
        case Status.RESOLVED | Status.FOLLOW_UP | Status.CLOSED:
            yield end, worker, f.Resolved(result=Text(row.result))
            yield from _answers(row, end)
            if row.status is Status.FOLLOW_UP:
                yield end, worker, f.FollowedUp(until=setting.watched_until(end))
            if row.status is Status.CLOSED:
                yield row.closed_at or end, OPERATOR, f.Closed()
        case _:
            return


def _answers(row: CaseRow, end: datetime) -> Iterator[Told]:
    if row.feedback:
        way, answer = row.channel, Text(row.feedback)
        yield end, OPERATOR, f.CustomerTold(way=way, happened_at=end, answer=answer)
    if row.is_confirmed:
        yield end, OPERATOR, f.Confirmed()
    if row.score:
        yield end, OPERATOR, f.Scored(score=row.score, solved=_solved(row.score))


def _solved(score: int) -> Solved:
    """A sheet has the score alone: what is liked was solved, what is not was not."""
    return Solved.YES if score > 3 else Solved.PARTLY if score == 3 else Solved.NO


def _end_of(row: CaseRow) -> datetime:
    """Tell when it was solved: as the sheet says, else by its last entry, else when it was closed."""
    if row.done_at:
        return row.done_at
    return row.closed_at or _last(row)


def _last(row: CaseRow) -> datetime:
    moments = [entry.at for entry in (*row.process, *row.talk) if entry.at]
    return max([row.received_at, *moments])


def _why(row: CaseRow) -> Text:
    return Text(row.remarks or (row.process or row.talk or (Entry(None, "—"),))[-1].text)


def _labels(row: CaseRow) -> Text | None:
    said = "; ".join(f"{heading}: {word}" for heading, word in row.labels)
    return _words(said)


def _words(text: str) -> Text | None:
    return Text(text) if text else None
