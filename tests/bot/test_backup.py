"""`deskbot backup` and `restore` as an operator types them, and the backup that makes itself each night."""

import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from typer.testing import CliRunner, Result

from bot.cli import application
from bot.clock import SystemClock
from bot.nightly import DONE, GIVEN_UP_AFTER, MARK, RUNNING, Nightly, latest
from bot.trial.desk import PRESET
from storage.keys import new_key
from storage.records import SqlRecords
from storage.revisions import SqlRevisions
from storage.vault import Vault
from tests.conftest import Address
from tests.storage.cases import keep_case
from tests.tickets.desk.desks import a_desk
from tickets.desk.carry_out import BACKUP_WANTED
from tickets.ports.watching import Mark

SHANGHAI = ZoneInfo("Asia/Shanghai")
NIGHT = datetime(2026, 11, 24, 20, 30, tzinfo=UTC)  # 04:30 in Shanghai
PATIENCE_S = 60


@pytest.fixture
def operator(tmp_path: Path, desk_key: str, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An operator's folder, with the desk's key at hand."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DESK_KEYS", desk_key)
    monkeypatch.setenv("DESK_CONFIG", str(PRESET))
    for name in ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET", "BACKUP_FOLDER"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def typed(*words: str) -> Result:
    return CliRunner().invoke(application, list(words))


@pytest.mark.proves("X34")
def test_a_desk_is_backed_up_and_put_back(
    operator: Path, filed_records: SqlRecords, monkeypatch: pytest.MonkeyPatch
) -> None:
    with filed_records.write() as unit:
        keep_case(unit)
    filed_records.database.dispose()
    url = str(filed_records.database.writers.url)
    monkeypatch.setenv("DATABASE_URL", url)

    made = typed("backup")

    assert made.exit_code == 0, made.output
    (backup,) = (operator / "backups").glob("desk-*.deskbackup")
    assert "1 tickets" in made.output
    whole = typed("backup", "--check", str(backup))
    assert "is whole" in whole.output
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{operator / 'new' / 'desk.db'}")
    put_back = typed("restore", str(backup))
    assert put_back.exit_code == 0, put_back.output
    assert "go on 500 higher" in put_back.output
    assert (operator / "new" / "desk.db").stat().st_mode & 0o777 == 0o600


