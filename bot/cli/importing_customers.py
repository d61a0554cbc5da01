"""`deskbot import FILE --as customers`: who is a VIP, whose level, contribution, groups and tags (R31)."""

from typing import TYPE_CHECKING

import typer

from bot.cli.trouble import fail, told

if TYPE_CHECKING:
    from bot.papers.tables import Row


def is_ours(headings: list[str]) -> bool:
    """Tell whether a table is a list of customers."""
    from tickets.desk.import_customers import is_ours as fits

    return fits(headings)


def take(rows: tuple["Row", ...], dry_run: bool) -> int:
    """Take the rows in, report each that is not as it was, and tell how many were refused."""
    from rich.console import Console
    from rich.progress import Progress

    from tickets.desk.import_customers import AT_ONCE, Came, import_customers
    from tickets.errors import DeskError

    counts = dict.fromkeys(Came, 0)
    with told():
        from bot.cli.at_desk import at_desk

        with at_desk() as here, Progress(console=Console(stderr=True), transient=True) as progress:
            reading = progress.add_task("customers", total=len(rows))
            try:
                for part in import_customers(here.desk, rows, dry_run=dry_run):
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
