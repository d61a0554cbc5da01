"""`deskbot import FILE --as customers`: who is a VIP, whose level, contribution, groups and tags (R31)."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from bot.cli.taking_in import Became, Came, Manner, report, take_in
from tickets.sheets.tables import Fold

if TYPE_CHECKING:
    from bot.cli.at_desk import AtDesk
    from bot.papers.tables import Row


def is_ours(headings: Sequence[str], fold: Fold) -> bool:
    """Tell whether a table is a list of customers."""
    from tickets.desk.import_customers import is_ours as fits

    return fits(headings, fold)


def take(rows: Sequence["Row"], manner: Manner) -> Came:
    """Take the rows in, report each that is not as it was, and tell what became of each."""
    from bot.foundation import Simplified
    from tickets.desk.import_customers import Came as Was
    from tickets.desk.import_customers import import_customers

    fold, dry, whole = Simplified().fold, manner.dry_run, manner.all_or_nothing

    def taking(here: "AtDesk") -> Iterator[list[Became]]:
        parts = import_customers(here.desk, rows, fold, dry_run=dry, whole=whole)
        for part in parts:
            yield [report(one.line, one.came, one.code, one.why, quiet={Was.SAME}) for one in part]

    return take_in(
        "customers",
        len(rows),
        taking,
        every=Was,
        refused=Was.REFUSED,
        manner=manner,
    )
