"""`deskbot import FILE --as survey`: what customers answered a survey tool (R89–R91)."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from bot.cli.taking_in import take_in

if TYPE_CHECKING:
    from bot.cli.at_desk import AtDesk
    from bot.cli.taking_in import Became
    from bot.papers.tables import Row


def is_ours(headings: list[str]) -> bool:
    """Tell whether a table holds a survey's answers."""
    from tickets.care.survey import is_survey

    return is_survey(headings)


def take(rows: tuple["Row", ...], dry_run: bool) -> int:
    """Take the answers in, report every row, and tell how many were refused."""
    from tickets.desk.import_survey import Came, import_survey
    from tickets.errors import DeskError

    def taking(here: "AtDesk") -> Iterator[list["Became"]]:
        for one in import_survey(here.desk, rows, dry_run=dry_run):
            why = here.english(one.why) if isinstance(one.why, DeskError) else one.why
            parts = (f"line {one.line}: {one.came}", one.number or "", why)
            yield [(one.came, " ".join(part for part in parts if part))]

    counts = take_in("answers", len(rows), taking, every=Came, dry_run=dry_run)
    return counts[Came.REFUSED]
