"""Who saw what, and the report of an incident, as an operator types them (X41)."""

import json
import zipfile
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.cli import application
from bot.trial.desk import PRESET
from storage.records import SqlRecords
from tests.tickets.desk.desks import ANN, BOB, DAI, EVE, SUE, Trial, a_desk
from tickets.case.log import OPERATOR
from tickets.case.values import Number, Text
from tickets.desk.audit_log import Slice, read_audit
from tickets.desk.look import search
from tickets.desk.reveal import reveal
from tickets.desk.subject import Which, hold
from tickets.desk.work import accept
from tickets.errors import Refused
from tickets.ports import AuditQuery
from tickets.ports.auditing import EXPORT

REASON = "致电客户李小红 13812345678 约定上门时间"


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


@pytest.fixture
def number(operator: Path, filed_records: SqlRecords) -> Number:
    """A case that a supervisor and its engineer looked into, and one who may not tried to."""
    trial = a_desk(filed_records)
    made = trial.log()
    other = trial.log(name="王大明", phone="139 0000 1111")
    accept(trial.desk, made, by=EVE, receipt=trial.receipt())
    for who in (SUE, EVE):
        trial.clock.move(minutes=5)
        reveal(trial.desk, made, Text(REASON), by=who, receipt=trial.receipt())
    reveal(trial.desk, other, Text("回访满意度打分"), by=SUE, receipt=trial.receipt())
    with pytest.raises(Refused):
        reveal(trial.desk, made, Text("只是好奇而已"), by=BOB, receipt=trial.receipt())
    search(trial.desk, "13812345678", by=ANN)
    _no_trouble(trial)
    return made


def _no_trouble(trial: Trial) -> None:
    assert trial.woken


def typed(*words: str) -> Result:
    return CliRunner().invoke(application, ["audit", *words])


@pytest.mark.proves("X41", "X28")
def test_who_saw_a_customers_data_is_listed_with_why_and_nothing_in_full(
    number: Number, filed_records: SqlRecords
) -> None:
    told = typed("who-saw", "--phone", "138 1234 5678", "--json")

    rows = json.loads(told.stdout)
    assert [(row["by"], row["action"], row["outcome"]) for row in rows] == [
        (SUE, "reveal", "done"),
        (EVE, "reveal", "done"),
        (BOB, "reveal", "refused"),
        (ANN, "look_up", "done"),
    ]
    assert rows[0]["kinds"] == ["name", "phone"]
    assert "约定上门时间" in rows[0]["reason"]
    assert not any(word in told.stdout for word in ("13812345678", "李小红", "王大明"))
    with filed_records.read() as unit:
        last = unit.audit.all(AuditQuery())[-1]
    assert (last.by, last.action, last.detail["part"]) == (OPERATOR, "read_audit", "seen")


@pytest.mark.proves("X41")
def test_a_tickets_looks_are_printed_in_the_language_asked_for(number: Number) -> None:
    told = typed("who-saw", "--ticket", number, "--lang", "en")

    assert told.exit_code == 0, told.output
    assert told.output.count("****5678") == 5  # three looks, two reasons
    assert "Reason given" in told.output


@pytest.mark.proves("X41", "X28")
def test_whoever_took_everything_along_is_listed_with_the_case_and_why(
    number: Number, filed_records: SqlRecords
) -> None:
    trial = a_desk(filed_records)
    hold(trial.desk, Which(number=number), Text("李小红本人来电 13812345678 要求"))
    other = f"{number[:-1]}2"

    (row,) = _exports(typed("who-saw", "--ticket", number, "--json").stdout)
    assert not _exports(typed("who-saw", "--ticket", other, "--json").stdout)
    (seen,) = (
        one
        for one in read_audit(trial.desk, number, by=DAI, part=Slice.SEEN).page.rows
        if one.action == EXPORT
    )

    assert (row["by"], row["kinds"]) == (OPERATOR, ["everything"])
    assert row["reason"] == "李*本人来电 ****5678 要求"
    assert seen.by == OPERATOR


def _exports(printed: str) -> list[dict[str, object]]:
    return [row for row in json.loads(printed) if row["action"] == EXPORT]


@pytest.mark.proves("X41")
@pytest.mark.parametrize(
    ("lang", "words"),
    [
        (
            "zh-Hans",
            ("第五十七条", "涉及客户 2 位", "可能造成的危害", "5678", "由个人信息保护负责人填写"),
        ),
        ("zh-Hant", ("第五十七條", "涉及客戶 2 位", "5678")),
        ("en", ("art. 57", "2 customers concerned", "Harm that may come of it", "1111")),
    ],
)
def test_an_incident_is_reported_by_one_command(
    number: Number, operator: Path, lang: str, words: tuple[str, ...]
) -> None:
    out = operator / "incident.md"

    told = typed("incident", "--since", "2025-09-01", "--lang", lang, "--out", str(out))

    assert told.exit_code == 0, told.output
    assert "2 customers, 4 looks" in told.output
    text = out.read_text(encoding="utf-8")
    assert [word for word in words if word not in text] == []
    assert not any(word in text for word in ("13812345678", "13900001111", "李小红", "王大明"))
    assert out.stat().st_mode & 0o777 == 0o600


@pytest.mark.proves("X41", "X17")
def test_an_incident_of_one_person_is_written_as_a_sheet(number: Number, operator: Path) -> None:
    out = operator / "incident.xlsx"

    span = ("--since", "2025-09-22", "--until", "2025-09-22", "--person", EVE)
    told = typed("incident", *span, "--out", str(out), "--lang", "zh-Hans")

    assert "1 customers, 1 looks" in told.output
    with zipfile.ZipFile(out) as book:
        cells = book.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in cells
    assert "第五十七条" in cells
    assert EVE in cells
    assert SUE not in cells
    assert out.stat().st_mode & 0o777 == 0o600


def test_mistakes_are_told_in_a_sentence(number: Number, operator: Path) -> None:
    nobody = typed("who-saw", "--phone", "13777777777")
    both = typed("who-saw", "--phone", "1", "--ticket", "2")
    form = typed("incident", "--since", "2025-09-22", "--out", "report.pdf")
    when = typed("incident", "--since", "yesterday", "--out", "report.md")
    no_ticket = typed("who-saw", "--ticket", "20250922999")
    (operator / "there.md").write_text("kept")
    there = typed("incident", "--since", "1d", "--out", "there.md")

    told = [nobody, both, form, when, no_ticket, there]
    assert [one.exception for one in told if not isinstance(one.exception, SystemExit)] == []
    assert [one.exit_code for one in told] == [1, 2, 2, 2, 1, 1]
    assert [one.output for one in told if not one.output.startswith("deskbot: ")] == []
    assert (operator / "there.md").read_text() == "kept"
