"""Each requirement has a test that names it, and the page says so truly."""

import re

from tests.proofs.requirements import GIVEN, REQUIREMENTS
from tests.proofs.traced import DOCUMENT, document, found, gaps

_LINE = re.compile(r"\| R(\d+) \| (.*) \| ([^|]+) \|")


def test_no_requirement_is_without_a_test() -> None:
    assert list(REQUIREMENTS) == list(range(1, 133))
    assert gaps(found()) == []
    assert set(found()) <= set(REQUIREMENTS)
    assert set(GIVEN) <= set(REQUIREMENTS)


def test_a_requirement_that_no_test_names_is_a_gap() -> None:
    proved = {number: ("tests/test_x.py::test_y",) for number in REQUIREMENTS if number != 88}

    assert gaps(proved) == [88]
    assert "| NOTHING |" in document(proved)


def test_the_page_is_current() -> None:
    """A test more does not date it; what it names must be there and prove just this."""
    proved = found()
    page, now = DOCUMENT.read_text(encoding="utf-8"), document(proved)
    said = {int(number): (told, tests) for number, told, tests in _LINE.findall(page)}
    true = {int(number): told for number, told, _ in _LINE.findall(now)}

    mend = "run: make requirements"
    assert {number: told for number, (told, _) in said.items()} == true, mend
    for number, (_, tests) in said.items():
        named = re.findall(r"`([^`]+)`", tests)
        assert named, mend
        assert set(named) <= set(proved[number]), f"R{number}: {mend}"
