"""`deskbot import FILE --as orders`: a month's orders, for repeat purchase, complaints and churn (R106)."""

from collections import Counter
from typing import TYPE_CHECKING

import typer

from bot.cli.trouble import fail, told

if TYPE_CHECKING:
    from bot.papers.tables import Row


def is_ours(headings: list[str]) -> bool:
    """Tell whether a table is a list of orders."""
    from tickets.desk.import_orders import is_ours as fits

    return fits(headings)


def take(rows: tuple["Row", ...], dry_run: bool) -> int:
    """Take the rows in, report each that is not as it was, and tell how many were refused."""
    from rich.console import Console
    from rich.progress import Progress

    from tickets.desk.import_orders import AT_ONCE, REFUSED, import_orders
    from tickets.errors import DeskError
    from tickets.ports.ordering import Brought

    counts: Counter[str] = Counter()
    with told():
        from bot.cli.at_desk import at_desk

        with at_desk() as here, Progress(console=Console(stderr=True), transient=True) as progress:
            reading = progress.add_task("orders", total=len(rows))
            try:
                for part in import_orders(here.desk, rows, dry_run=dry_run):
                    progress.advance(reading, AT_ONCE)
                    for one in part:
                        counts[one.came] += 1
                        if one.came in {REFUSED, Brought.CHANGED}:
                            typer.echo(
                                f"line {one.line}: {one.came}{f' {one.why}' * bool(one.why)}"
                            )
            except DeskError as refusal:
                fail(
                    f"deskbot: {here.english(refusal)}; what was reported above is kept, run it again"
                )
    summary = ", ".join(f"{counts[name]} {name}" for name in (*Brought, REFUSED))
    typer.echo(f"{summary}{' (dry run: nothing was kept)' if dry_run else ''}")
    return counts[REFUSED]
