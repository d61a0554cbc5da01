"""What is wrong in a desk file, and where."""

from collections.abc import Iterable
from dataclasses import dataclass

Path = tuple[str | int, ...]
"""The way from the top of the file to an entry: keys and places in lists."""


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """A place in the file, both counted from 1."""

    line: int
    column: int


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One mistake or doubt, printed as `file:line:column: what was expected`."""

    mark: Mark
    text: str
    file: str

    def __str__(self) -> str:
        return f"{self.file}:{self.mark.line}:{self.mark.column}: {self.text}"


@dataclass(frozen=True, slots=True)
class Finding:
    """A mistake or doubt about the entry at a path (or its key), not yet a place in the file."""

    path: Path
    text: str
    is_about_key: bool = False


class DeskFileError(Exception):
    """The desk file cannot be used; its text is the list of all that is wrong, in file order."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(str(problem) for problem in self.problems))
