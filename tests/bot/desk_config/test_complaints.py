"""The commented lines on complaints in the preset are a desk that works: clocks by complexity, limits, checklist."""

from datetime import date
from pathlib import Path

import pytest

from bot.desk_config.load import load_handbook
from bot.desk_config.problems import DeskFileError
from tickets.case.values import Complexity
from tickets.complaint_rules import Unfinished
from tickets.handbook import Duration

PRESET = Path(__file__).parents[3] / "presets" / "sandbox.yml"
LINES = ("# - when: {kind: complaint", "#   resolution: ", "#   response: 24h", "# complaints:")
MORE = (
    "#   frequency: ",
    "#   unfinished: reason",
    "#   checklist: ",
    "#   types: ",
    "#   causes: ",
    "# authorities:",
    "#   12315: ",
    "#   12345: ",
    "#   platform: ",
    "#   regulator: ",
    "# compensation: ",
)


@pytest.mark.requirement(50, 51, 73, 78)
def test_the_commented_lines_on_complaints_can_be_used(tmp_path: Path) -> None:
    text = PRESET.read_text(encoding="utf-8").splitlines()
    used = [
        ("  " + line[2:] if line.startswith(LINES[:3]) else line[2:])
        if line.startswith(LINES + MORE)
        else line
        for line in text
    ]
    file = tmp_path / "desk.yml"
    file.write_text("\n".join(used), encoding="utf-8")

    book = load_handbook(file, today=date(2026, 9, 22), lookup=None).handbook

    complex_, ordinary = book.policies[:2]
    assert complex_.when.complexities == {Complexity.COMPLEX}
    assert (complex_.targets["resolution"].amount, complex_.targets["resolution"].unit) == (5, "wd")
    assert (ordinary.targets["resolution"].amount, ordinary.targets["response"].amount) == (3, 24)
    assert book.complaints.unfinished is Unfinished.REASON
    assert book.compensation.limits["director"] is None
    assert book.authorities["12345"].within == Duration(5, "wd", "close")
    assert book.authorities["platform"].words["zh-Hans"] == "某某商城"
    assert [one.key for one in book.complaints.types][-1] == "privacy"
    assert [one.key for one in book.complaints.causes][:2] == ["quality", "attitude"]


@pytest.mark.parametrize("section", ["types", "causes"])
def test_a_choice_of_ones_own_needs_words(tmp_path: Path, section: str) -> None:
    file = tmp_path / "desk.yml"
    text = PRESET.read_text(encoding="utf-8")
    file.write_text(f"{text}\ncomplaints: {{{section}: {{mine: }}}}\n", encoding="utf-8")

    with pytest.raises(DeskFileError, match="expected words for 'mine'"):
        load_handbook(file, today=date(2026, 9, 22), lookup=None)


def test_an_authority_of_ones_own_needs_a_name(tmp_path: Path) -> None:
    file = tmp_path / "desk.yml"
    text = PRESET.read_text(encoding="utf-8")
    file.write_text(f"{text}\nauthorities: {{mine: {{within: 3wd}}}}\n", encoding="utf-8")

    with pytest.raises(DeskFileError, match="expected a 'name' for 'mine'"):
        load_handbook(file, today=date(2026, 9, 22), lookup=None)
