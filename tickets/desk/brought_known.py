"""Rows of a sheet that are on record already: unchanged, or saying something else; nothing is overwritten."""

from collections.abc import Sequence

from tickets.case.values import Number
from tickets.desk.bringing import Came, Read, RowReport, Run, in_order, says, source_no
from tickets.ports import Unit
from tickets.ports.sheets import Known
from tickets.sheets.reading import FIELDS


def sort_out(run: Run, unit: Unit, read: Sequence[Read]) -> tuple[list[RowReport], list[Read]]:
    """Tell what is on record, and what is new."""
    source = run.sheet.table
    came_in = unit.sheets.by_source(
        source, [source_no(one.row) for one in read if source_no(one.row)]
    )
    there = unit.sheets.by_number([Number(one.row.number) for one in read if one.row.number])
    alone = [one.row.received_at for one in read if not source_no(one.row)]
    then = unit.sheets.by_moment(alone) if alone else {}
    told: list[RowReport] = []
    new: list[Read] = []
    for one in read:
        same_number = came_in.get(source_no(one.row)) or there.get(Number(one.row.number))
        if not source_no(one.row):
            report = _without_number(run, unit, one, then.get(one.row.received_at, ()))
        else:
            report = _with_number(run, unit, one, same_number) if same_number else None
        if report:
            told.append(report)
            continue
        one.number = Number(one.row.number) if one.row.number and not same_number else None
        new.append(one)
        if not run.keeps:
            told.append(RowReport(one.line, Came.MADE, one.number or "", one.guessed))
    return told, new


def _with_number(run: Run, unit: Unit, one: Read, known: Known) -> RowReport | None:
    """Hold a row against the case of its number; None: another case has it, and it may have a new one."""
    changed = _changed(run, unit, one, known)
    if not changed:
        return RowReport(one.line, Came.SAME, known.number)
    is_other = (
        known.source != run.sheet.table
        if known.source
        else known.received_at != one.row.received_at
    )
    if is_other:
        return _taken(run, one, known)
    why = "on record with other words, nothing was overwritten: " + ", ".join(changed)
    return RowReport(one.line, Came.DIFFERS, known.number, why=why)


def _taken(run: Run, one: Read, known: Known) -> RowReport | None:
    if run.sheet.renumber:
        one.guessed = (
            *one.guessed,
            f"{known.number} is another case's: gets a new number of its day",
        )
        return None
    why = f"the number {known.number} is another case's (--renumber gives this one a new number of its day)"
    return RowReport(one.line, Came.REFUSED, why=why)


def _without_number(run: Run, unit: Unit, one: Read, there: Sequence[Known]) -> RowReport | None:
    """Look for a row among the cases of its minute; one with the same customer and words in part is that case."""
    for known in there:
        changed = _changed(run, unit, one, known)
        if not changed:
            return RowReport(one.line, Came.SAME, known.number)
        named = {
            run.sheet.headings[run.sheet.placed[name]]
            for name in _IDENTITY
            if name in run.sheet.placed
        }
        if known.source == run.sheet.table and not named & set(changed):
            why = "on record with other words, nothing was overwritten: " + ", ".join(changed)
            return RowReport(one.line, Came.DIFFERS, known.number, why=why)
    return None


_IDENTITY = ("customer", "name", "contact", "description", "kind")


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
