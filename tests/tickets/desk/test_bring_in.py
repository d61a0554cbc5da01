"""Cases of a team's own sheet, on both engines: kept once, with their limits, in many parts, whoever is on record."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from storage.records import SqlRecords
from storage.tables import audit
from tests.tickets.desk.desks import ANN, BOB, NINE_THIRTY, SUE, Trial, a_desk
from tests.tickets.handbooks import a_handbook
from tests.tickets.sheets.test_tables import FOLD, LANGUAGES, tongue_of
from tickets.case import facts as f
from tickets.case.fold import fold
from tickets.case.listing import Query, Sight
from tickets.case.log import OPERATOR, Event
from tickets.case.values import AssignCause, CustomerId, Number, Priority, Status, Text
from tickets.desk import talk
from tickets.desk.bring_in import (
    AT_ONCE,
    Came,
    RowReport,
    SheetOfCases,
    bring_in,
    bring_in_whole,
)
from tickets.desk.bringing import Read, Run
from tickets.desk.brought_new import keep_new
from tickets.desk.figure_rows import rebuild
from tickets.errors import Unsure
from tickets.insight.figures import Counted, Figure, Selection
from tickets.people.customers import Customer
from tickets.ports import Unit
from tickets.sheets.names import names_of
from tickets.sheets.row import CaseRow, Entry
from tickets.sheets.story import Setting, tell
from tickets.sheets.tables import Table
from tickets.time.deadline import DeadlineKind
from tickets.time.explain import explain

NAMES = ("number", "received_at", "name", "contact", "description", "urgency", "department", "assignee", "status", "due_at", "result", "score", "closed_on", "backfilled")  # fmt: skip


def nobody_knows(_unit: Unit, _number: Number, _table: Table) -> Sequence[Mapping[str, str]]:
    return ()


def a_sheet(rows: Sequence[Mapping[str, str]], *, renumber: bool = False) -> SheetOfCases:
    """A hotline's sheet of these rows."""
    called = {ANN: "王小明"}
    names = names_of(a_handbook(), [tongue_of(one) for one in LANGUAGES], FOLD, called=called)
    lines = [
        (line, [row.get(name, "") for name in NAMES]) for line, row in enumerate(rows, start=2)
    ]
    return SheetOfCases(
        table=Table.HOTLINE,
        placed={name: at for at, name in enumerate(NAMES)},
        headings=NAMES,
        lines=lines,
        names=names,
        render=nobody_knows,
        renumber=renumber,
    )


def brought(
    trial: Trial, *rows: Mapping[str, str], keeps: bool = True, renumber: bool = False
) -> list[RowReport]:
    sheet = a_sheet(rows, renumber=renumber)
    return [one for part in bring_in(trial.desk, sheet, keeps=keeps) for one in part]


def a_row(number: str = "20230901001", **changes: str) -> dict[str, str]:
    return {
        "number": number,
        "received_at": "2023-09-01 09:30",
        "name": "李*女士",
        "contact": "138****5678",
        "description": "空调不制冷",
        "urgency": "紧急",
        "department": "技术部",
        "status": "已关闭",
        "result": "补充制冷剂",
        "score": "5",
        "closed_on": "2023-09-03",
        **changes,
    }


def test_more_rows_than_one_transaction_takes_are_all_kept_once(records: SqlRecords) -> None:
    trial = a_desk(records)
    rows = [a_row(f"202309{1 + at // 100:02}{1 + at % 100:03}") for at in range(AT_ONCE + 7)]

    first, again = brought(trial, *rows), brought(trial, *rows)

    assert {one.came for one in first} == {Came.MADE}
    assert {one.came for one in again} == {Came.SAME}
    assert [one.line for one in first] == list(range(2, AT_ONCE + 9))
    with records.read() as unit:
        assert unit.tickets.get(Number(rows[-1]["number"])).status is Status.ARCHIVED


def test_a_dry_run_keeps_nothing(records: SqlRecords) -> None:
    trial = a_desk(records)

    (report,) = brought(trial, a_row(), keeps=False)

    assert report.came is Came.MADE
    with records.read() as unit:
        assert unit.sheets.by_number([Number("20230901001")]) == {}


