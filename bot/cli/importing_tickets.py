"""`deskbot import` of the team's own tables of cases (R99–R101): reported row by row, on the screen and as a file."""

import csv
import gc
import json
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

import typer

from bot.cli.trouble import WRONG_USE, fail, told
from tickets.sheets.tables import OF_CASES, Fold, Table, which

if TYPE_CHECKING:
    from bot.cli.at_desk import AtDesk
    from tickets.desk.bring_in import RowReport, SheetOfCases

_READ_HERE = frozenset(Table) - {Table.KNOWLEDGE}  # articles have a room of their own
HEAD_WITHIN = 20  # lines: titles and explanations stand above the headings
SHOWN = 50  # rows said on the screen of each kind; the report has all


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """How the operator wants it taken in."""

    dry_run: bool
    all_or_nothing: bool
    renumber: bool
    report: Path | None


@dataclass(frozen=True, slots=True)
class Head:
    """The headings of one of the team's tables, and where they stand."""

    table: Table
    place: int  # of their line, from 0


def find_head(lines: Sequence[Sequence[str]], chosen: str, fold: Fold) -> Head | None:
    """Find the headings of one of the team's tables; None where these lines are no such table."""
    for place, line in enumerate(lines[:HEAD_WITHIN]):
        table = which(line, fold)
        if table and table in _READ_HERE and chosen in {"", table, "tickets"}:
            return Head(table, place)
    return None


def take(lines: Sequence[Sequence[str]], head: Head, fold: Fold, manner: Manner) -> int:
    """Take the cases in, or only say what would come of it; tell how many rows were refused or differ."""
    if head.table not in OF_CASES:
        fail(
            f"deskbot: this is the table {head.table}: its rows are taken from cases, so there is nothing to take in",
            status=WRONG_USE,
        )
    if manner.report:
        _require_place(manner.report)
    begun = monotonic()
    with told(), _opened() as here:
        sheet = _sheet(here, lines, head, fold, renumber=manner.renumber)
        reports = _run(here, sheet, manner)
    refused = _say(reports, manner)
    typer.echo(f"{len(reports)} rows in {monotonic() - begun:.0f} s", err=True)
    if manner.report:
        _write(manner.report, reports)
    return refused


def _require_place(report: Path) -> None:
    """End with a sentence where the report could not be written, before anything is taken in."""
    if report.suffix not in {".csv", ".json"}:
        fail("deskbot: --report writes .csv or .json", status=WRONG_USE)
    is_fit = report.is_file() if report.exists() else report.parent.is_dir()
    place = report if report.exists() else report.parent
    if not is_fit or not os.access(place, os.W_OK):
        fail(f"deskbot: --report {report} cannot be written; nothing was done", status=WRONG_USE)


def _run(here: "AtDesk", sheet: "SheetOfCases", manner: Manner) -> "list[RowReport]":
    from tickets.desk.bring_in import NOT_TAKEN

    if manner.dry_run:
        return _by_parts(here, sheet, "looking", keeps=False)
    if manner.all_or_nothing:
        tried = _by_parts(here, sheet, "looking", keeps=False)
        is_fit = not any(one.came in NOT_TAKEN for one in tried)
        return _whole(here, sheet) if is_fit else tried
    return _by_parts(here, sheet, "importing", keeps=True)


def _by_parts(
    here: "AtDesk", sheet: "SheetOfCases", doing: str, *, keeps: bool
) -> "list[RowReport]":
    from tickets.desk.bring_in import bring_in

    reports: list[RowReport] = []

    def left() -> str:
        return f"{len(reports)} rows were taken in before" if keeps else "nothing was kept"

    with _watched(here, sheet, doing, left) as step:
        for part in bring_in(here.desk, sheet, keeps=keeps):
            reports += part
            step(len(reports))
    return reports


def _whole(here: "AtDesk", sheet: "SheetOfCases") -> "list[RowReport]":
    from tickets.desk.bring_in import bring_in_whole

    with _watched(here, sheet, "importing", lambda: "all was kept or nothing") as step:
        return list(bring_in_whole(here.desk, sheet, step=step))


