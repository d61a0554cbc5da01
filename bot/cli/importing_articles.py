"""`deskbot import FILE --as articles`: 知识库维护表 as a team keeps it (R125)."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from bot.cli.taking_in import report, take_in

if TYPE_CHECKING:
    from bot.cli.at_desk import AtDesk
    from bot.cli.taking_in import Became
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
    from bot.foundation import Simplified
    from tickets.desk.import_articles import import_articles
    from tickets.desk.import_customers import Came

    fold = Simplified().fold

    def taking(here: "AtDesk") -> Iterator[list["Became"]]:
        for part in import_articles(here.desk, rows, fold, dry_run=dry_run):
            yield [
                report(one.line, one.came, one.why or one.code, quiet={Came.SAME}) for one in part
            ]

    counts = take_in("articles", len(rows), taking, every=Came, dry_run=dry_run)
    return counts[Came.REFUSED]
