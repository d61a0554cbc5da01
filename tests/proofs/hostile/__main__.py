"""`python -m tests.proofs.hostile`: the corpus and 10,000 generated texts on every screen and in every cell, as figures."""

import argparse
import sys
import tempfile
from pathlib import Path
from time import perf_counter

from tests.handlers.views.hostile import FIXED, generated
from tests.proofs.hostile.outlets import OUTLETS
from tests.proofs.hostile.screens import shown_on
from tests.proofs.hostile.sheets import in_cells


def main() -> int:
    """Print the figures; status 1 where one is not nothing."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--texts", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    began = perf_counter()
    corpus = shown_on(FIXED, outlets_each=len(OUTLETS))
    print(f"corpus, {len(FIXED)} texts on each of {len(OUTLETS)} outlets: {corpus}", flush=True)
    made = shown_on(generated(asked.texts, asked.seed), outlets_each=1)
    print(f"generated, {asked.texts} texts: {made}", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        cells = in_cells([*FIXED, *generated(asked.texts, asked.seed)], Path(folder))
    print(f"sheet: {cells}")
    print(f"took {perf_counter() - began:.0f} s")
    for trouble in (*corpus.crashed, *corpus.refused, *corpus.alive):
        print(trouble[:300])
    for trouble in (*made.crashed, *made.refused, *made.alive):
        print(trouble[:300])
    return 0 if corpus.is_clean and made.is_clean and cells.is_clean else 1


if __name__ == "__main__":
    sys.exit(main())
