"""Filters: combined in any way they leave what a plain scan leaves; hits are shown, counted, put in order."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage import found
from storage.records import SqlRecords
from tests.storage.cases import (
    DAY,
    DIRECTOR,
    ENGINEER,
    LOGGER,
    NINE,
    STRANGER,
    a_customer,
    a_deadline,
    a_log,
    a_query,
    keep_case,
    minutes,
)
from tickets.case import facts as f
from tickets.case.filters import NO_FILTERS, Filters, Order, with_parts
from tickets.case.fold import fold
from tickets.case.listing import Page, Redacted, Sight
from tickets.case.shown import Side
from tickets.case.ticket import Ticket
from tickets.case.values import (
    ContactChannel,
    CustomerType,
    Kind,
    Number,
    PersonId,
    Priority,
    Risk,
    Status,
    Text,
)
from tickets.insight.cohort import Standing
from tickets.insight.rounds import RoundRow, Rows
from tickets.people.profile import Mark
from tickets.ports import Unit
from tickets.time.deadline import Deadline, DeadlineKind

DONE = f.Resolved(result=Text("好了"))
CATEGORIES = ("after_sales/fault", "after_sales/returns", "after_sale/fault", "after_sales0", "x")
NOW = NINE + timedelta(hours=2)
LONG_TEXT = "客户来电反映" + "洗衣机运转正常" * 25 + "门封漏水需更换"


@dataclass(frozen=True, slots=True)
class Case:
    """What a plain scan knows of a ticket."""

    ticket: Ticket
    text: str
    tags: frozenset[str]
    score: int | None
    due_at: datetime | None
    authorities: frozenset[str]


def page(records: SqlRecords, **named: object) -> Page:
    with records.read() as unit:
        return unit.tickets.page(a_query(open_only=False, **{"now": NOW, **named}))


def numbers(records: SqlRecords, **named: object) -> list[Number]:
    return [line.number for line in page(records, **named).lines]


def a_round(ticket: Ticket, round_: int, score: int | None, *, is_last: bool) -> RoundRow:
    return RoundRow(
        number=ticket.number,
        round=round_,
        is_last=is_last,
        counts=True,
        standing=next(iter(Standing)),
        logged_at=ticket.logged_at,
        department=ticket.department,
        assignee=ticket.assignee,
        kind=ticket.intake.kind,
        category=ticket.category,
        priority=ticket.priority,
        channel=ContactChannel.PHONE,
        customer_type=CustomerType.NEW,
        peak=False,
        promised=False,
        in_time=False,
        score=score,
    )


def keep(unit: Unit, drawn: dict[str, Any]) -> Case:
    marks = tuple(Mark(tag, NINE) for tag in sorted(drawn["tags"]))
    customer = unit.customers.add(replace(a_customer(), marks=marks))
    number = unit.tickets.next_number(DAY)
    named = {one: drawn[one] for one in ("priority", "department", "assignee", "logged_by")}
    at = NINE + minutes(drawn["minute"])
    first, *others = a_log(
        number,
        customer.id,
        *drawn["ends"],
        text=drawn["text"],
        at=at,
        risks=drawn["risks"],
        **named,
    )
    said = replace(first.fact, kind=drawn["kind"], category=drawn["category"])
    events = (replace(first, fact=said), *others)
    ticket = fold(events)
    owed = (a_deadline(due_at=drawn["due_at"]),) if drawn["due_at"] and not drawn["ends"] else ()
    waited = drawn["authorities"]
    clocks = (_answered()._replace(detail=one) for one in sorted(waited))
    words = Redacted(summary=drawn["text"][:150], search=drawn["text"])
    unit.tickets.append(ticket, events, deadlines=(*owed, *clocks), redacted=words)
    unit.figures.keep(
        number,
        Rows(
            (
                a_round(ticket, 1, 1, is_last=False),
                a_round(ticket, 2, drawn["score"], is_last=True),
            ),
            (),
        ),
    )
    due_at = drawn["due_at"] if owed else None
    score = (
        drawn["score"] or 1
    )  # the newest that was given: the first round's where the last has none yet
    before = frozenset(one.partition("#")[0] for one in waited)
    return Case(ticket, drawn["text"], drawn["tags"], score, due_at, before)


def _answered() -> Deadline:
    """An authority's clock once it has its answer."""
    return a_deadline(DeadlineKind.AUTHORITY)._replace(met_at=NINE)


