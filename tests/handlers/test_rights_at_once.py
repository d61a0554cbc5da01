"""A right that was lost between opening a form and sending it is gone: by the file, from another process, in Slack (X07)."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
import structlog

import bot.delivery
from bot.clock import SystemClock
from bot.desk_config.book import Book
from scheduler.pace import Pace
from storage.revisions import SqlRevisions
from tests.handlers.stage import AGENT, ROOT, SUPER, Stage, staged
from tickets.case.values import PersonId, Priority

pytestmark = [pytest.mark.proves("X07"), pytest.mark.requirement(112)]
PRESET = (ROOT / "presets" / "sandbox.yml").read_text(encoding="utf-8")
WITHOUT_SUE = PRESET.replace("supervisors: [U0SUPER]", "supervisors: [U0DIRECTOR]").replace(
    "lead: U0SUPER", "lead: U0AGENT2"
)


@pytest.fixture
def desk_file(tmp_path: Path) -> Path:
    file = tmp_path / "desk.yml"
    file.write_text(PRESET, encoding="utf-8")
    return file


@pytest.fixture
def stage(tmp_path: Path, desk_file: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stage]:
    monkeypatch.setattr(bot.delivery, "Pace", partial(Pace, every=timedelta(milliseconds=1)))
    with structlog.testing.capture_logs(), staged(tmp_path, desk_file=desk_file) as opened:
        yield opened


def by_the_file(stage: Stage, desk_file: Path) -> None:
    """The admin takes her out of desk.yml and has it read again."""
    desk_file.write_text(WITHOUT_SUE, encoding="utf-8")
    assert stage.bot.book.reload().is_changed


def by_slack(stage: Stage, _desk_file: Path) -> None:
    """Her account is deactivated."""
    with stage.bot.desk.records.write() as unit:
        known = unit.directory.person(PersonId(SUPER))
        assert known is not None
        unit.directory.keep_person(replace(known, is_active=False))


@pytest.mark.parametrize("lost", [by_the_file, by_slack])
def test_a_form_opened_with_a_right_is_refused_without_it(
    stage: Stage, desk_file: Path, lost: Callable[[Stage, Path], None]
) -> None:
    number = stage.log()
    stage.press(SUPER, "ticket.priority", number)
    form = stage.person(SUPER).modal("modal.priority")
    before = stage.ticket(number)

    lost(stage, desk_file)
    sent = stage.person(SUPER).submit(form, {"priority": "P3", "reason": "客户改口"})

    assert sent.errors
    assert stage.ticket(number) == before
    assert before.priority is Priority.P1


def test_a_right_given_counts_at_once(stage: Stage, desk_file: Path) -> None:
    number = stage.log()
    agent_too = PRESET.replace("supervisors: [U0SUPER]", "supervisors: [U0SUPER, U0AGENT1]")
    desk_file.write_text(agent_too, encoding="utf-8")
    stage.bot.book.reload()

    sent = stage.fill(AGENT, "ticket.priority", number, priority="P3", reason="客户改口")

    assert not sent.errors
    assert stage.ticket(number).priority is Priority.P3


def test_what_another_process_adopts_counts_here_within_a_tick(
    stage: Stage, tmp_path: Path
) -> None:
    """The bot of the stage follows its database, as the tick has it do."""
    foundation = stage.foundation
    revisions = SqlRevisions(foundation.database, foundation.for_jobs.vault, SystemClock())
    today = SystemClock().now().date
    here = Book(tmp_path / "desk.yml", today=today, lookup=None, revisions=revisions)
    desk = replace(stage.bot.desk, handbook=lambda: here.handbook)
    elsewhere = tmp_path / "other.yml"
    elsewhere.write_text(WITHOUT_SUE, encoding="utf-8")
    assert PersonId(SUPER) in desk.handbook().people.supervisors

    Book(elsewhere, today=today, lookup=None, revisions=revisions)
    here.follow()

    assert PersonId(SUPER) not in desk.handbook().people.supervisors
