"""`deskbot import` of the team's own tables of cases (R99–R101): reported row by row, on the screen and as a file."""

import gc
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from time import monotonic
from typing import TYPE_CHECKING

import typer

from bot.cli.taking_in import Became, Manner, kept
from bot.cli.taking_in import Came as Taken
from bot.cli.trouble import fail, told
from tickets.sheets.head import Head, is_margin, is_unfilled, unread, with_its_day
from tickets.sheets.tables import Fold, place_headings

if TYPE_CHECKING:
    from bot.cli.at_desk import AtDesk
    from tickets.desk.bring_in import RowReport, SheetOfCases

SHOWN = 50  # rows said on the screen of each kind; the report has all


def take(lines: Sequence[Sequence[str]], head: Head, fold: Fold, manner: Manner) -> Taken:
    """Take the cases in, or only say what would come of it; tell what became of each row."""
    begun = monotonic()
    with told(), _opened() as here:
        sheet = _sheet(here, lines, head, fold, renumber=manner.renumber)
        reports = _run(here, sheet, manner)
    not_taken = _say(reports, manner)
    typer.echo(f"{len(reports)} rows in {monotonic() - begun:.0f} s", err=True)
    others = unread(head, place_headings(head.table, head.headings, fold), lines)
    if others:
        typer.echo(
            f"columns that were not read, as no table of cases has them: {', '.join(others)}"
        )
    return Taken([_as_told(one) for one in reports] if manner.report else (), not_taken)


def _as_told(one: "RowReport") -> Became:
    return Became(one.line, str(one.came), one.number, "; ".join(one.guessed), one.why)


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

    handbook = here.desk.handbook()
    with here.desk.records.read() as unit:
        tongues = [here.readers.channel(unit.directory, language=one) for one in LANGUAGES]
        called = {one: tongues[0].name(one) for one in everybody(handbook)}
    placed = place_headings(head.table, head.headings, fold)
    if "received_on" in placed and "received_at" not in placed:
        placed["received_at"] = placed.pop("received_on")
    return SheetOfCases(
        table=head.table,
        placed={name: place for name, place in placed.items() if name != "received_on"},
        headings=head.headings,
        lines=_cases(lines, head, placed, fold),
        names=names_of(handbook, tongues, fold, called=called),
        render=renderer(here.desk, here.readers, head.headings),
        renumber=renumber,
    )


def _cases(
    lines: Sequence[Sequence[str]], head: Head, placed: Mapping[str, int], fold: Fold
) -> list[tuple[int, Sequence[str]]]:
    """Give the lines that are cases: not the headings said again, a stamp of ours, or what adds the others up."""
    from bot.papers.tables import WATERMARK

    heads = lines[head.place : head.body]
    return [
        (number, with_its_day(line, placed) if "received_on" in placed else line)
        for number, line in enumerate(lines[head.body :], start=head.body + 1)
        if not is_unfilled(line, placed)
        and line not in heads
        and not line[0].startswith(WATERMARK)
        and not is_margin(line, placed, fold)
    ]


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
    not_taken = len(counts[Came.REFUSED]) + len(counts[Came.DIFFERS])
    typer.echo(f"{summary}, {len(guessed)} with guesses{kept(manner, is_whole=not not_taken)}")
    return not_taken


def _lines(rows: Sequence["RowReport"], say: Callable[["RowReport"], str]) -> None:
    for one in rows[:SHOWN]:
        typer.echo(" ".join(say(one).split()))
    if len(rows) > SHOWN:
        typer.echo(f"… and {len(rows) - SHOWN} more; --report names them all")
