"""Bring in the cases of a team's own sheet (R99–R101): each row understood, guessed or refused; run again, nothing more."""

from collections.abc import Callable, Iterator, Mapping, Sequence
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

__all__ = [
    "AT_ONCE",
    "NOT_TAKEN",
    "Came",
    "RowReport",
    "SheetOfCases",
    "bring_in",
    "bring_in_whole",
]

AT_ONCE = 500  # rows in one transaction
NOT_TAKEN = frozenset({Came.REFUSED, Came.DIFFERS})
ACTION = "import_tickets"


def bring_in(desk: Desk, sheet: SheetOfCases, *, keeps: bool) -> Iterator[tuple[RowReport, ...]]:
    """Take a sheet's cases in by parts, each one transaction, or only say what would come of it. Raises Busy.

    Nothing is posted. A case that is on record is never overwritten: what differs is reported.
    """
    run = _run(desk, sheet, keeps=keeps)
    for lines in _parts(sheet):
        yield _part(run, lines)


def bring_in_whole(
    desk: Desk, sheet: SheetOfCases, *, step: Callable[[int], None]
) -> tuple[RowReport, ...]:
    """Take all cases of a sheet in within one transaction, or none where a row is refused or differs. Raises Busy.

    Nobody else can write meanwhile. `step` is told how many rows are done.
    """
    run = _run(desk, sheet, keeps=True)
    parts = [_understood(run, lines) for lines in _parts(sheet)]
    return surely(partial(_whole, run, parts, step))


def _run(desk: Desk, sheet: SheetOfCases, *, keeps: bool) -> Run:
    now, handbook = desk.clock.now(), desk.handbook()
    return Run(
        desk=desk,
        sheet=sheet,
        reader=Reader(sheet.table, sheet.placed, sheet.headings, sheet.names, now),
        keeps=keeps,
        now=now,
        reckoning=Reckoning(handbook.policies, desk.calendar(), pauses=handbook.pauses),
        borne=borne_by(sheet),
    )


def _parts(sheet: SheetOfCases) -> Iterator[Sequence[Line]]:
    for begun in range(0, len(sheet.lines), AT_ONCE):
        yield sheet.lines[begun : begun + AT_ONCE]


def _part(run: Run, lines: Sequence[Line]) -> tuple[RowReport, ...]:
    told, read = _understood(run, lines)
    if run.keeps:
        told += surely(partial(_once, run, tuple(told), read, dict(run.customers)))
    else:
        with run.desk.records.read() as unit:
            told += sort_out(run, unit, read)[0]
    return tuple(sorted(told, key=lambda one: one.line))


def _once(
    run: Run,
    refused: Sequence[RowReport],
    read: Sequence[Read],
    customers: Mapping[tuple[str, str], Customer],
) -> list[RowReport]:
    """Keep a part; tried again, it knows no customer that was not kept."""
    run.customers = dict(customers)
    with run.desk.records.write() as unit:
        told = _kept(run, unit, read)
        _note(run, unit, [*refused, *told])
    run.desk.wake()
    return told


def _whole(
    run: Run,
    parts: Sequence[tuple[list[RowReport], list[Read]]],
    step: Callable[[int], None],
) -> tuple[RowReport, ...]:
    run.customers = {}
    told: list[RowReport] = []
    try:
        with run.desk.records.write() as unit:
            for refused, read in parts:
                told += refused + _kept(run, unit, read)
                step(len(told))
            _require_all(told)
            _note(run, unit, told)
    except _NotAll:
        pass  # nothing of it is kept, and each row says why
    else:
        run.desk.wake()
    return tuple(sorted(told, key=lambda one: one.line))


class _NotAll(Exception):
    """A row cannot be taken in: the others are not either."""


def _require_all(told: Sequence[RowReport]) -> None:
    if any(one.came in NOT_TAKEN for one in told):
        raise _NotAll


def _kept(run: Run, unit: Unit, read: Sequence[Read]) -> list[RowReport]:
    told, new = sort_out(run, unit, read)
    return told + keep_new(run, unit, new)


def _understood(run: Run, lines: Sequence[Line]) -> tuple[list[RowReport], list[Read]]:
    refused, read = [], []
    for line, cells in lines:
        try:
            row, guessed = run.reader.read(cells, line)
        except Unreadable as trouble:
            refused.append(RowReport(line, Came.REFUSED, why=str(trouble)))
            continue
        one = Read(line, run.reader.cells(cells), row, guessed)
        said, number = hash(tuple(one.cells.values())), source_no(row)
        before, said_before = run.numbers.setdefault(number or said, (line, said))
        if before != line:
            refused.append(_twice(line, before, number if said != said_before else ""))
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
