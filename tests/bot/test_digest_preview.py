"""`deskbot digest preview`: what would be posted, in any language, of any period; nothing is kept."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from typer.testing import CliRunner

from bot.cli import application, previewed
from bot.foundation import keys_of
from bot.settings import read_settings
from storage.database import Database, open_database
from storage.records import SqlRecords
from storage.schema import upgrade
from storage.tables import notices, periods
from storage.vault import Vault
from tests.bot.desk_config.files import EXAMPLE
from tests.tickets.desk.desks import Trial, a_desk
from tests.tickets.time.plans import at
from tests.tickets.watch import lives
from tickets.case.values import Priority
from tickets.watch import jobs

DAY = "2026-11-24"


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Trial:
    """A desk on Tuesday: one case over and done, one that waits for its callback."""
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
    trial.clock.at = at(f"{DAY} 09:30")
    jobs.work(trial.desk, now=trial.clock.at)
    lives.from_first_to_last(trial, trial.log(urgency=Priority.P3, category="inquiry/usage"))
    lives.resolve(trial, trial.log(urgency=Priority.P3, category="inquiry/usage"))
    monkeypatch.setattr(previewed, "SystemClock", lambda: trial.clock)
    return trial


def preview(*arguments: str) -> Result:
    return CliRunner().invoke(application, ["digest", "preview", *arguments])


def database_of(desk: Trial) -> Database:
    records = desk.desk.records
    assert isinstance(records, SqlRecords)
    return records.database


def kept(desk: Trial) -> tuple[int, int]:
    with database_of(desk).reading() as connection:
        return (
            len(connection.execute(notices.select()).all()),
            len(connection.execute(periods.select()).all()),
        )


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("zh-Hans", ("平均响应时长", "首次响应率：50%（1/2）", "工单总量")),
        ("zh-Hant", ("平均響應時長", "首次響應率：50%（1/2）")),
        ("en", ("Main cause", "First contact in time: 50% (1 of 2) · goal 95% ✗ missed")),
    ],
)
def test_a_days_figures_in_every_language(desk: Trial, lang: str, words: tuple[str, ...]) -> None:
    before = kept(desk)

    shown = preview("daily_figures", "--day", DAY, "--lang", lang)

    assert shown.exit_code == 0, shown.output
    assert all(word in shown.stdout for word in words), shown.stdout
    assert kept(desk) == before


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (("weekly_meeting", "--week", "2026-W47"), "每周跨部门沟通会"),
        (("archive_check", "--day", DAY), "核对无误，归档 1 条"),
        (("callbacks",), "需反馈处理结果"),
        (("monthly_report", "--month", "2026-11"), "各部门时效"),
    ],
)
def test_every_digest_can_be_looked_at(desk: Trial, arguments: tuple[str, ...], word: str) -> None:
    before = kept(desk)

    shown = preview(*arguments)

    assert shown.exit_code == 0, shown.output
    assert word in shown.stdout
    assert kept(desk) == before


def test_what_was_posted_is_shown_as_it_was(desk: Trial) -> None:
    desk.clock.at = at(f"{DAY} 18:05")
    jobs.work(desk.desk, now=desk.clock.at)
    before = data("daily_figures", "--day", DAY)
    desk.clock.at = at(f"{DAY} 18:06")
    with desk.desk.records.read() as unit:
        frozen = unit.periods.find("daily_figures", DAY)

    assert frozen
    assert before["figures"] == frozen.figures
    assert before["figures"]["answered"]["total"] == 2


def data(*arguments: str) -> dict[str, Any]:
    shown = preview(*arguments, "--json")
    assert shown.exit_code == 0, shown.output
    found: dict[str, Any] = json.loads(shown.stdout)
    return found


def test_json_has_the_messages_and_the_figures(desk: Trial) -> None:
    found = data("archive_check", "--day", DAY)

    assert (found["digest"], found["period"]) == ("archive_check", DAY)
    assert [one["in_thread"] for one in found["messages"]] == [False, True, True]
    assert found["messages"][0]["place"] == "#service-desk"
    assert [row["number"] for row in found["figures"]["complete"]] == ["20261124001"]


def test_nothing_to_say_is_said(desk: Trial) -> None:
    lives.told(desk, lives.Number("20261124002"))
    lives.scored(desk, lives.Number("20261124002"), 5)

    assert "不会发送消息" in preview("callbacks").stdout


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (("nonsense",), 2, "there are: weekly_meeting"),
        (("daily_figures", "--day", "2026-13-45"), 2, "expected one such as 2026-11-24"),
        (("daily_figures", "--day", DAY, "--week", "2026-W47"), 2, "give one of"),
        (("callbacks", "--lang", "fr"), 2, "expected zh-Hans"),
        (("daily_figures", "--week", "2026-W47"), 1, "name its period by --day"),
        (("daily_figures", "--day", "2026-11-22"), 1, "the desk is closed then"),
    ],
)
def test_a_mistake_is_told_in_one_sentence(
    desk: Trial, arguments: tuple[str, ...], status: int, words: str
) -> None:
    failed = preview(*arguments)

    assert failed.exit_code == status
    assert words in failed.stderr
    assert failed.stdout == ""


def test_without_records_there_is_nothing_to_show(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DATABASE_URL", raising=False)
    (tmp_path / "desk.yml").write_text(EXAMPLE, encoding="utf-8")

    failed = preview("daily_figures")

    assert failed.exit_code == 1
    assert "there is no database" in failed.stderr
