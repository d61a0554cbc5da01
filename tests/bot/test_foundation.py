"""The ground a desk is laid on: what is damaged, lost or too new is refused in words that help, never made anew."""

import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest

from bot.checkup import _records, check_up
from bot.findings import Finding, Verdict
from bot.foundation import lay_foundation
from bot.settings import Settings
from bot.trial.desk import connected_to
from storage import waterline
from storage.backups.backup import make_backup
from storage.database import JOBS
from storage.keys import parse_ring
from storage.records import SqlRecords
from storage.trouble import Damaged, KeyLost, SchemaTooNew
from tests.storage.cases import keep_case

AT = datetime(2026, 11, 24, 14, 0, tzinfo=UTC)


@pytest.fixture
def settings(filed_records: SqlRecords, desk_key: str, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """A desk connected to Slack, with a case and a note of how far it was written."""
    for name in ("SLACK_APP_TOKEN", "BACKUP_FOLDER"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-1")
    monkeypatch.setenv("SLACK_SIGNING_SECRET", "s")
    monkeypatch.setenv("DATABASE_URL", str(filed_records.database.writers.url))
    monkeypatch.setenv("DESK_KEYS", desk_key)
    settings = Settings(_env_file=None)  # type: ignore[call-arg]
    lay_foundation(settings).close()
    with filed_records.write() as unit:
        keep_case(unit)
    waterline.note(filed_records.database)
    return settings


def file_of(records: SqlRecords) -> Path:
    return Path(str(records.database.writers.url.database))


def flipped(path: Path) -> None:
    """Flip a byte in the middle of every page but the first."""
    content = bytearray(path.read_bytes())
    for page in range(4096 + 2000, len(content), 4096):
        content[page : page + 200] = bytes(200)
    path.write_bytes(content)


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def emptied(path: Path) -> None:
    path.write_bytes(b"")


def removed(path: Path) -> None:
    path.unlink()


@pytest.mark.proves("F43")
@pytest.mark.parametrize("harm", [flipped, cut, emptied, removed])
@pytest.mark.parametrize("has_backup", [True, False])
def test_a_harmed_desk_does_not_start_and_names_the_newest_backup(
    filed_records: SqlRecords,
    settings: Settings,
    desk_key: str,
    harm: Callable[[Path], None],
    *,
    has_backup: bool,
) -> None:
    path = file_of(filed_records)
    told = "none was found"
    if has_backup:
        folder = settings.backups
        assert folder
        ring = parse_ring(desk_key)
        told = f"deskbot restore {make_backup(filed_records.database, ring, folder, at=AT).records}"
    filed_records.database.dispose()
    harm(path)
    left = path.read_bytes() if path.exists() else None

    for _ in range(2):  # nor does it the second time
        with pytest.raises(Damaged, match="backup") as refused:
            lay_foundation(settings)
        assert told in str(refused.value)

    assert (path.read_bytes() if path.exists() else None) == left


@pytest.mark.proves("F43")
def test_a_lost_wal_shows(filed_records: SqlRecords, settings: Settings) -> None:
    path = file_of(filed_records)
    copy = path.with_name("crashed.db")
    shutil.copyfile(path, copy)  # as after a crash, with its -wal gone
    filed_records.database.dispose()
    copy.replace(path)

    with pytest.raises(Damaged, match=r"events 0 of 2.*-wal"):
        lay_foundation(settings)

    waterline.mark_of(path).unlink()
    lay_foundation(settings).close()


@pytest.mark.proves("F43")
def test_an_older_copy_in_place_of_the_desk_shows(
    filed_records: SqlRecords, settings: Settings, empty_desk: Path
) -> None:
    filed_records.database.dispose()
    shutil.copyfile(empty_desk, file_of(filed_records))

    with pytest.raises(Damaged, match="holds less than was written"):
        lay_foundation(settings)


@pytest.mark.proves("F43")
def test_check_tells_what_the_start_would(filed_records: SqlRecords, settings: Settings) -> None:
    sound = found_by_check(settings)
    filed_records.database.dispose()
    file_of(filed_records).unlink()
    lost = found_by_check(settings)

    assert sound.verdict is Verdict.GOOD
    assert lost.verdict is Verdict.WRONG
    assert "is missing" in lost.text
    assert "The newest backup" in lost.text
    assert not file_of(filed_records).exists()


def found_by_check(settings: Settings) -> Finding:
    """What `deskbot check` says of the database; there is no Slack here to ask."""
    return next(one for one in _records(settings, None) if one.part == "database")


@pytest.mark.proves("X31")
def test_check_tells_of_secrets_that_others_may_read(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    env = tmp_path / ".env"

    def told() -> list[str]:
        return [str(one) for one in check_up(settings, live=False) if one.part == "settings"]

    for holds, mode, is_told in (
        ("PORT=3000\n", 0o644, False),
        ("SLACK_BOT_TOKEN=xoxb-1\n", 0o644, True),
        ("WEBHOOK_CRM_SECRET=whsec_1\n", 0o640, True),
        ("SLACK_BOT_TOKEN=xoxb-1\n", 0o600, False),
    ):
        env.write_text(holds)
        env.chmod(mode)
        assert bool(told()) is is_told, (holds, mode)
        assert not [one for one in told() if "xoxb" in one or "chmod 600 .env" not in one]


def test_a_sound_desk_starts_again_and_again(filed_records: SqlRecords, settings: Settings) -> None:
    for _ in range(2):
        lay_foundation(settings).close()
    with filed_records.write() as unit:
        keep_case(unit)

    waterline.note(filed_records.database)
    waterline.require_reached(filed_records.database)
    assert waterline.mark_of(file_of(filed_records)).stat().st_mode & 0o777 == 0o600


def test_a_note_that_cannot_be_read_is_no_licence(
    filed_records: SqlRecords, settings: Settings
) -> None:
    waterline.mark_of(file_of(filed_records)).write_text("{", encoding="ascii")

    with pytest.raises(Damaged, match="cannot be read"):
        lay_foundation(settings)


def test_a_trial_may_begin_anew(filed_records: SqlRecords, settings: Settings) -> None:
    trial = connected_to(SimpleNamespace(api_url="http://127.0.0.1:1/api/"), settings)  # type: ignore[arg-type]
    filed_records.database.dispose()
    file_of(filed_records).unlink()

    lay_foundation(trial).close()

    assert file_of(filed_records).exists()


@pytest.mark.proves("F47")
def test_a_newer_desk_is_left_alone(filed_records: SqlRecords, settings: Settings) -> None:
    with filed_records.database.writing(JOBS) as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")

    with pytest.raises(SchemaTooNew, match="run the newer program"):
        lay_foundation(settings)


@pytest.mark.proves("F57")
def test_another_key_does_not_start_it(
    filed_records: SqlRecords, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DESK_KEYS", "other:" + "A" * 43 + "=")

    with pytest.raises(KeyLost, match="back there"):
        lay_foundation(Settings(_env_file=None))  # type: ignore[call-arg]
