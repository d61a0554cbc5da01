"""Hostile texts in every cell of a sheet, read back by two readers: no formula, no link, nothing lost."""

import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import openpyxl
from python_calamine import CalamineWorkbook

from bot.papers.sheets import Column, Sheet, write_sheet

_SHEET = Sheet("hostile", ("=stamp()",), [Column("=A1", 20), Column("words", 60)])


@dataclass(frozen=True, slots=True)
class Cells:
    """What two readers and the file itself say of the cells."""

    cells: int
    formulas: int
    links: int
    other_types: int

    @property
    def is_clean(self) -> bool:
        """Tell whether every cell is a text."""
        return self.cells > 0 and not (self.formulas or self.links or self.other_types)

    def __str__(self) -> str:
        """Print the figures in a line."""
        return (
            f"{self.cells} cells: {self.formulas} formulas, {self.links} links,"
            f" {self.other_types} that are no text"
        )


def in_cells(texts: Sequence[str], folder: Path) -> Cells:
    """Write the texts to a sheet and read it again."""
    path = folder / "hostile.xlsx"
    write_sheet(path, _SHEET, ([text, text] for text in texts))
    first_row = 3
    book = openpyxl.load_workbook(path)
    cells = [cell for row in book.active.iter_rows(min_row=first_row) for cell in row]
    rows = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
    with zipfile.ZipFile(path) as parts:
        inside = parts.read("xl/worksheets/sheet1.xml")
    return Cells(
        cells=sum(cell.value is not None for cell in cells),
        formulas=sum(cell.data_type == "f" for cell in cells) + inside.count(b"<f>"),
        links=sum(cell.hyperlink is not None for cell in cells) + inside.count(b"<hyperlink"),
        other_types=sum(cell.data_type not in {"s", "n", "inlineStr"} for cell in cells)
        + sum(not isinstance(value, str) for row in rows for value in row),
    )
