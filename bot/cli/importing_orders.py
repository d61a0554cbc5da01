"""`deskbot import FILE --as orders`: a month's orders, for repeat purchase, complaints and churn (R106)."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from bot.cli.taking_in import report, take_in

if TYPE_CHECKING:
    from bot.cli.at_desk import AtDesk
    from bot.cli.taking_in import Became
    from bot.papers.tables import Row


def is_ours(headings: list[str]) -> bool:
    """Tell whether a table is a list of orders."""
    from tickets.desk.import_orders import is_ours as fits

    return fits(headings)


def take(rows: tuple["Row", ...], dry_run: bool) -> int:
    """Take the rows in, report each that is not as it was, and tell how many were refused."""
    from tickets.desk.import_orders import REFUSED, import_orders
    from tickets.ports.ordering import Brought

    quiet = frozenset(Brought) - {Brought.CHANGED}

    def taking(here: "AtDesk") -> Iterator[list["Became"]]:
        for part in import_orders(here.desk, rows, dry_run=dry_run):
            yield [report(one.line, one.came, one.why, quiet=quiet) for one in part]

    counts = take_in("orders", len(rows), taking, every=(*Brought, REFUSED), dry_run=dry_run)
    return counts[REFUSED]
