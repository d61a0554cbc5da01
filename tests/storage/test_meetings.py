"""The meetings on record: frozen rows, sealed words, and what a meeting is planned from."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from storage.overdue import OVERDUE
from storage.records import SqlRecords
from tests.storage.cases import ENGINEER, LOGGER, NINE, keep_case
from tickets.case import facts as f
from tickets.case.values import Number, PersonId, Priority, Solved, Text
from tickets.errors import NotFound
from tickets.insight.figures import Counted
from tickets.meetings.meeting import (
    Blocker,
    Change,
    Decision,
    Figures,
    Meeting,
    Overdue,
    Row,
    Week,
)
from tickets.time.deadline import DeadlineKind

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
FIGURES = Figures(
    overdue=1,
    new=1,
    still=0,
    solved=0,
    before=None,
    oldest=HOUR,
    departments={"engineering": 1},
    week=Week(closed=2, scored=1, mean=4.5),
    promises={"engineering": Counted(1, 2)},
)


def a_meeting(key: str = "2026-W48", due_at: datetime = NINE) -> Meeting:
    return Meeting(
        key=key,
        starts_at=NINE - timedelta(days=7),
        ends_at=NINE,
        due_at=due_at,
        is_late=False,
        channel="#weekly-review",
        previous=None,
        figures=FIGURES,
    )


def a_row(number: Number, place: int = 1, change: Change = Change.NEW) -> Row:
    case = Overdue(
        number=number,
        department="engineering",
        priority=Priority.P2,
        category="after_sales/fault",
        assignee=ENGINEER,
        restricted=False,
        deadline=DeadlineKind.RESOLUTION,
        since=NINE - HOUR,
    )
    return Row(place=place, case=case, late=HOUR, change=change)


def a_decision(number: Number, place: int = 1) -> Decision:
    return Decision(
        id=f"d{place}",
        meeting="2026-W48",
        number=number,
        place=place,
        text=Text("向第二家供应商订货"),
        owner=ENGINEER,
        due_at=NINE + HOUR,
        help=None,
        decided_at=NINE,
        decided_by=PersonId("U0SUPER"),
    )


def a_blocker(name: str = "压缩机缺货") -> Blocker:
    return Blocker(id="b1", name=Text(name), named_at=NINE, named_by=LOGGER)


def numbers(records: SqlRecords, count: int = 2) -> list[Number]:
    with records.write() as unit:
        return [keep_case(unit).number for _ in range(count)]


def test_a_meeting_comes_back_as_it_was_planned(records: SqlRecords) -> None:
    (number, other) = numbers(records)
    rows = (a_row(number), a_row(other, change=Change.SOLVED))
    with records.write() as unit:
        unit.meetings.add(a_meeting(), rows)

    with records.read() as unit:
        assert unit.meetings.find("2026-W48") == a_meeting()
        assert unit.meetings.rows("2026-W48") == rows[:1]
        assert unit.meetings.solved("2026-W48") == rows[1:]
        assert unit.meetings.row("2026-W48", number) == rows[0]


def test_what_tickets_are_about_is_given_redacted(records: SqlRecords) -> None:
    with records.write() as unit:
        told, other = (keep_case(unit) for _ in range(2))

    with records.read() as unit:
        found = unit.meetings.summaries([told.number])

        assert list(found) == [told.number]
        assert found[told.number]
        assert unit.meetings.summaries([]) == {}
        assert other.number not in found


def test_a_meeting_planned_twice_stays_the_first(records: SqlRecords) -> None:
    (number, _other) = numbers(records)
    with records.write() as unit:
        unit.meetings.add(a_meeting(), [a_row(number)])
        unit.meetings.add(replace(a_meeting(), is_late=True), [a_row(number)])

    with records.read() as unit:
        found = unit.meetings.find("2026-W48")
        assert found is not None and not found.is_late


def test_rows_are_read_a_few_at_a_time_and_none_is_left_out(records: SqlRecords) -> None:
    made = numbers(records, 7)
    with records.write() as unit:
        unit.meetings.add(a_meeting(), [a_row(n, p) for p, n in enumerate(made, start=1)])

    with records.read() as unit:
        pages = list(unit.meetings.each_row("2026-W48", at_once=3))

    assert [len(page) for page in pages] == [3, 3, 1]
    assert [row.case.number for page in pages for row in page] == made


def test_the_last_meetings_are_listed_in_order(records: SqlRecords) -> None:
    weeks = [a_meeting(f"2026-W{40 + n}", NINE + timedelta(days=7 * n)) for n in range(5)]
    with records.write() as unit:
        for one in weeks:
            unit.meetings.add(one, ())

    with records.read() as unit:
        assert unit.meetings.up_to(weeks[3].due_at, most=3) == tuple(weeks[1:4])
        assert unit.meetings.last_before(weeks[3].due_at) == weeks[2]
        assert unit.meetings.last_before(weeks[0].due_at) is None


def test_decisions_keep_their_order_and_their_words_are_sealed(records: SqlRecords) -> None:
    (number, other) = numbers(records)
    with records.write() as unit:
        unit.meetings.add(a_meeting(), [a_row(number)])
        unit.meetings.decide(a_decision(number))
        unit.meetings.decide(a_decision(other, 2))

    with records.read() as unit:
        assert unit.meetings.decisions("2026-W48") == (a_decision(number), a_decision(other, 2))
        assert unit.meetings.decisions("2026-W48", [other]) == (a_decision(other, 2),)
    with records.database.reading() as connection:
        kept = connection.exec_driver_sql("SELECT text FROM decisions").scalars().all()
    assert not any("供应商".encode() in bytes(one) for one in kept)


def test_many_tickets_share_a_blocker_until_it_is_solved(records: SqlRecords) -> None:
    (number, other) = numbers(records)
    with records.write() as unit:
        unit.meetings.name_blocker(a_blocker())
        assert unit.meetings.block("b1", number, since=NINE)
        assert unit.meetings.block("b1", other, since=NINE)
        assert not unit.meetings.block("b1", other, since=NINE)

    with records.write() as unit:
        assert unit.meetings.blockers() == (replace(a_blocker(), tickets=2),)
        assert [one.id for one in unit.meetings.blockers_of([number])[number]] == ["b1"]
        assert unit.meetings.blocked_by("b1") == (number, other)
        assert unit.meetings.solve("b1", at=NINE, by=LOGGER)
        assert not unit.meetings.solve("b1", at=NINE, by=LOGGER)
        assert unit.meetings.blockers() == ()
        assert unit.meetings.blockers_of([number]) == {}


def test_an_unknown_meeting_is_said(records: SqlRecords) -> None:
    with pytest.raises(NotFound), records.write() as unit:
        unit.meetings.hold("2026-W01")


def test_what_was_touched_after_a_moment_is_named(records: SqlRecords) -> None:
    made = numbers(records)

    with records.read() as unit:
        assert unit.meetings.touched_since(NINE - timedelta(days=1)) == frozenset(made)
        assert unit.meetings.touched_since(NINE + timedelta(days=1)) == frozenset()


def test_what_is_overdue_is_found_by_its_index(records: SqlRecords) -> None:
    if not records.database.is_sqlite:
        pytest.skip("the plan of an empty table says nothing on PostgreSQL")
    heard = str(OVERDUE.compile(records.database.readers))

    with records.database.reading() as connection:
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {heard}", ("2026",)).all()

    assert "USING INDEX ix_tickets_due" in " / ".join(step.detail for step in plan)


def test_the_scores_of_the_week_are_of_what_was_closed_in_it(records: SqlRecords) -> None:
    scored = f.Scored(score=4, solved=Solved.YES)
    with records.write() as unit:
        keep_case(unit, f.Resolved(result=Text("已修好")), scored, f.Closed())
        keep_case(unit)

    with records.read() as unit:
        assert unit.meetings.week(NINE, NINE + DAY) == Week(closed=1, scored=1, mean=4.0)
        assert unit.meetings.week(NINE + DAY, NINE + 2 * DAY) == Week()