def assignees(trial: Trial, told: Sequence[RowReport]) -> list[str]:
    with trial.desk.records.read() as unit:
        return [unit.tickets.get(Number(one.number)).assignee or "" for one in told]


WRITTEN_BY_HAND = {"number": "", "status": "待受理", "result": "", "score": "", "closed_on": ""}


@pytest.mark.requirement(39)
@pytest.mark.parametrize("department", ["客服部", ""])  # named by the sheet, or by the rules
@pytest.mark.parametrize("at_once", [AT_ONCE, 3])
def test_what_was_written_by_hand_goes_round_as_if_it_had_come_one_after_another(
    records: SqlRecords, monkeypatch: pytest.MonkeyPatch, department: str, at_once: int
) -> None:
    monkeypatch.setattr("tickets.desk.bring_in.AT_ONCE", at_once)
    trial = a_desk(records)
    by_hand = {**WRITTEN_BY_HAND, "department": department, "backfilled": "是"}
    rows = [a_row(**{**by_hand, "description": f"询问第{at}项服务"}) for at in range(6)]

    told = brought(trial, *rows)

    assert assignees(trial, told) == [ANN, BOB] * 3


@pytest.mark.requirement(39)
def test_open_cases_that_the_sheet_names_somebody_for_count_as_theirs(records: SqlRecords) -> None:
    trial = a_desk(records)
    annes = {**WRITTEN_BY_HAND, "department": "客服部", "assignee": "王小明"}
    by_hand = {**WRITTEN_BY_HAND, "department": "客服部", "backfilled": "是"}

    told = brought(
        trial,
        *(a_row(**{**annes, "description": f"第{at}次漏水"}) for at in range(2)),
        *(a_row(**{**by_hand, "description": f"询问第{at}项服务"}) for at in range(3)),
    )

    assert assignees(trial, told) == [ANN, ANN, BOB, BOB, ANN]


@pytest.mark.requirement(99)
def test_no_number_is_drawn_that_a_later_row_of_the_sheet_bears(
    records: SqlRecords, monkeypatch: pytest.MonkeyPatch
) -> None:
    trial = a_desk(records)
    monkeypatch.setattr("tickets.desk.bring_in.AT_ONCE", 1)

    first, second = brought(trial, a_row("A-1"), a_row("20230901001", name="张先生"))

    assert (first.came, second.came) == (Came.MADE, Came.MADE), second.why
    assert (first.number, second.number) == ("20230901002", "20230901001")


@pytest.mark.requirement(99)
@pytest.mark.parametrize(
    "other",
    [{"received_at": "2023-09-01 14:00"}, {"name": "张先生", "description": "出风口漏水"}],
)
def test_a_case_that_got_its_number_here_is_another_than_the_one_a_later_sheet_has_under_it(
    records: SqlRecords, other: Mapping[str, str]
) -> None:
    trial = a_desk(records)
    (drawn,) = brought(trial, a_row("A-1"))
    row = a_row(drawn.number, **other)

    (refused,) = brought(trial, row)
    (renumbered,) = brought(trial, row, renumber=True)
    (again,) = brought(trial, row, renumber=True)

    assert (refused.came, renumbered.came, again.came) == (Came.REFUSED, Came.MADE, Came.SAME)
    assert f"the number {drawn.number} is another case's" in refused.why
    assert renumbered.number == again.number != drawn.number


def test_a_case_whose_number_stands_in_a_later_sheet_with_another_end_is_still_that_case(
    records: SqlRecords,
) -> None:
    trial = a_desk(records)
    (drawn,) = brought(trial, a_row("A-1"))

    (report,) = brought(trial, a_row(drawn.number, result="更换同型号新机"), renumber=True)

    assert (report.came, report.number) == (Came.DIFFERS, drawn.number)


def looks_like(report: RowReport) -> list[str]:
    return [one for one in report.guessed if "looks like" in one]


@pytest.mark.requirement(99)
@pytest.mark.parametrize("keeps", [True, False])
def test_a_row_without_a_number_whose_words_were_put_right_is_said_to_look_like_its_case(
    records: SqlRecords, keeps: bool
) -> None:
    trial = a_desk(records)
    (first,) = brought(trial, a_row(""))

    (report,) = brought(trial, a_row("", description="空调制冷慢"), keeps=keeps)

    assert report.came is Came.MADE  # it may be another matter of the same call
    assert looks_like(report) == [
        f"looks like {first.number} with other words: if it is that case, merge the two"
    ]


