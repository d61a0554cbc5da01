"""Takes a table's rows in: how far it is, what became of each that has something to say, and the counts."""

import csv
import json
import os
from collections import Counter
from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from bot.cli.trouble import WRONG_USE, fail, told

if TYPE_CHECKING:
    from bot.cli.at_desk import AtDesk


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """How the operator wants it taken in."""

    dry_run: bool = False
    all_or_nothing: bool = False
    renumber: bool = False
    report: Path | None = None


@dataclass(frozen=True, slots=True)
class Became:
    """What became of a row; a quiet one is in the report, and not said on the screen."""

    line: int
    came: str
    number: str = ""
    guessed: str = ""
    why: str = ""
    is_quiet: bool = False
    sheet: str = ""

    def said(self) -> str:
        """Say it in a line."""
        guessed = f"(guessed: {self.guessed})" if self.guessed else ""
        what = " ".join(one for one in (self.number, self.why, guessed) if one)
        return f"line {self.line}: {self.came}{f' {what}' if what else ''}"


@dataclass(frozen=True, slots=True)
class Came:
    """What came of a table: each of its rows, and how many of them were refused or differ."""

    rows: Sequence[Became]
    not_taken: int

    def of_sheet(self, name: str) -> "Came":
        """Name the sheet its rows stand on."""
        return Came([replace(one, sheet=name) for one in self.rows], self.not_taken)


Taking = Callable[["AtDesk"], Iterable[Sequence[Became]]]
"""Takes the rows in, some at once, each kept before the next are read."""


def take_in(
    what: str,
    total: int,
    taking: Taking,
    *,
    every: Iterable[str],
    refused: str,
    manner: Manner,
) -> Came:
    """Take rows in and say what came of them; `every` is what can become of one, as it is summed up."""
    from rich.console import Console
    from rich.progress import Progress

    from tickets.errors import DeskError

    rows: list[Became] = []
    with told():
        from bot.cli.at_desk import at_desk

        with at_desk() as here, Progress(console=Console(stderr=True), transient=True) as progress:
            reading = progress.add_task(what, total=total)
            try:
                for part in taking(here):
                    progress.advance(reading, len(part))
                    rows += part
                    for one in part:
                        if not one.is_quiet:
                            typer.echo(one.said())
            except DeskError as refusal:
                fail(
                    f"deskbot: {here.english(refusal)}; what was reported above is kept, run it again"
                )
    counts = Counter(one.came for one in rows)
    summary = ", ".join(f"{counts[one]} {one}" for one in every)
    typer.echo(f"{summary}{kept(manner, is_whole=not counts[refused])}")
    return Came(rows, counts[refused])


def kept(manner: Manner, *, is_whole: bool) -> str:
    """Say where nothing was kept of what was told."""
    if manner.dry_run:
        return " (dry run: nothing was kept)"
    return "" if is_whole or not manner.all_or_nothing else " (all or nothing: nothing was kept)"


def report(
    line: int,
    came: str,
    number: str,
    why: str,
    *,
    quiet: Container[str],
    guessed: Sequence[str] = (),
) -> Became:
    """Report a row by its line; what it is called is said where there is nothing more to say of it."""
    return Became(
        line,
        str(came),
        "" if why else number,
        guessed="; ".join(guessed),
        why=why,
        is_quiet=came in quiet,
    )


def require_place(path: Path, *, beside: Path) -> None:
    """End with a sentence where the report could not be written, or would be written over the table itself."""
    if path.suffix not in {".csv", ".json"}:
        fail("deskbot: --report writes .csv or .json", status=WRONG_USE)
    if path.resolve() == beside.resolve():
        fail(f"deskbot: --report {path} is the table itself; nothing was done", status=WRONG_USE)
    is_fit = path.is_file() if path.exists() else path.parent.is_dir()
    place = path if path.exists() else path.parent
    if not is_fit or not os.access(place, os.W_OK):
        fail(f"deskbot: --report {path} cannot be written; nothing was done", status=WRONG_USE)


def write_report(path: Path, rows: Sequence[Became]) -> None:
    """Write what became of every row; its sheet stands beside where there are several."""
    names = ["line", "came", "number", "guessed", "why"]
    if any(one.sheet for one in rows):
        names = ["sheet", *names]
    told = [{name: getattr(one, name) for name in names} for one in rows]
    if path.suffix == ".json":
        path.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        return
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, names)
        writer.writeheader()
        writer.writerows({name: _inert(said) for name, said in row.items()} for row in told)


def _inert(said: object) -> object:
    """Keep a sheet's own words from being run by a program that opens the report (X17)."""
    from bot.papers.sheets import LIKE_A_FORMULA

    return f"'{said}" if isinstance(said, str) and LIKE_A_FORMULA.match(said) else said
