"""`deskbot import FILE --as customers`: who is a VIP, whose level, contribution, groups and tags (R31)."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from bot.cli.taking_in import report, take_in

if TYPE_CHECKING:
    from bot.cli.at_desk import AtDesk
    from bot.cli.taking_in import Became
    from bot.papers.tables import Row


def is_ours(headings: list[str]) -> bool:
    """Tell whether a table is a list of customers."""
    from tickets.desk.import_customers import is_ours as fits

    return fits(headings)


def take(rows: tuple["Row", ...], dry_run: bool) -> int:
    """Take the rows in, report each that is not as it was, and tell how many were refused."""
    from tickets.desk.import_customers import Came, import_customers

    def taking(here: "AtDesk") -> Iterator[list["Became"]]:
        for part in import_customers(here.desk, rows, dry_run=dry_run):
            yield [
                report(one.line, one.came, one.why or one.code, quiet={Came.SAME}) for one in part
            ]

    counts = take_in("customers", len(rows), taking, every=Came, dry_run=dry_run)
    return counts[Came.REFUSED]
