"""The smaller stores: customers, directory, absences, drafts, receipts, audit."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from storage.records import SqlRecords
from tests.storage.cases import (
    ENGINEER,
    LOGGER,
    NINE,
    STRANGER,
    a_customer,
    a_deadline,
    go_on,
    keep_case,
)
from tickets.case import facts as f
from tickets.case.values import (
    ContactChannel,
    CustomerId,
    CustomerType,
    Kind,
    Number,
    PersonId,
    Salutation,
    Text,
)
from tickets.errors import Conflict, NotFound
from tickets.people.absence import Absence, AbsenceReason
from tickets.people.profile import Mark, Owned, Profile
from tickets.ports import AuditEntry, AuditQuery, Channel, Draft, Member, Receipt

CHANNEL = Channel(id="C1", name="desk", has_bot=True, members=frozenset({LOGGER, ENGINEER}))


def test_a_customer_comes_back_whole(records: SqlRecords) -> None:
    customer = a_customer(
        email="li@example.com",
        address="上海市",
        salutation=Salutation.MS,
        preferred_channel=ContactChannel.EMAIL,
        type=CustomerType.VIP,
        level="gold",
        groups=frozenset({"elderly"}),
        profile=Profile(
            contribution="年采购 120 万",
            products=(Owned("空调", "SN-42"), Owned("冰箱")),
            preferences="晚上致电",
            tags=("团购",),
            fields={"renewal": "2026-12-31"},
        ),
        marks=(Mark("follow_closely", NINE),),
        opt_outs=frozenset({"callbacks"}),
    )
    with records.write() as unit:
        customer = unit.customers.add(customer)

    with records.read() as unit:
        assert unit.customers.get(customer.id) == customer


def test_an_anonymous_customer_has_nothing_to_be_found_by(records: SqlRecords) -> None:
    nobody = a_customer(name="", phone="")
    with records.write() as unit:
        nobody = unit.customers.add(nobody)

    with records.read() as unit:
        assert unit.customers.get(nobody.id) == nobody
        assert unit.customers.find(phone="", email=None) is None
        assert unit.customers.find(phone=None, email="") is None


def test_each_customer_gets_the_next_free_id(records: SqlRecords) -> None:
    with records.write() as unit:
        brought = unit.customers.add(a_customer(code="C000002", phone="+861", email=""))
        made = [unit.customers.add(a_customer(phone=f"+86{n}", email="")).code for n in range(2, 5)]

    assert made == ["C000001", "C000003", "C000004"]
    with records.read() as unit:
        assert unit.customers.by_code("C000002") == brought
        assert unit.customers.by_code("C000009") is None


def test_cases_of_a_kind_are_counted_for_a_customers_life(records: SqlRecords) -> None:
    with records.write() as unit:
        customer = unit.customers.add(a_customer())
        first = keep_case(unit, customer=customer)
        keep_case(unit, customer=customer)
        go_on(unit, first, f.MarkedInvalid(note=Text("重复")))

    with records.read() as unit:
        assert unit.tickets.count_of(customer.id, first.intake.kind) == 1
        assert unit.tickets.count_of(customer.id, Kind.SUGGESTION) == 0


def test_the_same_phone_comes_before_the_same_mail(records: SqlRecords) -> None:
    by_phone, by_mail = a_customer(), a_customer(phone="", email="Li@Example.com")
    with records.write() as unit:
        by_phone, by_mail = unit.customers.add(by_phone), unit.customers.add(by_mail)

    with records.read() as unit:
        assert unit.customers.find(phone=by_phone.phone, email=by_mail.email) == by_phone
        assert unit.customers.find(phone="+861", email="li@example.COM") == by_mail
        assert unit.customers.find(phone="+861", email="x@y.z") is None


def test_a_changed_customer_is_found_by_what_is_true_now(records: SqlRecords) -> None:
    customer = a_customer()
    moved = a_customer(id=customer.id, phone="+8613900139000", name="李晓明")
    with records.write() as unit:
        unit.customers.add(customer)
        unit.customers.save(moved)

    with records.read() as unit:
        assert unit.customers.find(phone=moved.phone, email=None) == moved
        assert unit.customers.find(phone=customer.phone, email=None) is None


def test_a_customer_nobody_knows_is_not_found(records: SqlRecords) -> None:
    with records.write() as unit:
        with pytest.raises(NotFound):
            unit.customers.get(CustomerId("c0"))
        with pytest.raises(NotFound):
            unit.customers.save(a_customer())


def test_a_member_is_known_as_slack_described_them_last(records: SqlRecords) -> None:
    with records.write() as unit:
        unit.directory.keep_person(Member(id=ENGINEER, name="Wang", language="zh-Hans"))
        unit.directory.keep_person(Member(id=ENGINEER, name="Wang", is_active=False))

    with records.read() as unit:
        known = Member(id=ENGINEER, name="Wang", is_active=False)
        assert unit.directory.person(ENGINEER) == known
        assert unit.directory.person(STRANGER) is None


def test_who_left_is_gone_and_who_was_never_seen_is_not(records: SqlRecords) -> None:
    with records.write() as unit:
        unit.directory.keep_person(Member(id=ENGINEER, name="Wang", is_active=False))
        unit.directory.keep_person(Member(id=LOGGER, name="Li"))

    with records.read() as unit:
        assert unit.directory.gone([ENGINEER, LOGGER, STRANGER]) == {ENGINEER}
        assert unit.directory.gone([LOGGER]) == frozenset()
        assert unit.directory.gone([]) == frozenset()


@pytest.mark.parametrize("reference", ["C1", "#desk", "desk"])
def test_a_channel_is_found_by_name_or_id(records: SqlRecords, reference: str) -> None:
    with records.write() as unit:
        unit.directory.keep_channel(CHANNEL)

    with records.read() as unit:
        assert unit.directory.channel(reference) == CHANNEL
        assert unit.directory.channel("#elsewhere") is None


def test_a_name_means_the_channel_that_lives(records: SqlRecords) -> None:
    with records.write() as unit:
        unit.directory.keep_channel(Channel(id="C0", name="desk", is_archived=True))
        unit.directory.keep_channel(CHANNEL)

    with records.read() as unit:
        assert unit.directory.channel("#desk") == CHANNEL


def test_people_come_and_go(records: SqlRecords) -> None:
    with records.write() as unit:
        unit.directory.keep_channel(CHANNEL)
        unit.directory.joined("C1", STRANGER)
        unit.directory.joined("C1", STRANGER)
        unit.directory.left("C1", LOGGER)

    with records.read() as unit:
        channel = unit.directory.channel("C1")
        assert channel is not None
        assert channel.members == {ENGINEER, STRANGER}


def test_a_refresh_forgets_who_left_unnoticed(records: SqlRecords) -> None:
    with records.write() as unit:
        unit.directory.keep_channel(CHANNEL)
        unit.directory.keep_channel(Channel(id="C1", name="desk", members=frozenset({LOGGER})))

    with records.read() as unit:
        channel = unit.directory.channel("C1")
        assert channel is not None
        assert channel.members == {LOGGER}


def test_who_is_away_is_away_until_back(records: SqlRecords) -> None:
    with records.write() as unit:
        unit.absences.leave(ENGINEER, at=NINE)
        unit.absences.leave(ENGINEER, at=NINE)
        unit.absences.leave(LOGGER, at=NINE)
        unit.absences.come_back(LOGGER, NINE)

    with records.read() as unit:
        assert unit.absences.away(NINE) == {ENGINEER}


def test_a_planned_absence_begins_and_ends_by_itself(records: SqlRecords) -> None:
    week = timedelta(days=7)
    planned = Absence(
        person=ENGINEER,
        since=NINE + week,
        until=NINE + 2 * week,
        reason=AbsenceReason.LEAVE,
        planned_by=LOGGER,
    )
    with records.write() as unit:
        unit.absences.plan(planned)
        unit.absences.plan(planned)

    with records.read() as unit:
        assert unit.absences.coming(ENGINEER, NINE) == (planned,)
        assert unit.absences.coming(ENGINEER, planned.until) == ()
        away = [ENGINEER in unit.absences.away(NINE + n * week) for n in (0, 1, 2)]
    assert away == [False, True, False]


def test_who_is_back_early_is_back_and_learns_since_when(records: SqlRecords) -> None:
    later = NINE + timedelta(days=1)
    planned = Absence(
        person=ENGINEER,
        since=NINE,
        until=NINE + timedelta(days=7),
        reason=AbsenceReason.SICK,
        planned_by=ENGINEER,
    )
    with records.write() as unit:
        unit.absences.plan(planned)
        assert unit.absences.come_back(LOGGER, later) is None
        assert unit.absences.come_back(ENGINEER, later) == NINE
        assert unit.absences.away(later) == frozenset()


def test_turns_are_kept_by_department(records: SqlRecords) -> None:
    with records.write() as unit:
        assert unit.absences.turns() == {}
        unit.absences.turned("sales", LOGGER)
        unit.absences.turned("sales", ENGINEER)

    with records.read() as unit:
        assert unit.absences.turns() == {"sales": ENGINEER}


def test_a_draft_is_its_authors_alone(records: SqlRecords) -> None:
    draft = Draft(id="d1", person=LOGGER, text="空调 " * 2000 + "👩‍🚒", kept_at=NINE)
    with records.write() as unit:
        unit.drafts.keep(draft)

    with records.write() as unit:
        assert unit.drafts.take("d1", STRANGER) is None
        assert unit.drafts.take("d1", LOGGER) == draft
        unit.drafts.drop("d1")
        assert unit.drafts.take("d1", LOGGER) is None


def test_old_drafts_are_forgotten_the_younger_stay(records: SqlRecords) -> None:
    with records.write() as unit:
        for name, kept_at in (("old", NINE - timedelta(microseconds=1)), ("young", NINE)):
            unit.drafts.keep(Draft(id=name, person=LOGGER, text="空调", kept_at=kept_at))

        assert unit.drafts.purge(NINE) == 1

    with records.read() as unit:
        assert unit.drafts.take("old", LOGGER) is None
        assert unit.drafts.take("young", LOGGER)


def test_a_receipt_answers_a_repeated_delivery(records: SqlRecords) -> None:
    receipt = Receipt(
        key="view-1", kind="log", number=Number("20261124001"), answer={"a": 1, "b": None}
    )
    with records.write() as unit:
        unit.receipts.keep(receipt, at=NINE)

    with records.read() as unit:
        assert unit.receipts.find("view-1") == receipt
        assert unit.receipts.find("view-2") is None
    with pytest.raises(Conflict), records.write() as unit:
        unit.receipts.keep(receipt, at=NINE)


@pytest.mark.proves("X35")
def test_old_receipts_are_forgotten(records: SqlRecords) -> None:
    month = timedelta(days=30)
    with records.write() as unit:
        unit.receipts.keep(Receipt(key="old", kind="log"), at=NINE - month - timedelta(seconds=1))
        unit.receipts.keep(Receipt(key="new", kind="log"), at=NINE - month)

        assert unit.receipts.purge(NINE - month) == 1

        assert unit.receipts.find("old") is None
        assert unit.receipts.find("new") is not None


def test_the_audit_log_keeps_codes_in_order(records: SqlRecords) -> None:
    with records.write() as unit:
        for outcome in ("refused", "done"):
            entry = AuditEntry(
                at=NINE, by=LOGGER, action="close", number=None, outcome=outcome, detail={"n": 1}
            )
            unit.audit.write(entry)

    with records.read() as unit:
        rows = unit.audit.all(AuditQuery())
    assert [(row.outcome, row.detail, row.at) for row in rows] == [
        ("refused", {"n": 1}, NINE),
        ("done", {"n": 1}, NINE),
    ]


def test_moments_come_back_aware_in_utc_and_sort_as_time_does(records: SqlRecords) -> None:
    shanghai = timezone(timedelta(hours=8))
    late = datetime(2026, 11, 24, 9, 0, 0, 1, tzinfo=shanghai)
    with records.write() as unit:
        unit.customers.add(a_customer(id=CustomerId("a"), created_at=late))
        unit.customers.add(a_customer(id=CustomerId("b"), created_at=NINE))

    with records.read() as unit:
        first = unit.customers.find(phone="+8613800138000", email=None)
        assert first is not None
        assert (first.id, first.created_at.tzinfo) == ("b", UTC)
        assert unit.customers.get(CustomerId("a")).created_at == late


def test_a_naive_moment_is_refused(records: SqlRecords) -> None:
    naive = NINE.replace(tzinfo=None)

    with pytest.raises(Exception, match="without a zone"), records.write() as unit:
        keep_case(unit, deadlines=(a_deadline(due_at=naive),))


def test_one_who_nobody_assigned_has_no_load(records: SqlRecords) -> None:
    with records.write() as unit:
        keep_case(unit)

    with records.read() as unit:
        assert unit.tickets.load([ENGINEER, PersonId("U9")]) == {ENGINEER: 1, "U9": 0}
        assert unit.tickets.load([]) == {}
