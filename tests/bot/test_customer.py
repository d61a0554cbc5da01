"""`deskbot customer` as an operator types it; and an erased customer stays erased in every backup (X23)."""

import json
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.clock import SystemClock
from storage.backups.backup import KEYS_NAME, make_backup
from storage.backups.restore import restore
from storage.database import open_database
from storage.keys import parse_ring
from storage.records import SqlRecords
from tests.bot.test_backup import operator, typed
from tests.conftest import make_database
from tests.tickets.desk.desks import ADAM, DAI, SUE, Trial, a_desk
from tests.tickets.desk.test_rights import archived
from tickets.case.values import ERASED, Number, Text
from tickets.desk import rights
from tickets.desk.subject import Which, erase
from tickets.people.disposal import Standing

__all__ = ["operator"]

PHONE = "13812345678"
SECRETS = ("李小红", PHONE, "空调制冷效果差", "压缩机")
WHY = "客户本人来电要求"
ZONE = ZoneInfo("Asia/Shanghai")
EVENING = datetime(2026, 11, 24, 14, 0, tzinfo=UTC)


@pytest.fixture
def here(
    operator: Path, filed_records: SqlRecords, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Trial]:
    """A desk with a closed case, where an operator types."""
    monkeypatch.setenv("DATABASE_URL", str(filed_records.database.writers.url))
    trial = a_desk(filed_records)
    trial.clock.at = SystemClock().now()  # the command line has no other
    yield trial


def agreed(trial: Trial, number: Number) -> None:
    asked = rights.ask_erasure(trial.desk, number, Text(WHY), by=SUE, receipt=trial.receipt())
    assert asked
    rights.approve(trial.desk, asked.id, by=DAI, receipt=trial.receipt())


@pytest.mark.proves("X41", "X38")
@pytest.mark.requirement(113)
def test_a_customer_s_own_file_holds_everything_in_full(here: Trial, operator: Path) -> None:
    number = archived(here)
    other = archived(here, phone="139 8765 4321", name="王强")

    done = typed("customer", "export", "--phone", PHONE, "--reason", WHY, "--out", "li.zip")

    assert done.exit_code == 0, done.output
    path = operator / "li.zip"
    assert path.stat().st_mode & 0o777 == 0o600
    with zipfile.ZipFile(path) as both:
        data = json.loads(both.read("customer.json"))
        text = both.read("customer.md").decode()
    assert (data["customer"]["name"], data["customer"]["phone"]) == ("李小红", "+86" + PHONE)
    assert [case["number"] for case in data["cases"]] == [number]
    kinds = [event["what"] for event in data["cases"][0]["events"]]
    assert kinds[0] == "Logged"
    assert kinds[-1] == "Revealed"  # that it was taken is on record too
    for secret in SECRETS:
        assert secret in json.dumps(data, ensure_ascii=False)
        assert secret in text.replace("\\", "")
    assert other not in text
    with here.desk.records.read() as unit:
        reveal = unit.tickets.events(number)[-1]
    assert reveal.by == "operator"
    with here.desk.records.database.reading() as connection:  # type: ignore[attr-defined]
        row = connection.exec_driver_sql(
            "SELECT actor, action, detail FROM audit ORDER BY id DESC LIMIT 1"
        ).one()
    assert row[:2] == ("operator", "export_subject")
    assert not any(secret in str(row[2]) for secret in (*SECRETS, WHY))


def test_mistakes_are_told_in_a_sentence(here: Trial, operator: Path) -> None:
    archived(here)
    (operator / "there.zip").write_text("x")

    cases = {
        ("export", "--phone", PHONE): ("--reason", 2),
        ("export", "--reason", "x"): ("one of --phone", 2),
        ("export", "--phone", PHONE, "--mail", "a@b.cn", "--reason", "x"): ("one of", 2),
        ("export", "--phone", "13900000000", "--reason", "x"): ("Nobody is known", 1),
        ("export", "--number", "20250101001", "--reason", "x"): ("There is no ticket", 1),
        ("export", "--phone", PHONE, "--reason", "x", "--out", "there.zip"): ("exists", 1),
        ("erase", "--phone", PHONE): ("Nobody has approved", 1),
        ("erase",): ("one of", 2),
    }
    for words, (said, status) in cases.items():
        done = typed("customer", *words)
        assert said in done.output
        assert done.exit_code == status
    assert (operator / "there.zip").read_text() == "x"