def leaves(case: Case, by: Filters, sight: Sight) -> bool:
    """Filter one ticket the slow and plain way."""
    one = case.ticket
    mine = {one.logged_by, one.assignee, one.call_owed_by}
    hidden = one.is_restricted and not sight.restricted and sight.person not in mine
    owners = {one.assignee, one.logged_by, one.call_owed_by}
    wanted = not (by.people or by.nobody) or bool(
        owners & by.people or (by.nobody and one.assignee is None)
    )
    above = {one.category, one.category.partition("/")[0]}
    return (
        wanted
        and (not by.parts or one.status in by.statuses or shows(one) in by.sides)
        and (not by.departments or one.department in by.departments)
        and (not by.priorities or one.priority in by.priorities)
        and (not by.scores or (case.score in by.scores and not hidden))
        and (not by.kinds or (one.intake.kind in by.kinds and not hidden))
        and (not by.categories or (bool(above & by.categories) and not hidden))
        and (not by.tags or (bool(case.tags & by.tags) and not hidden))
        and (not by.authorities or (bool(case.authorities & by.authorities) and not hidden))
        and (by.since is None or one.received_at >= by.since)
        and (by.before is None or one.received_at < by.before)
        and (not by.open_only or one.status.is_open)
        and (not by.overdue or (case.due_at is not None and case.due_at <= NOW))
    )


def shows(one: Ticket) -> Side | None:
    """Which side of its status a ticket is on."""
    match one.status:
        case Status.NEW:
            return Side.ASSIGNED if one.assignee else Side.UNASSIGNED
        case Status.RESOLVED:
            return Side.CONFIRMED if one.confirmed_at else Side.UNCONFIRMED
        case _:
            return None


people = st.sampled_from([ENGINEER, STRANGER, LOGGER])
moments = st.integers(0, 90)
cases = st.fixed_dictionaries(
    {
        "text": st.sampled_from(
            ["空调不制冷", "冰箱 空调", "退款", "ac unit 空调空调", "冰箱漏水"]
        ),
        "department": st.sampled_from(["engineering", "sales", "it's 50%"]),
        "assignee": st.one_of(st.none(), people),
        "logged_by": people,
        "priority": st.sampled_from(Priority),
        "kind": st.sampled_from([Kind.AFTER_SALES, Kind.COMPLAINT, Kind.INQUIRY]),
        "category": st.sampled_from(CATEGORIES),
        "minute": moments,
        "ends": st.sampled_from([(), (DONE,), (DONE, f.Confirmed()), (DONE, f.Closed())]),
        "risks": st.sampled_from([frozenset(), frozenset({Risk.FRAUD})]),
        "tags": st.frozensets(st.sampled_from(["follow", "重点", "fol"])),
        "authorities": st.frozensets(
            st.sampled_from(["12315", "12315#2", "1231", "12345#2", "平台_1#2", "平台x1"]),
            max_size=2,
        ),
        "score": st.one_of(st.none(), st.integers(1, 5)),
        "due_at": st.one_of(st.none(), st.sampled_from([NOW, NOW + minutes(1), NOW - minutes(9)])),
    }
)
narrowing = st.builds(
    Filters,
    statuses=st.frozensets(
        st.sampled_from([Status.NEW, Status.RESOLVED, Status.CLOSED, Status.ON_HOLD]), max_size=2
    ),
    sides=st.frozensets(st.sampled_from(Side), max_size=2),
    departments=st.frozensets(st.sampled_from(["engineering", "it's 50%"]), max_size=1),
    people=st.frozensets(people, max_size=1),
    nobody=st.booleans(),
    categories=st.frozensets(
        st.sampled_from(["after_sales", "after_sales/fault", "x"]), max_size=2
    ),
    kinds=st.frozensets(st.sampled_from([Kind.AFTER_SALES, Kind.COMPLAINT]), max_size=1),
    priorities=st.frozensets(st.sampled_from(Priority), max_size=2),
    scores=st.frozensets(st.integers(1, 5), max_size=3),
    tags=st.frozensets(st.sampled_from(["follow", "重点"]), max_size=1),
    authorities=st.frozensets(
        st.sampled_from(["12315", "1231", "12345", "平台_1", "123%"]), max_size=2
    ),
    since=st.one_of(st.none(), moments.map(lambda one: NINE + minutes(one))),
    before=st.one_of(st.none(), moments.map(lambda one: NINE + minutes(one))),
    overdue=st.booleans(),
    open_only=st.booleans(),
)
one_filter = st.builds(
    lambda given, name: replace(NO_FILTERS, **{name: getattr(given, name)}),
    narrowing,
    st.sampled_from(list(Filters.__dataclass_fields__)),
)
sights = st.sampled_from(
    [
        DIRECTOR,
        Sight(person=STRANGER, everything=True),
        Sight(person=PersonId("U0X"), everything=True),
    ]
)


