"""The vault under the desk's keys: what opens where, and what refuses; customers' own keys stand in test_customer_keys.py."""

import hashlib
import hmac
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.canary import leave_canary, prove_keys
from storage.database import JOBS, Database
from storage.keys import KeyRing, make_key_file, new_key, parse_ring, read_key_file
from storage.trouble import KeyLost, KeyUnreadable, SealBroken
from storage.vault import Spot, Vault

HERE = Spot("drafts", "c1", "text")


def ring(*entries: str) -> KeyRing:
    return parse_ring(",".join(entries))


@given(st.text())
def test_what_was_sealed_opens_as_it_was(text: str) -> None:
    vault = Vault(ring(new_key()))

    assert vault.open(vault.seal(text, HERE, subject=None), HERE, subject=None) == text


def test_a_text_is_sealed_differently_each_time_and_shows_nothing() -> None:
    vault = Vault(ring(new_key()))

    first, second = (vault.seal("13800138000", HERE, subject=None) for _ in range(2))

    assert first != second
    assert b"138" not in first


@pytest.mark.parametrize(
    "elsewhere",
    [
        Spot("drafts", "c2", "text"),
        Spot("drafts", "c1", "name"),
        Spot("blockers", "c1", "text"),
    ],
)
def test_a_sealed_value_opens_in_its_place_only(elsewhere: Spot) -> None:
    vault = Vault(ring(new_key()))
    sealed = vault.seal("李小明", HERE, subject=None)

    with pytest.raises(SealBroken):
        vault.open(sealed, elsewhere, subject=None)


def test_a_changed_byte_is_noticed() -> None:
    vault = Vault(ring(new_key()))
    sealed = vault.seal("李小明", HERE, subject=None)

    for place in range(len(sealed)):
        changed = bytearray(sealed)
        changed[place] ^= 1
        with pytest.raises((SealBroken, KeyLost)):
            vault.open(bytes(changed), HERE, subject=None)
    for length in range(len(sealed)):
        with pytest.raises((SealBroken, KeyLost)):
            vault.open(sealed[:length], HERE, subject=None)


def test_every_key_of_the_ring_opens_and_the_newest_seals() -> None:
    old, new = new_key(), new_key()
    before = Vault(ring(old)).seal("李小明", HERE, subject=None)
    vault = Vault(ring(new, old))

    after = vault.seal("李小明", HERE, subject=None)

    assert vault.open(before, HERE, subject=None) == "李小明"
    assert Vault(ring(new)).open(after, HERE, subject=None) == "李小明"
    with pytest.raises(KeyLost):
        Vault(ring(new)).open(before, HERE, subject=None)


@pytest.mark.proves("X21")
def test_whoever_has_the_database_alone_cannot_try_numbers_out() -> None:
    """Eleven digits are soon tried out: without the key none of these gives what is stored."""
    number = "+8613800138000"
    kept = Vault(ring(new_key())).look_ups("phone", number)[0]
    forms = {number, number[1:], number[3:], f"phone{number}", f"phone\0{number}"}
    plain = {
        tried
        for form in forms
        for name in ("md5", "sha1", "sha256", "sha512", "blake2b", "blake2s")
        for tried in (
            hashlib.new(name, form.encode()).digest(),
            hmac.digest(b"", form.encode(), "sha256"),
        )
    }
    others = {Vault(ring(new_key())).look_ups("phone", number)[0] for _ in range(50)}

    assert kept not in {one[:16] for one in plain} | {one[-16:] for one in plain} | others


@pytest.mark.proves("X21")
def test_look_ups_are_equal_for_equal_values_only() -> None:
    vault = Vault(ring(new_key()))

    def look_up(kind: str, value: str) -> bytes:
        return vault.look_ups(kind, value)[0]

    assert look_up("email", "Li@Example.COM ") == look_up("email", "li@example.com")
    assert look_up("phone", "+8613800138000") != look_up("phone", "+8613800138001")
    assert look_up("phone", "x") != look_up("email", "x")
    assert len(look_up("phone", "x")) == 16
    assert look_up("phone", "x") != Vault(ring(new_key())).look_ups("phone", "x")[0]


@pytest.mark.proves("X31")
def test_a_key_file_is_its_owners_alone(tmp_path: Path) -> None:
    path = tmp_path / "kept" / "desk.key"
    make_key_file(path)

    assert path.stat().st_mode & 0o777 == 0o600
    assert read_key_file(path).newest.secret
    with pytest.raises(FileExistsError):
        make_key_file(path)
    path.chmod(0o640)
    with pytest.raises(KeyUnreadable, match="chmod 600"):
        read_key_file(path)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "k1",
        "k1:",
        "k1:%%%",
        "k1:c2hvcnQ=",
        ":" + "A" * 44,
        "k 1:x",
        "\u00e9:" + "A" * 44,
    ],
)
def test_what_is_no_key_is_refused_without_being_repeated(text: str) -> None:
    with pytest.raises(KeyUnreadable) as refusal:
        parse_ring(text)

    assert "c2hvcnQ=" not in str(refusal.value)


def test_two_keys_of_one_name_are_refused() -> None:
    with pytest.raises(KeyUnreadable):
        ring(*[f"k1:{new_key().partition(':')[2]}" for _ in range(2)])


def test_secrets_have_no_representation() -> None:
    made = ring(new_key())

    assert made.newest.secret.hex() not in f"{made!r}{made.newest!r}{Vault(made)!r}"
    assert str(made.newest.secret) not in f"{made!r}{made.newest!r}"


def test_a_missing_key_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(KeyUnreadable, match=r"nowhere\.key"):
        read_key_file(tmp_path / "nowhere.key")


@pytest.mark.proves("X22", "F57")
def test_the_right_keys_are_proved_at_each_start(database: Database, desk_key: str) -> None:
    prove_keys(database, Vault(ring(desk_key)))


@pytest.mark.proves("X22", "F57")
def test_a_lost_key_refuses_the_start_and_says_which_and_where(
    database: Database, vault: Vault, tmp_path: Path
) -> None:
    path = tmp_path / "desk.key"
    make_key_file(path)

    with pytest.raises(KeyLost) as refusal:
        prove_keys(database, Vault(read_key_file(path)))

    said = str(refusal.value)
    assert vault.newest_key_id in said
    assert str(path) in said
    assert "nothing was changed" in said


@pytest.mark.proves("F57")
def test_another_key_of_the_same_name_refuses_the_start(database: Database, vault: Vault) -> None:
    imposter = f"{vault.newest_key_id}:{new_key().partition(':')[2]}"

    with pytest.raises(KeyLost, match="another one"):
        prove_keys(database, Vault(ring(imposter)))


def test_a_new_key_waits_until_a_rotation_begins_with_it(database: Database, desk_key: str) -> None:
    new = new_key()
    vault = Vault(ring(new, desk_key))
    assert vault.newest_key_id == new.partition(":")[0]  # before it knows the database

    prove_keys(database, vault)

    assert vault.newest_key_id == desk_key.partition(":")[0]
    prove_keys(database, Vault(ring(desk_key)))  # a process that lacks it goes on
    with database.writing(JOBS) as connection:
        leave_canary(connection, vault, new.partition(":")[0])
    assert vault.newest_key_id == new.partition(":")[0]
    with pytest.raises(KeyLost, match=new.partition(":")[0]):
        prove_keys(database, Vault(ring(desk_key)))
