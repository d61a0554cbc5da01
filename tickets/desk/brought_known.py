"""Rows of a sheet that are on record already: unchanged, or saying something else; nothing is overwritten."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from tickets.case.values import Number
from tickets.desk.bringing import Came, Read, RowReport, Run, in_order, says, source_no
from tickets.ports import Unit
from tickets.ports.sheets import Known
from tickets.sheets.moments import readings_of
from tickets.sheets.reading import FIELDS


def sort_out(run: Run, unit: Unit, read: Sequence[Read]) -> tuple[list[RowReport], list[Read]]:
    """Tell what is on record, and what is new."""
    source = run.sheet.table
    came_in = unit.sheets.by_source(
        source, [source_no(one.row) for one in read if source_no(one.row)]
    )
    there = unit.sheets.by_number([Number(one.row.number) for one in read if one.row.number])
    alone = [moment for one in read if not source_no(one.row) for moment in _moments(run, one)]
    then = unit.sheets.by_moment(alone) if alone else {}
    told: list[RowReport] = []
    new: list[Read] = []
    alike: dict[int, Number] = {}  # line of a new row → the case it may be, with other words
    for one in read:
        own = source_no(one.row)
        known = came_in.get(own) or there.get(Number(one.row.number))
        if not own:
            there_then = [known for at in _moments(run, one) for known in then.get(at, ())]
            report = _without_number(run, unit, one, there_then, alike)
        else:
            report = _with_number(run, unit, one, known, came=own in came_in) if known else None
        if report:
            told.append(report)
            continue
        new.append(_renumbered(one, known) if known else _as_numbered(one))
    has_row = {report.number for report in told}
    new = [_pointed_to(one, alike.get(one.line), has_row) for one in new]
    if not run.keeps:
        told += [RowReport(one.line, Came.MADE, one.number or "", one.guessed) for one in new]
    return told, new


def _pointed_to(one: Read, alike: Number | None, has_row: Collection[str]) -> Read:
    """Guess which case a row without a number may be; not one that another row of the sheet says it is."""
    if alike is None or alike in has_row:
        return one
    why = f"looks like {alike} with other words: if it is that case, merge the two"
    return replace(one, guessed=(*one.guessed, why))


def _moments(run: Run, one: Read) -> Sequence[datetime]:
    """Give when a row's case may have been received: a sheet says of no hour which of two it was."""
    return readings_of(one.row.received_at, run.sheet.names.zone)


def _as_numbered(one: Read) -> Read:
    return replace(one, number=Number(one.row.number) if one.row.number else None)


def _renumbered(one: Read, known: Known) -> Read:
    """Give a row's number up; what was read stays as it is, as a part may be tried again."""
    why = f"{known.number} is another case's: gets a new number of its day"
    return replace(one, number=None, guessed=(*one.guessed, why))


def _with_number(run: Run, unit: Unit, one: Read, known: Known, *, came: bool) -> RowReport | None:
    """Hold a row against the case of its number; None: another case has it, and it may have a new one.

    `came` tells that the case came in with a row of this number, and does not only bear it.
    """
    changed = _changed(run, unit, one, known)
    if not changed:
        return RowReport(one.line, Came.SAME, known.number)
    if not came and _is_other(run, one, known, changed):
        return None if run.sheet.renumber else _taken(one, known)
    why = "on record with other words, nothing was overwritten: " + ", ".join(changed)
    return RowReport(one.line, Came.DIFFERS, known.number, why=why)


def _is_other(run: Run, one: Read, known: Known, changed: Sequence[str]) -> bool:
    """Tell of a case that only bears a row's number whether it is another than the row's.

    One that came in from such a sheet under another number is, where it is of another moment or of somebody else.
    """
    if known.source not in {"", run.sheet.table}:
        return True
    if known.received_at != one.row.received_at:
        return True
    return bool(known.source and _identity(run) & set(changed))


def _taken(one: Read, known: Known) -> RowReport:
    why = f"the number {known.number} is another case's (--renumber gives this one a new number of its day)"
    return RowReport(one.line, Came.REFUSED, why=why)


def _without_number(
    run: Run, unit: Unit, one: Read, there: Sequence[Known], alike: dict[int, Number]
) -> RowReport | None:
    """Look for a row among the cases of its minute; one with the same customer and words in part is that case.

    One of the same customer and channel with other words may be another matter of the same call: it is noted in `alike`.
    """
    for known in there:
        changed = _changed(run, unit, one, known)
        if not changed:
            return RowReport(one.line, Came.SAME, known.number)
        if known.source == run.sheet.table and not _identity(run) & set(changed):
            why = "on record with other words, nothing was overwritten: " + ", ".join(changed)
            return RowReport(one.line, Came.DIFFERS, known.number, why=why)
        if known.source == run.sheet.table and _is_same_caller(run, one, changed):
            alike.setdefault(one.line, known.number)
    return None


_CALLER = ("customer", "name", "contact")
_IDENTITY = (*_CALLER, "description", "kind")


def _identity(run: Run) -> set[str]:
    """Name the columns that tell one case from another of its minute."""
    return _headed(run, _IDENTITY)


def _is_same_caller(run: Run, one: Read, changed: Collection[str]) -> bool:
    """Tell whether a row names somebody, and names them and their way in as a case's row did."""
    named = any(one.cells.get(name) for name in _CALLER)
    return named and not _headed(run, (*_CALLER, "channel")) & set(changed)


def _headed(run: Run, names: Iterable[str]) -> set[str]:
    """Give the headings of those of these columns that the sheet has."""
    placed = run.sheet.placed
    return {run.sheet.headings[placed[name]] for name in names if name in placed}


def _changed(run: Run, unit: Unit, one: Read, known: Known) -> list[str]:
    """Name the columns in which a row says something else than when it came in, and than the case says now."""
    marked = known.marks and known.source == run.sheet.table
    changed = _remarked(run, unit, one, known) if marked else list(run.sheet.placed)
    if not changed:
        return []
    for shown in run.sheet.render(unit, known.number, run.sheet.table):
        changed = [
            name
            for name in changed
            if says(name, one.cells[name]) != says(name, shown.get(name, ""))
        ]
    return [run.sheet.headings[run.sheet.placed[name]] for name in changed]


def _remarked(run: Run, unit: Unit, one: Read, known: Known) -> list[str]:
    marks = unit.sheets.marks(in_order(one.cells), key_id=known.marked_with)
    if marks is None:
        return list(run.sheet.placed)
    length = unit.sheets.mark_length()
    parts = [slice(at, at + length) for at in range(0, len(marks), length)]
    return [
        name
        for name, part in zip(FIELDS, parts, strict=True)
        if name in run.sheet.placed and marks[part] != known.marks[part]
    ]
