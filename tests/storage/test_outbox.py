"""The outbox: who may send what when, how sending ends, and what a stale owner cannot do."""

from datetime import datetime, timedelta

import pytest

from storage.database import Database
from storage.outbox import LEASE, SqlOutbox
from storage.records import SqlRecords
from tests.storage.cases import NINE, a_notice, go_on, keep_case, minutes
from tickets.case import facts as f
from tickets.case.ticket import Ticket
from tickets.delivery import Absent, Claim, Never, NotNow, Outcome, Pointless, Posted, Unclear
from tickets.notices import Notice, NoticeKind, NoticeState, Place, PlaceKind, Urgency
from tickets.ports import Unit

AT = datetime.fromisoformat("2026-11-24T08:00:00+00:00")  # real time; the desk's may be another
SECOND = timedelta(seconds=1)
POSTED = Posted("C1", "1700000000.000100")


@pytest.fixture
def outbox(database: Database) -> SqlOutbox:
    return SqlOutbox(database)


def plan(records: SqlRecords, *notices: Notice) -> None:
    with records.write() as unit:
        unit.notices.plan(notices)


def claim(outbox: SqlOutbox, *, now: datetime = NINE, at: datetime = AT) -> Claim:
    claimed = outbox.claim(now=now, at=at, owner="me")
    assert claimed is not None
    return claimed


def nothing_to_claim(outbox: SqlOutbox, *, now: datetime = NINE, at: datetime = AT) -> bool:
    return outbox.claim(now=now, at=at, owner="me") is None


def state(records: SqlRecords, key: str) -> NoticeState | None:
    with records.read() as unit:
        return unit.notices.state(key)


def with_card(unit: Unit) -> tuple[Ticket, Notice]:
    ticket = keep_case(unit)
    unit.cards.want(ticket.number, department="engineering", version=ticket.version)
    notice = card_notice(ticket)
    unit.notices.plan([notice])
    return ticket, notice


def card_notice(ticket: Ticket, department: str = "engineering") -> Notice:
    return a_notice(
        f"card:{ticket.number}:{department}",
        kind=NoticeKind.CARD,
        number=ticket.number,
        place=Place(PlaceKind.CARD, ticket.number),
        department=department,
    )


def test_a_claim_carries_the_notice_and_is_on_disk(records: SqlRecords, outbox: SqlOutbox) -> None:
    notice = a_notice("n", assignee="U1", times=2, late=True, reason=None)
    plan(records, notice)

    claimed = claim(outbox)

    assert claimed.notice == notice
    assert (claimed.attempt, claimed.first_sent_at, claimed.last_sent_at) == (1, AT, AT)
    assert state(records, "n") is NoticeState.SENDING
    assert nothing_to_claim(outbox)


def test_a_known_key_is_planned_once(records: SqlRecords, outbox: SqlOutbox) -> None:
    plan(records, a_notice("n"))
    outbox.settle(claim(outbox), POSTED, now=NINE, at=AT)

    plan(records, a_notice("n"), a_notice("n"))

    assert nothing_to_claim(outbox)
    assert state(records, "n") is NoticeState.SENT


def test_nothing_is_claimed_before_it_is_due(records: SqlRecords, outbox: SqlOutbox) -> None:
    plan(records, a_notice("n", due_at=NINE))

    assert nothing_to_claim(outbox, now=NINE - SECOND, at=AT + minutes(999))
    assert claim(outbox, now=NINE).notice.key == "n"


def test_the_most_urgent_group_goes_first(records: SqlRecords, outbox: SqlOutbox) -> None:
    def to(person: str) -> Place:
        return Place(PlaceKind.PERSON, person)

    plan(
        records,
        a_notice("digest", urgency=Urgency.DIGEST, place=to("U1")),
        a_notice("late", urgency=Urgency.BREACH, place=to("U2"), due_at=NINE),
        a_notice("early", urgency=Urgency.BREACH, place=to("U3"), due_at=NINE - SECOND),
    )

    assert [claim(outbox).notice.key for _ in range(3)] == ["early", "late", "digest"]


