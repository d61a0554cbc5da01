"""No mark names an item that is not on the checklist."""

from pathlib import Path

from tests.proofs.checklist import ITEMS
from tests.proofs.marks import proofs

FAULTS = {f"F{number:02}" for number in range(1, 66)}


def test_marks_name_items_that_there_are() -> None:
    assert set(proofs("proves")) <= {*ITEMS, *FAULTS}


def test_marks_are_found_on_functions_modules_and_parameters(tmp_path: Path) -> None:
    room = tmp_path / "tests"
    room.mkdir()
    (room / "test_one.py").write_text(
        "import pytest\n"
        'pytestmark = [pytest.mark.long, pytest.mark.proves("X02")]\n'
        '@pytest.mark.proves("X01", "F03")\n'
        "def test_a(): ...\n"
        '@pytest.mark.parametrize("x", [pytest.param(1, marks=pytest.mark.proves("X03"))])\n'
        "def test_b(x): ...\n"
        "def helper(): ...\n",
        encoding="utf-8",
    )

    assert proofs("proves", room) == {
        "X01": ("tests/test_one.py::test_a",),
        "F03": ("tests/test_one.py::test_a",),
        "X02": ("tests/test_one.py::test_a", "tests/test_one.py::test_b"),
        "X03": ("tests/test_one.py::test_b",),
    }
