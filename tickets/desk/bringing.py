"""What bringing in a sheet is about: its rows on their way, and what is told of each."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum

from tickets.case.values import Number, PersonId
from tickets.desk.context import Desk
from tickets.people.customers import Customer
from tickets.ports import Unit
from tickets.sheets.moments import at, read_typed
from tickets.sheets.names import Names
from tickets.sheets.numbers import as_number
from tickets.sheets.reading import DATED, FIELDS, Reader
from tickets.sheets.row import CaseRow
from tickets.sheets.tables import Table
from tickets.time.deadlines import Reckoning

Line = tuple[int, Sequence[str]]
"""A row's line in its sheet, and its cells."""

Render = Callable[[Unit, Number, Table], Sequence[Mapping[str, str]]]
"""Gives a case as a row of a table, masked and opened, to tell whether a sheet says anything else."""


class Came(StrEnum):
    """What became of a row."""

    MADE = "new"
    SAME = "unchanged"
    DIFFERS = "differs"  # on record with other words; nothing was overwritten
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class RowReport:
    """One row: its line, what became of it, under which number, what was guessed and why it was refused."""

    line: int
    came: Came
    number: str = ""
    guessed: tuple[str, ...] = ()
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetOfCases:
    """A sheet with its head found, and how its words are to be read."""

    table: Table
    placed: Mapping[str, int]
    headings: Sequence[str]
    lines: Sequence[Line]
    names: Names
    render: Render
    renumber: bool = False  # a number that another case has is given up for a new one


@dataclass(slots=True)
class Run:
    """What one run remembers from part to part."""

    desk: Desk
    sheet: SheetOfCases
    reader: Reader
    keeps: bool
    now: datetime
    reckoning: Reckoning
    borne: frozenset[
        Number
    ]  # all numbers that rows of this sheet bear: none of them is drawn for another
    numbers: dict[str | int, tuple[int, int]] = field(default_factory=dict)
    """Number of the sheet → its line and what it says; of a row without one, what it says alone."""
    customers: dict[tuple[str, str], Customer] = field(default_factory=dict)  # by id, phone or mail
    phones: dict[str, str | None] = field(default_factory=dict)  # as typed → as kept
    in_hand: Counter[PersonId] = field(default_factory=Counter)
    """Assignee → open cases of the part at hand, which the records do not count yet."""


@dataclass(slots=True)
class Read:
    """A row on its way."""

    line: int
    cells: Mapping[str, str]
    row: CaseRow
    guessed: tuple[str, ...]
    number: Number | None = None


def borne_by(sheet: SheetOfCases) -> frozenset[Number]:
    """Collect the numbers of this desk's kind that a sheet's rows bear."""
    place = sheet.placed.get("number")
    if place is None:
        return frozenset()
    cells = (line[place] for _, line in sheet.lines if place < len(line))
    return frozenset(number for cell in cells if (number := as_number(cell)))


def source_no(row: CaseRow) -> str:
    """Give the number a row has in its sheet; "" where that table has none."""
    return (row.number or row.old_number)[:64]


def in_order(cells: Mapping[str, str]) -> list[str]:
    """Give what the cells say, column for column, as they are marked."""
    return [says(name, text) if (text := cells.get(name)) else "" for name in FIELDS]


def says(name: str, text: str) -> str:
    """Give what a cell says, however a program wrote it: the same moment, the same words."""
    if not text:
        return ""
    typed = read_typed(text) if name in DATED else None
    if typed is None:
        return " ".join(text.split())
    if typed.day is None or name == "closed_on":
        return f"{typed.day} {typed.minute}" if typed.day is None else f"{typed.day}"
    return f"{at(typed.day, typed.minute or 0, UTC)}"