def test_a_thread_waits_for_its_card(records: SqlRecords, outbox: SqlOutbox) -> None:
    with records.write() as unit:
        ticket, card = with_card(unit)
        unit.notices.plan([a_notice("reply", number=ticket.number, urgency=Urgency.P1)])

    first = claim(outbox)

    assert first.notice.key == card.key
    assert nothing_to_claim(outbox)
    outbox.settle(first, POSTED, now=NINE, at=AT)
    assert claim(outbox).notice.key == "reply"


@pytest.mark.parametrize("outcome", [NotNow(SECOND, "429"), Unclear("timeout")])
def test_what_is_unfinished_holds_up_its_group(
    records: SqlRecords, outbox: SqlOutbox, outcome: Outcome
) -> None:
    plan(records, a_notice("first"), a_notice("second"))

    outbox.settle(claim(outbox), outcome, now=NINE, at=AT)

    assert nothing_to_claim(outbox)


def test_a_later_reminder_holds_up_nothing_before_it_is_due(
    records: SqlRecords, outbox: SqlOutbox
) -> None:
    plan(records, a_notice("tomorrow", due_at=NINE + minutes(1440)), a_notice("today"))

    assert claim(outbox).notice.key == "today"


@pytest.mark.parametrize(
    ("outcome", "then"),
    [
        (POSTED, NoticeState.SENT),
        (NotNow(SECOND, "429"), NoticeState.READY),
        (Never("is_archived"), NoticeState.PARKED),
        (Unclear("timeout", "C1"), NoticeState.UNCLEAR),
        (Pointless("closed"), NoticeState.SUPERSEDED),
    ],
)
def test_sending_ends_as_it_ended(
    records: SqlRecords, outbox: SqlOutbox, outcome: Outcome, then: NoticeState
) -> None:
    plan(records, a_notice("n"))

    outbox.settle(claim(outbox), outcome, now=NINE, at=AT)

    assert state(records, "n") is then


def test_what_was_refused_is_tried_again_after_its_wait(
    records: SqlRecords, outbox: SqlOutbox
) -> None:
    plan(records, a_notice("n"))
    outbox.settle(claim(outbox), NotNow(minutes(1), "429"), now=NINE, at=AT)

    assert nothing_to_claim(outbox, at=AT + minutes(1) - SECOND)
    again = claim(outbox, at=AT + minutes(1))
    assert (again.attempt, again.first_sent_at) == (2, AT)


@pytest.mark.proves("F25")
def test_a_stale_owner_changes_nothing(records: SqlRecords, outbox: SqlOutbox) -> None:
    plan(records, a_notice("n"))
    frozen = claim(outbox)
    outbox.reconciled(frozen, Absent(), at=AT + minutes(5))

    outbox.settle(frozen, Never("woke up late"), now=NINE, at=AT + minutes(6))

    assert state(records, "n") is NoticeState.READY
    assert claim(outbox).epoch > frozen.epoch


def test_a_settled_notice_is_settled_once(records: SqlRecords, outbox: SqlOutbox) -> None:
    plan(records, a_notice("n"))
    claimed = claim(outbox)
    outbox.settle(claimed, POSTED, now=NINE, at=AT)

    outbox.settle(claimed, Never("again"), now=NINE, at=AT)

    assert state(records, "n") is NoticeState.SENT


def test_unclear_lists_what_has_settled_and_what_lost_its_owner(
    records: SqlRecords, outbox: SqlOutbox
) -> None:
    plan(records, *(a_notice(key, place=Place(PlaceKind.PERSON, key)) for key in "ab"))
    unclear, lost = claim(outbox), claim(outbox)
    outbox.settle(unclear, Unclear("timeout"), now=NINE, at=AT + SECOND)

    assert outbox.unclear(settled_by=AT - SECOND) == ()
    assert outbox.unclear(settled_by=AT) == (unclear,)
    assert outbox.unclear(settled_by=AT + LEASE) == (unclear, lost)


@pytest.mark.parametrize(
    ("finding", "then"),
    [
        (POSTED, NoticeState.SENT),
        (Absent(), NoticeState.READY),
        (NotNow(minutes(1), "ratelimited"), NoticeState.UNCLEAR),
        (Never("not_in_channel"), NoticeState.PARKED),
    ],
)
def test_reading_the_channel_decides(
    records: SqlRecords,
    outbox: SqlOutbox,
    finding: Posted | Absent | NotNow | Never,
    then: NoticeState,
) -> None:
    plan(records, a_notice("n"))
    claimed = claim(outbox)
    outbox.settle(claimed, Unclear("timeout"), now=NINE, at=AT)

    outbox.reconciled(claimed, finding, at=AT)

    assert state(records, "n") is then