def test_the_desk_file_comes_back_out_of_a_backup(
    operator: Path, filed_records: SqlRecords, vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", str(filed_records.database.writers.url))
    typed("backup", "early")
    (early,) = (operator / "early").glob("desk-*.deskbackup")
    revisions = SqlRevisions(filed_records.database, vault, SystemClock())
    for name, text in (("one", "name: Alt\n"), ("two", "name: 售后 · ‘neu’ \n# 备注\n")):
        revisions.insist(name, text)
    typed("backup", "late")
    (late,) = (operator / "late").glob("desk-*.deskbackup")

    assert typed("backup", "--desk-file", str(late)).output == "name: 售后 · ‘neu’ \n# 备注\n"
    none = typed("backup", "--desk-file", str(early))
    assert none.exit_code == 1
    assert "holds no desk file" in none.output
    assert typed("backup", "--desk-file", "gone").exit_code == 2
    assert typed("backup", "--check", str(late), "--desk-file", str(late)).exit_code == 2


def test_mistakes_are_told_in_a_sentence(
    operator: Path, address: Address, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{operator / 'nowhere' / 'desk.db'}")
    no_desk = typed("backup")
    no_backup = operator / "note.txt"
    no_backup.write_text("hello")
    not_one = typed("restore", str(no_backup), "--keys", str(no_backup))
    monkeypatch.setenv("DATABASE_URL", "postgresql://u@localhost/nothing")
    no_folder = typed("backup")

    assert "there is no desk to back up" in no_desk.output
    assert not (operator / "nowhere").exists()
    assert "this is no backup of a desk" in not_one.output
    assert "name a folder, or set BACKUP_FOLDER" in no_folder.output
    assert [no_desk.exit_code, not_one.exit_code, no_folder.exit_code] == [1, 1, 2]


@pytest.mark.proves("X22")
def test_a_machine_without_the_desks_key_is_told_and_no_other_key_is_made(
    operator: Path, filed_records: SqlRecords, desk_key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", str(filed_records.database.writers.url))
    typed("backup", str(operator))
    (backup,) = operator.glob("desk-*.deskbackup")
    monkeypatch.delenv("DESK_KEYS")
    new = operator / "new"
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{new / 'desk.db'}")

    told = [typed("restore", str(backup)), typed("backup", "--check", str(backup))]
    for one in told:
        assert one.exit_code == 1
        assert f"the key file {new / 'desk.key'} is missing" in one.output
    assert not new.exists()

    new.mkdir(mode=0o700)
    (new / "desk.key").touch(mode=0o600)
    (new / "desk.key").write_text("other:" + desk_key.partition(":")[2].replace("A", "B"))
    wrong = typed("restore", str(backup))
    assert f"which is not in the key file {new / 'desk.key'}" in wrong.output
    assert [one.name for one in new.iterdir()] == ["desk.key"]


@pytest.mark.proves("F44")
def test_a_key_of_the_same_name_that_is_another_seals_no_backup(
    operator: Path, filed_records: SqlRecords, desk_key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", str(filed_records.database.writers.url))
    assert typed("backup", str(operator / "right")).exit_code == 0
    monkeypatch.setenv("DESK_KEYS", f"{desk_key.partition(':')[0]}:{new_key().partition(':')[2]}")

    wrong = typed("backup", str(operator / "wrong"))

    assert wrong.exit_code == 1
    assert "nothing was changed" in wrong.output
    assert not (operator / "wrong").exists()


class Standing:
    """A clock that stands."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at


def a_nightly(records: SqlRecords, folder: Path, program: str, *, at: datetime = NIGHT) -> Nightly:
    desk = a_desk(records).desk
    command = (sys.executable, "-c", program)
    return Nightly(desk, Standing(at), folder, 3, command)  # type: ignore[arg-type]


WRITES = "import pathlib, sys; pathlib.Path(sys.argv[1], 'made').write_text(' '.join(sys.argv[2:]))"
FAILS = "import sys; sys.exit('deskbot: no space left on device')"


def ended(nightly: Nightly) -> None:
    end = time.monotonic() + PATIENCE_S
    nightly()
    while nightly._run is not None:
        assert time.monotonic() < end
        nightly()


def mark(records: SqlRecords) -> Mark | None:
    with records.read() as unit:
        return unit.watch.mark(MARK)


def test_one_backup_a_night_by_one_of_several(records: SqlRecords, tmp_path: Path) -> None:
    one = a_nightly(records, tmp_path, WRITES)
    other = a_nightly(records, tmp_path, WRITES)

    one()
    other()
    assert other._run is None
    ended(one)

    assert (tmp_path / "made").read_text() == "--keep 3"
    assert mark(records) == Mark(NIGHT, DONE)
    again = a_nightly(records, tmp_path, FAILS, at=NIGHT + timedelta(hours=20))
    again()
    assert again._run is None
    tomorrow = a_nightly(records, tmp_path, WRITES, at=NIGHT + timedelta(days=1))
    tomorrow()
    assert tomorrow._run is not None
    tomorrow.stop()


@pytest.mark.proves("X23")
def test_an_erasure_is_followed_by_a_backup_at_once(records: SqlRecords, tmp_path: Path) -> None:
    ended(a_nightly(records, tmp_path, WRITES))
    noon = NIGHT + timedelta(hours=8)
    with records.write() as unit:
        unit.watch.keep_mark(BACKUP_WANTED, Mark(noon))

    after = a_nightly(records, tmp_path, WRITES, at=noon + timedelta(minutes=1))
    ended(after)

    assert mark(records) == Mark(noon + timedelta(minutes=1), DONE)
    again = a_nightly(records, tmp_path, FAILS, at=noon + timedelta(minutes=2))
    again()
    assert again._run is None


def test_a_backup_that_fails_is_told_to_the_admins(records: SqlRecords, tmp_path: Path) -> None:
    nightly = a_nightly(records, tmp_path, FAILS)

    ended(nightly)

    with records.database.reading() as connection:
        told = connection.exec_driver_sql("SELECT params FROM notices").scalars().all()
    assert told
    assert "no space left on device" in str(told[0])


def test_one_that_was_killed_is_made_by_somebody_else_later(
    records: SqlRecords, tmp_path: Path
) -> None:
    with records.write() as unit:
        unit.watch.keep_mark(MARK, Mark(NIGHT, RUNNING))
    soon = a_nightly(records, tmp_path, WRITES, at=NIGHT + timedelta(hours=1))
    later = a_nightly(records, tmp_path, WRITES, at=NIGHT + GIVEN_UP_AFTER + timedelta(minutes=1))

    soon()
    later()

    assert soon._run is None
    assert later._run is not None
    ended(later)


@pytest.mark.parametrize(
    ("now", "due"), [((24, 2, 59), (23, 3)), ((24, 3, 0), (24, 3)), ((24, 23, 0), (24, 3))]
)
def test_it_is_made_at_three_by_the_desks_clock(
    now: tuple[int, int, int], due: tuple[int, int]
) -> None:
    moment = datetime(2026, 11, *now, tzinfo=SHANGHAI)

    assert latest(moment) == datetime(2026, 11, *due, tzinfo=SHANGHAI)
