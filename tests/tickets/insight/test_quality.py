"""What a record is looked at for, case by case, and how records are counted."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest

from storage.records import SqlRecords
from tests.tickets.desk.desks import ANN, BOB, SUE, Trial, a_desk, an_intake
from tests.tickets.watch import lives
from tickets.case import facts as f
from tickets.case.values import CustomerType, Kind, Number, PersonId, Priority, Status, Text
from tickets.desk import complaints, ending, merge, talk
from tickets.desk.fast_lane import fill_in, take_fast
from tickets.desk.log_case import log_answered, log_by_desk
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


def quick(trial: Trial, **changes: object) -> Number:
    """An answered call, in the three fields its form asks for."""
    typed = an_intake(
        trial.clock,
        **{
            "name": "",
            "phone": "",
            "category": "inquiry/usage",
            "description": "询问周末的营业时间是几点到几点",
            "when": "",
            "where": "",
            "expectation": "",
            "urgency": None,
            "read_back": False,
            "answered_with": "已告知 9:00–18:00",
            **changes,
        },
    )
    return log_answered(trial.desk, typed, by=ANN, receipt=trial.receipt()).ticket.number


@pytest.mark.requirement(36)
def test_a_quick_log_is_complete_with_what_its_form_asks_for(records: SqlRecords) -> None:
    trial = a_desk(records)
    quick(trial)
    log(trial, where="", read_back=False)

    found = of(seen(trial), ANN)

    assert (found.n, found.complete, found.filled) == (2, 1, 2)
    assert (found.elements["where"], found.of("where")) == (0, 1)
    assert (found.elements["event"], found.of("event")) == (2, 2)
    assert (found.read_back, found.of("read_back")) == (0, 1)
    assert [one.lacks for one in behind(trial)] == [("where", "read_back")]


def test_a_quick_log_is_looked_at_for_vague_words_all_the_same(records: SqlRecords) -> None:
    trial = a_desk(records)
    number = quick(trial)
    talk.note(trial.desk, number, Text("大概三天"), by=ANN, receipt=trial.receipt())

    assert [(one.number, one.lacks) for one in behind(trial)] == [(number, ("vague",))]


def test_the_whole_form_asks_for_all_also_where_the_call_was_answered(records: SqlRecords) -> None:
    trial = a_desk(records)
    bare = {"when": "", "where": "", "expectation": "", "name": "", "phone": ""}
    number = log(trial, anonymous=True, answered_with="已告知 9:00–18:00", **bare)
    trial.clock.move(minutes=1)
    ending.close(trial.desk, number, None, by=ANN, receipt=trial.receipt())

    assert lives.now(trial, number).status is Status.CLOSED
    assert behind(trial)[0].lacks == ("when", "where", "demand")


@pytest.mark.requirement(21)
def test_of_the_fast_lane_all_is_asked_once_it_is_filled_in(records: SqlRecords) -> None:
    trial = a_desk(records)
    log(trial, phone="138 1234 5678", customer_type=CustomerType.VIP)
    number = take_fast(
        trial.desk, "138 1234 5678", "会员咨询积分", by=BOB, receipt=trial.receipt()
    ).ticket.number
    assert "filled" in of_record(trial, number).lacks

    filled = f.FilledIn(
        kind=Kind.INQUIRY,
        category="inquiry/usage",
        urgency=Priority.P3,
        description=Text("会员询问积分的有效期到哪一天"),
        when=Text("今天"),
        where=Text("网上商城"),
        expectation=Text("告知有效期"),
    )
    fill_in(trial.desk, number, filled, by=BOB, receipt=trial.receipt())

    assert of_record(trial, number).lacks == ("read_back",)
    assert of(seen(trial), BOB).complete == 1


@pytest.mark.requirement(29)
def test_what_the_desk_opened_itself_is_no_supervisors_record(records: SqlRecords) -> None:
    trial = a_desk(records)
    signal = f.SignalSeen(count=5, days=7, usual=1.0, limit=4)
    typed = an_intake(trial.clock, category="inquiry/usage", anonymous=True, when="", where="")
    with trial.desk.records.write() as unit:
        log_by_desk(trial.desk, unit, typed, logger=SUE, seen=signal)
    log(trial)

    assert [one.person for one in seen(trial).agents] == [ANN]


def behind(trial: Trial, person: str = ANN) -> Sequence[Record]:
    month = span_of("2025-09", trial.desk.calendar())
    assert month
    return lacking(trial.desk, month, PersonId(person), by=SUE).records


def of_record(trial: Trial, number: Number) -> Record:
    return next(one for one in behind(trial, BOB) if one.number == number)


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
