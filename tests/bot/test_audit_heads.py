"""The audit log's head, noted each day elsewhere; and `deskbot audit verify` as an operator types it."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import structlog
from typer.testing import CliRunner, Result

from bot.cli import application
from bot.heads import Heads
from bot.trial.desk import PRESET
from bot.voice.outside.webhook import cloud_event
from storage.audit_chain import end_of
from storage.audit_heads import FILE, noted_in
from storage.database import JOBS
from storage.keys import new_key
from storage.records import SqlRecords
from storage.tables import notices
from tests.storage import tampering
from tests.tickets.desk.desks import ADAM, ANN, Trial, a_desk
from tests.tickets.handbooks import a_handbook
from tickets.handbook import OutsideEvent, Webhook
from tickets.ports import AuditQuery
from tickets.watch import sealing


@pytest.fixture
def trial(filed_records: SqlRecords) -> Iterator[Trial]:
    """A desk where something was done, chained; one webhook asked for the heads."""
    hook = Webhook("log", frozenset({OutsideEvent.AUDIT_HEAD}), "https://log.example/heads")
    made = a_desk(filed_records, replace(a_handbook(), webhooks={"log": hook}))
    made.log(by=ANN)
    made.log(by=ANN, phone="139 1111 2222")
    sealing.work(made.desk, now=made.clock.at)
    yield made


@pytest.fixture
def heads(trial: Trial, filed_records: SqlRecords, tmp_path: Path) -> Heads:
    return Heads(
        desk=trial.desk,
        database=filed_records.database,
        signer=filed_records.vault.signer,
        real=trial.clock,
        folder=tmp_path / "backups",
    )


def planned(records: SqlRecords) -> list[str]:
    with records.database.reading() as connection:
        found = connection.exec_driver_sql("SELECT key FROM notices ORDER BY key").scalars()
        return [key for key in found if "audit" in key]


@pytest.mark.proves("X27")
def test_the_head_is_noted_once_a_day_in_file_log_and_webhook(
    trial: Trial, heads: Heads, filed_records: SqlRecords, tmp_path: Path
) -> None:
    with structlog.testing.capture_logs() as logged:
        heads()
        heads()
        trial.clock.move(days=1)
        heads()

    noted = noted_in(tmp_path / "backups", filed_records.vault.signer)
    assert [one.head.seq for one in noted if one.head] == [3, 3]
    assert [line["event"] for line in logged] == ["audit head noted"] * 2
    assert planned(filed_records) == [
        "outside:audit_head:20250922:webhook:log",
        "outside:audit_head:20250923:webhook:log",
    ]


def test_a_webhook_is_sent_the_head_as_an_event_of_the_desk(
    heads: Heads, filed_records: SqlRecords
) -> None:
    heads()

    with filed_records.database.reading() as connection:
        row = connection.execute(notices.select().where(notices.c.kind == "outside")).one()
        end = end_of(connection)
    sent = cloud_event(row.key, row.params, heads.desk.handbook(), subject=None, is_repeat=False)
    assert (sent["type"], sent["id"]) == ("deskbot.desk.audit_head", row.key)
    assert sent["data"] == {"seq": 3, "mac": end.mac.hex(), "key": end.key_id}


def test_another_process_finds_todays_head_and_adds_none(
    heads: Heads, filed_records: SqlRecords, tmp_path: Path
) -> None:
    heads()

    replace(heads)()

    assert len((tmp_path / "backups" / FILE).read_text().splitlines()) == 1


@pytest.mark.proves("X27", "F65")
def test_a_log_that_was_cut_since_yesterday_is_told_to_those_who_answer_for_it(
    trial: Trial, heads: Heads, filed_records: SqlRecords
) -> None:
    heads()
    with filed_records.database.writing(JOBS) as connection:
        tampering.open_up(connection)
        connection.exec_driver_sql("DELETE FROM audit_seals WHERE seq = 3")
        connection.exec_driver_sql("DELETE FROM audit WHERE id = 2")
    trial.clock.move(days=1)

    heads()

    assert f"operator:audit:20250923:{ADAM}" in planned(filed_records)


@pytest.fixture
def operator(
    filed_records: SqlRecords, tmp_path: Path, desk_key: str, monkeypatch: pytest.MonkeyPatch
) -> Path:
    """An operator's folder, with the desk's key at hand."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DESK_KEYS", desk_key)
    monkeypatch.setenv("DESK_CONFIG", str(PRESET))
    monkeypatch.setenv("DATABASE_URL", str(filed_records.database.writers.url))
    for name in ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET", "BACKUP_FOLDER"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def typed(*words: str) -> Result:
    return CliRunner().invoke(application, ["audit", *words])


@pytest.mark.proves("F65", "X27")
def test_a_whole_log_is_told_whole_and_the_look_is_on_it(
    operator: Path, trial: Trial, heads: Heads
) -> None:
    heads()

    first, second = typed("verify"), typed("verify", "--json")

    assert first.exit_code == 0, first.output
    assert "audit log: 3 rows chained\n" in first.output
    assert "heads noted elsewhere: 1 in" in first.output
    found = json.loads(second.stdout)
    assert (found["whole"], found["sealed"], found["unsealed"], found["heads"]) == (True, 3, 1, 1)


