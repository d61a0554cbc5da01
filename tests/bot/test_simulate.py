"""`deskbot simulate` on real records: counts, tickets, and how it fails."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Event
from time import sleep

import pytest
from typer.testing import CliRunner

from bot.cli import application
from bot.foundation import keys_of
from bot.settings import read_settings
from storage.database import open_database
from storage.records import SqlRecords
from storage.schema import upgrade
from storage.tables import metadata
from storage.vault import Vault
from tests.bot.desk_config.files import EXAMPLE, changed
from tests.tickets.desk.desks import BOB, a_desk
from tickets.case.values import Priority


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A desk with three tickets and its desk.yml in the working folder."""
    monkeypatch.chdir(tmp_path)
    for name in ("DATABASE_URL", "DESK_CONFIG", "DESK_KEYS", "SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "data").mkdir()
    (tmp_path / "desk.yml").write_text(EXAMPLE, encoding="utf-8")
    settings = read_settings()
    vault = Vault(keys_of(settings))
    database = open_database(settings.database_url, readers=2)
    upgrade(database)
    trial = a_desk(SqlRecords(database=database, vault=vault, fold_text=str))
    for urgency in (Priority.P1, Priority.P2, Priority.P3):
        trial.log(by=BOB, urgency=urgency)
    database.dispose()
    return tmp_path


def simulate(*arguments):
    return CliRunner().invoke(application, ["simulate", "--since", "2025-01-01", *arguments])


def test_the_same_desk_file_changes_nothing(folder):
    found = simulate("--config", "desk.yml")

    assert found.exit_code == 0
    assert "every ticket would have gone as it did" in found.stdout
    assert found.stdout.splitlines()[2].split() == ["all", "3", "3", "3", "0"]


def test_what_would_go_otherwise_is_counted_and_listed(folder):
    new = changed(("    department: tech", "    department: operations"))
    (folder / "new.yml").write_text(new, encoding="utf-8")

    found = simulate("--config", "new.yml", "--limit", "2")

    assert found.exit_code == 0
    assert "20250922001  sent to  tech, round-robin  operations, U0OPS" in found.stdout
    assert "20250922003" not in found.stdout
    assert "3 of 3 tickets would have gone otherwise; 1 of them are not listed" in found.stdout


def test_json_has_every_ticket_and_nothing_else_on_stdout(folder):
    new = changed(("    response: 24h", "    response: 999d"))
    (folder / "new.yml").write_text(new, encoding="utf-8")

    found = simulate("--config", "new.yml", "--json", "--limit", "0")

    told = json.loads(found.stdout)
    assert told["counts"]["all"]["all"] == 3
    assert told["counts"]["priority"]["P3"]["late"] == {"now": 1, "then": 1}  # others stay late
    assert told["counts"]["deadline"]["response"]["late"] == {"now": 3, "then": 2}
    (ticket,) = told["tickets"]
    assert ticket["number"] == "20250922003"
    (response,) = ticket["deadlines"]
    assert (response["kind"], response["now"]["late"], response["then"]["late"]) == (
        "response",
        True,
        False,
    )


def test_tickets_logged_before_are_left_out(folder):
    found = CliRunner().invoke(application, ["simulate", "--config", "desk.yml", "--since", "1d"])

    assert found.exit_code == 0
    assert "no ticket was logged since then" in found.stdout


def test_nothing_is_written_but_that_it_was_done(folder):
    def rows():
        database = open_database(read_settings().database_url, readers=1)
        with database.reading() as connection:
            found = {
                table.name: connection.execute(table.select()).all()
                for table in metadata.tables.values()
                if not table.name.startswith("audit")
            }
        database.dispose()
        return found

    before = rows()

    simulate("--config", "desk.yml")

    assert rows() == before


def test_it_works_while_somebody_else_writes(folder):
    settings = read_settings()
    database = open_database(settings.database_url, readers=1)
    begun = Event()

    def write():
        with database.writing(timedelta(seconds=1)):
            begun.set()
            sleep(0.5)

    with ThreadPoolExecutor(1) as other:
        other.submit(write)
        begun.wait()
        found = simulate("--config", "desk.yml")
    database.dispose()

    assert found.exit_code == 0


def test_a_broken_desk_file_is_told_by_line_and_column(folder):
    (folder / "new.yml").write_text(changed(("response: 1h", "response: soon")), encoding="utf-8")

    found = simulate("--config", "new.yml")

    assert found.exit_code == 1
    assert found.stderr.startswith("new.yml:")
    assert "expected a duration such as 30m, 24h, 7d, 4wh or 5wd, got 'soon'" in found.stderr


@pytest.mark.parametrize(
    ("arguments", "status", "told"),
    [
        (["--config", "missing.yml"], 1, "missing.yml:1:1: expected a file that can be read"),
        (["--config", "desk.yml", "--since", "soon"], 2, "--since: expected a duration such as"),
        (["--config", "desk.yml", "--since", "5wd"], 2, "--since: expected a duration such as"),
        (["--config", "desk.yml", "--since", "2026-13-01"], 2, "--since: expected a date such as"),
        ([], 2, "--config"),
    ],
)
def test_wrong_use_and_failure_are_told_apart(folder, arguments, status, told):
    found = CliRunner().invoke(application, ["simulate", *arguments])

    assert found.exit_code == status
    assert told in found.stderr


def test_without_a_database_there_is_nothing_to_live_through_and_none_is_made(
    tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DATABASE_URL", raising=False)
    (tmp_path / "desk.yml").write_text(EXAMPLE, encoding="utf-8")

    found = simulate("--config", "desk.yml")

    assert found.exit_code == 1
    assert "there is no database at data/desk.db yet" in found.stderr
    assert not (tmp_path / "data").exists()
