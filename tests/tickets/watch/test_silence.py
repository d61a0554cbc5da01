"""首问负责: a customer who hears nothing for too long is put to whoever took the call, each silence once (R42)."""

from dataclasses import replace

import pytest

from storage.records import SqlRecords
from storage.tables import notices
from tests.tickets.desk.desks import ANN, BOB, EVE, Trial, a_desk
from tests.tickets.handbooks import a_handbook
from tests.tickets.time.plans import at
from tickets.case import facts as f
from tickets.case.values import ContactChannel, ContactOutcome, Number, Priority, Risk, Text
from tickets.desk import shift, work
from tickets.handbook import Handbook
from tickets.notices import NoticeKind
from tickets.watch import silence

pytestmark = pytest.mark.requirement(42)
LATE = "2025-09-25 17:00"  # an hour before the third working day closes
NEXT_DAY = "2025-09-26 09:00"


def with_a_deputy() -> Handbook:
    book = a_handbook()
    return replace(book, people=replace(book.people, deputies={ANN: BOB}))


@pytest.fixture
def trial(either_records: SqlRecords) -> Trial:
    return a_desk(either_records, with_a_deputy())


def look(trial: Trial, moment: str) -> list[tuple[str, str]]:
    """Let time look at that moment; give whom it has told of which case so far."""
    trial.clock.at = at(moment)
    silence.work(trial.desk, now=trial.clock.at)
    asked = notices.select().where(notices.c.kind == NoticeKind.SILENCE).order_by(notices.c.id)
    with trial.desk.records.database.reading() as connection:  # type: ignore[attr-defined]
        return [(row.place_key, row.number) for row in connection.execute(asked)]


def contact(trial: Trial, number: Number, moment: str, outcome: ContactOutcome) -> None:
    trial.clock.at = at(moment)
    said = f.Contacted(
        way=ContactChannel.SMS, outcome=outcome, happened_at=trial.clock.at, note=None
    )
    work.contact(trial.desk, number, said, by=ANN, receipt=trial.receipt())


def test_after_three_working_days_the_logger_is_told_once(trial: Trial) -> None:
    number = trial.log(urgency=Priority.P3)

    assert look(trial, LATE) == []
    assert look(trial, NEXT_DAY) == [(ANN, number)]
    assert look(trial, "2025-09-26 11:00") == [(ANN, number)]
    assert look(trial, "2025-09-29 09:30") == [(ANN, number)]


def test_word_to_the_customer_begins_a_new_silence_and_a_failed_attempt_none(trial: Trial) -> None:
    number = trial.log(urgency=Priority.P3)
    contact(trial, number, "2025-09-24 10:00", ContactOutcome.REACHED)
    contact(trial, number, "2025-09-25 10:00", ContactOutcome.NO_ANSWER)

    assert look(trial, NEXT_DAY) == []
    assert look(trial, "2025-09-29 18:00") == []  # the desk is closed
    assert look(trial, "2025-09-30 09:00") == [(ANN, number)]


def test_a_case_of_ones_own_or_one_that_is_done_asks_for_nothing(trial: Trial) -> None:
    number = trial.log(urgency=Priority.P3)
    work.accept(trial.desk, number, by=EVE, receipt=trial.receipt())
    done = f.Resolved(result=Text("补充制冷剂"))
    work.resolve(trial.desk, number, done, by=EVE, receipt=trial.receipt())

    assert look(trial, NEXT_DAY) == []


@pytest.mark.parametrize("risks", [frozenset(), frozenset({Risk.SAFETY})])
def test_who_is_away_has_a_deputy_but_for_a_high_risk(trial: Trial, risks: frozenset[Risk]) -> None:
    number = trial.log(urgency=Priority.P3, risks=risks)
    shift.go_away(trial.desk, by=ANN, receipt=trial.receipt())

    told = look(trial, NEXT_DAY)

    assert told == ([(ANN, number)] if risks else [(ANN, number), (BOB, number)])