@contextmanager
def _watched(
    here: "AtDesk", sheet: "SheetOfCases", doing: str, left: Callable[[], str]
) -> Iterator[Callable[[int], None]]:
    """Show how far it is; what the desk refuses ends it, with what is left of it."""
    from rich.console import Console
    from rich.progress import Progress

    from tickets.errors import DeskError

    with Progress(console=Console(stderr=True), transient=True) as progress:
        reading = progress.add_task(doing, total=len(sheet.lines))

        def step(done: int) -> None:
            progress.update(reading, completed=done)
            gc.collect(0)

        gc.disable()  # a fifth of the time goes into looking through reports that stay
        try:
            yield step
        except DeskError as refusal:
            fail(f"deskbot: {here.english(refusal)}; {left()}, run it again")
        finally:
            gc.enable()


def _sheet(
    here: "AtDesk", lines: Sequence[Sequence[str]], head: Head, fold: Fold, *, renumber: bool
) -> "SheetOfCases":
    from bot.papers.team_tables import LANGUAGES, renderer
    from tickets.desk.bring_in import SheetOfCases
    from tickets.sheets.names import everybody, names_of
    from tickets.sheets.tables import place_headings

    handbook = here.desk.handbook()
    with here.desk.records.read() as unit:
        tongues = [here.readers.channel(unit.directory, language=one) for one in LANGUAGES]
        called = {one: tongues[0].name(one) for one in everybody(handbook)}
    headings = lines[head.place]
    body = enumerate(lines[head.place + 1 :], start=head.place + 2)
    return SheetOfCases(
        table=head.table,
        placed=place_headings(head.table, headings, fold),
        headings=headings,
        lines=[
            (number, line)
            for number, line in body
            if any(line) and line != headings and not _is_no_case(line)
        ],
        names=names_of(handbook, tongues, fold, called=called),
        render=renderer(here.desk, here.readers, headings),
        renumber=renumber,
    )


def _is_no_case(line: Sequence[str]) -> bool:
    """Tell of an export's stamp, and of a line that adds the others up, which teams keep below their cases."""
    from bot.papers.tables import WATERMARK
    from tickets.sheets.words import TOTALS

    first = next(cell for cell in line if cell).strip(" :：").casefold()
    return line[0].startswith(WATERMARK) or first in TOTALS


@contextmanager
def _opened() -> Iterator["AtDesk"]:
    from bot.cli.at_desk import at_desk

    with at_desk() as here:
        yield here


# --- what is said of it ---------------------------------------------------------------------------


def _say(reports: Sequence["RowReport"], manner: Manner) -> int:
    from tickets.desk.bring_in import Came

    counts = {came: [one for one in reports if one.came is came] for came in Came}
    for came in (Came.REFUSED, Came.DIFFERS):
        _lines(counts[came], lambda one: f"line {one.line}: {one.came} {one.number} {one.why}")
    guessed = [one for one in counts[Came.MADE] if one.guessed]
    _lines(guessed, lambda one: f"line {one.line}: guessed {'; '.join(one.guessed)}")
    summary = ", ".join(f"{len(rows)} {came}" for came, rows in counts.items())
    typer.echo(
        f"{summary}, {len(guessed)} with guesses{_kept(counts[Came.REFUSED] + counts[Came.DIFFERS], manner)}"
    )
    return len(counts[Came.REFUSED]) + len(counts[Came.DIFFERS])


def _kept(bad: Sequence["RowReport"], manner: Manner) -> str:
    if manner.dry_run:
        return " (dry run: nothing was kept)"
    return " (all or nothing: nothing was kept)" if bad and manner.all_or_nothing else ""


def _lines(rows: Sequence["RowReport"], say: Callable[["RowReport"], str]) -> None:
    for one in rows[:SHOWN]:
        typer.echo(" ".join(say(one).split()))
    if len(rows) > SHOWN:
        typer.echo(f"… and {len(rows) - SHOWN} more; --report names them all")


def _write(path: Path, reports: Iterable["RowReport"]) -> None:
    rows = [
        {
            "line": one.line,
            "came": str(one.came),
            "number": one.number,
            "guessed": "; ".join(one.guessed),
            "why": one.why,
        }
        for one in reports
    ]
    if path.suffix == ".json":
        path.write_text(json.dumps(rows, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        return
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, ["line", "came", "number", "guessed", "why"])
        writer.writeheader()
        writer.writerows(rows)
