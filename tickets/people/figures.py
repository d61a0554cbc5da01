"""What reads like figures, not like anybody's number: amounts, rows of decimals, dates; and how digits are spaced."""

import re

from tickets.people.folding import GLUE

Span = tuple[int, int]

GAP = rf"[ \-.,/_~|(){GLUE}]{{0,4}}"
"""What may stand between two digits of one number."""

NARROW_GAP = rf"[ \-./_~|(){GLUE}]{{0,3}}"
"""The same where a list of figures would be found: lists have commas."""

_DIGITS = frozenset("0123456789")
_DECIMALS = re.compile(r"(?<![0-9.])[0-9]{1,4}\.[0-9]{1,2}(?![0-9.])")
_THOUSANDS = re.compile(r"\+?[0-9]{1,3}(?:,[0-9]{3}){2,}")
_DATE = re.compile(
    r"(?<![0-9])(?:(?:19|20)[0-9]{2}([-/.])(?:0?[1-9]|1[0-2])\1(?:0?[1-9]|[12][0-9]|3[01])"
    r"|(?:0?[1-9]|[12][0-9]|3[01])([-/.])(?:0?[1-9]|[12][0-9]|3[01])\2(?:19|20)[0-9]{2})(?![0-9])"
)


def are_figures(plain: str, span: Span) -> bool:
    """Tell whether a span of a folded text is amounts in thousands, decimals, or a date with something beside it."""
    start, end = span
    written = plain[start:end]
    between = set(written) - _DIGITS
    if not between or between == {" "}:
        return False
    return (
        ("," in between and _THOUSANDS.fullmatch(written) is not None)
        or ("." in between and len(_DECIMALS.findall(plain, max(0, start - 5), end + 3)) > 1)
        or (len(between) > 1 and _DATE.search(written) is not None)
    )
