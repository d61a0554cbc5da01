"""`deskbot import FILE --as orders`: a month's orders, for repeat purchase, complaints and churn (R106)."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from bot.cli.taking_in import Became, Came, Manner, report, take_in
from tickets.sheets.tables import Fold

if TYPE_CHECKING:
    from bot.cli.at_desk import AtDesk
    from bot.papers.tables import Row


def is_ours(headings: Sequence[str], _fold: Fold) -> bool:
    """Tell whether a table is a list of orders."""
    from tickets.desk.import_orders import is_ours as fits

    return fits(headings)


def take(rows: Sequence["Row"], manner: Manner) -> Came:
    """Take the rows in, report each that is not as it was, and tell what became of each."""
    from tickets.desk.import_orders import REFUSED, import_orders
    from tickets.ports.ordering import Brought

    quiet = frozenset(Brought) - {Brought.CHANGED}

    def taking(here: "AtDesk") -> Iterator[list[Became]]:
        for part in import_orders(here.desk, rows, dry_run=manner.dry_run):
            yield [report(one.line, one.came, "", one.why, quiet=quiet) for one in part]

    every = (*Brought, REFUSED)
    return take_in("orders", len(rows), taking, every=every, refused=REFUSED, manner=manner)
