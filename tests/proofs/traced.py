"""What proves each requirement; printed by `make requirements`, which also writes docs/requirements.md.

Run as `python -m tests.proofs.traced`; it ends with status 1 where a requirement has no test.
"""

import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from tests.proofs.marks import proofs
from tests.proofs.requirements import GIVEN, REQUIREMENTS

DOCUMENT = Path(__file__).parents[2] / "docs" / "requirements.md"
SHOWN = 2  # tests named of each; the others are counted by `make requirements`
NOTHING = "NOTHING"

Proofs = Mapping[int, tuple[str, ...]]

_HEAD = """# Requirements and what proves them

Each requirement of the five procedures (S0 hotline, S1 complaints, S2 enterprise support, S3 after-sales, S4 CRM) with tests that fail without it;
`make requirements` prints all of them and writes this page. Where people do something, the line says what the desk gives them for it.

| R | source | 要求 | what it asks | proved by, for example |
|---|---|---|---|---|
"""


def found() -> Proofs:
    """List the tests of each requirement: those that name it themselves first, then by how whole a life they live."""
    own = proofs("requirement", own=True)
    return {
        int(number): _telling_first(tests, own.get(number, ()))
        for number, tests in proofs("requirement").items()
    }


def gaps(proved: Proofs) -> list[int]:
    """List the requirements that no test names."""
    return [number for number in REQUIREMENTS if not proved.get(number)]


def document(proved: Proofs) -> str:
    """Write the page."""
    return _HEAD + "".join(f"{line}\n" for line in _lines(proved))


def _telling_first(tests: Iterable[str], own: Sequence[str]) -> tuple[str, ...]:
    order = ("tests/handlers/", "tests/presets/", "tests/scenarios/", "tests/tickets/")

    def place(test: str) -> tuple[bool, int]:
        rooms = (n for n, room in enumerate(order) if test.startswith(room))
        return test not in own, next(rooms, len(order))

    return tuple(sorted(tests, key=place))


def _lines(proved: Proofs) -> Iterable[str]:
    for number, row in REQUIREMENTS.items():
        named = " · ".join(f"`{test}`" for test in proved.get(number, ())[:SHOWN]) or NOTHING
        given = f" – {GIVEN[number]}" if number in GIVEN else ""
        yield f"| R{number} | {row.source} | {row.zh} | {row.en}{given} | {named} |"


def main() -> int:
    """Print the table, write the page, give the exit status."""
    proved = found()
    for number, row in REQUIREMENTS.items():
        tests = proved.get(number, ())
        told = f"{tests[0].removeprefix('tests/')} ({len(tests)})" if tests else NOTHING
        sys.stdout.write(f"R{number:<4} {row.source:<9} {row.zh} {row.en}: {told}\n")
    missing = gaps(proved)
    DOCUMENT.write_text(document(proved), encoding="utf-8")
    sys.stdout.write(
        f"{len(REQUIREMENTS)} requirements: {len(REQUIREMENTS) - len(missing)} proved by tests,"
        f" {len(missing)} by none{': ' if missing else ''}{', '.join(f'R{n}' for n in missing)};"
        f" {len(GIVEN)} of them are met by what the desk gives to people\n"
    )
    return int(bool(missing))


if __name__ == "__main__":
    sys.exit(main())
