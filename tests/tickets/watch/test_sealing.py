"""The tick chains the audit log: nothing waits longer than it takes to come round (DESIGN.md, X27)."""

from dataclasses import replace
from typing import NoReturn

import pytest

from storage.audit_check import verify
from storage.records import SqlRecords
from tests.tickets.desk.desks import Trial, a_desk
from tickets.watch import due, tick

ROUND_THE_CLOCK = 15  # seconds: a bot's beat


@pytest.fixture
def records(either_records: SqlRecords) -> SqlRecords:
    return either_records


def unsealed(records: SqlRecords) -> int:
    with records.database.reading() as connection:
        verdict = verify(connection, records.vault.signer)
    assert verdict.findings == []
    return verdict.unsealed


@pytest.fixture
def trial(records: SqlRecords) -> Trial:
    made = a_desk(records)
    made.log()
    made.log(phone="139 1111 2222")
    return made


@pytest.mark.proves("X27")
def test_a_tick_chains_what_was_done_since_the_last(trial: Trial, records: SqlRecords) -> None:
    before = unsealed(records)
    trial.clock.move(seconds=ROUND_THE_CLOCK)

    tick.tick(trial.desk, now=trial.clock.at)

    assert (before, unsealed(records)) == (2, 0)


@pytest.mark.proves("X27")
def test_it_has_its_turn_though_other_parts_stumble(
    trial: Trial, records: SqlRecords, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stumble(*_: object, **__: object) -> NoReturn:
        raise RuntimeError("a deadline that cannot be read")

    monkeypatch.setattr(due, "look", stumble)

    with pytest.raises(ExceptionGroup):
        tick.tick(trial.desk, now=trial.clock.at)

    assert unsealed(records) == 0


def test_two_bots_tick_as_one(trial: Trial, records: SqlRecords) -> None:
    other = replace(trial.desk)

    for desk in (trial.desk, other, trial.desk):
        tick.tick(desk, now=trial.clock.at)

    assert unsealed(records) == 0
