"""Answers of a survey by import: each case scored once, a low one passed on as by hand, nothing said twice (R87–R91)."""

import pytest

from storage.records import SqlRecords
from storage.tables import audit, notices
from tests.tickets.desk.desks import ANN, KEN, SUE, Trial, a_desk
from tickets.case import facts as f
from tickets.case.log import OPERATOR
from tickets.case.ticket import Ticket
from tickets.case.values import (
    ContactChannel,
    Dissatisfaction,
    Number,
    Priority,
    Solved,
    Status,
    Text,
)
from tickets.desk import ending, work
from tickets.desk.change import record, scene_of
from tickets.desk.import_survey import Came, RowReport, import_survey
from tickets.errors import DeskError
from tickets.people.roles import Action
from tickets.time.deadline import DeadlineKind

pytestmark = pytest.mark.requirement(87, 89, 90, 91)


@pytest.fixture
def trial(either_records: SqlRecords) -> Trial:
    return a_desk(either_records)


@pytest.fixture
def number(trial: Trial) -> Number:
    """A fault that was solved and Ann told of."""
    return told(trial)


def told(trial: Trial, **changes: object) -> Number:
    number = trial.log(urgency=Priority.P2, **changes)
    solved(trial, number)
    return number


def solved(trial: Trial, number: Number) -> None:
    desk, done = trial.desk, f.Resolved(result=Text("补充制冷剂"))
    by = now(trial, number).assignee
    assert by
    work.accept(desk, number, by=by, receipt=trial.receipt())
    work.resolve(desk, number, done, by=by, receipt=trial.receipt())
    said = f.CustomerTold(way=ContactChannel.PHONE, happened_at=trial.clock.at)
    ending.tell(desk, number, said, by=ANN, receipt=trial.receipt())
    trial.clock.move(minutes=30)


def take(trial: Trial, *rows: dict[str, str], dry_run: bool = False) -> list[RowReport]:
    return list(import_survey(trial.desk, rows, dry_run=dry_run))


def came(reports: list[RowReport]) -> list[Came]:
    return [one.came for one in reports]


def why(reports: list[RowReport]) -> str:
    (said,) = (one.why for one in reports)
    return said.message.id if isinstance(said, DeskError) else said


def now(trial: Trial, number: Number) -> Ticket:
    with trial.desk.records.read() as unit:
        return unit.tickets.get(number)


def facts_of(trial: Trial, number: Number) -> list[f.Fact]:
    with trial.desk.records.read() as unit:
        return [event.fact for event in unit.tickets.events(number) if event.by == OPERATOR]


def said_so_far(trial: Trial) -> set[str]:
    with trial.desk.records.database.reading() as connection:  # type: ignore[attr-defined]
        return set(connection.execute(notices.select().with_only_columns(notices.c.key)).scalars())


def test_a_good_answer_is_on_record_and_says_nothing_to_anybody(
    trial: Trial, number: Number
) -> None:
    before = said_so_far(trial)

    row = {"工单编号": number, "总体": "非常满意", "是否解决": "是", "效率": "4", "评价": "很快"}
    (report,) = take(trial, row)

    assert (report.line, report.came, report.number) == (2, Came.TAKEN, number)
    assert now(trial, number).satisfaction == 5
    assert facts_of(trial, number) == [
        f.Opinion(question="efficiency", scale=4),
        f.Scored(score=5, solved=Solved.YES, words=Text("很快")),
    ]
    assert said_so_far(trial) == before


@pytest.mark.requirement(46, 62)
@pytest.mark.proves("X28")
def test_a_low_answer_passes_the_case_on_as_by_hand_and_the_operator_is_on_record(
    trial: Trial, number: Number
) -> None:
    (report,) = take(trial, {"工单编号": number, "总体": "不满意", "态度": "1"})

    ticket = now(trial, number)
    assert report.came is Came.AGAIN
    assert (ticket.status, ticket.round, ticket.priority) == (Status.NEW, 2, Priority.P1)
    assert ticket.assignee == KEN
    assert ticket.owes_supervisor_call
    scored = next(one for one in facts_of(trial, number) if isinstance(one, f.Scored))
    assert (scored.dissatisfaction, scored.solved) == (Dissatisfaction.ATTITUDE, None)
    with trial.desk.records.read() as unit:
        owed = [one.kind for one in unit.watch.deadlines(number) if one.is_owed]
    assert DeadlineKind.SUPERVISOR_CALLBACK in owed
    assert [one for one in said_so_far(trial) if one.startswith(f"low_score:{number}:2")]
    with trial.desk.records.database.reading() as connection:  # type: ignore[attr-defined]
        rows = connection.execute(audit.select().where(audit.c.actor == OPERATOR)).all()
    assert [(row.action, row.number, row.outcome) for row in rows] == [
        (Action.SCORE, number, "done")
    ]