@pytest.mark.requirement(99)
@pytest.mark.parametrize(
    "other",
    [
        {"name": "张先生", "contact": "139****1111"},
        {"received_at": "2023-09-01 09:31"},
        {"contact": "139****1111"},
        {"number": "A-1"},
    ],
)
def test_a_row_of_somebody_else_or_of_another_minute_looks_like_none(
    records: SqlRecords, other: Mapping[str, str]
) -> None:
    trial = a_desk(records)
    brought(trial, a_row(""))

    (report,) = brought(trial, {**a_row(""), "description": "空调制冷慢", **other})

    assert (report.came, looks_like(report)) == (Came.MADE, [])


def test_two_matters_of_one_call_look_like_themselves(records: SqlRecords) -> None:
    trial = a_desk(records)
    one, other = a_row(""), a_row("", description="另询问保养费用")

    first, both = brought(trial, one), brought(trial, other, one)

    assert [report.came for report in both] == [Came.MADE, Came.SAME]
    assert both[1].number == first[0].number
    assert not any(looks_like(report) for report in both)


def test_nobodys_row_looks_like_none(records: SqlRecords) -> None:
    trial = a_desk(records)
    nobody = a_row("", name="", contact="")
    brought(trial, nobody)

    (report,) = brought(trial, {**nobody, "description": "空调制冷慢"})

    assert (report.came, looks_like(report)) == (Came.MADE, [])


@pytest.mark.proves("F63")
def test_a_part_that_is_tried_again_guesses_once(
    records: SqlRecords, monkeypatch: pytest.MonkeyPatch
) -> None:
    trial = a_desk(records)
    (drawn,) = brought(trial, a_row("A-1"))
    tries: list[int] = []

    def breaks_off_once(run: Run, unit: Unit, new: Sequence[Read]) -> list[RowReport]:
        told = keep_new(run, unit, new)
        tries.append(len(told))
        if len(tries) == 1:
            raise Unsure("records.unsure")
        return told

    monkeypatch.setattr("tickets.desk.bring_in.keep_new", breaks_off_once)

    (report,) = brought(trial, a_row(drawn.number, name="张先生"), renumber=True)

    assert tries == [1, 1]
    assert [one for one in report.guessed if "another case's" in one] == [
        f"{drawn.number} is another case's: gets a new number of its day"
    ]


def brought_whole(trial: Trial, *rows: Mapping[str, str]) -> list[RowReport]:
    return list(bring_in_whole(trial.desk, a_sheet(rows), step=lambda _: None))


