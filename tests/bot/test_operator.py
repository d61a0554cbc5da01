"""Every command that reads or changes records is on the audit log, as the system user's doing (X38)."""

from pathlib import Path

import pytest
from sqlalchemy import select
from typer.testing import CliRunner

from bot.cli import application
from bot.foundation import keys_of
from bot.settings import read_settings
from storage.canary import prove_keys
from storage.database import open_database
from storage.keys import new_key
from storage.records import SqlRecords
from storage.schema import upgrade
from storage.tables import audit
from storage.vault import Vault
from tests.bot.desk_config.files import EXAMPLE
from tests.tickets.desk.desks import ANN, a_desk
from tickets.case.log import OPERATOR
from tickets.case.values import Number

pytestmark = [pytest.mark.proves("X38", "X28"), pytest.mark.requirement(115)]


@pytest.fixture
def number(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Number:
    """A desk with a ticket, in the folder the operator sits in."""
    monkeypatch.chdir(tmp_path)
    for name in ("DATABASE_URL", "DESK_CONFIG", "DESK_KEYS", "SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "data").mkdir()
    (tmp_path / "desk.yml").write_text(EXAMPLE, encoding="utf-8")
    settings = read_settings()
    vault = Vault(keys_of(settings))
    database = open_database(settings.database_url, readers=2)
    upgrade(database)
    logged = a_desk(SqlRecords(database=database, vault=vault, fold_text=str)).log(by=ANN)
    database.dispose()
    return logged


def audited() -> list[str]:
    database = open_database(read_settings().database_url, readers=1)
    with database.reading() as connection:
        rows = connection.execute(select(audit.c.actor, audit.c.action).order_by(audit.c.id)).all()
    database.dispose()
    return [row.action for row in rows if row.actor == OPERATOR]


@pytest.mark.parametrize(
    ("line", "action"),
    [
        ("backup backups", "backup"),
        ("simulate --config desk.yml --since 2025-01-01", "simulate"),
        ("digest preview weekly_meeting --week 2026-W47", "preview"),
        ("audit verify", "verify_audit"),
        ("audit who-saw --ticket {number}", "read_audit"),
        ("customer export --number {number} --reason 客户要求 --out out.json", "export_subject"),
        ("keys rotate", "configure"),
        ("db rebuild-figures", "rebuild_figures"),
        ("db index-addenda", "index_addenda"),
    ],
)
def test_a_command_leaves_a_trace(number: Number, line: str, action: str) -> None:
    before = audited()
    done = CliRunner().invoke(application, line.format(number=number).split())

    new = audited()[len(before) :]
    assert new == [action], done.output


def test_a_step_of_the_schema_is_on_record_once_there_is_a_desk(
    number: Number, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'older.db'}")
    key = (tmp_path / "data" / "desk.key").read_text(encoding="utf-8").strip()
    monkeypatch.setenv("DESK_KEYS", key)
    older = open_database(read_settings().database_url, readers=1)
    upgrade(older, to="0012")
    older.dispose()

    done = CliRunner().invoke(application, ["db", "upgrade"])
    again = CliRunner().invoke(application, ["db", "upgrade"])

    assert (done.exit_code, again.exit_code) == (0, 0), done.output
    assert audited() == ["upgrade"]


def test_a_step_of_the_schema_with_a_strange_key_is_not_put_on_record(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Signed with a key that is not the desk's, the row would stand on the log as a forgery for ever."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'older.db'}")
    monkeypatch.setenv("DESK_KEYS", new_key())
    older = open_database(read_settings().database_url, readers=1)
    upgrade(older, to="0012")
    prove_keys(older, Vault(keys_of(read_settings())))
    older.dispose()
    monkeypatch.setenv("DESK_KEYS", new_key())

    refused = CliRunner().invoke(application, ["db", "upgrade"])

    assert refused.exit_code == 1
    assert "key" in refused.output
    assert audited() == []
