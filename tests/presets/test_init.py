"""`deskbot init` with a ready desk, as an operator types it: written, refused, asked for."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import application, staffing
from bot.cli.preset import PRESETS, preset_file
from bot.desk_config.filling import places_of
from tests.bot.test_backup import operator, typed
from tests.presets.desks import DESKS

__all__ = ["operator"]

ANN, BEA, LEE, TOM = "U01ANN", "bea@example.com", "U03LEE", "U04TOM"


def staffed(preset: str, *more: str) -> list[str]:
    """Give the options that staff a desk: everybody needed, each department with a lead and one more."""
    departments = places_of(preset_file(preset).read_text(encoding="utf-8")).departments
    words = [
        "init",
        "--preset",
        preset,
        "--people",
        f"agents={ANN},{BEA}",
        "--people",
        f"supervisors={TOM}",
    ]
    for key in departments:
        words += ["--department", f"{key}={LEE},{TOM}"]
    return [*words, *more]


@pytest.mark.parametrize("preset", PRESETS)
def test_what_is_written_is_checked_as_it_is(
    preset: str, operator: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DESK_CONFIG", "desk.yml")

    written = typed(*staffed(preset))
    checked = typed("check")

    assert written.exit_code == 0, written.output
    assert checked.exit_code == 0, checked.output
    assert "desk.yml can be used" in checked.output
    text = (operator / "desk.yml").read_text(encoding="utf-8")
    plain = [line.partition(" #")[0] for line in text.splitlines() if line.strip()[:1] != "#"]
    assert [
        line for line in plain if "U0" in line and not any(p in line for p in (ANN, LEE, TOM))
    ] == []
    assert "$schema=presets/desk.schema.json" in text
    assert text.count("#") >= preset_file(preset).read_text(encoding="utf-8").count("#")


@pytest.mark.parametrize("desk", DESKS)
def test_the_trials_people_can_be_kept(
    desk: str, operator: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DESK_CONFIG", "desk.yml")

    assert typed("init", "--preset", desk, "--trial").exit_code == 0
    checked = typed("check")

    assert checked.exit_code == 0, checked.output
    assert "warning desk" not in checked.output


def test_an_unknown_one_is_told_with_those_there_are(operator: Path) -> None:
    refused = typed("init", "--preset", "after_sales")

    assert refused.exit_code == 2
    assert "no preset 'after_sales'" in refused.output
    assert all(name in refused.output for name in PRESETS)
    assert list(operator.glob("*.yml")) == []


def test_a_trial_of_an_unknown_one_is_told_likewise(operator: Path) -> None:
    refused = typed("sandbox", "--preset", "hotlines")

    assert refused.exit_code == 2
    assert "no preset 'hotlines'" in refused.output
    assert list(operator.iterdir()) == []


def test_nothing_is_written_over_a_file(operator: Path) -> None:
    (operator / "desk.yml").write_text("mine", encoding="utf-8")

    refused = typed(*staffed("crm"))

    assert refused.exit_code == 1
    assert "exists already; nothing was written" in refused.output
    assert (operator / "desk.yml").read_text(encoding="utf-8") == "mine"


def test_missing_people_are_named_with_how_to_give_them(operator: Path) -> None:
    refused = typed("init", "--preset", "after-sales", "--people", f"agents={ANN}")

    assert refused.exit_code == 2
    assert "--people supervisors=" in refused.output
    assert "--department logistics=LEAD,MEMBER  (仓储物流部)" in refused.output
    assert "--people agents" not in refused.output
    assert not (operator / "desk.yml").exists()


@pytest.mark.parametrize(
    ("more", "told"),
    [
        (("--people", "agents=ann"), "--people agents: expected a Slack member id"),
        (("--people", "bosses=U01ANN"), "--people: expected agents=… of agents, supervisors"),
        (("--department", "tech=S0GROUP,U01ANN"), "--department tech: expected a Slack member id"),
        (("--department", "moon=U01ANN"), "got 'moon=U01ANN'"),
        (("--channel", "tech=repairs"), "--channel tech: expected a channel such as"),
        (("--channel", "moon=#repairs"), "--channel: expected hotline=… of hotline, tech"),
    ],
)
def test_a_mistake_in_an_option_is_told(more: tuple[str, str], told: str, operator: Path) -> None:
    refused = typed(*staffed("hotline", *more))

    assert refused.exit_code == 2
    assert told in refused.output
    assert not (operator / "desk.yml").exists()


def test_a_channel_is_renamed_wherever_it_stands(operator: Path) -> None:
    typed(*staffed("hotline", "--channel", "#hotline=#calls", "--channel", "tech=C012AB3CD"))

    text = (operator / "desk.yml").read_text(encoding="utf-8")
    assert '"#hotline"' not in text
    assert text.count('"#calls"') == 5
    assert 'channel: "C012AB3CD"' in text


def test_at_a_terminal_who_is_not_given_is_asked_for(
    operator: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(staffing, "at_a_terminal", lambda: True)
    answers = [
        "ann",  # no member id: asked again
        ANN,
        "",  # a supervisor is needed: asked again
        TOM,
        *[""] * 3,  # nobody directs, administers or audits yet
        f"{LEE}, {TOM}",
        LEE,
        TOM,
        " ",  # no channel: asked again
        "#calls",
        *[""] * 4,  # the other channels are called so here too
    ]
    done = CliRunner().invoke(
        application, ["init", "--preset", "hotline"], input="\n".join(answers) + "\n"
    )

    assert done.exit_code == 0, done.output
    assert "somebody is needed here" in done.output
    text = (operator / "desk.yml").read_text(encoding="utf-8")
    assert f"agents: [{ANN}]" in text
    assert "directors: []" in text
    assert f"lead: {LEE}\n    members: [{TOM}]" in text
    assert 'channel: "#calls"' in text
    assert 'channel: "#tech"' in text
