"""Bring in the cases of a team's own sheet (R99–R101): each row understood, guessed or refused; run again, nothing more."""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from tickets.desk.bringing import (
    Came,
    Line,
    Read,
    RowReport,
    Run,
    SheetOfCases,
    borne_by,
    source_no,
)
from tickets.desk.brought_known import sort_out
from tickets.desk.brought_new import keep_new, on_log
from tickets.desk.context import Desk
from tickets.desk.surely import surely
from tickets.notices import Plain
from tickets.people.customers import Customer
from tickets.ports import Unit
from tickets.sheets.reading import Reader
from tickets.sheets.row import Unreadable
from tickets.time.deadlines import Reckoning

__all__ = ["AT_ONCE", "Came", "RowReport", "SheetOfCases", "bring_in"]

AT_ONCE = 500  # rows in one transaction
ACTION = "import_tickets"


def bring_in(desk: Desk, sheet: SheetOfCases, *, keeps: bool) -> Iterator[tuple[RowReport, ...]]:
    """Take a sheet's cases in by parts, each one transaction, or only say what would come of it. Raises Busy.

    Nothing is posted. A case that is on record is never overwritten: what differs is reported.
    """
    now, handbook = desk.clock.now(), desk.handbook()
    run = Run(
        desk=desk,
        sheet=sheet,
        reader=Reader(sheet.table, sheet.placed, sheet.headings, sheet.names, now),
        keeps=keeps,
        now=now,
        reckoning=Reckoning(handbook.policies, desk.calendar(), pauses=handbook.pauses),
        borne=borne_by(sheet),
    )
    for begun in range(0, len(sheet.lines), AT_ONCE):
        yield _part(run, sheet.lines[begun : begun + AT_ONCE])


def _part(run: Run, lines: Sequence[Line]) -> tuple[RowReport, ...]:
    told, read = _understood(run, lines)
    if run.keeps:
        told += surely(partial(_once, run, tuple(told), read, dict(run.customers)))
    else:
        with run.desk.records.read() as unit:
            told += sort_out(run, unit, read)[0]
    return tuple(sorted(told, key=lambda one: one.line))


def _once(
    run: Run, refused: Sequence[RowReport], read: Sequence[Read], customers: Mapping[str, Customer]
) -> list[RowReport]:
    """Keep a part; tried again, it knows no customer that was not kept."""
    run.customers = dict(customers)
    with run.desk.records.write() as unit:
        told, new = sort_out(run, unit, read)
        told += keep_new(run, unit, new)
        _note(run, unit, [*refused, *told])
    run.desk.wake()
    return told


def _understood(run: Run, lines: Sequence[Line]) -> tuple[list[RowReport], list[Read]]:
    refused, read = [], []
    for line, cells in lines:
        try:
            row, guessed = run.reader.read(cells, line)
        except Unreadable as trouble:
            refused.append(RowReport(line, Came.REFUSED, why=str(trouble)))
            continue
        one = Read(line, run.reader.cells(cells), row, guessed)
        before = run.numbers.setdefault(source_no(row) or "\0".join(one.cells.values()), line)
        if before != line:
            refused.append(_twice(line, before, source_no(row)))
            continue
        read.append(one)
    return refused, read


def _twice(line: int, before: int, number: str) -> RowReport:
    if number:
        why = f"the number {number} stands on line {before} already"
        return RowReport(line, Came.REFUSED, why=why)
    return RowReport(line, Came.SAME, why=f"says the same as line {before}")


def _note(run: Run, unit: Unit, told: Sequence[RowReport]) -> None:
    counts: dict[str, Plain] = {str(came): sum(one.came is came for one in told) for came in Came}
    on_log(run, unit, ACTION, {"table": run.sheet.table, **counts})
