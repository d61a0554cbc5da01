"""Fixtures of the scenarios."""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
import structlog

import bot.delivery
from scheduler.pace import Pace
from tests.conftest import Address
from tests.handlers.stage import House, Stage, staged


@pytest.fixture
def stage(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> Iterator[Stage]:
    """A desk at work in a workspace of its own, whose courier need not keep Slack's pace.

    On SQLite, and on both engines in files that say `usefixtures("address")`.
    """
    monkeypatch.setattr(bot.delivery, "Pace", partial(Pace, every=timedelta(milliseconds=1)))
    both = "address" in request.fixturenames
    address: Address = request.getfixturevalue("address" if both else "filed_address")
    with structlog.testing.capture_logs(), staged(tmp_path, address) as opened:
        yield opened


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """One desk with one ticket that nothing here may change."""
    with structlog.testing.capture_logs(), staged(tmp_path_factory.mktemp("house")) as stage:
        number = stage.log()
        yield House(stage, number, stage.last("interactive"), stage.ticket(number).version)