@pytest.mark.proves("X41")
def test_an_approved_erasure_is_run_once(here: Trial, operator: Path) -> None:
    number = archived(here)
    unasked = typed("customer", "erase", "--number", number)
    agreed(here, number)

    done = typed("customer", "erase", "--number", number)
    again = typed("customer", "erase", "--number", number)

    assert "Nobody has approved" in unasked.output
    assert done.exit_code == 0, done.output
    assert "the words of 1 cases" in done.output
    assert again.exit_code == 0
    assert "erased before" in again.output
    with here.desk.records.read() as unit:
        ticket = unit.tickets.get(number)
        assert ticket.intake.description == ERASED
        assert unit.customers.get(ticket.customer_id).is_erased
    late = typed("customer", "export", "--number", number, "--reason", WHY, "--out", "late.zip")
    assert late.exit_code == 0, late.output
    with zipfile.ZipFile(operator / "late.zip") as both:
        held = b"".join(both.read(name) for name in both.namelist()).decode()
    assert not any(secret in held for secret in SECRETS)


@pytest.mark.proves("X41")
def test_with_an_open_case_even_an_approved_one_waits(here: Trial) -> None:
    number = archived(here)
    agreed(here, number)
    still_open = here.log()

    done = typed("customer", "erase", "--number", number)

    assert done.exit_code == 1
    assert still_open in done.output


@pytest.mark.proves("X23", "X22")
def test_an_older_backup_with_the_newest_keys_does_not_bring_an_erased_customer_back(
    either_records: SqlRecords, request: pytest.FixtureRequest, tmp_path: Path, desk_key: str
) -> None:
    trial, ring, kept = a_desk(either_records), parse_ring(desk_key), tmp_path / "kept"
    number = archived(trial)
    other = archived(trial, phone="139 8765 4321", name="王强")
    old = make_backup(either_records.database, ring, kept, at=EVENING)
    agreed(trial, number)
    assert erase(trial.desk, Which(number=number))
    make_backup(either_records.database, ring, kept, at=EVENING + timedelta(days=1))

    url = _new_database(either_records, request, tmp_path)
    restore(old.records, kept / KEYS_NAME, url, ring, zone=ZONE, at=EVENING + timedelta(days=2))

    database = open_database(url, readers=2)
    again = SqlRecords(database=database, vault=either_records.vault, fold_text=str)
    with again.read() as unit:
        ticket = unit.tickets.get(number)
        assert ticket.intake.description == ERASED
        customer = unit.customers.get(ticket.customer_id)
        assert customer.is_erased
        assert (customer.name, customer.phone, customer.email) == ("", "", "")
        assert unit.customers.find(phone="+86" + PHONE, email=None) is None
        assert unit.tickets.get(other).intake.description.startswith("空调制冷")
    _erased_once_more(a_desk(again), number)
    database.dispose()


def _erased_once_more(trial: Trial, number: Number) -> None:
    """What the older backup brought back, the redacted copies for search, goes by the same hands."""
    assert rights.propose_again(trial.desk) == 1
    assert rights.propose_again(trial.desk) == 0
    with trial.desk.records.read() as unit:
        (request,) = unit.disposals.standing(Standing.PROPOSED)
    rights.ask_for_listed(trial.desk, request.id, by=SUE, receipt="again:1")
    rights.approve(trial.desk, request.id, by=DAI, receipt="again:2")

    assert erase(trial.desk, Which(number=number))

    assert rights.propose_again(trial.desk) == 0
    with trial.desk.records.read() as unit:
        assert unit.archive.is_disposed(number)


def _new_database(records: SqlRecords, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if records.database.is_sqlite:
        return f"sqlite:///{tmp_path / 'new' / 'desk.db'}"
    cluster = request.getfixturevalue("postgres")
    make_database(cluster, "erased_again", template="template1")
    return str(cluster.url("erased_again"))


def test_an_administrator_in_slack_and_the_command_do_not_run_it_twice(here: Trial) -> None:
    number = archived(here)
    agreed(here, number)
    with here.desk.records.read() as unit:
        customer = unit.tickets.get(number).customer_id
        (request,) = unit.disposals.of_customer(customer)
    rights.run(here.desk, request.id, by=ADAM, receipt=here.receipt())

    done = typed("customer", "erase", "--number", number)  # the desk was killed: this goes on

    assert "the words of 1 cases" in done.output
    with here.desk.records.read() as unit:
        assert unit.archive.is_disposed(number)
