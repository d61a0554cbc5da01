"""Case files: every one of the tour loads, and a mistake is told with its place."""

from datetime import date
from pathlib import Path

import pytest

from bot.desk_config.load import load_handbook
from bot.trial.cases import CaseUnreadable, load_case, load_cases
from bot.trial.desk import PRESET, trial_workspace

STEP = "title: {zh: 题, en: T}\nsource: R1\nstarts: 2023-10-06 09:30\nsteps:\n  - {as: ann, say: {zh: 话, en: W}, %s}\n"


def written(folder: Path, part: str) -> Path:
    file = folder / "case.yml"
    file.write_text(STEP % part, encoding="utf-8")
    return file


def test_the_presets_desk_has_the_people_and_categories_of_every_case() -> None:
    handbook = load_handbook(PRESET, today=date(2025, 1, 1), lookup=None).handbook
    users = trial_workspace(PRESET)["users"]

    cases = load_cases()

    assert len(cases) == 9
    assert isinstance(users, list)
    names = {user["name"] for user in users}
    for case in cases.values():
        assert case.people <= names
        assert all(handbook.subcategory(key) for key in case.categories)


def test_a_moment_needs_no_seconds_and_other_words_stay_words(tmp_path: Path) -> None:
    case = load_case(
        written(tmp_path, "types: /ticket new, fills: {until: 2023-10-06 18:00, n: '5'}")
    )

    fills = case.steps[0].fills
    assert str(fills["until"]) == "2023-10-06 18:00:00"
    assert fills["n"] == "5"


@pytest.mark.parametrize(
    ("part", "told"),
    [
        ("presses: acept", "steps.0: Value error, presses: no button has the id ticket.acept"),
        ("presses: accept, types: /ticket", "steps.0: Value error, a step is one thing"),
        ("see: {statsu: new}", "steps.0.see.statsu: Extra inputs"),
        ("see: {status: open}", "steps.0.see.status: Input should be"),
        ("see: {owed: {responce: 2023-10-06 10:30}}", "steps.0.see.owed.responce"),
    ],
)
def test_a_mistake_is_told_with_its_place(tmp_path: Path, part: str, told: str) -> None:
    file = written(tmp_path, part)

    with pytest.raises(CaseUnreadable) as trouble:
        load_case(file)

    assert f"case.yml: {told}" in str(trouble.value)