def test_a_channel_that_could_not_be_read_is_left_alone_for_a_while(
    records: SqlRecords, outbox: SqlOutbox
) -> None:
    plan(records, a_notice("n"))
    claimed = claim(outbox)
    outbox.settle(claimed, Unclear("timeout"), now=NINE, at=AT)
    outbox.reconciled(claimed, NotNow(minutes(1), "ratelimited"), at=AT)

    assert outbox.unclear(settled_by=AT + SECOND) == ()
    assert [one.notice.key for one in outbox.unclear(settled_by=AT + minutes(1))] == ["n"]


def test_superseding_voids_only_what_is_not_on_its_way(
    records: SqlRecords, outbox: SqlOutbox
) -> None:
    with records.write() as unit:
        number = keep_case(unit).number
        unit.notices.plan([a_notice("going", number=number), a_notice("waiting", number=number)])
    claim(outbox)

    with records.write() as unit:
        unit.notices.supersede(number, [NoticeKind.ASSIGNED], reason="reassigned")

    assert state(records, "going") is NoticeState.SENDING
    assert state(records, "waiting") is NoticeState.SUPERSEDED


def test_a_posted_card_leads_its_thread_to_the_ticket(
    records: SqlRecords, outbox: SqlOutbox
) -> None:
    with records.write() as unit:
        ticket, _ = with_card(unit)

    outbox.settle(claim(outbox), POSTED, now=NINE, at=AT)

    with records.read() as unit:
        assert unit.tickets.by_thread("C1", POSTED.message_ts) == ticket.number
        assert unit.tickets.by_thread("C2", POSTED.message_ts) is None
        assert unit.cards.of(ticket.number)[0].shown == ticket.version


def test_a_card_found_by_reading_the_channel_leads_to_the_ticket_too(
    records: SqlRecords, outbox: SqlOutbox
) -> None:
    with records.write() as unit:
        ticket, _ = with_card(unit)
    claimed = claim(outbox)
    outbox.settle(claimed, Unclear("timeout"), now=NINE, at=AT)

    outbox.reconciled(claimed, POSTED, at=AT)

    with records.read() as unit:
        assert unit.tickets.by_thread("C1", POSTED.message_ts) == ticket.number


def test_a_change_while_the_card_was_being_posted_leaves_it_stale(
    records: SqlRecords, outbox: SqlOutbox
) -> None:
    with records.write() as unit:
        ticket, _ = with_card(unit)
    posting = claim(outbox)
    with records.write() as unit:
        changed = go_on(unit, ticket, f.Accepted())
        unit.cards.want(ticket.number, department="engineering", version=changed.version)

    outbox.settle(posting, POSTED, now=NINE, at=AT)

    (stale,) = outbox.stale_cards(at=AT, limit=5)
    assert (stale.shown, stale.wanted) == (ticket.version, changed.version)


def a_stale_card(records: SqlRecords, outbox: SqlOutbox) -> Ticket:
    with records.write() as unit:
        ticket, _ = with_card(unit)
    outbox.settle(claim(outbox), POSTED, now=NINE, at=AT)
    with records.write() as unit:
        unit.cards.want(ticket.number, department="engineering", version=9)
    return ticket


def test_a_card_that_is_shown_is_stale_no_more(records: SqlRecords, outbox: SqlOutbox) -> None:
    a_stale_card(records, outbox)
    (card,) = outbox.stale_cards(at=AT, limit=5)

    outbox.shown(card, POSTED, version=9, at=AT)

    assert outbox.stale_cards(at=AT, limit=5) == ()


@pytest.mark.parametrize("outcome", [NotNow(minutes(1), "429"), Unclear("timeout")])
def test_a_card_that_could_not_be_shown_is_tried_again(
    records: SqlRecords, outbox: SqlOutbox, outcome: Outcome
) -> None:
    a_stale_card(records, outbox)
    (card,) = outbox.stale_cards(at=AT, limit=5)

    outbox.shown(card, outcome, version=0, at=AT)

    assert outbox.stale_cards(at=AT, limit=5) == ()
    assert outbox.stale_cards(at=AT + minutes(1), limit=5) == (card,)


