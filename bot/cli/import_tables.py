"""Which tables a file holds: on which of its sheets, of what kind, and under which line of headings."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tickets.sheets.head import WITHIN, Head, find_head, is_margin
from tickets.sheets.tables import OF_CASES, Fold, Table

if TYPE_CHECKING:
    from bot.papers.tables import Page, Row

SUMS = 3  # cells of a line that adds the others up, and no more
Kinds = Mapping[str, tuple[Callable[[Sequence[str], Fold], bool], object]]


@dataclass(frozen=True, slots=True)
class Found:
    """A table on a sheet: what it is, and where its headings stand."""

    page: "Page"
    kind: str
    place: int  # of the headings
    fold: Fold
    head: Head | None = None  # where it is one of the team's own tables

    def rows(self, file: Path) -> Sequence["Row"]:
        """Give the rows by heading, lines that say nothing among them; what stands above is left empty. Raises Unreadable."""
        from bot.papers.tables import MOST_ROWS, Unreadable

        head, body = self.page.lines[self.place], self.page.lines[self.place + 1 :]
        if len(body) > MOST_ROWS:
            msg = f"{file} has more than {MOST_ROWS} rows: split it"
            raise Unreadable(msg)
        above: list[Row] = [{}] * self.place
        rows = [{} if self._is_none(line) else dict(zip(head, line, strict=False)) for line in body]
        return [*above, *rows]

    def _is_none(self, line: Sequence[str]) -> bool:
        from bot.papers.tables import WATERMARK

        if not any(line) or line[0].startswith(WATERMARK):
            return True
        return len({cell for cell in line if cell}) <= SUMS and is_margin(line, {}, self.fold)


def find_tables(pages: Sequence["Page"], kind: str, kinds: Kinds) -> Sequence[Found]:
    """Find the tables of a file; what somebody names is looked for alone."""
    from bot.foundation import Simplified

    fold = Simplified().fold
    if kind in kinds:
        return _named(pages, kind, kinds, fold)
    return [one for page in pages if (one := _found(page, kind, kinds, fold))]


def _found(page: "Page", kind: str, kinds: Kinds, fold: Fold) -> Found | None:
    head = find_head(page.lines, fold)
    if head and head.table in OF_CASES and kind in {"", "tickets", head.table}:
        return Found(page, "tickets", head.place, fold, head)
    if head and not kind:
        return Found(
            page, "articles" if head.table is Table.KNOWLEDGE else "tickets", head.place, fold, head
        )
    if kind:
        return None
    lines = enumerate(page.lines[:WITHIN])
    return next(
        (
            Found(page, name, at, fold)
            for at, line in lines
            for name, (fits, _) in kinds.items()
            if fits(line, fold)
        ),
        None,
    )


def _named(pages: Sequence["Page"], kind: str, kinds: Kinds, fold: Fold) -> Sequence[Found]:
    """Take the sheets with headings that fit, else the first that says anything by its first line."""
    fits = kinds[kind][0]
    lines = [
        (page, place, line)
        for page in pages
        for place, line in enumerate(page.lines[:WITHIN])
        if any(line)
    ]
    heads: dict[str, Found] = {}
    for page, place, line in lines:
        if fits(line, fold):
            heads.setdefault(page.name, Found(page, kind, place, fold))
    shown = [(page, place) for page, place, _ in lines if not page.is_hidden]
    return list(heads.values()) or [Found(page, kind, place, fold) for page, place in shown[:1]]
