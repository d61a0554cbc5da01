"""`deskbot import FILE --as articles`: 知识库维护表 as a team keeps it (R125)."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from bot.cli.taking_in import Became, Came, Manner, report, take_in
from tickets.sheets.tables import Fold

if TYPE_CHECKING:
    from bot.cli.at_desk import AtDesk
    from bot.papers.tables import Row


def is_ours(headings: Sequence[str], fold: Fold) -> bool:
    """Tell whether a table is one of articles."""
    from tickets.desk.import_articles import is_ours as fits

    return fits(headings, fold)


def take(rows: Sequence["Row"], manner: Manner) -> Came:
    """Take the rows in, report each that is not as it was, and tell what became of each."""
    from bot.foundation import Simplified
    from tickets.desk.import_articles import import_articles
    from tickets.desk.import_customers import Came as Was

    fold, dry, whole = Simplified().fold, manner.dry_run, manner.all_or_nothing

    def taking(here: "AtDesk") -> Iterator[list[Became]]:
        for part in import_articles(here.desk, rows, fold, dry_run=dry, whole=whole):
            yield [
                report(one.line, one.came, one.code, one.why, quiet={Was.SAME}, guessed=one.guessed)
                for one in part
            ]

    return take_in(
        "articles",
        len(rows),
        taking,
        every=Was,
        refused=Was.REFUSED,
        manner=manner,
    )