@pytest.mark.parametrize("outcome", [Never("message_not_found"), Pointless("merged")])
def test_a_card_that_is_gone_is_left_alone_until_the_next_change(
    records: SqlRecords, outbox: SqlOutbox, outcome: Outcome
) -> None:
    ticket = a_stale_card(records, outbox)
    (card,) = outbox.stale_cards(at=AT, limit=5)

    outbox.shown(card, outcome, version=0, at=AT)

    assert outbox.stale_cards(at=AT + minutes(60), limit=5) == ()
    with records.write() as unit:
        unit.cards.want(ticket.number, department="engineering", version=10)
    assert len(outbox.stale_cards(at=AT, limit=5)) == 1


def test_a_slow_courier_does_not_turn_a_card_back(records: SqlRecords, outbox: SqlOutbox) -> None:
    a_stale_card(records, outbox)
    (card,) = outbox.stale_cards(at=AT, limit=5)
    outbox.shown(card, POSTED, version=9, at=AT)

    outbox.shown(card, POSTED, version=5, at=AT)

    assert outbox.stale_cards(at=AT, limit=5) == ()


def test_another_department_gets_a_new_card_and_the_old_one_says_so(
    records: SqlRecords, outbox: SqlOutbox
) -> None:
    with records.write() as unit:
        ticket, _ = with_card(unit)
    outbox.settle(claim(outbox), POSTED, now=NINE, at=AT)

    with records.write() as unit:
        unit.cards.want(ticket.number, department="sales", version=3)
        unit.notices.plan([card_notice(ticket, "sales")])
    outbox.settle(claim(outbox), Posted("C2", "2.0"), now=NINE, at=AT)

    with records.read() as unit:
        new, old = unit.cards.of(ticket.number)
        assert (new.department, new.channel_id, new.is_current) == ("sales", "C2", True)
        assert (old.department, old.is_current) == ("engineering", False)
        assert unit.tickets.by_thread("C1", POSTED.message_ts) == ticket.number
        assert unit.tickets.by_thread("C2", "2.0") == ticket.number
    assert outbox.stale_cards(at=AT, limit=5) == (old,)


def test_what_is_due_and_not_settled_is_counted(records: SqlRecords, outbox: SqlOutbox) -> None:
    plan(records, a_notice("a"), a_notice("b"), a_notice("c", due_at=NINE + SECOND))

    def waiting(due_by: datetime) -> int:
        with records.read() as unit:
            return unit.notices.waiting(due_by=due_by)

    assert (waiting(NINE), waiting(NINE + SECOND)) == (2, 3)

    one = claim(outbox)
    assert waiting(NINE) == 2

    outbox.settle(one, POSTED, now=NINE, at=AT)
    assert waiting(NINE) == 1


def test_a_posted_notice_tells_where_it_stands(records: SqlRecords, outbox: SqlOutbox) -> None:
    plan(records, a_notice("a"))
    with records.read() as unit:
        assert unit.notices.posted("a") is None

    outbox.settle(claim(outbox), POSTED, now=NINE, at=AT)

    with records.read() as unit:
        posting = unit.notices.posted("a")
    assert posting is not None
    assert (posting.channel_id, posting.message_ts) == (POSTED.channel_id, POSTED.message_ts)


@pytest.mark.proves("F25")
def test_who_was_overtaken_cannot_end_what_another_holds(
    records: SqlRecords, outbox: SqlOutbox
) -> None:
    """A process frozen past its lease wakes while another one sends the same notice (F25)."""
    plan(records, a_notice("a"))
    frozen = claim(outbox)
    later = AT + LEASE + SECOND
    outbox.reconciled(frozen, Absent(), at=later)
    holder = claim(outbox, at=later)

    outbox.settle(frozen, POSTED, now=NINE, at=later)
    assert state(records, "a") is NoticeState.SENDING

    outbox.settle(holder, NotNow(SECOND, "busy"), now=NINE, at=later)
    assert state(records, "a") is NoticeState.READY
