"""Pages: long things cut so that each view keeps Slack's limits and nothing is left out."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from slack_sdk.models.blocks import Block

ROWS = 20  # SCREENS.md: twenty rows a page
MOST_BLOCKS = 90  # of the 100 a view may hold
MOST_WEIGHT = 150_000  # bytes of JSON, of the 250 KB a view may hold


@dataclass(frozen=True, slots=True)
class Pages:
    """Blocks by page; `at` clamps a page number from outside to one that exists."""

    pages: tuple[tuple[Block, ...], ...]

    def at(self, page: int) -> tuple[Block, ...]:
        """Give one page, counted from 1; the nearest where there is no such page."""
        return self.pages[self.nearest(page) - 1] if self.pages else ()

    def nearest(self, page: int) -> int:
        """Give the number of the page that would be shown."""
        return max(1, min(page, len(self.pages)))


def paged(entries: Iterable[Sequence[Block]]) -> Pages:
    """Cut entries into pages of twenty or fewer; an entry too long for one page goes on in the next."""
    pages: list[list[Block]] = []
    rows = weight = 0
    for entry in entries:
        for place, block in enumerate(entry):
            heavier = len(json.dumps(block.to_dict()))
            full = rows >= ROWS if place == 0 else False
            if not pages or full or len(pages[-1]) >= MOST_BLOCKS or weight + heavier > MOST_WEIGHT:
                pages.append([])
                rows = weight = 0
            pages[-1].append(block)
            weight += heavier
        rows += 1
    return Pages(tuple(tuple(page) for page in pages))
