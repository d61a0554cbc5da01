"""`deskbot keys rotate` as an operator types it, and a start without the right keys."""

import json
from base64 import b64encode
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.cli import application
from bot.foundation import lay_foundation, vault_of
from bot.settings import read_settings
from storage.backups.backup import verify
from storage.canary import prove_keys
from storage.keys import KeyRing, new_key, parse_ring, read_key_file
from storage.records import SqlRecords
from storage.trouble import KeyLost, KeyUnreadable
from storage.vault import Vault
from tests.conftest import Address
from tests.storage.rotating import a_stock, records_of, require_all
from tickets.case.log import OPERATOR
from tickets.people.actions import Action
from tickets.ports import AuditQuery


@pytest.fixture(autouse=True)
def operator(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An operator's folder; no bot waits for a rotation to be noticed."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("storage.rotation.Rotation.__init__.__defaults__", (0.0, 500, 0.0))
    for name in ("DATABASE_URL", "DESK_KEYS", "SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def typed(*words: str) -> Result:
    return CliRunner().invoke(application, ["keys", "rotate", *words])


def an_embedded_desk(operator: Path, records: SqlRecords, key: str) -> Path:
    """Put a key file beside the database of these records, as the desk makes it."""
    path = Path(str(records.database.writers.url.database)).with_suffix(".key")
    path.touch(mode=0o600)
    path.write_text(key + "\n")
    return path


@pytest.mark.proves("X22", "F58")
def test_an_embedded_desk_makes_its_new_key_itself(
    operator: Path, filed_records: SqlRecords, desk_key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    stock = a_stock(filed_records, count=6)
    path = an_embedded_desk(operator, filed_records, desk_key)
    monkeypatch.setenv("DATABASE_URL", str(filed_records.database.writers.url))
    old = desk_key.partition(":")[0]

    done = typed()

    assert done.exit_code == 0, done.output
    new, kept = read_key_file(path).keys
    assert kept.id == old
    assert path.stat().st_mode & 0o777 == 0o600
    assert f"everything that can be is under {new.id} now" in done.stdout
    assert f"{old} is still needed to tell whether these were changed" in done.stdout
    assert "customers' look-ups: 7 of 7" in done.stderr
    assert new.secret.hex() not in done.output
    require_all(records_of(filed_records.database, KeyRing((new,))), stock)
    with records_of(filed_records.database, read_key_file(path)).read() as unit:
        *_, entry = unit.audit.all(AuditQuery(by=OPERATOR))
    assert (entry.action, entry.detail) == (Action.CONFIGURE, {"rotated_to": new.id})

    again = typed("--drop", "--json")

    told = json.loads(again.stdout)
    assert again.exit_code == 0
    assert told["dropped"] == told["may_be_dropped"] == []
    assert [key.id for key in read_key_file(path).keys] == [told["key"], new.id, old]
    assert told["older"][new.id]["opens"] == {}
    assert told["older"][new.id]["proves"]["audit"] >= 1  # the entry of the first rotation
    last = typed("--drop-proofs")

    assert last.exit_code == 0
    assert f"{old} was taken out of the key file" in last.stdout
    assert len(read_key_file(path).keys) == 1
    require_all(records_of(filed_records.database, read_key_file(path)), stock)


@pytest.mark.proves("F58")
def test_with_desk_keys_there_has_to_be_a_new_one_first(
    address: Address, monkeypatch: pytest.MonkeyPatch
) -> None:
    new, old = new_key(), address.key.partition(":")[0]
    monkeypatch.setenv("DATABASE_URL", address.url)
    monkeypatch.setenv("DESK_KEYS", address.key)

    refused = typed()
    monkeypatch.setenv("DESK_KEYS", f"{new},{address.key}")
    done = typed("--json")
    monkeypatch.setenv("DESK_KEYS", new)
    alone = typed()

    assert refused.exit_code == 1
    assert "nothing to rotate to" in refused.output
    assert "openssl rand -base64 32" in refused.output
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout) == {
        "key": new.partition(":")[0],
        "may_be_dropped": [old],
        "dropped": [],
        "older": {old: {"opens": {}, "proves": {}}},
    }
    assert alone.exit_code == 1
    assert "nothing to rotate to" in alone.output
    assert typed("--nonsense").exit_code == 2


@pytest.mark.proves("X22")
def test_the_desks_key_is_neither_in_the_database_nor_in_a_backup(
    operator: Path, filed_records: SqlRecords, desk_key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_stock(filed_records, count=4)
    path = an_embedded_desk(operator, filed_records, desk_key)
    monkeypatch.setenv("DATABASE_URL", str(filed_records.database.writers.url))

    assert typed().exit_code == 0
    made = CliRunner().invoke(application, ["backup", str(operator / "kept")])

    assert made.exit_code == 0, made.output
    ring = read_key_file(path)
    files = [one for one in operator.rglob("*") if one.is_file() and one != path]
    assert {".db", ".deskbackup"} <= {one.suffix for one in files}
    for one in files:
        content = one.read_bytes()
        for key in ring.keys:
            assert key.secret not in content, one
            assert b64encode(key.secret) not in content, one
            assert key.secret.hex().encode() not in content, one


def test_no_desk_is_made_to_rotate_its_keys(
    operator: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{operator / 'nowhere' / 'desk.db'}")

    refused = typed()

    assert refused.exit_code == 1
    assert "there is no desk" in refused.output
    assert not (operator / "nowhere").exists()


@pytest.mark.proves("F57", "X22")
@pytest.mark.parametrize("given", ["another", "half", "same name", "none", "broken"])
def test_a_desk_without_its_keys_does_not_start_and_says_what_to_do(
    given: str,
    operator: Path,
    filed_records: SqlRecords,
    desk_key: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    old, new = desk_key.partition(":")[0], new_key()
    both = parse_ring(f"{new},{desk_key}")
    vault = Vault(both)
    prove_keys(filed_records.database, vault)
    path = an_embedded_desk(operator, filed_records, desk_key)
    match given:
        case "another":
            path.write_text(new_key() + "\n")
        case "half":  # a rotation began with the new one, and only that is given
            path.write_text(new + "\n")
        case "same name":
            path.write_text(f"{old}:{new.partition(':')[2]}\n")
        case "none":
            path.unlink()
        case _:
            path.write_text(desk_key[:-8] + "\n")
    monkeypatch.setenv("DATABASE_URL", str(filed_records.database.writers.url))
    before = Path(str(filed_records.database.writers.url.database)).read_bytes()

    with pytest.raises((KeyLost, KeyUnreadable)) as refusal:
        lay_foundation(read_settings())

    said = str(refusal.value).lower()
    assert given == "broken" or "nothing was changed" in said
    assert given in {"none", "broken"} or old in said
    assert given == "broken" or str(path).lower() in said
    assert "put " in said or "bytes" in said or "base64" in said
    assert Path(str(filed_records.database.writers.url.database)).read_bytes() == before


def test_a_new_key_waits_for_the_rotation_and_is_told_of(
    operator: Path,
    filed_records: SqlRecords,
    desk_key: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("DATABASE_URL", str(filed_records.database.writers.url))
    monkeypatch.setenv("DESK_KEYS", f"{new_key()},{desk_key}")

    foundation = lay_foundation(read_settings())

    assert foundation.vault.newest_key_id == desk_key.partition(":")[0]
    assert "keys rotate" in capsys.readouterr().out
    foundation.close()
    made = CliRunner().invoke(application, ["backup", str(operator / "kept")])
    assert made.exit_code == 0, made.output
    (backup,) = (operator / "kept").glob("desk-*.deskbackup")
    assert verify(backup, parse_ring(desk_key))  # whoever gives the new key up can open it
    checked = CliRunner().invoke(application, ["check"]).output
    assert "waits: once every bot has it, run `deskbot keys rotate`" in checked
    assert vault_of(read_settings()).desk.ring.source == "DESK_KEYS"


@pytest.mark.proves("F58")
def test_a_desk_begun_by_its_upgrade_has_its_key(operator: Path) -> None:
    (operator / "data").mkdir()

    begun = CliRunner().invoke(application, ["db", "upgrade"])

    assert begun.exit_code == 0, begun.output
    key_file = operator / "data" / "desk.key"
    assert key_file.stat().st_mode & 0o777 == 0o600
    lay_foundation(read_settings()).close()
    assert CliRunner().invoke(application, ["db", "upgrade"]).exit_code == 0


def test_an_upgrade_never_makes_a_key_for_a_desk_that_lost_its_own(operator: Path) -> None:
    (operator / "data").mkdir()
    CliRunner().invoke(application, ["db", "upgrade"])
    key_file = operator / "data" / "desk.key"
    key_file.unlink()

    CliRunner().invoke(application, ["db", "upgrade"])

    assert not key_file.exists()
    with pytest.raises(KeyUnreadable, match="is missing"):
        lay_foundation(read_settings())