@pytest.mark.requirement(110)
@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    drawn=st.lists(cases, min_size=3, max_size=10),
    asked=st.lists(st.tuples(st.one_of(one_filter, narrowing), sights), min_size=4, max_size=12),
    words=st.sampled_from(["", "空调", "冰箱", "unit"]),
)
def test_filters_leave_what_a_plain_scan_leaves(
    records: SqlRecords,
    drawn: list[dict[str, Any]],
    asked: list[tuple[Filters, Sight]],
    words: str,
) -> None:
    with records.write() as unit:
        kept = {case.ticket.number: case for case in (keep(unit, one) for one in drawn)}

    for filters, sight in asked:
        found = page(records, words=words, filters=filters, sight=sight, size=10_000)
        mine = [line.number for line in found.lines if line.number in kept]
        by_urgency = not (words or filters.narrow)
        in_order = sorted(mine, key=int, reverse=True) if by_urgency else mine
        assert in_order == _scanned(list(kept.values()), filters, sight, words)
        assert found.total == len(found.lines)


def _scanned(kept: Sequence[Case], filters: Filters, sight: Sight, words: str) -> list[Number]:
    def may_read(one: Ticket) -> bool:
        own = sight.person in {one.logged_by, one.assignee, one.call_owed_by}
        return not one.is_restricted or sight.restricted or own

    left = [
        case.ticket.number
        for case in kept
        if words in case.text
        and leaves(case, filters, sight)
        and (not words or may_read(case.ticket))
    ]
    return sorted(left, key=int, reverse=True)


@pytest.mark.requirement(69, 110)
def test_one_side_of_a_status_leaves_out_the_other(records: SqlRecords) -> None:
    with records.write() as unit:
        lives: dict[Side | Status, Number] = {
            Side.UNASSIGNED: keep_case(unit, assignee=None).number,
            Side.ASSIGNED: keep_case(unit).number,
            Side.UNCONFIRMED: keep_case(unit, DONE).number,
            Side.CONFIRMED: keep_case(unit, DONE, f.Confirmed()).number,
            Status.ACCEPTED: keep_case(unit, f.Accepted()).number,
        }

    for words in ("", "空调"):
        for parts in (
            {Side.UNASSIGNED},
            {Side.ASSIGNED, Status.ACCEPTED},
            {Side.UNCONFIRMED},
            {Side.CONFIRMED, Side.UNASSIGNED},
            {Side.ASSIGNED, Side.UNASSIGNED},
            {Side.CONFIRMED, Status.ACCEPTED, Side.ASSIGNED},
        ):
            left = with_parts(NO_FILTERS, parts)
            found = numbers(records, words=words, filters=left)
            assert found == sorted((lives[one] for one in parts), key=int, reverse=True), parts
    whole = with_parts(NO_FILTERS, {Status.NEW, Side.ASSIGNED})
    assert len(numbers(records, filters=whole)) == 2


