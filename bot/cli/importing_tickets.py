"""`deskbot import` of the team's own tables of cases (R99–R101): reported row by row, on the screen and as a file."""

import csv
import gc
import json
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
    if manner.report and manner.report.suffix not in {".csv", ".json"}:
        fail("deskbot: --report writes .csv or .json", status=WRONG_USE)
    begun = monotonic()
    with told(), _opened() as here:
        sheet = _sheet(here, lines, head, fold, renumber=manner.renumber)
        reports = _run(here, sheet, manner)
    if manner.report:
        _write(manner.report, reports)
    refused = _say(reports, manner)
    typer.echo(f"{len(reports)} rows in {monotonic() - begun:.0f} s", err=True)
    return refused


def _run(here: "AtDesk", sheet: "SheetOfCases", manner: Manner) -> "list[RowReport]":
    from tickets.desk.bring_in import Came

    if manner.dry_run:
        return _through(here, sheet, "looking", keeps=False)
    if manner.all_or_nothing:
        tried = _through(here, sheet, "looking", keeps=False)
        if any(one.came in {Came.REFUSED, Came.DIFFERS} for one in tried):
            return tried
    return _through(here, sheet, "importing", keeps=True)


def _through(
    here: "AtDesk", sheet: "SheetOfCases", doing: str, *, keeps: bool
) -> "list[RowReport]":
    from rich.console import Console
    from rich.progress import Progress

    from tickets.desk.bring_in import bring_in
    from tickets.errors import DeskError

    reports: list[RowReport] = []
    with Progress(console=Console(stderr=True), transient=True) as progress:
        reading = progress.add_task(doing, total=len(sheet.lines))
        gc.disable()  # a fifth of the time goes into looking through reports that stay
        try:
            for part in bring_in(here.desk, sheet, keeps=keeps):
                reports += part
                progress.advance(reading, len(part))
                gc.collect(0)
        except DeskError as refusal:
            why = here.english(refusal)
            fail(f"deskbot: {why}; {len(reports)} rows were taken in before, run it again")
        finally:
            gc.enable()
    return reports


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
