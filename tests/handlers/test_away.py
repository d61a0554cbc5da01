"""Planned absences by command: one's own and one's people's, cases offered, what happened told on the way back; who is on duty."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial
from pathlib import Path

import pytest
import structlog

import bot.delivery
from handlers.away_days import read_days, read_why
from scheduler.pace import Pace
from tests.conftest import Address
from tests.handlers.stage import AGENT, ENG, ENG2, LEAD, ROOT, SUPER, Stage, staged, words_of
from tickets.message import PersonId
from tickets.people.absence import Absence, AbsenceReason

ROSTER = """
rosters:
  tech:
    - {days: daily, hours: 08:00-20:00, people: [U0ENG1]}
    - {days: daily, hours: 20:00-08:00, people: [U0ENG1]}
"""


@pytest.fixture
def rostered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, address: Address) -> Iterator[Stage]:
    """The sandbox's desk with a roster for engineering, on both engines."""
    desk = (ROOT / "presets" / "sandbox.yml").read_text(encoding="utf-8")
    file = tmp_path / "desk.yml"
    by_roster = desk.replace("assign: round-robin ", "assign: roster ", 1)
    file.write_text(by_roster + ROSTER, encoding="utf-8")
    monkeypatch.setattr(bot.delivery, "Pace", partial(Pace, every=timedelta(milliseconds=1)))
    with structlog.testing.capture_logs(), staged(tmp_path, address, desk_file=file) as opened:
        yield opened


def coming(stage: Stage, who: str) -> tuple[Absence, ...]:
    with stage.bot.desk.records.read() as unit:
        return unit.absences.coming(PersonId(who), stage.bot.desk.clock.now())


def days(stage: Stage, first: int, last: int) -> str:
    begin, end = stage.today + timedelta(days=first), stage.today + timedelta(days=last)
    return f"{begin:%Y-%m-%d}..{end:%Y-%m-%d}"


def direct(stage: Stage, who: str) -> str:
    stage.settle()
    place = stage.slack.look(lambda: stage.slack.sandbox.workspace.direct(who).id)
    return words_of(stage.slack.messages(place))


@pytest.mark.usefixtures("address")
def test_days_away_are_planned_and_new_cases_go_to_others_then(stage: Stage) -> None:
    stage.person(ENG).command("/ticket", f"离岗 {days(stage, 0, 6)} 休假")

    told = stage.told(ENG)
    assert "休假" in told
    assert "Ken" in told  # the deputy
    (planned,) = coming(stage, ENG)
    assert planned.reason is AbsenceReason.LEAVE
    assert {stage.ticket(stage.log()).assignee for _ in range(2)} == {ENG2}


@pytest.mark.usefixtures("address")
def test_an_absence_to_come_changes_nothing_yet(stage: Stage) -> None:
    stage.person(ENG).command("/ticket", f"away {days(stage, 3, 5)}")
    stage.told(ENG)

    assert stage.ticket(stage.log()).assignee == ENG


@pytest.mark.usefixtures("address")
def test_a_lead_plans_for_the_department_and_nobody_else_for_others(stage: Stage) -> None:
    stage.person(LEAD).command("/ticket", f"away @eve {days(stage, 1, 2)} sick")
    stage.told(LEAD)
    stage.person(AGENT).command("/ticket", f"away @ken {days(stage, 1, 2)}")
    refused = stage.told(AGENT)

    (planned,) = coming(stage, ENG)
    assert (planned.planned_by, planned.reason) == (LEAD, AbsenceReason.SICK)
    assert coming(stage, ENG2) == ()
    assert "主管" in refused or "supervisor" in refused


@pytest.mark.usefixtures("address")
def test_open_cases_of_a_long_absence_are_offered_to_lead_and_supervisor(stage: Stage) -> None:
    number = stage.log()

    stage.person(ENG).command("/ticket", f"away {days(stage, 0, 6)} leave")
    stage.told(ENG)

    for who in (LEAD, SUPER):
        assert number in direct(stage, who)


@pytest.mark.usefixtures("address")
def test_who_comes_back_sees_what_moved_meanwhile(stage: Stage) -> None:
    stage.person(AGENT).command("/ticket", f"away {days(stage, 0, 6)}")
    stage.told(AGENT)
    number = stage.log()  # she logs one all the same
    stage.press(ENG, "ticket.accept", number)
    stage.fill(ENG, "ticket.resolve", number, result="补充冷媒")

    stage.person(AGENT).command("/ticket", "back")

    assert number in stage.told(AGENT)
    assert coming(stage, AGENT) == ()


@pytest.mark.usefixtures("address")
def test_what_somebody_away_is_asked_for_reaches_their_deputy_too(stage: Stage) -> None:
    number = stage.log()
    stage.fill(ENG, "ticket.ask_department", number, department="operations", question="有延保吗？")
    stage.person(ENG).command("/ticket", f"away {days(stage, 0, 6)}")
    stage.told(ENG)

    stage.fill("U0OPS", "ticket.answer_question", number, answer="有，到2027年")

    assert "到2027年" in direct(stage, ENG)
    told = direct(stage, ENG2)
    assert "到2027年" in told
    assert "Eve" in told  # in whose place Ken is asked


@pytest.mark.usefixtures("address")
def test_days_that_cannot_be_read_or_are_over_are_said_so(stage: Stage) -> None:
    stage.person(ENG).command("/ticket", "away soonish")
    assert "10-01" in stage.told(ENG)

    stage.person(ENG).command("/ticket", "away 2020-10-01..2020-10-07")
    assert "2020" not in stage.told(ENG)
    assert coming(stage, ENG) == ()


def test_who_is_on_duty_gets_the_case_and_stands_in_the_status(rostered: Stage) -> None:
    rostered.person(AGENT).command("/ticket", "status")
    assert "Eve" in rostered.told(AGENT)
    assert rostered.ticket(rostered.log()).assignee == ENG

    rostered.person(ENG).command("/ticket", "away")
    rostered.told(ENG)

    rostered.person(AGENT).command("/ticket", "status")
    assert "Ken" in rostered.told(AGENT)  # the deputy
    assert rostered.ticket(rostered.log()).assignee == ENG2


TODAY = date(2026, 11, 29)


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("10-01..10-07", date(2027, 10, 1), date(2027, 10, 7)),
        ("12-30..01-02 休假", date(2026, 12, 30), date(2027, 1, 2)),
        ("2026-12-01", date(2026, 12, 1), date(2026, 12, 1)),
        ("12/1 至 12/3", date(2026, 12, 1), date(2026, 12, 3)),
        ("１２－０１～１２－０３", date(2026, 12, 1), date(2026, 12, 3)),
        ("11-29", TODAY, TODAY),
    ],
)
def test_days_are_read_as_people_type_them(typed: str, first: date, last: date) -> None:
    assert read_days(typed, today=TODAY) == (first, last)


@pytest.mark.parametrize("typed", ["", "soon", "13-45", "02-30", "明天"])
def test_what_is_no_day_is_none(typed: str) -> None:
    assert read_days(typed, today=TODAY) is None


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("病假", "sick"),
        ("出差北京", "travel"),
        ("年假", "leave"),
        ("培训", "training"),
        ("搬家", "other"),
    ],
)
def test_why_is_one_of_a_few_words(typed: str, reason: str) -> None:
    assert read_why(typed) == reason
