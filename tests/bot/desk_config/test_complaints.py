"""The commented lines on complaints in the preset are a desk that works: clocks by complexity, limits, checklist."""

from datetime import date
from pathlib import Path

import pytest

from bot.desk_config.load import load_handbook
from tickets.case.values import Complexity
from tickets.complaint_rules import Unfinished
from tickets.handbook import Duration

PRESET = Path(__file__).parents[3] / "presets" / "sandbox.yml"
LINES = ("# - when: {kind: complaint", "#   resolution: ", "#   response: 24h", "# complaints:")
MORE = (
    "#   frequency: ",
    "#   unfinished: reason",
    "#   checklist: ",
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
