"""`deskbot import FILE --as survey`: what customers answered a survey tool (R89–R91)."""

from typing import TYPE_CHECKING

import typer

from bot.cli.trouble import fail, told

if TYPE_CHECKING:
    from bot.papers.tables import Row


def is_ours(headings: list[str]) -> bool:
    """Tell whether a table holds a survey's answers."""
    from tickets.care.survey import is_survey

    return is_survey(headings)


def take(rows: tuple["Row", ...], dry_run: bool) -> int:
    """Take the answers in, report every row, and tell how many were refused."""
    from rich.console import Console
    from rich.progress import Progress

    from tickets.desk.import_survey import Came, import_survey
    from tickets.errors import DeskError

    counts = dict.fromkeys(Came, 0)
    with told():
        from bot.cli.at_desk import at_desk

        with at_desk() as here, Progress(console=Console(stderr=True), transient=True) as progress:
            reading = progress.add_task("answers", total=len(rows))
            try:
                for one in import_survey(here.desk, rows, dry_run=dry_run):
                    progress.advance(reading)
                    counts[one.came] += 1
                    why = here.english(one.why) if isinstance(one.why, DeskError) else one.why
                    parts = (f"line {one.line}: {one.came}", one.number or "", why)
                    typer.echo(" ".join(part for part in parts if part))
            except DeskError as refusal:
                fail(
                    f"deskbot: {here.english(refusal)}; what was reported above is kept, run it again"
                )
    summary = ", ".join(f"{count} {came}" for came, count in counts.items())
    typer.echo(f"{summary}{' (dry run: nothing was kept)' if dry_run else ''}")
    return counts[Came.REFUSED]