@pytest.mark.requirement(99)
def test_all_or_nothing_keeps_nothing_where_a_late_row_is_refused_only_as_it_is_kept(
    records: SqlRecords, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody logs a case between the look and the keeping; rows of another part were written by then."""
    trial = a_desk(records)
    monkeypatch.setattr("tickets.desk.bring_in.AT_ONCE", 1)
    rows = [a_row("20230901001"), a_row("20250922001", received_at="2025-09-22 08:00")]
    looked = brought(trial, *rows, keeps=False)
    assert trial.log() == "20250922001"
    woken = len(trial.woken)

    first, second = brought_whole(trial, *rows)

    assert [one.came for one in looked] == [Came.MADE, Came.MADE]
    assert (first.came, second.came) == (Came.MADE, Came.REFUSED)
    assert len(trial.woken) == woken
    with records.read() as unit:
        assert unit.sheets.by_number([Number("20230901001")]) == {}
        assert unit.sheets.by_source(Table.HOTLINE, [row["number"] for row in rows]) == {}

    kept = brought_whole(trial, rows[0], a_row("20230901002"))

    assert [one.came for one in kept] == [Came.MADE, Came.MADE]
    with records.database.reading() as connection:
        asked = select(audit.c.detail).where(audit.c.action == "import_tickets")
        (said,) = connection.execute(asked).scalars()  # once, though of two parts
    assert said["new"] == 2


@pytest.mark.proves("F63")
@pytest.mark.requirement(99)
def test_all_or_nothing_cut_off_at_any_part_is_tried_again_as_a_whole(
    records: SqlRecords, monkeypatch: pytest.MonkeyPatch
) -> None:
    trial = a_desk(records)
    monkeypatch.setattr("tickets.desk.bring_in.AT_ONCE", 1)
    parts: list[int] = []

    def breaks_off_once(run: Run, unit: Unit, new: Sequence[Read]) -> list[RowReport]:
        parts.append(len(new))
        if len(parts) == 2:
            raise Unsure("records.unsure")
        return keep_new(run, unit, new)

    monkeypatch.setattr("tickets.desk.bring_in.keep_new", breaks_off_once)
    same = {"contact": "13900000001"}

    told = brought_whole(trial, a_row("20230901001", **same), a_row("20230901002", **same))

    assert parts == [1, 1, 1, 1]
    assert [one.came for one in told] == [Came.MADE, Came.MADE]
    with records.read() as unit:
        one, two = (unit.tickets.get(Number(f"2023090100{at}")) for at in (1, 2))
        assert unit.customers.get(one.customer_id).id == two.customer_id


@pytest.mark.requirement(99)
@pytest.mark.parametrize("whole", [False, True])
def test_rows_that_another_import_kept_meanwhile_are_looked_at_once_more(
    served_records: SqlRecords, monkeypatch: pytest.MonkeyPatch, *, whole: bool
) -> None:
    """Only where two can write at once: between the look and the keeping of one the other keeps the same rows."""
    trial, other = a_desk(served_records), a_desk(served_records)
    other.desk = replace(other.desk, new_id=lambda: str(uuid4()))
    rows = [a_row("20230901001"), a_row("20230901002", contact="13900000001")]
    tries: list[int] = []

    def overtaken(run: Run, unit: Unit, new: Sequence[Read]) -> list[RowReport]:
        tries.append(len(new))
        if len(tries) == 1:
            assert {one.came for one in brought(other, *rows)} == {Came.MADE}
        return keep_new(run, unit, new)

    monkeypatch.setattr("tickets.desk.bring_in.keep_new", overtaken)

    told = brought_whole(trial, *rows) if whole else brought(trial, *rows)

    assert [one.came for one in told] == [Came.SAME, Came.SAME]
    assert tries == [2, 2, 0]


def test_the_same_telephone_is_the_same_customer_and_one_on_record_too(records: SqlRecords) -> None:
    trial = a_desk(records)
    known = trial.log(phone="13900000009")

    brought(
        trial,
        a_row("20230901001", contact="13900000001"),
        a_row("20230901002", contact="139 0000 0001"),
        a_row("20230901003", contact="13900000009"),
    )

    with records.read() as unit:
        whose = [unit.tickets.get(Number(f"2023090100{one}")).customer_id for one in (1, 2, 3)]
        assert whose[0] == whose[1]
        assert whose[2] == unit.tickets.get(known).customer_id


def test_a_customer_is_known_by_phone_by_mail_and_by_what_earlier_rows_said(
    records: SqlRecords,
) -> None:
    trial = a_desk(records)
    known = trial.log(phone="13900000009", email="li@example.com")
    contacts = (
        *("li@example.com", "13900000001 zhao@example.com", "zhao@example.com", "13900000001"),
        *("13900000009 wu@example.com", "wu@example.com"),
    )

    brought(trial, *(a_row(f"2023090100{n}", contact=c) for n, c in enumerate(contacts, start=1)))
    brought(trial, a_row("20230901007", contact="wu@example.com"))

    with records.read() as unit:
        whose = [unit.tickets.get(Number(f"2023090100{one}")).customer_id for one in range(1, 8)]
        assert whose[0] == unit.tickets.get(known).customer_id
        assert len({*whose[1:4]}) == 1
        assert whose[4] == whose[5] == whose[0]
        # What an earlier sheet said of somebody on record does not change how they are reached.
        assert whose[6] not in whose[:6]


def test_a_row_that_stands_twice_word_for_word_is_one_case_and_one_with_another_end_is_refused(
    records: SqlRecords,
) -> None:
    trial = a_desk(records)
    sheet = a_sheet([a_row(), a_row(), a_row(result="换新机")])

    (told,) = bring_in(trial.desk, sheet, keeps=True)

    assert [one.came for one in told] == [Came.MADE, Came.SAME, Came.REFUSED]
    whole = bring_in_whole(trial.desk, a_sheet([a_row(), a_row()]), step=lambda _done: None)
    assert [one.came for one in whole] == [Came.SAME, Came.SAME]


def test_a_case_is_found_by_what_was_written_in_it_not_by_the_sheets_words_for_its_columns(
    records: SqlRecords,
) -> None:
    trial = a_desk(records)
    brought(trial, a_row(assignee="*工", status="处理中", closed_on="", score="", result=""))

    def found(words: str) -> int:
        with records.read() as unit:
            sight = Sight(person=SUE, everything=True)
            return unit.tickets.page(Query(sight=sight, words=words, now=NINE_THIRTY)).total

    assert (found("空调不制冷"), found("技术部"), found("department")) == (1, 0, 0)
    talk.note(trial.desk, Number("20230901001"), Text("已致电"), by=SUE, receipt=trial.receipt())
    assert (found("已致电"), found("技术部"), found("department")) == (1, 0, 0)


def test_a_first_row_without_a_year_is_of_the_last_twelve_months(records: SqlRecords) -> None:
    trial = a_desk(records)
    trial.clock.at = datetime(2026, 11, 24, 4, tzinfo=UTC)
    days = ("11月23日 10:05", "11月25日 10:05", "3月1日 10:05")
    rows = [a_row("", received_at=day, description=day, closed_on="") for day in days]

    told = [brought(trial, row)[0] for row in rows]
    (alone,) = brought(trial, a_row("", received_at="10:05"))

    assert [one.number and one.number[:8] for one in told] == ["20261123", "20251125", "20260301"]
    assert all("taken as of" in one.guessed[0] for one in told)
    assert alone.came is Came.REFUSED


def test_a_case_of_the_hour_that_comes_twice_is_known_again(records: SqlRecords) -> None:
    trial = a_desk(records)
    row = a_row("", received_at="2023-10-29 02:30", closed_on="2023-11-02")
    winter, berlin = timezone(timedelta(hours=1)), ZoneInfo("Europe/Berlin")

    def taken(zone: tzinfo) -> RowReport:
        sheet = a_sheet([row])
        placed = replace(sheet, names=replace(sheet.names, zone=zone))
        ((report,),) = bring_in(trial.desk, placed, keeps=True)
        return report

    made, again = taken(winter), taken(berlin)

    assert (made.came, again.came) == (Came.MADE, Came.SAME)
    assert again.number == made.number


@pytest.mark.requirement(40)
def test_who_is_known_by_name_gets_it_and_answers_for_it(records: SqlRecords) -> None:
    trial = a_desk(records)

    brought(trial, a_row(status="处理中", closed_on="", score="", result="", assignee="王小明"))

    with records.read() as unit:
        ticket = unit.tickets.get(Number("20230901001"))
    assert (ticket.assignee, ticket.logged_by, ticket.status) == (ANN, ANN, Status.IN_PROGRESS)


def test_an_open_case_of_nobody_is_a_supervisors_and_lies_in_its_department(
    records: SqlRecords,
) -> None:
    trial = a_desk(records)

    brought(trial, a_row(status="待处理", closed_on="", score="", result="", assignee="*工"))

    with records.read() as unit:
        ticket = unit.tickets.get(Number("20230901001"))
    assert (ticket.assignee, ticket.logged_by, ticket.department) == (None, SUE, "tech")


@pytest.mark.requirement(47)
def test_its_own_limit_explains_itself(records: SqlRecords) -> None:
    trial = a_desk(records)
    brought(
        trial, a_row(status="待处理", closed_on="", score="", result="", due_at="2023-09-02 24:00")
    )

    handbook = trial.desk.handbook()
    with records.read() as unit:
        log = unit.tickets.events(Number("20230901001"))
    receipts = explain(log, handbook.policies, trial.desk.calendar(), pauses=handbook.pauses)

    (limit,) = [one for one in receipts if one.deadline.kind is DeadlineKind.RESOLUTION]
    assert limit.deadline.due_at == datetime(2023, 9, 2, 16, 0, tzinfo=UTC)
    assert (limit.target.amount, limit.target.unit) == (38 * 60 + 30, "m")
    assert (
        sum((line.time for line in limit.lines), start=limit.lines[0].time * 0).total_seconds()
        == 38.5 * 3600
    )


def test_an_ended_case_starts_no_clock(records: SqlRecords) -> None:
    trial = a_desk(records)

    brought(trial, a_row(score="2"))

    with records.read() as unit:
        assert unit.watch.deadlines(Number("20230901001")) == ()


def test_a_bad_score_of_the_past_begins_no_round(records: SqlRecords) -> None:
    trial = a_desk(records)

    brought(trial, a_row(score="不满意"))

    with records.read() as unit:
        ticket = unit.tickets.get(Number("20230901001"))
    assert (ticket.satisfaction, ticket.round, ticket.owes_supervisor_call) == (2, 1, False)


@given(
    status=st.sampled_from([*Status]),
    process=st.lists(
        st.tuples(st.integers(-500, 5000), st.text(min_size=1, max_size=5)), max_size=4
    ),
    score=st.none() | st.integers(1, 5),
    done=st.none() | st.integers(0, 5000),
    archived=st.booleans(),
)
def test_a_story_goes_forward_in_time_and_folds_to_what_the_row_says(
    status: Status,
    process: list[tuple[int, str]],
    score: int | None,
    done: int | None,
    archived: bool,
) -> None:
    """Whatever a row holds, its log never goes back, never lies ahead, and ends in the row's own status."""
    status = Status.CLOSED if status in {Status.MERGED, Status.ARCHIVED} or archived else status
    received = NINE_THIRTY - timedelta(days=2)
    row = CaseRow(
        table=Table.HOTLINE,
        received_at=received,
        description="空调不制冷",
        status=status,
        is_archived=archived,
        process=tuple(Entry(received + timedelta(minutes=at), text) for at, text in process),
        score=score if not status.is_working else None,
        done_at=received + timedelta(minutes=done) if done is not None else None,
    )
    setting = Setting(
        customer=Customer(id=CustomerId("c"), created_at=received),
        logger=OPERATOR,
        given=f.Assigned(department="tech", assignee=None, cause=AssignCause.PERSON),
        priority=Priority.P2,
        watched_until=lambda end: end + timedelta(days=7),
        archive_key="20230901-x",
        now=NINE_THIRTY,
    )

    told = tell(row, setting)

    moments = [at for at, _, _ in told]
    assert moments == sorted(moments)
    assert moments[0] == received
    assert moments[-1] <= NINE_THIRTY
    events = [
        Event("t", Number("20230901001"), seq, at, by, fact)
        for seq, (at, by, fact) in enumerate(told, start=1)
    ]
    assert fold(events).status is (Status.ARCHIVED if archived else status)
    assert isinstance(told[-2 if archived else -1][2], f.Imported)


@pytest.mark.requirement(99, 102)
def test_figures_count_what_came_in_as_if_it_had_been_logged_here(records: SqlRecords) -> None:
    trial = a_desk(records)
    rows = [
        a_row("20230901001"),
        a_row("20230901002", score="2"),
        a_row("20230901003", status="待处理", closed_on="", score="", result=""),
    ]
    everything = Sight(person=SUE, everything=True)

    def counted() -> Mapping[Figure, Mapping[str, Counted]]:
        start = datetime(2023, 9, 1, tzinfo=UTC) - timedelta(hours=8)
        now = trial.clock.now()
        chosen = Selection(start=start, end=now, now=now, sight=everything)
        with records.read() as unit:
            return unit.figures.counts(chosen)

    brought(trial, *rows)

    found = counted()
    with records.read() as unit:
        assert unit.figures.without_rows(after=None, limit=9) == []
    assert found[Figure.TOTAL] == {"": Counted(3, 3)}
    assert found[Figure.SOLVED] == {"": Counted(2, 3)}
    assert found[Figure.SATISFACTION] == {"": Counted(1, 2)}
    assert sum(rebuild(trial.desk)) == 3
    assert counted() == found
