"""An archived case: no use case changes it, an addendum stands beside it, its dossier is asked for (R96, R98)."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from storage.migrations.archived import AFTERWARDS as KINDS
from storage.tables import audit
from tests.tickets.desk.desks import ANN, BOB, DAI, EVE, OLGA, SUE, Trial, a_desk
from tests.tickets.desk.test_archive import closed_cases, listed, press
from tests.tickets.watch import lives
from tickets.case import facts as f
from tickets.case.lifecycle import AFTERWARDS
from tickets.case.values import (
    ERASED,
    Complexity,
    ContactChannel,
    ContactOutcome,
    LateCause,
    Number,
    Priority,
    Solved,
    Status,
    Text,
)
from tickets.desk import ending, owners, promises, talk, work
from tickets.desk.addendum import add_addendum, index_addenda
from tickets.desk.dossier import ask_for_dossier
from tickets.desk.lateness import explain_lateness
from tickets.desk.look import search, steps_for
from tickets.desk.reveal import reveal
from tickets.errors import IllegalMove, Refused
from tickets.notices import NoticeState
from tickets.people import roles
from tickets.ports import Records
from tickets.ports.archive import Disposal
from tickets.watch import jobs

T = Text("一句话")
PHONE = ContactChannel.PHONE
REACHED = ContactOutcome.REACHED
Use = Callable[[Trial, Number, dict[str, Any]], object]

USES: dict[str, Use] = {
    "accept": lambda t, n, k: work.accept(t.desk, n, reason=T, **k),
    "start": lambda t, n, k: work.start(t.desk, n, **k),
    "contact": lambda t, n, k: work.contact(
        t.desk, n, f.Contacted(way=PHONE, outcome=REACHED, happened_at=t.clock.at, note=T), **k
    ),
    "plan": lambda t, n, k: work.plan(
        t.desk, n, f.Planned(measures=T, finish_by=t.clock.at + timedelta(days=1)), **k
    ),
    "workaround": lambda t, n, k: work.give_workaround(
        t.desk, n, f.WorkaroundGiven(workaround=T, told=True), **k
    ),
    "wait": lambda t, n, k: work.wait(t.desk, n, T, None, **k),
    "hold": lambda t, n, k: work.hold(t.desk, n, T, None, **k),
    "resume": lambda t, n, k: work.resume(t.desk, n, **k),
    "resolve": lambda t, n, k: work.resolve(t.desk, n, f.Resolved(result=T), **k),
    "answer": lambda t, n, k: work.resolve(t.desk, n, f.Resolved(result=T, on_the_spot=True), **k),
    "tell": lambda t, n, k: ending.tell(
        t.desk, n, f.CustomerTold(way=PHONE, happened_at=t.clock.at), **k
    ),
    "confirm": lambda t, n, k: ending.confirm(t.desk, n, **k),
    "score": lambda t, n, k: ending.score(t.desk, n, f.Scored(score=5, solved=Solved.YES), **k),
    "tried": lambda t, n, k: ending.callback_tried(
        t.desk, n, f.CallbackTried(outcome=ContactOutcome.NO_ANSWER), **k
    ),
    "supervisor call": lambda t, n, k: ending.supervisor_called(
        t.desk, n, f.SupervisorCalled(note=T), **k
    ),
    "follow up": lambda t, n, k: ending.follow_up(t.desk, n, None, None, **k),
    "end follow up": lambda t, n, k: ending.end_follow_up(t.desk, n, None, **k),
    "close": lambda t, n, k: ending.close(t.desk, n, T, **k),
    "reopen": lambda t, n, k: ending.reopen(t.desk, n, T, **k),
    "mark invalid": lambda t, n, k: ending.mark_invalid(t.desk, n, T, **k),
    "take invalid back": lambda t, n, k: ending.take_invalid_back(t.desk, n, T, **k),
    "assign": lambda t, n, k: owners.assign(t.desk, n, EVE, T, **k),
    "transfer": lambda t, n, k: owners.transfer(t.desk, n, "operations", T, **k),
    "collaborators": lambda t, n, k: owners.name_collaborators(
        t.desk, n, f.CollaboratorsNamed(people=(BOB,), contact=BOB), **k
    ),
    "priority": lambda t, n, k: owners.set_priority(t.desk, n, Priority.P1, T, **k),
    "complexity": lambda t, n, k: owners.judge_complexity(t.desk, n, Complexity.COMPLEX, T, **k),
    "note": lambda t, n, k: talk.note(t.desk, n, T, **k),
    "evidence": lambda t, n, k: talk.add_evidence(
        t.desk, n, f.EvidenceAdded(file_id="F1", name=T), **k
    ),
    "promise": lambda t, n, k: promises.promise(
        t.desk, n, f.Promised(what=T, due_at=t.clock.at + timedelta(days=1)), **k
    ),
    "promise kept": lambda t, n, k: promises.keep_promise(t.desk, n, **k),
    "correct": lambda t, n, k: talk.correct(t.desk, n, "product", "KF-36", **k),
    "lateness": lambda t, n, k: explain_lateness(
        t.desk, n, f.LatenessExplained(cause=next(iter(LateCause))), **k
    ),
}


@pytest.fixture
def trial(records: Records) -> Trial:
    trial = a_desk(records)
    jobs.work(trial.desk, now=trial.clock.at)
    return trial


@pytest.fixture
def number(trial: Trial) -> Number:
    """An archived case."""
    (number,) = closed_cases(trial, 1)
    listed(trial)
    press(trial)
    return number


@pytest.mark.proves("X10", "X09")
@pytest.mark.requirement(96)
def test_no_use_case_changes_it_and_each_says_what_is_possible(
    trial: Trial, number: Number
) -> None:
    before = lives.now(trial, number)
    said = {}
    for name, use in USES.items():
        with pytest.raises(IllegalMove) as refused:
            use(trial, number, {"by": SUE, "receipt": trial.receipt()})
        said[name] = refused.value.message.id

    assert {name: one for name, one in said.items() if one != "move.archived"} == {}
    assert lives.now(trial, number) == before


def test_rules_and_triggers_agree_on_what_it_still_takes() -> None:
    assert tuple(one.__name__ for one in AFTERWARDS) == KINDS


@pytest.mark.requirement(96)
def test_an_addendum_stands_beside_it(trial: Trial, number: Number) -> None:
    before = lives.now(trial, number)

    for receipt in ("once", "once", "again"):
        add_addendum(trial.desk, number, Text("实际更换的是压缩机"), by=SUE, receipt=receipt)

    with trial.desk.records.read() as unit:
        added = [e for e in unit.tickets.events(number) if isinstance(e.fact, f.Addendum)]
    assert [(one.by, one.fact.text) for one in added] == [(SUE, "实际更换的是压缩机")] * 2
    assert lives.now(trial, number).status is before.status


@pytest.mark.requirement(96, 110)
def test_an_addendum_is_found_without_what_names_or_reaches_the_customer(
    trial: Trial, number: Number
) -> None:
    with trial.desk.records.read() as unit:
        whose = unit.customers.get(lives.now(trial, number).customer_id)
    said = Text(f"{whose.name}改用 13912345678，实际更换的是压缩机")

    add_addendum(trial.desk, number, said, by=SUE, receipt=trial.receipt())

    assert found_by(trial, "压缩机") == [number]
    assert found_by(trial, f"{whose.name}") == []
    assert found_by(trial, "13912345678 压缩机") == []


def found_by(trial: Trial, words: str) -> list[Number]:
    return [line.number for line in search(trial.desk, words, by=SUE).lines]


@pytest.mark.requirement(96, 110)
def test_addenda_written_before_search_knew_them_are_found_as_if_they_came_now(
    trial: Trial, number: Number
) -> None:
    add_addendum(trial.desk, number, Text("实际更换的是压缩机"), by=SUE, receipt="one")
    with trial.desk.records.write() as unit:
        unit.tickets.find_by_addenda(number, "")
    assert found_by(trial, "压缩机") == []

    assert index_addenda(trial.desk) == 1

    assert found_by(trial, "压缩机") == [number]
    add_addendum(trial.desk, number, Text("另附照片"), by=SUE, receipt="two")
    assert found_by(trial, "压缩机 照片") == [number]
    assert index_addenda(trial.desk) == 1
    assert found_by(trial, "压缩机 照片") == [number]


@pytest.mark.requirement(96)
def test_what_stands_for_words_that_were_disposed_of_is_no_word_to_be_found_by(
    trial: Trial, number: Number
) -> None:
    add_addendum(trial.desk, number, Text("实际更换的是压缩机"), by=SUE, receipt="one")
    ended = Disposal(id="1", reason=Text("保存期满"), asked_by=SUE, approved_by=DAI)
    with trial.desk.records.write() as unit:
        unit.archive.dispose(number, ended, at=trial.clock.at)

    index_addenda(trial.desk)

    assert found_by(trial, ERASED) == found_by(trial, "已删除") == []
    add_addendum(trial.desk, number, Text("卷宗另存"), by=SUE, receipt="two")
    assert found_by(trial, "已删除") == []
    assert found_by(trial, "卷宗") == [number]


def test_an_addendum_is_for_what_is_archived_and_by_a_supervisor(
    trial: Trial, number: Number
) -> None:
    (other,) = closed_cases(trial, 1)
    with pytest.raises(IllegalMove):
        add_addendum(trial.desk, other, T, by=SUE, receipt=trial.receipt())
    with pytest.raises(Refused):
        add_addendum(trial.desk, number, T, by=ANN, receipt=trial.receipt())

    moves = steps_for(roles.actor(SUE, trial.desk.handbook()), lives.now(trial, number))
    assert [str(one) for one in moves] == ["addendum"]


def test_it_is_still_revealed_for_a_reason(trial: Trial, number: Number) -> None:
    _, customer = reveal(trial.desk, number, Text("客户来电核实"), by=SUE, receipt="r")

    assert customer.name == "李小红"


@pytest.mark.requirement(98)
@pytest.mark.proves("X18", "X28")
def test_a_dossier_is_asked_for_with_a_reason_on_record(trial: Trial, number: Number) -> None:
    with pytest.raises(Refused):
        ask_for_dossier(trial.desk, number, T, by=ANN, receipt="ann")
    for receipt in ("sue", "sue"):
        ask_for_dossier(trial.desk, number, Text("复盘"), by=SUE, receipt=receipt)

    with trial.desk.records.read() as unit:
        (made,) = [e for e in unit.tickets.events(number) if isinstance(e.fact, f.DossierMade)]
        state = unit.notices.state(f"dossier:{number}:{made.seq}:{SUE}")
    assert made.fact.reason == "复盘"
    assert state is NoticeState.READY
    with trial.desk.records.database.reading() as connection:  # type: ignore[attr-defined]
        rows = connection.execute(audit.select().where(audit.c.action == "make_dossier")).all()
    assert [(row.actor, row.outcome) for row in rows] == [(ANN, "refused"), (SUE, "done")]


@pytest.mark.requirement(95)
def test_it_is_found_by_its_key_as_it_was_filed(trial: Trial, number: Number) -> None:
    key = lives.now(trial, number).archive_key
    assert key == "20250922-产品咨询-功能使用"

    found = search(trial.desk, key, by=SUE)

    assert [one.number for one in found.lines] == [number]
    assert found.lines[0].status is Status.ARCHIVED
    assert search(trial.desk, key, by=OLGA).total == 0
