"""Fixtures of the scenarios."""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
import structlog

import bot.app
from scheduler.pace import Pace
from tests.handlers.stage import Stage, staged


@pytest.fixture
def stage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stage]:
    """A desk at work in a workspace of its own, whose courier need not keep Slack's pace."""
    monkeypatch.setattr(bot.app, "Pace", partial(Pace, every=timedelta(milliseconds=1)))
    with structlog.testing.capture_logs(), staged(tmp_path) as opened:
        yield opened
