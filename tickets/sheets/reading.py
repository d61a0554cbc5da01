"""Reads rows of a sheet one after the other: what each says, and of what it leaves open what was taken for it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from tickets.sheets.line import Line
from tickets.sheets.names import Names
from tickets.sheets.parts import PARTS
from tickets.sheets.row import CaseRow
from tickets.sheets.tables import COLUMNS, OF_CASES, Table

LABELS = (
    "customer_type category_1 category_2 category kind urgency channel department assignee owner status archived"
).split()
"""Columns whose own words are kept beside what they were taken for."""

FIELDS = (*dict.fromkeys(one for table in OF_CASES for one in COLUMNS[table]), "backfilled")
DATED = frozenset({"received_at", "due_at", "done_at", "closed_on"})


@dataclass(slots=True)
class Reader:
    """Reads the rows of one sheet in order."""

    table: Table
    placed: Mapping[str, int]  # where each column stands
    headings: Sequence[str]
    names: Names
    now: datetime
    _line: Line = field(init=False)

    def __post_init__(self) -> None:
        self._line = Line(self.table, self.placed, self.headings, self.names, self.now)

    def cells(self, line: Sequence[str]) -> dict[str, str]:
        """Give a line's cells by column."""
        return self._line.cells(line)

    def read(self, cells: Sequence[str], number: int) -> tuple[CaseRow, tuple[str, ...]]:
        """Read a line of the sheet and tell what was guessed. Raises Unreadable."""
        line = self._line
        line.take(cells, number)
        received = line.moment("received_at", None)
        if received is None:
            raise line.wrong("received_at", "says no moment (write 2023-10-01 09:30)")
        if received > self.now:
            raise line.wrong("received_at", "lies in the future")
        row = CaseRow(table=self.table, received_at=received)
        row.description = line.get("description")
        if not row.description:
            raise line.wrong("description", "is empty")
        for fill in PARTS:
            fill(line, row)
        row.labels = tuple(
            (self.headings[self.placed[name]], line.said[name])
            for name in (("number", *LABELS) if row.old_number else LABELS)
            if line.said.get(name)
        )
        return row, tuple(line.guessed)
