"""R105's two printed days, built ticket by ticket through the use cases: the evening's table and `stats` say the rows."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from bot.papers.export_rows import Rows
from storage.records import SqlRecords
from tests.proofs.hostile.outlets import tongue
from tests.tickets.desk.desks import ANN, SUE, Trial, a_desk
from tests.tickets.handbooks import a_handbook
from tests.tickets.time.plans import TWO_SPANS, at
from tests.tickets.watch import lives
from tickets.case import facts as f
from tickets.case.values import ContactOutcome, LateCause, Number, Priority, Text
from tickets.desk import work
from tickets.desk.figures import board
from tickets.desk.lateness import explain_lateness
from tickets.desk.take_out import EVERYTHING
from tickets.insight.daily import DayFigures
from tickets.insight.figures import Figure, Length, Selection
from tickets.insight.frozen import thaw
from tickets.insight.overview import Board
from tickets.people import roles
from tickets.sheets.tables import COLUMNS, Table
from tickets.sheets.wish import Wish
from tickets.watch import jobs

Row = tuple[int, int, int, int, int, LateCause, str]
FIRST: Row = (120, 15, 95, 92, 8, LateCause.UNDERSTAFFED, "3人请假")
SECOND: Row = (135, 12, 98, 95, 3, LateCause.CUSTOMER_DATA, "需核实身份")


def open_on_saturdays(records: SqlRecords) -> Trial:
    """The second day is a Saturday: the desk works then (C16)."""
    book = a_handbook()
    hours = dict.fromkeys(range(6), TWO_SPANS)
    trial = a_desk(records, replace(book, calendar=replace(book.calendar, hours=hours)))
    trial.clock.at = at("2024-02-29 18:05")
    jobs.work(trial.desk, now=trial.clock.at)
    return trial


def answered(trial: Trial, day: str, count: int, minutes: int) -> None:
    """So many cases answered on the spot, after so many minutes."""
    trial.clock.at = at(f"{day} 10:00")
    for _ in range(count):
        _log(trial, received=trial.clock.at - timedelta(minutes=minutes), answer="已当场答复")


def waiting(trial: Trial, day: str, count: int, *, logged: str) -> list[Number]:
    """So many cases that nobody contacts."""
    trial.clock.at = at(f"{day} {logged}")
    return [_log(trial, received=trial.clock.at) for _ in range(count)]


def contacted(trial: Trial, numbers: list[Number], minutes: int, *, by_assignee: bool) -> None:
    """The customers are reached after so many minutes: by whoever has the case, or by the supervisor."""
    trial.clock.move(minutes=minutes)
    for number in numbers:
        said = f.Contacted(
            way=lives.PHONE,
            outcome=ContactOutcome.REACHED,
            happened_at=trial.clock.at,
            note=Text("代为联系"),
        )
        whose = lives.now(trial, number).assignee
        by = whose if by_assignee and whose else SUE
        work.contact(trial.desk, number, said, by=by, receipt=trial.receipt())


def explained(trial: Trial, day: str, late: list[Number], cause: LateCause, words: str) -> None:
    trial.clock.at = at(f"{day} 17:55")
    for number in late:
        why = f.LatenessExplained(cause=cause, overdue_reason=Text(words))
        explain_lateness(trial.desk, number, why, by=SUE, receipt=trial.receipt())


def _log(trial: Trial, *, received: datetime, answer: str = "") -> Number:
    _log.count += 1  # type: ignore[attr-defined]  # each call is another customer
    return trial.log(
        by=ANN,
        urgency=Priority.P2,
        category="after_sales/fault",
        phone=f"139 0000 {_log.count:04}",  # type: ignore[attr-defined]
        received_at=received,
        answered_with=answer,
    )


_log.count = 0  # type: ignore[attr-defined]


def live_through(trial: Trial) -> None:
    """Friday: 114 of 120 contacted, 110 solved; Saturday: 132 of 135, and 128."""
    late = waiting(trial, "2024-03-01", 6, logged="09:00")
    slow = waiting(trial, "2024-03-01", 2, logged="09:00")
    contacted(trial, slow, 15, by_assignee=False)  # who has them never takes them on
    answered(trial, "2024-03-01", 110, 15)
    quick = waiting(trial, "2024-03-01", 2, logged="17:00")
    contacted(trial, quick, 15, by_assignee=True)
    explained(trial, "2024-03-01", late + slow, FIRST[5], FIRST[6])
    trial.clock.at = at("2024-03-01 18:05")
    jobs.work(trial.desk, now=trial.clock.at)
    late = waiting(trial, "2024-03-02", 3, logged="09:00")
    quick = waiting(trial, "2024-03-02", 4, logged="09:30")
    contacted(trial, quick, 12, by_assignee=True)
    answered(trial, "2024-03-02", 128, 12)
    explained(trial, "2024-03-02", late, SECOND[5], SECOND[6])
    trial.clock.at = at("2024-03-02 18:05")
    jobs.work(trial.desk, now=trial.clock.at)


def evening(trial: Trial, day: str) -> DayFigures:
    with trial.desk.records.read() as unit:
        settled = unit.periods.find("daily_figures", day)
    assert settled
    return thaw(DayFigures, settled.figures)


def seen(trial: Trial, row: DayFigures) -> Board:
    """What `stats` counts of the same hours at their end."""
    sight = roles.figures_sight(roles.actor(SUE, trial.desk.handbook()))
    chosen = Selection(start=row.start, end=row.end, now=row.end, sight=sight)
    with trial.desk.records.read() as unit:
        return board(unit, chosen)


@pytest.mark.requirement(105)
def test_the_printed_days_come_out_of_their_tickets(records: SqlRecords) -> None:
    trial = open_on_saturdays(records)

    live_through(trial)

    for day, printed in (("2024-03-01", FIRST), ("2024-03-02", SECOND)):
        row = evening(trial, day)
        assert row.cause
        assert printed == (
            row.answered.total,
            row.answered.response_minutes,
            row.answered.response_rate,
            row.answered.solved_rate,
            row.overdue,
            row.cause.cause,
            row.cause.words,
        )
        found = seen(trial, row)
        response = found.length(Length.RESPONSE).clock
        assert response
        assert found.main_late_cause
        assert printed[:6] == (
            found.count(Figure.TOTAL).n,
            response.mean,
            found.count(Figure.FIRST_RESPONSE).percent,
            found.count(Figure.SOLVED).percent,
            found.count(Figure.OVERDUE).n,
            found.main_late_cause[0],
        )


@pytest.mark.requirement(105)
def test_the_table_taken_out_weeks_later_has_the_printed_rows(records: SqlRecords) -> None:
    trial = open_on_saturdays(records)
    live_through(trial)
    trial.clock.at = at("2024-03-18 10:00")
    solve_what_is_open(trial)

    assert taken_out(trial) == [
        ["2024-03-01", "120", "15", "95", "92", "8", "客服人手不足(3人请假)"],
        ["2024-03-02", "135", "12", "98", "95", "3", "客户信息不全(需核实身份)"],
    ]


def solve_what_is_open(trial: Trial) -> None:
    """What was done later says nothing of those days."""
    with trial.desk.records.read() as unit:
        numbers = unit.figures.numbers(after=None, limit=1000)
    for number in numbers:
        if lives.now(trial, number).status.is_working:
            lives.resolve(trial, number)


def taken_out(trial: Trial) -> list[list[str]]:
    """Take the table of both days out, column for column."""
    wish = Wish(table=Table.RESPONSE, since=date(2024, 3, 1), until=date(2024, 3, 2))
    with trial.desk.records.read() as unit:
        made = Rows(
            desk=trial.desk, unit=unit, wish=wish, sight=EVERYTHING, tongue=tongue("安")
        ).all()
        return [[row[name] for name in COLUMNS[Table.RESPONSE]] for row in made]
