"""One tap tells the plan and the result on a clock that walks, as every real one does (R59, R75)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
import structlog

import bot.delivery
from scheduler.pace import Pace
from tests.bot.desk_config.files import EXAMPLE
from tests.handlers.stage import Stage, staged
from tests.handlers.test_first_contact import asked, contacts, planned, results
from tests.tickets.desk.desks import ANN, EVE, MovableClock
from tests.tickets.time.plans import at


@dataclass(slots=True)
class WalkingClock(MovableClock):
    """A clock of which no two looks give the same moment."""

    def now(self) -> datetime:
        self.at += timedelta(milliseconds=1)
        return self.at


@pytest.fixture
def stage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stage]:
    monkeypatch.setattr(bot.delivery, "Pace", partial(Pace, every=timedelta(milliseconds=1)))
    file, clock = tmp_path / "desk.yml", WalkingClock(at("2026-11-24 10:00"))
    file.write_text(EXAMPLE, encoding="utf-8")
    with structlog.testing.capture_logs(), staged(tmp_path, desk_file=file, clock=clock) as opened:
        yield opened


@pytest.mark.requirement(59, 75)
def test_one_tap_records_the_plan_and_the_result_at_the_moment_it_is_kept(stage: Stage) -> None:
    number = planned(stage)
    (plan,) = asked(stage)
    stage.person(ANN).click(plan, "ticket.plan_told")
    stage.settle()
    (told,) = contacts(stage, number)
    assert not stage.fill(EVE, "ticket.resolve", number, result="已更换压缩机").errors
    (result,) = results(stage)

    stage.person(ANN).click(result, "ticket.result_told")
    stage.settle()

    ticket = stage.ticket(number)
    assert ticket.contacted_at == told.happened_at
    assert ticket.customer_told_at
