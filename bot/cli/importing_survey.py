"""`deskbot import FILE --as survey`: what customers answered a survey tool (R89–R91)."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from bot.cli.taking_in import Became, Came, Manner, take_in
from tickets.sheets.tables import Fold

if TYPE_CHECKING:
    from bot.cli.at_desk import AtDesk
    from bot.papers.tables import Row


def is_ours(headings: Sequence[str], _fold: Fold) -> bool:
    """Tell whether a table holds a survey's answers."""
    from tickets.care.survey import is_survey

    return is_survey(headings)


def take(rows: Sequence["Row"], manner: Manner) -> Came:
    """Take the answers in, report every row, and tell what became of each."""
    from tickets.desk import import_survey as survey
    from tickets.errors import DeskError

    def taking(here: "AtDesk") -> Iterator[list[Became]]:
        for one in survey.import_survey(here.desk, rows, dry_run=manner.dry_run):
            why = here.english(one.why) if isinstance(one.why, DeskError) else one.why
            yield [Became(one.line, str(one.came), one.number or "", why=why)]

    every, refused = survey.Came, survey.Came.REFUSED
    return take_in("answers", len(rows), taking, every=every, refused=refused, manner=manner)
