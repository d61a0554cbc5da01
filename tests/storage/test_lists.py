"""Lists: who sees which tickets, in which order, page by page."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import event

from storage.database import Database
from storage.records import SqlRecords
from tests.storage.cases import (
    DIRECTOR,
    ENGINEER,
    LOGGER,
    NINE,
    STRANGER,
    TEN,
    a_deadline,
    a_query,
    go_on,
    keep_case,
    minutes,
)
from tickets.case import facts as f
from tickets.case.filters import Filters
from tickets.case.listing import Page, Query, Scope, Sight, Tally
from tickets.case.shown import Shown
from tickets.case.values import AssignCause, Number, PersonId, Priority, Risk, Status, Text
from tickets.ports import Unit
from tickets.time.deadline import Deadline, DeadlineKind

HELPER = PersonId("U0HELPER")
CLOSED = (f.Resolved(result=Text("好了")), f.Closed())


def page(records: SqlRecords, **named: object) -> Page:
    with records.read() as unit:
        return unit.tickets.page(a_query(**named))


def listed(records: SqlRecords, **named: object) -> list[Number]:
    return [line.number for line in page(records, **named).lines]


def stopped(kind: DeadlineKind) -> Deadline:
    return Deadline(
        kind=kind, round=1, starts_at=NINE, due_at=None, warn_at=None, paused_since=NINE
    )


def test_a_line_says_what_the_ticket_is(records: SqlRecords) -> None:
    with records.write() as unit:
        ticket = keep_case(unit, deadlines=(a_deadline(), a_deadline(DeadlineKind.PLAN)))

    (line,) = page(records).lines

    assert (line.number, line.status, line.assignee) == (ticket.number, Status.NEW, ENGINEER)
    assert (line.received_at, line.changed_at) == (NINE, NINE)
    assert (line.next_due_at, line.summary) == (TEN, "空调不制冷,昨晚开始")


@pytest.mark.requirement(69)
def test_a_line_says_whether_the_customer_confirmed(records: SqlRecords) -> None:
    with records.write() as unit:
        ticket = keep_case(unit, f.Resolved(result=Text("好了")))
    assert page(records).lines[0].shown is None

    with records.write() as unit:
        ticket = go_on(unit, ticket, f.Confirmed())
    assert page(records).lines[0].shown is Shown.CONFIRMED

    with records.write() as unit:
        ticket = go_on(
            unit, ticket, f.RoundBegun(round=2, by_low_score=False, reason=Text("又坏了"))
        )
    assert page(records).lines[0].shown is None

    with records.write() as unit:
        again = f.Assigned(department="engineering", assignee=ENGINEER, cause=AssignCause.RULE)
        go_on(unit, ticket, again)
    assert page(records).lines[0].shown is Shown.ASSIGNED


def test_urgency_orders_then_the_next_deadline_then_the_number(records: SqlRecords) -> None:
    def case(priority: Priority, *due_in: int) -> Number:
        owed = tuple(a_deadline(due_at=NINE + minutes(minute)) for minute in due_in)
        return keep_case(unit, priority=priority, deadlines=owed).number

    with records.write() as unit:
        never = case(Priority.P2)
        late = case(Priority.P2, 90)
        soon = case(Priority.P2, 30)
        twin = case(Priority.P2, 30)
        grave = case(Priority.P1)

    assert listed(records) == [grave, soon, twin, late, never]


def test_the_next_deadline_is_the_earliest_that_is_still_owed(records: SqlRecords) -> None:
    met = Deadline(
        kind=DeadlineKind.ACCEPT, round=1, starts_at=NINE, due_at=NINE, warn_at=None, met_at=NINE
    )
    void = Deadline(
        kind=DeadlineKind.PLAN, round=1, starts_at=NINE, due_at=NINE, warn_at=None, void=True
    )
    with records.write() as unit:
        keep_case(unit, deadlines=(met, void, a_deadline(), stopped(DeadlineKind.RESOLUTION)))

    (line,) = page(records).lines

    assert (line.next_kind, line.next_due_at) == (DeadlineKind.RESPONSE, TEN)
    assert line.paused_since == NINE


def test_deadlines_no_longer_owed_leave_no_trace(database: Database, records: SqlRecords) -> None:
    with records.write() as unit:
        ticket = keep_case(unit, deadlines=(a_deadline(), a_deadline(DeadlineKind.PLAN)))
        go_on(unit, ticket, f.Accepted(), deadlines=(a_deadline(due_at=TEN + minutes(1)),))

    assert page(records).lines[0].next_due_at == TEN + minutes(1)
    with database.reading() as connection:
        kept = connection.exec_driver_sql("SELECT kind FROM deadlines").scalars().all()
    assert kept == ["response"]


@pytest.mark.parametrize(
    ("sight", "seen"),
    [
        (DIRECTOR, True),
        (Sight(person=LOGGER), True),
        (Sight(person=ENGINEER), True),
        (Sight(person=HELPER), True),
        (Sight(person=LOGGER, own=False), False),
        (Sight(person=STRANGER), False),
        (Sight(person=STRANGER, unassigned=True), False),
        (Sight(person=STRANGER, departments=frozenset({"engineering"})), True),
        (Sight(person=STRANGER, departments=frozenset({"sales"})), False),
    ],
)
def test_who_sees_a_ticket(records: SqlRecords, sight: Sight, seen: bool) -> None:
    helped = f.CollaboratorsNamed(people=(HELPER,), contact=HELPER)
    with records.write() as unit:
        ticket = keep_case(unit, helped)

    with records.read() as unit:
        assert unit.tickets.visible(ticket.number, sight) is seen
        assert not unit.tickets.visible(Number("20010101001"), sight)
        assert not unit.tickets.visible(Number("nonsense"), sight)
    assert (listed(records, sight=sight) == [ticket.number]) is seen


def test_who_helps_no_longer_sees_it_no_longer(records: SqlRecords) -> None:
    with records.write() as unit:
        ticket = keep_case(unit, f.CollaboratorsNamed(people=(HELPER,), contact=HELPER))
        go_on(unit, ticket, f.CollaboratorsNamed(people=(), contact=None))

    assert listed(records, sight=Sight(person=HELPER)) == []


def test_the_queue_nobody_has_taken_is_seen_by_agents(records: SqlRecords) -> None:
    with records.write() as unit:
        waiting = keep_case(unit, assignee=None).number
        keep_case(unit, *CLOSED, assignee=None)
    agent = Sight(person=STRANGER, unassigned=True)

    assert listed(records, sight=agent, open_only=False) == [waiting]
    assert listed(records, sight=agent, scope=Scope.UNASSIGNED) == [waiting]


def test_mine_are_those_i_work_on_and_those_i_logged_until_they_close(records: SqlRecords) -> None:
    with records.write() as unit:
        mine = keep_case(unit, assignee=STRANGER).number
        logged = keep_case(unit, logged_by=STRANGER).number
        keep_case(unit, *CLOSED, logged_by=STRANGER)
        keep_case(unit)

    assert listed(records, sight=Sight(person=STRANGER), scope=Scope.MINE) == [mine, logged]


def test_a_call_is_with_who_owes_it_while_it_is_owed(records: SqlRecords) -> None:
    taken = f.CallTakenOver(caller=STRANGER)
    with records.write() as unit:
        ticket = keep_case(unit, f.Resolved(result=Text("好了")))

    def mine() -> list[list[Number]]:
        people = [Sight(person=person) for person in (LOGGER, STRANGER)]
        return [listed(records, sight=one, scope=Scope.MINE, open_only=False) for one in people]

    assert mine() == [[ticket.number], []]
    with records.write() as unit:
        ticket = go_on(unit, ticket, taken)
    assert mine() == [[], [ticket.number]]
    assert page(records).lines[0].caller == STRANGER
    assert listed(records, sight=Sight(person=LOGGER)) == [ticket.number]
    with records.write() as unit:
        go_on(unit, ticket, f.Closed())
    assert mine() == [[], []]


def test_overdue_means_due_now_or_before(records: SqlRecords) -> None:
    with records.write() as unit:
        number = keep_case(unit, deadlines=(a_deadline(due_at=TEN),)).number

    assert listed(records, scope=Scope.OVERDUE, now=TEN) == [number]
    assert listed(records, scope=Scope.OVERDUE, now=TEN - timedelta(microseconds=1)) == []


def test_without_a_next_step_is_what_owes_nothing_and_waits_for_nobody(records: SqlRecords) -> None:
    with records.write() as unit:
        idle = keep_case(unit).number
        keep_case(unit, deadlines=(a_deadline(),))
        keep_case(unit, deadlines=(stopped(DeadlineKind.RESOLUTION),))
        keep_case(unit, *CLOSED)

    assert listed(records, scope=Scope.NO_NEXT_STEP) == [idle]


def test_a_department_lists_its_own(records: SqlRecords) -> None:
    with records.write() as unit:
        sold = keep_case(unit, department="sales").number
        keep_case(unit)
    member = Sight(person=STRANGER, departments=frozenset({"sales"}))

    assert listed(records, scope=Scope.DEPARTMENT, department="sales") == [sold]
    assert listed(records, scope=Scope.DEPARTMENT, sight=member) == [sold]


def test_closed_ones_are_listed_when_asked_for(records: SqlRecords) -> None:
    with records.write() as unit:
        closed = keep_case(unit, *CLOSED).number

    assert listed(records) == []
    assert listed(records, open_only=False) == [closed]


def test_a_risk_hides_the_words_from_colleagues(records: SqlRecords) -> None:
    with records.write() as unit:
        keep_case(unit, risks=frozenset({Risk.SAFETY}))
    colleague = Sight(person=STRANGER, departments=frozenset({"engineering"}))

    def words(sight: Sight) -> str:
        (line,) = page(records, sight=sight).lines
        assert line.restricted
        return line.summary

    assert words(colleague) == ""
    assert words(Sight(person=STRANGER, everything=True)) == ""
    assert words(DIRECTOR) == words(Sight(person=ENGINEER)) == "空调不制冷,昨晚开始"


def test_pages_are_whole_and_know_how_many_there_are(records: SqlRecords) -> None:
    with records.write() as unit:
        numbers = [keep_case(unit).number for _ in range(41)]

    pages = [page(records, page=number) for number in (1, 2, 3, 4)]

    assert [line.number for one in pages for line in one.lines] == numbers
    assert [one.total for one in pages] == [41, 41, 41, 41]


def test_a_glance_counts_what_the_lists_hold(records: SqlRecords) -> None:
    with records.write() as unit:
        keep_case(unit, deadlines=(a_deadline(due_at=NINE),), assignee=None)
        keep_case(unit, f.Waiting(reason=Text("等")), deadlines=(stopped(DeadlineKind.PLAN),))
        keep_case(unit, f.Held(reason=Text("等")), department="sales")
        keep_case(unit, *CLOSED)
        keep_case(unit, *CLOSED, at=NINE - minutes(1))
    member = Sight(person=STRANGER, departments=frozenset({"sales"}))

    with records.read() as unit:
        all_of_it = unit.tickets.tally(DIRECTOR, now=NINE, since=NINE)
        of_sales = unit.tickets.tally(member, now=NINE, since=NINE)
        of_nobody = unit.tickets.tally(Sight(person=STRANGER), now=NINE, since=NINE)

    assert all_of_it == Tally(
        open=3,
        overdue=1,
        waiting=2,
        unassigned=1,
        no_next_step=1,
        logged_today=4,
        closed_today=1,
    )
    for count, scope in (
        (all_of_it.open, Scope.ALL),
        (all_of_it.overdue, Scope.OVERDUE),
        (all_of_it.unassigned, Scope.UNASSIGNED),
        (all_of_it.no_next_step, Scope.NO_NEXT_STEP),
    ):
        assert page(records, scope=scope).total == count
    assert (of_sales.open, of_sales.waiting, of_sales.logged_today) == (1, 1, 1)
    assert of_nobody == Tally(
        open=0,
        overdue=0,
        waiting=0,
        unassigned=0,
        no_next_step=0,
        logged_today=0,
        closed_today=0,
    )


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_glance_looks_at_indexes_alone(database: Database, records: SqlRecords) -> None:
    plan = plans(
        database,
        statements(
            database, records, lambda unit: unit.tickets.tally(DIRECTOR, now=NINE, since=NINE)
        ),
    )

    looks = [step for step in plan if "tickets" in step]
    assert len(looks) == 4
    assert all("USING COVERING INDEX" in step for step in looks), looks


def plan_of(database: Database, query: str) -> str:
    with database.reading() as connection:
        rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {query}").all()
    return "\n".join(row[-1] for row in rows)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_what_is_due_is_found_through_its_index(database: Database) -> None:
    """A bound status would hide the partial index from SQLite (BASELINES.md 3)."""
    due = "SELECT number FROM tickets WHERE next_due_at <= '2026' ORDER BY next_due_at LIMIT 100"

    assert "ix_tickets_due" in plan_of(database, due)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("asked", "index"),
    [
        (Query(sight=DIRECTOR, now=NINE), "_open"),  # either index of open tickets
        (Query(sight=DIRECTOR, now=NINE, scope=Scope.OVERDUE), "_open"),
        (Query(sight=DIRECTOR, now=NINE, scope=Scope.NO_NEXT_STEP), "ix_tickets_no_next_step"),
        (
            Query(sight=DIRECTOR, now=NINE, customer="c", open_only=False),
            "_customer_id_received_at",
        ),
        (
            Query(sight=DIRECTOR, now=NINE, scope=Scope.ARCHIVED, open_only=False),
            "ix_tickets_archived",
        ),
        (Query(sight=DIRECTOR, now=NINE, words="退款"), "ticket_search VIRTUAL TABLE INDEX"),
        (
            Query(
                sight=DIRECTOR,
                now=NINE,
                open_only=False,
                filters=Filters(authorities=frozenset({"12315"})),
            ),
            "ix_deadlines_authority (detail>?)",
        ),
    ],
)
def test_lists_and_searches_go_through_their_index(
    database: Database, records: SqlRecords, asked: Query, index: str
) -> None:
    said = statements(database, records, lambda unit: unit.tickets.page(asked))

    assert said
    for one in said:
        steps = plans(database, [one])
        assert any(index in step for step in steps), steps


Statements = list[tuple[str, tuple[object, ...]]]


def plans(database: Database, said: Statements) -> list[str]:
    """Explain how SQLite goes about statements, step by step."""
    with database.reading() as connection:
        explained = [
            connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values).all()
            for statement, values in said
        ]
    return [row[-1] for rows in explained for row in rows]


def statements(
    database: Database, records: SqlRecords, ask: Callable[[Unit], object]
) -> Statements:
    said: Statements = []

    def note(
        _connection: object, _cursor: object, statement: str, values: object, *_: object
    ) -> None:
        said.append((statement, tuple(values)))

    event.listen(database.readers, "before_cursor_execute", note)
    with records.read() as unit:
        ask(unit)
    event.remove(database.readers, "before_cursor_execute", note)
    return [one for one in said if one[0].startswith(("SELECT", "WITH"))]
