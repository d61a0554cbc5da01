"""A count as people type it: 120, 120 次, 1,200."""

import re
import unicodedata

_COUNT = re.compile(r"(\d{1,3}(?:,\d{3})+|\d{1,9})(?:\.0+)?\s*次?", re.ASCII)


def read_count(text: str) -> int | None:
    """Read it; None where it is none."""
    found = _COUNT.fullmatch(unicodedata.normalize("NFKC", text).strip())
    return int(found[1].replace(",", "")) if found else None
