"""Desk files for tests: the example of the specification, whole or with a few words changed."""

from datetime import date
from pathlib import Path

from bot.desk_config.load import Loaded, read_handbook
from bot.desk_config.people import Lookup
from bot.desk_config.problems import DeskFileError

EXAMPLE_FILE = Path(__file__).parent / "desk.example.yml"
EXAMPLE = EXAMPLE_FILE.read_text(encoding="utf-8")
SANDBOX_FILE = Path(__file__).parents[3] / "presets" / "sandbox.yml"
TODAY = date(2026, 11, 24)


def changed(*changes: tuple[str, str]) -> str:
    """Give the example with words replaced; each must stand there."""
    text = EXAMPLE
    for old, new in changes:
        assert old in text, f"{old!r} is not in the example"
        text = text.replace(old, new, 1)
    return text


def load(text: str = EXAMPLE, lookup: Lookup | None = None) -> Loaded:
    """Read a desk file's text on the tests' day."""
    return read_handbook(text, file="desk.yml", today=TODAY, lookup=lookup)


def mistakes_in(text: str, lookup: Lookup | None = None) -> list[str]:
    """Give the lines that say what is wrong with a file; none if it loads."""
    try:
        load(text, lookup)
    except DeskFileError as error:
        return str(error).splitlines()
    return []


def warnings_in(text: str) -> list[str]:
    """Give the lines that say what is doubtful in a file."""
    return [str(warning) for warning in load(text).warnings]


def marked(text: str) -> tuple[str, str]:
    """Take the sign § out of a text and give its place as `desk.yml:line:column`."""
    before, sign, after = text.partition("§")
    assert sign, "no place is marked"
    line = before.count("\n") + 1
    return before + after, f"desk.yml:{line}:{len(before) - before.rfind(chr(10))}"
