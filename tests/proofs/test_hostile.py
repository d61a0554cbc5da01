"""Hostile texts on every screen and in every cell: nothing lives, breaks or is refused (RELIABILITY.md 5)."""

from pathlib import Path

import pytest

from tests.handlers.views.hostile import FIXED, generated
from tests.proofs.hostile.outlets import OUTLETS
from tests.proofs.hostile.screens import Tally, shown_on
from tests.proofs.hostile.sheets import in_cells

MANY, FEWER = 10_000, 2_000


def complaints(tally: Tally) -> list[str]:
    return [*tally.crashed, *tally.refused, *tally.alive]


@pytest.mark.parametrize("text", FIXED, ids=range(len(FIXED)))
@pytest.mark.proves("X11", "X13", "X14", "X15", "X16")
def test_the_corpus_is_inert_on_every_screen(text: str) -> None:
    tally = shown_on([text], outlets_each=len(OUTLETS))

    assert tally.screens == len(OUTLETS)
    assert complaints(tally) == []


@pytest.mark.parametrize(
    ("count", "seed"), [(FEWER, 1), pytest.param(MANY, 2, marks=pytest.mark.long)]
)
@pytest.mark.proves("X11", "X14", "X15", "X16")
def test_generated_texts_are_inert_wherever_they_are_shown(count: int, seed: int) -> None:
    tally = shown_on(generated(count, seed), outlets_each=1)

    assert tally.screens == count
    assert complaints(tally) == []


@pytest.mark.proves("X17")
def test_no_cell_of_a_sheet_is_a_formula_or_a_link(tmp_path: Path) -> None:
    cells = in_cells([*FIXED, *generated(MANY)], tmp_path)

    assert cells.cells > 1.9 * MANY
    assert cells.is_clean, str(cells)