@pytest.mark.parametrize("score", ["5", "2"])
@pytest.mark.parametrize("answered", ["", "2025-09-22 10:00"])
def test_the_same_file_again_changes_nothing_in_whichever_round(
    trial: Trial, number: Number, score: str, answered: str
) -> None:
    row = {"工单编号": number, "总体": score, "答题时间": answered}
    take(trial, row)
    once = now(trial, number)

    assert came(take(trial, row)) == [Came.SAME]
    assert now(trial, number) == once
    if score == "2":
        solved(trial, number)
        assert came(take(trial, row)) == [Came.SAME]
        assert now(trial, number).satisfaction is None


def test_another_answer_to_what_was_answered_is_refused_with_the_reason(
    trial: Trial, number: Number
) -> None:
    take(trial, {"工单编号": number, "总体": "5"})

    second = take(trial, {"工单编号": number, "总体": "2"})

    assert came(second) == [Came.REFUSED]
    assert "round 1 has the score 5 already" in why(second)
    assert now(trial, number).scores == (5,)


def test_a_score_by_hand_is_not_written_over(trial: Trial, number: Number) -> None:
    by_hand = f.Scored(score=4, solved=Solved.YES)
    ending.score(trial.desk, number, by_hand, by=ANN, receipt=trial.receipt())

    assert "has the score 4 already" in why(take(trial, {"工单": number, "总体": "3"}))


def test_an_answer_about_a_round_that_is_over_is_not_the_next_ones(
    trial: Trial, number: Number
) -> None:
    trial.clock.move(hours=1)
    ending.reopen(trial.desk, number, Text("又坏了"), by=SUE, receipt=trial.receipt())
    trial.clock.move(hours=1)
    solved(trial, number)

    late = take(trial, {"工单": number, "总体": "1", "提交时间": "2025-09-22 10:05"})

    assert "about round 1, which is over" in why(late)
    assert came(take(trial, {"工单": number, "总体": "5"})) == [Came.TAKEN]


def test_a_dry_run_says_the_same_and_keeps_nothing(trial: Trial, number: Number) -> None:
    good, other = {"工单": number, "总体": "5"}, {"工单": number, "总体": "2"}
    before = said_so_far(trial)

    tried = take(trial, good, good, other, dry_run=True)

    assert now(trial, number).satisfaction is None
    assert said_so_far(trial) == before
    assert came(tried) == came(take(trial, good, good, other))
    assert came(tried) == [Came.TAKEN, Came.SAME, Came.REFUSED]


@pytest.mark.parametrize("contact", [{"电话": "13812345678"}, {"手机": "+86 138 1234 5678"}])
def test_a_customer_and_a_day_name_the_case(
    trial: Trial, number: Number, contact: dict[str, str]
) -> None:
    row = {**contact, "总体": "5", "日期": "2025-09-22"}

    assert [(one.came, one.number) for one in take(trial, row)] == [(Came.TAKEN, number)]
    later = told(trial, category="after_sales/installation")
    assert came(take(trial, row)) == [Came.SAME]
    assert now(trial, later).satisfaction is None


def test_where_several_cases_may_be_meant_the_number_is_asked_for(
    trial: Trial, number: Number
) -> None:
    other = told(trial, category="after_sales/installation")

    said = why(take(trial, {"电话": "13812345678", "总体": "5", "日期": "2025-09-22"}))

    assert said.startswith("several cases")
    assert number in said
    assert other in said
    assert "138" not in said


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"工单": "20250922999", "总体": "5"}, "records.no_ticket"),
        ({"工单": "13812345678", "总体": "5"}, "the ticket number is none"),
        ({"电话": "13900000000", "总体": "5", "日期": "2025-09-22"}, "no customer"),
        ({"电话": "13812345678", "总体": "5"}, "neither ticket number nor date"),
        (
            {"电话": "13812345678", "总体": "5", "日期": "2025-09-21"},
            "solved when|may be meant|of that time",
        ),
        ({"电话": "13812345678", "总体": "5", "来电日期": "2025-09-21"}, "no case of that time"),
        ({"工单": "", "总体": "11"}, "the overall score"),
    ],
)
@pytest.mark.usefixtures("number")
def test_what_cannot_be_placed_is_refused_row_by_row(
    trial: Trial, row: dict[str, str], said: str
) -> None:
    refused = take(trial, row)

    assert came(refused) == [Came.REFUSED]
    assert any(one in why(refused) for one in said.split("|"))


def test_a_case_that_is_not_solved_or_archived_takes_none(trial: Trial, number: Number) -> None:
    new = trial.log(phone="13900000001")
    ending.close(trial.desk, number, Text("客户不愿评分"), by=ANN, receipt=trial.receipt())
    closed = take(trial, {"工单": number, "总体": "5"})
    with trial.desk.records.write() as unit:
        scene = scene_of(trial.desk, unit, number, SUE)
        record(scene, (f.Archived(key="20250922-售后服务-故障报修"),), by=SUE)

    archived = take(trial, {"工单": number, "总体": "5"})

    assert "not solved" in why(take(trial, {"工单": new, "总体": "5"}))
    assert why(closed).startswith("move.")
    assert why(archived) == "move.archived"
    future = {"工单": number, "总体": "5", "答题时间": "2031-01-01 10:00"}
    assert "in the future" in why(take(trial, future))