def test_a_page_of_hits_is_turned_and_counted(records: SqlRecords) -> None:
    with records.write() as unit:
        mine = [keep_case(unit, text="冰箱漏水").number for _ in range(25)]
        for _ in range(3):
            keep_case(unit, text="冰箱漏水", department="sales")
    only = Filters(departments=frozenset({"engineering"}))

    first = page(records, words="冰箱", filters=only)
    second = page(records, words="冰箱", filters=only, page=2)
    behind = page(records, words="冰箱", filters=only, page=3)

    assert (first.total, second.total, behind.total) == (25, 25, 25)
    assert behind.lines == ()
    assert [line.number for line in (*first.lines, *second.lines)] == mine[::-1]


def test_hits_of_words_alone_are_counted_as_far_as_somebody_turns_the_page(
    records: SqlRecords, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(found, "MOST_COUNTED", 5)
    with records.write() as unit:
        mine = [keep_case(unit, text="冰箱漏水").number for _ in range(9)]

    def turned(page_: int) -> tuple[int, bool, int]:
        found = page(records, words="冰箱", page=page_, size=2)
        return found.total, found.goes_on, len(found.lines)

    assert turned(1) == (5, True, 2)
    assert turned(3) == (8, True, 2)
    assert turned(4) == (9, False, 2)
    assert turned(5) == (9, False, 1)
    assert turned(6) == (9, False, 0)
    assert numbers(records, words="冰箱", page=5, size=2) == [mine[0]]
    exactly = page(records, words="冰箱", size=2, filters=Filters(open_only=True))
    assert (exactly.total, exactly.goes_on) == (9, False)


def test_what_says_the_words_most_often_comes_first(records: SqlRecords) -> None:
    with records.write() as unit:
        once = keep_case(unit, text="冰箱不制冷").number
        often = keep_case(unit, text="冰箱不制冷,新冰箱也不制冷").number
        again = keep_case(unit, text="新买的冰箱").number

    assert numbers(records, words="冰箱") == [again, often, once]
    assert numbers(records, words="冰箱", order=Order.RELEVANCE) == [often, again, once]
    only = Filters(departments=frozenset({"engineering"}))
    for filters in (only, Filters(departments=frozenset({"sales"}))):
        found = page(records, words="冰箱", order=Order.RELEVANCE, filters=filters, size=2)
        left = [often, again] if filters is only else []
        assert ([line.number for line in found.lines], found.total) == (left, 3 if left else 0)


def test_a_hit_is_shown_where_it_stands(records: SqlRecords) -> None:
    with records.write() as unit:
        short = keep_case(unit, text="昨晚 冰箱, 漏水").number
        long = keep_case(unit, text=LONG_TEXT).number

    near, far = page(records, words="冰箱").hits, page(records, words="漏水需").hits

    assert (near[short].before, near[short].hit, near[short].after) == ("昨晚 ", "冰箱", ", 漏水")
    assert far[long].hit == "漏水需"
    assert far[long].before.endswith("洗衣机运转正常门封")


def test_what_a_risk_hides_is_shown_in_no_hit(records: SqlRecords) -> None:
    with records.write() as unit:
        number = keep_case(unit, text="冰箱起火", risks=frozenset({Risk.SAFETY})).number
    colleague = Sight(person=STRANGER, everything=True)

    assert page(records, words="冰箱", sight=colleague).lines == ()
    assert list(page(records, words="冰箱").hits) == [number]


@pytest.mark.requirement(110)
def test_what_a_risk_hides_is_found_by_no_score(records: SqlRecords) -> None:
    with records.write() as unit:
        ticket = keep_case(unit, text="冰箱起火", risks=frozenset({Risk.SAFETY}))
        unit.figures.keep(ticket.number, Rows((a_round(ticket, 1, 1, is_last=True),), ()))
    worst = Filters(scores=frozenset({1}))
    colleague = Sight(person=STRANGER, departments=frozenset({ticket.department}))

    assert numbers(records, filters=worst, sight=colleague) == []
    assert numbers(records, filters=worst) == [ticket.number]
