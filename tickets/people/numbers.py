"""Which digits in a text belong to a person: telephones, identity numbers and bank cards, however they are spaced."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from operator import mul

from tickets.people.figures import GAP, Span, are_figures
from tickets.people.folding import count_han_digits
from tickets.people.telephones import telephones, telephones_in_han

FEWEST = 7  # digits; less is nobody's number
_RUN = re.compile(rf"[0-9](?:{GAP}[0-9]){{12,}}+(?:{GAP}[Xx])?")
_GROUP = re.compile("[0-9]+|[Xx]")
# A bank card's first digits say who issued it (ISO/IEC 7812): travel, banks, UnionPay, old cards of China's banks.
_ISSUED = (
    frozenset("3456") | {f"9{second}" for second in "0123456789"} | {f"2{n}" for n in "234567"}
)
_CARD_LENGTHS = range(13, 20)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)  # GB 11643-1999
_PROVINCES = frozenset(
    "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65"
    " 71 81 82 83".split()
)
_NEVER = 1_000  # more than any sum of a card's digits


def personal_numbers(plain: str) -> Iterator[Span]:
    """Find the personal numbers of a folded text; spans may overlap."""
    if len(re.findall("[0-9]", plain)) >= FEWEST:
        yield from telephones(plain)
        yield from _checked(plain)
    if count_han_digits(plain) >= FEWEST:
        yield from telephones_in_han(plain)


def _checked(plain: str) -> Iterator[Span]:
    """Numbers that prove themselves: by a checksum, a date of birth, Luhn's sum."""
    for run in _RUN.finditer(plain):
        for span in _proved(plain, *run.span()):
            if not are_figures(plain, span):
                yield span


def _proved(plain: str, start: int, end: int) -> Iterator[Span]:
    """Look at whole groups of a run of digits: from where one begins to where one ends."""
    groups = [group.span() for group in _GROUP.finditer(plain, start, end)]
    digits = "".join(plain[begin:stop] for begin, stop in groups).upper()
    luhn = Luhn.of(digits)
    places = list(accumulate((stop - begin for begin, stop in groups), initial=0))
    ends = {place: stop for place, (_, stop) in zip(places[1:], groups, strict=True)}
    for place, (begin, _) in zip(places, groups, strict=False):
        for length in _lengths_proved(digits, place, ends, luhn):
            yield begin, ends[place + length]


def _lengths_proved(
    digits: str, place: int, ends: Mapping[int, int], luhn: "Luhn"
) -> Iterator[int]:
    if place + 18 in ends and is_identity_number(digits[place : place + 18]):
        yield 18
    if place + 15 in ends and is_old_identity_number(digits[place : place + 15]):
        yield 15
    if digits[place] in _ISSUED or digits[place : place + 2] in _ISSUED:
        for length in _CARD_LENGTHS:
            if place + length in ends and luhn.passes(place, place + length):
                yield length


@dataclass(frozen=True, slots=True)
class Luhn:
    """Sums of a run's digits as they grow, doubled at even and at odd places: any part is checked at once."""

    even: Sequence[int]
    odd: Sequence[int]

    @classmethod
    def of(cls, digits: str) -> "Luhn":
        """Sum up a run once; what is no digit makes every part with it fail."""
        values = [_NEVER if one == "X" else int(one) for one in digits]
        doubled = [_NEVER if v == _NEVER else v * 2 - 9 * (v > 4) for v in values]
        evenly = [
            (d, v)[place % 2] for place, (v, d) in enumerate(zip(values, doubled, strict=True))
        ]
        oddly = [
            (v, d)[place % 2] for place, (v, d) in enumerate(zip(values, doubled, strict=True))
        ]
        return cls(list(accumulate(evenly, initial=0)), list(accumulate(oddly, initial=0)))

    def passes(self, start: int, end: int) -> bool:
        """Tell whether a part passes Luhn's check: every second digit from its right end counts twice."""
        sums = self.odd if end % 2 else self.even
        total = sums[end] - sums[start]
        return total < _NEVER and total % 10 == 0


def is_identity_number(digits: str) -> bool:
    """Tell whether the last of 18 characters is the checksum of GB 11643-1999."""
    body, last = digits[:-1], digits[-1:].upper()
    if len(body) != len(_WEIGHTS) or not (body.isascii() and body.isdigit()):
        return False
    return "10X98765432"[sum(map(mul, map(int, body), _WEIGHTS)) % 11] == last


def is_old_identity_number(digits: str) -> bool:
    """Tell whether 15 digits name a province and a day of the twentieth century."""
    if digits[:2] not in _PROVINCES or len(digits) != 15 or not digits.isdigit():
        return False
    try:
        date(1900 + int(digits[6:8]), int(digits[8:10]), int(digits[10:12]))
    except ValueError:
        return False
    return True
