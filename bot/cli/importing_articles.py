"""`deskbot import FILE --as articles`: 知识库维护表 as a team keeps it (R125)."""

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from bot.cli.trouble import fail, told

if TYPE_CHECKING:
    from bot.papers.tables import Row

HEAD_WITHIN = 20  # lines: titles and explanations stand above the headings


def is_ours(headings: list[str]) -> bool:
    """Tell whether a table is one of articles."""
    from bot.foundation import Simplified
    from tickets.desk.import_articles import is_ours as fits

    return fits(headings, Simplified().fold)


def rows_of(file: Path) -> tuple["Row", ...]:
    """Give the rows under the headings of 知识库维护表, wherever they stand; nothing where they do not.

    What stands above them is left empty, so that lines are counted as the file has them.
    """
    from bot.foundation import Simplified
    from bot.papers.tables import read_lines
    from tickets.sheets.tables import Table, which

    lines, fold = read_lines(file), Simplified().fold
    for place, head in enumerate(lines[:HEAD_WITHIN]):
        if which(head, fold) is Table.KNOWLEDGE:
            above: list[Row] = [{}] * place
            return (*above, *(dict(zip(head, line, strict=False)) for line in lines[place + 1 :]))
    return ()


def take(rows: tuple["Row", ...], dry_run: bool) -> int:
    """Take the rows in, report each that is not as it was, and tell how many were refused."""
    from rich.console import Console
    from rich.progress import Progress

    from bot.foundation import Simplified
    from tickets.desk.import_articles import import_articles
    from tickets.desk.import_customers import AT_ONCE, Came
    from tickets.errors import DeskError

    counts, fold = dict.fromkeys(Came, 0), Simplified().fold
    with told():
        from bot.cli.at_desk import at_desk

        with at_desk() as here, Progress(console=Console(stderr=True), transient=True) as progress:
            reading = progress.add_task("articles", total=len(rows))
            try:
                for part in import_articles(here.desk, rows, fold, dry_run=dry_run):
                    progress.advance(reading, AT_ONCE)
                    for one in part:
                        counts[one.came] += 1
                        if one.came is not Came.SAME:
                            said = one.why or one.code
                            typer.echo(f"line {one.line}: {one.came}{f' {said}' if said else ''}")
            except DeskError as refusal:
                fail(
                    f"deskbot: {here.english(refusal)}; what was reported above is kept, run it again"
                )
    summary = ", ".join(f"{count} {came}" for came, count in counts.items())
    typer.echo(f"{summary}{' (dry run: nothing was kept)' if dry_run else ''}")
    return counts[Came.REFUSED]
