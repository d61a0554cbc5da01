"""Takes a table's rows in: how far it is, what became of each that has something to say, and the counts."""

from collections import Counter
from collections.abc import Callable, Container, Iterable, Sequence
from typing import TYPE_CHECKING

import typer

from bot.cli.trouble import fail, told

if TYPE_CHECKING:
    from bot.cli.at_desk import AtDesk

Became = tuple[str, str]
"""What became of a row, and the line that says so; nothing where nobody needs to read it."""

Taking = Callable[["AtDesk"], Iterable[Sequence[Became]]]
"""Takes the rows in, some at once, each kept before the next are read."""


def take_in(
    what: str, total: int, taking: Taking, *, every: Iterable[str], dry_run: bool
) -> Counter[str]:
    """Take rows in and say what came of them; `every` is what can become of one, as it is summed up."""
    from rich.console import Console
    from rich.progress import Progress

    from tickets.errors import DeskError

    counts: Counter[str] = Counter()
    with told():
        from bot.cli.at_desk import at_desk

        with at_desk() as here, Progress(console=Console(stderr=True), transient=True) as progress:
            reading = progress.add_task(what, total=total)
            try:
                for part in taking(here):
                    progress.advance(reading, len(part))
                    for came, said in part:
                        counts[came] += 1
                        if said:
                            typer.echo(said)
            except DeskError as refusal:
                fail(
                    f"deskbot: {here.english(refusal)}; what was reported above is kept, run it again"
                )
    summary = ", ".join(f"{counts[one]} {one}" for one in every)
    typer.echo(f"{summary}{' (dry run: nothing was kept)' if dry_run else ''}")
    return counts


def report(line: int, came: str, why: str, *, quiet: Container[str]) -> Became:
    """Report a row by its line, unless what became of it is quiet."""
    return came, "" if came in quiet else f"line {line}: {came}{f' {why}' if why else ''}"
