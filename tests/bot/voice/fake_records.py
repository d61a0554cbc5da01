"""Records in memory, as far as the voice reads and writes them."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime

from tests.scheduler.fake_outbox import FakeOutbox
from tickets.case.fold import fold
from tickets.case.listing import Line, Page, Query
from tickets.case.log import Event
from tickets.case.ticket import Ticket
from tickets.case.values import CustomerId, Number, PersonId
from tickets.delivery import Claim, Finding, Outcome, Posted
from tickets.errors import NotFound
from tickets.notices import Notice, NoticeKind, NoticeState
from tickets.people.customers import Customer
from tickets.ports import Card, Channel, Member, Posting


@dataclass(slots=True)
class FakeTickets:
    logs: dict[Number, tuple[Event, ...]] = field(default_factory=dict)
    lines: tuple[Line, ...] = ()

    def events(self, number: Number) -> tuple[Event, ...]:
        if number not in self.logs:
            raise NotFound("ticket.not_found", number=number)
        return self.logs[number]

    def get(self, number: Number) -> Ticket:
        return fold(self.events(number))

    def page(self, query: Query) -> Page:
        return Page(self.lines[: query.size], len(self.lines), query.page, query.size)


@dataclass(slots=True)
class FakeCustomers:
    rows: dict[CustomerId, Customer] = field(default_factory=dict)

    def get(self, customer_id: CustomerId) -> Customer:
        return self.rows[customer_id]


@dataclass(slots=True)
class FakeCards:
    rows: dict[tuple[Number, str], Card] = field(default_factory=dict)

    def of(self, number: Number) -> tuple[Card, ...]:
        cards = [card for (owner, _), card in self.rows.items() if owner == number]
        return tuple(sorted(cards, key=lambda card: not card.is_current))

    def want(self, number: Number, *, department: str, version: int) -> None:
        for key, card in self.rows.items():
            if card.number == number:
                self.rows[key] = replace(card, is_current=False, wanted=version)
        known = self.rows.get((number, department))
        self.rows[number, department] = Card(
            number=number,
            department=department,
            channel_id=known.channel_id if known else None,
            message_ts=known.message_ts if known else None,
            wanted=version,
            shown=known.shown if known else 0,
            is_current=True,
        )


@dataclass(slots=True)
class FakeDirectory:
    people: dict[PersonId, Member] = field(default_factory=dict)
    channels: dict[str, Channel] = field(default_factory=dict)

    def person(self, person: PersonId) -> Member | None:
        return self.people.get(person)

    def channel(self, reference: str) -> Channel | None:
        named = (c for c in self.channels.values() if f"#{c.name}" == reference)
        return self.channels.get(reference) or next(named, None)

    def keep_person(self, member: Member) -> None:
        self.people[member.id] = member

    def keep_channel(self, channel: Channel) -> None:
        self.channels[channel.id] = channel


@dataclass(slots=True)
class FakeNotices:
    outbox: FakeOutbox

    def plan(self, notices: Sequence[Notice]) -> None:
        self.outbox.plan(*notices)

    def void(self, reasons: Mapping[str, str], *, at: datetime) -> None:
        for key, why in reasons.items():
            self.outbox.rows[key].state, self.outbox.rows[key].why = NoticeState.SUPERSEDED, why

    def said_since(self, since: datetime) -> list[tuple[Notice, Posting]]:
        return [
            (row.notice, Posting(row.posted.channel_id, row.posted.message_ts))
            for row in self.outbox.rows.values()
            if row.posted and row.last_sent_at and row.last_sent_at >= since
        ]

    def stands_at(self, gone: Posting, instead: Posting) -> None:
        for row in self.outbox.rows.values():
            if row.posted == Posted(gone.channel_id, gone.message_ts):
                row.posted = Posted(instead.channel_id, instead.message_ts)


@dataclass(slots=True)
class FakeUnit:
    tickets: FakeTickets
    customers: FakeCustomers
    cards: FakeCards
    directory: FakeDirectory
    notices: FakeNotices


@dataclass(slots=True)
class CardKeepingOutbox(FakeOutbox):
    """Notes where a card was posted, as the real outbox does in the same transaction."""

    posted_cards: FakeCards = field(default_factory=FakeCards)

    def settle(self, claim: Claim, outcome: Outcome, *, now: datetime, at: datetime) -> None:
        FakeOutbox.settle(self, claim, outcome, now=now, at=at)
        self._note(claim.notice, outcome)

    def reconciled(self, claim: Claim, finding: Finding, *, at: datetime) -> None:
        FakeOutbox.reconciled(self, claim, finding, at=at)
        self._note(claim.notice, finding)

    def _note(self, notice: Notice, ended: Outcome | Finding) -> None:
        if notice.kind is not NoticeKind.CARD or not isinstance(ended, Posted):
            return
        assert notice.number
        for key, card in self.posted_cards.rows.items():
            if card.number == notice.number and card.is_current:
                self.posted_cards.rows[key] = replace(
                    card, channel_id=ended.channel_id, message_ts=ended.message_ts, shown=1
                )

    def stale_cards(self, *, at: datetime, limit: int) -> Sequence[Card]:
        stale = [c for c in self.posted_cards.rows.values() if c.channel_id and c.shown < c.wanted]
        return stale[:limit]

    def shown(self, card: Card, outcome: Outcome, *, version: int, at: datetime) -> None:
        key = (card.number, card.department)
        if isinstance(outcome, Posted):
            self.posted_cards.rows[key] = replace(self.posted_cards.rows[key], shown=version)


@dataclass(slots=True)
class FakeRecords:
    unit: FakeUnit
    open_now: int = 0

    @contextmanager
    def write(self) -> Iterator[FakeUnit]:
        self.open_now += 1
        yield self.unit
        self.open_now -= 1

    @contextmanager
    def read(self) -> Iterator[FakeUnit]:
        self.open_now += 1
        yield self.unit
        self.open_now -= 1


def fake_records() -> tuple[FakeRecords, CardKeepingOutbox]:
    """Make empty records and the outbox that belongs to them."""
    cards = FakeCards()
    outbox = CardKeepingOutbox(posted_cards=cards)
    unit = FakeUnit(FakeTickets(), FakeCustomers(), cards, FakeDirectory(), FakeNotices(outbox))
    return FakeRecords(unit), outbox
