"""The team's tables as rows: column for column, in a reader's words, masked unless a full export was approved."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache

from bot.papers.sheets import as_cell
from bot.papers.team_cells import CELLS
from bot.papers.team_writer import Writer
from bot.readers import Readers
from tickets.case import facts as f
from tickets.case.values import Kind, Number
from tickets.desk.context import Desk
from tickets.desk.take_out import Taken, taken
from tickets.insight.daily import DayFigures
from tickets.ports import Unit
from tickets.sheets.tables import COLUMNS, Fold, Table, fields_of
from tickets.tongue import Tongue

_SERVICES = {Kind.AFTER_SALES: "after", Kind.COMPLAINT: "complaint"}
_OWN: Mapping[Table, Mapping[str, str]] = {
    Table.AFTER_SALES: {"urgency": "priority", "status": "progress"},
    Table.CRM: {"due_at": "planned", "remarks": "special"},
}
"""What a table means by a column's name where others mean something else."""

LANGUAGES = ("zh-Hans", "zh-Hant", "en")

Cells = Mapping[str, str]


def headings(table: Table, tongue: Tongue) -> list[str]:
    """Give a table's headings in order."""
    return [tongue(f"sheet.{table}.{name}") for name in COLUMNS[table]]


def row(writer: Writer, table: Table, one: Taken) -> Cells:
    """Give a case's cells by column; what its sheet said stands where we know no better."""
    own = _OWN.get(table, {})
    cells = {name: CELLS[own.get(name, name)](writer, one) for name in COLUMNS[table]}
    return {**cells, **_of_sheet(one, cells)}


def score_rows(writer: Writer, one: Taken) -> Iterator[Cells]:
    """Give a row for each score of a case (R92)."""
    for event in one.events:
        fact = event.fact
        if isinstance(fact, f.Scored):
            yield {
                "customer": writer.customer(one),
                "service": writer.tongue(
                    f"sheet.service.{_SERVICES.get(one.ticket.intake.kind, 'before')}"
                ),
                "score": str(fact.score),
                "words": writer.words(one, fact.words),
                "suggestions": writer.words(one, fact.suggestions),
                "scored_at": writer.moment(event.at),
                "follower": writer.person(event.by),
            }


def day_row(writer: Writer, day: str, figures: DayFigures) -> Cells:
    """Give a day's row (R105)."""
    told, cause = figures.answered, figures.cause
    named = writer.tongue(f"late_cause.{cause.cause}") if cause and cause.cause else ""
    said = cause.words if cause else ""
    return {
        "day": day,
        "total": str(told.total),
        "minutes": _figure(told.response_minutes),
        "response_rate": _figure(told.response_rate),
        "solved_rate": _figure(told.solved_rate),
        "overdue": str(figures.overdue),
        "cause": f"{named}({said})" if named and said else named or said,
    }


def renderer(
    desk: Desk, readers: Readers, said: Sequence[str]
) -> Callable[[Unit, Number, Table], Sequence[Cells]]:
    """Give what writes a case as the table whose headings are these would: masked, and opened; whole, and as cells."""

    def shown(unit: Unit, number: Number, table: Table) -> Sequence[Cells]:
        one = taken(desk, unit, number)
        tongue = readers.channel(unit.directory, language=_language(table))
        made = Writer(handbook=desk.handbook(), calendar=desk.calendar(), tongue=tongue)
        whole = [row(replace(made, is_full=full), table, one) for full in (False, True)]
        return [*whole, *map(_as_cells, whole)]

    @cache
    def _language(table: Table) -> str:
        with desk.records.read() as unit:
            counts = {
                language: len(
                    set(said)
                    & set(headings(table, readers.channel(unit.directory, language=language)))
                )
                for language in LANGUAGES
            }
        return max(counts, key=lambda one: counts[one])

    return shown


def _as_cells(cells: Cells) -> Cells:
    """Give a row as a workbook can hold it, which is less than a long record says."""
    return {name: as_cell(text) for name, text in cells.items()}


def _of_sheet(one: Taken, cells: Cells) -> Cells:
    """Give what the sheet it came with said in columns that are empty here, or half empty: 仓储物流部/."""
    return {
        name: word
        for name, word in _labels(one)
        if name in cells
        and (not cells[name] or (name == "owner" and cells[name].endswith("/")))
        and name not in {"process", "talk", "closed_on"}
    }


def _labels(one: Taken) -> Iterator[tuple[str, str]]:
    said = next((e.fact.labels for e in one.events if isinstance(e.fact, f.Imported)), None)
    for part in (said or "").split("; "):
        heading, _, word = part.partition(": ")
        for name in fields_of(heading, _fold()) if word else ():
            yield name, one.redact(word)


@cache
def _fold() -> Fold:
    from bot.foundation import Simplified  # noqa: PLC0415  where it is asked for

    return Simplified().fold


def _figure(value: int | None) -> str:
    return "" if value is None else str(value)