@pytest.mark.proves("F65", "X27")
def test_what_was_touched_is_named_and_the_status_says_so(
    operator: Path, trial: Trial, heads: Heads, filed_records: SqlRecords
) -> None:
    heads()
    with filed_records.database.writing(JOBS) as connection:
        tampering.open_up(connection)
        connection.exec_driver_sql("UPDATE audit SET actor = 'U0OTHER' WHERE id = 1")
        connection.exec_driver_sql("DELETE FROM audit_seals WHERE seq = 3")
        connection.exec_driver_sql("DELETE FROM audit WHERE id = 2")

    told = typed("verify")

    assert told.exit_code == 1
    lines = told.output.splitlines()
    assert lines[0] == "place 2, row 1: the row was changed after it was sealed"
    assert "the end of the log is gone" in lines[1]
    assert any("audit_UPDATE_refused" in line for line in lines)  # what was dropped is named too
    assert lines[-1] == "NOT as the desk wrote it"


@pytest.mark.proves("F65", "X27")
def test_backups_beside_the_desk_know_how_long_the_log_was(
    operator: Path, trial: Trial, filed_records: SqlRecords
) -> None:
    none = typed("verify")
    assert CliRunner().invoke(application, ["backup"]).exit_code == 0
    whole = typed("verify")
    with filed_records.database.writing(JOBS) as connection:
        tampering.open_up(connection)
        connection.exec_driver_sql("DELETE FROM audit_seals WHERE seq = 3")
        connection.exec_driver_sql("DELETE FROM audit WHERE id = 2")

    cut, data = typed("verify"), json.loads(typed("verify", "--json").stdout)

    assert none.exit_code == 0
    folder = operator / "backups"
    assert f"backups: none in {folder} to hold the log against\n" in none.output
    assert whole.exit_code == 0, whole.output
    assert f"backups: the log was held against 1 in {folder}; the newest, of 20" in whole.output
    assert "knows 3 rows\n" in whole.output
    assert cut.exit_code == 1
    assert re.search("3 rows were in the backup of .*, 2 are there: the end .* is gone", cut.output)
    assert (data["whole"], data["heads"], data["backups"]["held_against"]) == (False, 0, 1)


def test_a_backup_that_says_nothing_of_the_log_is_named_and_no_failure(
    operator: Path, trial: Trial
) -> None:
    assert CliRunner().invoke(application, ["backup"]).exit_code == 0
    (made,) = (operator / "backups").glob("desk-*.deskbackup")
    whole = made.read_bytes()
    made.with_name("desk-20250101T000000Z.deskbackup").write_bytes(whole[:100])
    changed = whole.replace(rb"\"seq\": 3", rb"\"seq\": 2")
    assert changed != whole
    made.with_name("desk-20250102T000000Z.deskbackup").write_bytes(changed)

    told = typed("verify")

    assert told.exit_code == 0, told.output
    assert f"held against 1 in {operator / 'backups'}; the newest" in told.output
    assert "desk-20250101T000000Z.deskbackup was left out: this backup was cut off" in told.output
    assert "desk-20250102T000000Z.deskbackup was left out: the head on it is not" in told.output


def test_a_missing_key_and_a_missing_desk_are_told(
    operator: Path, trial: Trial, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DESK_KEYS", new_key())
    other = typed("verify")
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{operator / 'nowhere.db'}")
    nowhere, nonsense = typed("verify"), typed("verify", "--never")

    assert "put it into DESK_KEYS" in other.output
    assert "this look was not put on the log" in other.output
    assert "there is no desk to verify" in nowhere.output
    assert [other.exit_code, nowhere.exit_code, nonsense.exit_code] == [1, 1, 2]


def test_a_look_with_a_wrong_key_leaves_nothing_on_the_log(
    operator: Path, trial: Trial, desk_key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert typed("verify").exit_code == 0
    name = desk_key.partition(":")[0]
    for wrong in (new_key(), f"{name}:{new_key().partition(':')[2]}"):
        monkeypatch.setenv("DESK_KEYS", wrong)
        assert "this look was not put on the log" in typed("verify").output
    monkeypatch.setenv("DESK_KEYS", desk_key)

    again = typed("verify")

    assert again.output.endswith("all fits\n")
    assert "there is no folder nowhere" in typed("verify", "--heads", "nowhere").output


@pytest.mark.proves("F65", "X34")
def test_after_a_restoration_the_log_goes_on_and_says_so(
    operator: Path, trial: Trial, heads: Heads, filed_records: SqlRecords
) -> None:
    made = CliRunner().invoke(application, ["backup"])
    assert made.exit_code == 0, made.output
    trial.log(by=ANN, phone="137 1111 2222")
    sealing.work(trial.desk, now=trial.clock.at)
    heads()
    (backup,) = (operator / "backups").glob("desk-*.deskbackup")
    filed_records.database.dispose()

    restored = CliRunner().invoke(application, ["restore", str(backup)])
    told = typed("verify")

    assert restored.exit_code == 0, restored.output
    assert told.exit_code == 0, told.output
    assert re.search(r"at least \d rows written since it are not there", told.output)
    assert "the log goes on after place 3" in told.output
    trial.log(by=ANN, phone="136 1111 2222")
    sealing.work(trial.desk, now=trial.clock.at)
    with filed_records.read() as unit:
        assert "restore" in [row.action for row in unit.audit.all(AuditQuery())]
    assert typed("verify").exit_code == 0
