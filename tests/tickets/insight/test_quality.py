"""What a record is looked at for, case by case, and how records are counted."""

from datetime import datetime, timedelta

import pytest

from storage.records import SqlRecords
from tests.tickets.desk.desks import ANN, BOB, SUE, Trial, a_desk
from tests.tickets.watch import lives
from tickets.case.values import Number, Priority, Text
from tickets.desk import complaints, merge, talk
from tickets.desk.quality import lacking, quality_in
from tickets.errors import Refused
from tickets.insight.quality import AgentQuality, Quality, Record, quality_of
from tickets.insight.spans import span_of

pytestmark = pytest.mark.requirement(10, 11, 12)
MINUTE = timedelta(minutes=1)
ALL = frozenset({"when", "where", "event", "demand"})


def a_record(**changes: object) -> Record:
    given: dict[str, object] = {
        "number": Number("20250922001"),
        "agent": ANN,
        "elements": ALL,
        "is_filled": True,
        "is_read_back": True,
        "delay": 2 * MINUTE,
    }
    return Record(**(given | changes))  # type: ignore[arg-type]


def seen(trial: Trial, *, as_of: datetime | None = None) -> Quality:
    start = trial.clock.at - timedelta(days=30)
    end = trial.clock.at + timedelta(days=1)
    with trial.desk.records.read() as unit:
        return quality_in(trial.desk, unit, start, end, as_of=as_of or trial.clock.at)


def of(found: Quality, person: str) -> AgentQuality:
    return next(one for one in found.agents if one.person == person)


def log(trial: Trial, **changes: object) -> Number:
    return trial.log(**{"urgency": Priority.P3, "category": "inquiry/usage", **changes})  # type: ignore[arg-type]


@pytest.mark.parametrize("missing", ["when", "where", "expectation"])
def test_a_record_without_one_of_the_four_elements_is_not_complete(
    records: SqlRecords, missing: str
) -> None:
    trial = a_desk(records)
    log(trial)
    log(trial, **{missing: ""})

    found = of(seen(trial), ANN)

    assert (found.n, found.complete) == (2, 1)
    name = {"expectation": "demand"}.get(missing, missing)
    assert found.elements == {
        one: 1 if one == name else 2 for one in ("when", "where", "event", "demand")
    }


def test_vague_words_of_others_and_of_the_customer_do_not_count(records: SqlRecords) -> None:
    trial = a_desk(records)
    quoted = log(trial)
    talk.note(trial.desk, quoted, Text("客户原话：“大概三天”"), by=ANN, receipt=trial.receipt())
    assert of(seen(trial), ANN).vague == 0

    talk.note(trial.desk, quoted, Text("大概三天"), by=ANN, receipt=trial.receipt())
    assert of(seen(trial), ANN).vague == 1


def test_results_are_of_what_is_solved_and_callbacks_of_what_is_due(records: SqlRecords) -> None:
    trial = a_desk(records)
    log(trial)
    lives.resolve(trial, log(trial))
    told = log(trial)
    lives.resolve(trial, told)
    lives.told(trial, told)

    early = of(seen(trial), ANN)
    assert (early.results, early.solved, early.callbacks, early.due) == (2, 2, 0, 0)
    trial.clock.move(days=5)
    late = of(seen(trial), ANN)
    assert (late.callbacks, late.due) == (0, 1)


def test_a_late_report_looks_at_records_as_they_were_written_by_its_moment(
    records: SqlRecords,
) -> None:
    trial = a_desk(records)
    number, due_at = log(trial), trial.clock.at
    trial.clock.move(hours=1)
    talk.note(trial.desk, number, Text("大概三天"), by=ANN, receipt=trial.receipt())
    lives.resolve(trial, number)
    log(trial)

    late, now = of(seen(trial, as_of=due_at), ANN), of(seen(trial), ANN)

    assert (late.n, late.vague, late.solved) == (1, 0, 0)
    assert (now.n, now.vague, now.solved) == (2, 1, 1)


def test_what_was_written_down_afterwards_has_no_delay(records: SqlRecords) -> None:
    trial = a_desk(records)
    log(trial, received_at=trial.clock.at - 4 * MINUTE)
    log(trial, received_at=trial.clock.at - timedelta(days=1))

    found = of(seen(trial), ANN)

    assert found.delay is not None
    assert (found.delay.n, found.delay.mean, found.backfilled) == (1, 4, 1)


def test_what_was_merged_into_a_record_delays_nobody(records: SqlRecords) -> None:
    trial = a_desk(records)
    earlier = log(trial, phone="136 0000 0001")
    trial.clock.move(hours=5)
    survivor = log(trial, by=BOB, phone="136 0000 0001", received_at=trial.clock.at - 2 * MINUTE)
    merge.merge(trial.desk, earlier, survivor, by=SUE, receipt=trial.receipt())
    assert lives.now(trial, survivor).received_at == trial.clock.at - timedelta(hours=5)

    delay = of(seen(trial), BOB).delay

    assert delay is not None
    assert (delay.n, delay.mean) == (1, 2)


def test_of_a_record_whose_words_are_gone_nothing_is_said(records: SqlRecords) -> None:
    trial = a_desk(records)
    erased = log(trial)
    log(trial, phone="139 1234 5678")
    with trial.desk.records.write() as unit:
        customer = unit.tickets.get(erased).customer_id
        assert unit.customer_keys.destroy(customer, at=trial.clock.at)

    found = of(seen(trial), ANN)

    assert (found.logged, found.n, found.complete) == (2, 1, 1)


def test_the_records_behind_an_agents_figures_say_what_they_lack(records: SqlRecords) -> None:
    trial = a_desk(records)
    log(trial)  # as it should be
    bare = log(trial, where="", read_back=False)
    vague = log(trial)
    talk.note(trial.desk, vague, Text("大概三天"), by=ANN, receipt=trial.receipt())
    log(trial, by=BOB, when="")
    about_sue = log(trial, category="complaint/service_quality", where="")
    complaints.name_complained_about(trial.desk, about_sue, [SUE], by=ANN, receipt=trial.receipt())
    month = span_of("2025-09", trial.desk.calendar())
    assert month

    found = lacking(trial.desk, month, ANN, by=SUE)

    assert [(one.number, one.lacks) for one in found.records] == [
        (vague, ("vague",)),
        (bare, ("where", "read_back")),
    ]
    assert (found.total, found.page) == (2, 1)
    with pytest.raises(Refused):
        lacking(trial.desk, month, ANN, by=BOB)


def test_agents_are_listed_by_name_and_nobody_is_ranked() -> None:
    found = quality_of(
        [a_record(agent=BOB, elements=frozenset()), a_record(), a_record(delay=None)],
        {ANN: 300, BOB: 1},
    )

    assert [(one.person, one.n, one.logged, one.complete) for one in found.agents] == [
        (ANN, 2, 300, 2),
        (BOB, 1, 1, 0),
    ]


def test_on_either_engine_the_newest_of_each_are_looked_at(either_records: SqlRecords) -> None:
    trial = a_desk(either_records)
    numbers = [log(trial, phone=f"139 1234 {n:04}") for n in range(4)]
    log(trial, by=BOB)

    with trial.desk.records.read() as unit:
        start, end = trial.clock.at - MINUTE, trial.clock.at + MINUTE
        counts, chosen = unit.insight.logged_by(start, end, most=2)

    assert counts == {ANN: 4, BOB: 1}
    assert set(chosen) & set(numbers) == set(numbers[-2:])
