"""Some days of a desk that are lived through in a strict workspace, on either engine."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
import structlog

import bot.delivery
from bot.cli.blocks import text_of
from scheduler.pace import Pace
from tests.bot.desk_config.files import EXAMPLE
from tests.conftest import Address
from tests.handlers.stage import Json, Stage, staged, words_of
from tests.tickets.desk.desks import ANN, MovableClock
from tests.tickets.time.plans import at
from tickets.case.values import PersonId
from tickets.watch import tick

BAD = {"score": "2", "solved": "no", "dissatisfaction": "too_slow", "words": "等了三天才来"}


@dataclass(frozen=True, slots=True)
class Days:
    """A desk some days of which are lived through."""

    stage: Stage
    clock: MovableClock

    def reach(self, moment: str) -> None:
        """Let it become that time, whatever is due."""
        self.clock.at = at(moment)
        tick.tick(self.stage.bot.desk, now=self.clock.at)
        self.stage.settle()

    def told(self, who: PersonId, text: str) -> list[Json]:
        """Find what a person was told directly."""
        inbox = self.stage.person(who).inbox()
        return [one for one in inbox if text in text_of(one["blocks"], str)]

    def solved(self, who: str, number: str) -> None:
        """Let the assignee solve it and Ann tell the customer."""
        self.stage.press(who, "ticket.accept", number)
        self.stage.fill(who, "ticket.resolve", number, result="补充冷媒", first_cause="冷媒不足")
        self.stage.fill(ANN, "ticket.tell", number, way="phone", message="已补充冷媒")

    def scored_low(self, number: str, **answers: str) -> None:
        """Let Ann record a low score and why."""
        ann = self.stage.person(ANN)
        self.stage.press(ANN, "ticket.score", number)
        ann.click(ann.modal("modal.score"), "score.picked", value="2")
        self.stage.shows(ANN, "dissatisfaction")
        sent = ann.submit(ann.modal("modal.score"), {**BAD, **answers})
        assert not sent.errors
        self.stage.settle()

    def opened(self, who: str, title: str) -> str:
        """Wait for a view and give its words."""
        views = self.stage.slack.sandbox.views

        def found() -> str:
            top = [view.body for view in views.stack(who)[-1:]]
            said = words_of(top[0]) if top else ""
            return said if title in said else ""

        said: str = self.stage.person(who).wait_for(found)
        return said


@contextmanager
def lived(folder: Path, monkeypatch: pytest.MonkeyPatch, address: Address) -> Iterator[Days]:
    monkeypatch.setattr(bot.delivery, "Pace", partial(Pace, every=timedelta(milliseconds=1)))
    file = folder / "desk.yml"
    file.write_text(EXAMPLE, encoding="utf-8")
    clock = MovableClock(at("2026-11-24 08:30"))
    with (
        structlog.testing.capture_logs(),
        staged(folder, address, desk_file=file, clock=clock) as stage,
    ):
        opened = Days(stage, clock)
        opened.reach("2026-11-24 08:30")
        yield opened
