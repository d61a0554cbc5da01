"""What a command of the operator says where it finds no desk: a ready one that was tried out here is named."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import application


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with nothing set."""
    monkeypatch.chdir(tmp_path)
    for name in ("DATABASE_URL", "DESK_CONFIG", "DESK_KEYS", "SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "data").mkdir()
    return tmp_path


def export() -> str:
    refused = CliRunner().invoke(application, ["export", "out.xlsx"])
    assert refused.exit_code
    return refused.output.replace("\n", "")


def test_where_there_is_none_it_says_so(here: Path) -> None:
    assert export().endswith("there is no desk here: data/desk.db does not exist")


def test_a_ready_desk_that_was_tried_out_is_named_with_what_reaches_it(here: Path) -> None:
    (here / "data" / "hotline.db").touch()

    said = export()

    assert "DATABASE_URL=sqlite:///data/hotline.db DESK_CONFIG=" in said
    assert said.endswith("presets/hotline.yml")
