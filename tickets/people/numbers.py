"""Which digits in a text belong to a person: telephones, identity numbers, bank cards, however they are spaced.

Every pattern is bounded and its separators are no digits, so that a text is looked through in linear time (X39).
"""

import re
from collections.abc import Iterator
from datetime import date

from tickets.people.folding import GLUE, is_han_digit, with_han_digits

Span = tuple[int, int]

_GAP = rf"[ \-.,/_~|()*{GLUE}]{{0,4}}"
_NARROW_GAP = rf"[ \-./_~|()*{GLUE}]{{0,3}}"  # a list of figures has commas, a hotline has none
_DIGIT = "[0-9]"
_BEFORE, _AFTER = "(?<![0-9])", "(?![0-9])"
_NO_DECIMAL = r"(?<![0-9]\.)"


def _more(least: int, most: int | None = None, gap: str = _GAP) -> str:
    return f"(?:{gap}{_DIGIT}){{{least},{most or least}}}"


_MOBILE = rf"(?:(?:\+|00)?86{_GAP})?(?:0{_GAP})?1{_GAP}[3-9]{_more(9)}"
_CITY = rf"0(?:10|2[0-9])\)?{_GAP}[1-9]{_more(7)}"
_TOWN = rf"0[3-9][0-9]{{2}}\)?{_GAP}[1-9]{_more(6, 7)}"
_SPELT_CITY = rf"0(?:[ .\-,{GLUE}]{{1,3}}{_DIGIT}){{10,11}}"  # each digit by itself
_TAIWAN = rf"(?:09[0-9]{{2}}{_NARROW_GAP}[0-9]{{3}}{_NARROW_GAP}[0-9]{{3}}|0[2-8]{_NARROW_GAP}[0-9]{{4}}{_NARROW_GAP}[0-9]{{4}})"
_LANDLINE = rf"{_NO_DECIMAL}(?:{_CITY}|{_TOWN}|{_SPELT_CITY}|{_TAIWAN})"
_HOTLINE = rf"[48]{_NARROW_GAP}0{_NARROW_GAP}0{_more(7, gap=_NARROW_GAP)}"
_ABROAD = (
    rf"\+{_GAP}[1-9]{_more(7, 14)}|"
    rf"{_NO_DECIMAL}00{_GAP}(?:[17]{_more(10)}|[2-689]{_more(9, 13)})"
)
_AFTER_A_WORD = (
    r"(?:电话|電話|座机|座機|手机|手機|号码|號碼|致电|致電|拨打|撥打|联系方式|聯繫方式|聯絡方式|"
    r"\btel|\bphone|\bcall|\bmobile|\bfax|传真|傳真)[^0-9\n]{0,8}"
)
_LOCAL = rf"(?:[2-9][0-9]{{2,3}}{_NARROW_GAP}[0-9]{{4}})"  # seven or eight digits, no area code

_TELEPHONES = tuple(
    re.compile(rf"{_BEFORE}(?=({pattern}){_AFTER})")
    for pattern in (_MOBILE, _LANDLINE, _HOTLINE, _ABROAD)
)
_NAMED = re.compile(rf"(?i:{_AFTER_A_WORD})({_LOCAL}){_AFTER}")
_HAN = re.compile(rf"(?=({_MOBILE}|{_CITY}|{_TOWN}))")
_IDENTITY = re.compile(rf"{_BEFORE}(?=([1-8]{_more(16)}{_GAP}[0-9Xx](?![0-9A-Za-z])))")
_OLD_IDENTITY = re.compile(rf"{_BEFORE}(?=([1-8]{_more(14)}{_AFTER}))")
# A bank card's first digits say who issued it (ISO/IEC 7812): travel, banks, UnionPay, old cards of China's banks.
_CARD = re.compile(rf"{_BEFORE}(?=((?:[3-6]|9{_GAP}[0-9]|2{_GAP}[2-7]){_more(11, 18)}){_AFTER})")
_SHORTEST_CARD, _LONGEST_CARD = 13, 19
_GROUP = re.compile("[0-9]+")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)  # GB 11643-1999
_PROVINCES = frozenset(
    "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65"
    " 71 81 82 83".split()
)
_DECIMALS = re.compile(r"(?<![0-9.])[0-9]{1,4}\.[0-9]{1,2}(?![0-9.])")
_THOUSANDS = re.compile(r"[0-9]{1,3}(?:,[0-9]{3}){2,}")
_DATE = re.compile(
    r"(?<![0-9])(?:(?:19|20)[0-9]{2}([-/.])(?:0?[1-9]|1[0-2])\1(?:0?[1-9]|[12][0-9]|3[01])"
    r"|(?:0?[1-9]|[12][0-9]|3[01])([-/.])(?:0?[1-9]|[12][0-9]|3[01])\2(?:19|20)[0-9]{2})(?![0-9])"
)
_FEWEST = 7  # digits; less is nobody's number


def personal_numbers(plain: str) -> Iterator[Span]:
    """Find the personal numbers of a folded text; spans may overlap."""
    if len(re.findall("[0-9]", plain)) >= _FEWEST:
        yield from _telephones(plain)
        yield from _checked(plain)
    if sum(map(is_han_digit, plain)) >= _FEWEST:
        yield from _in_han(plain)


def _telephones(plain: str) -> Iterator[Span]:
    for pattern in _TELEPHONES:
        for found in pattern.finditer(plain):
            if not _are_figures(plain, found.span(1)):
                yield found.span(1)
    yield from (found.span(1) for found in _NAMED.finditer(plain))


def _in_han(plain: str) -> Iterator[Span]:
    """一三八零零… counts where most of it is written so: a stray 一 beside figures is a word."""
    for found in _HAN.finditer(with_han_digits(plain)):
        start, end = found.span(1)
        written = sum(map(is_han_digit, plain[start:end]))
        if written >= _FEWEST:
            yield start, end


def _checked(plain: str) -> Iterator[Span]:
    """Numbers that prove themselves: by a checksum, a date of birth, Luhn's sum."""
    for found in _IDENTITY.finditer(plain):
        if is_identity_number(_digits(found[1])):
            yield found.span(1)
    for found in _OLD_IDENTITY.finditer(plain):
        if is_old_identity_number(_digits(found[1])):
            yield found.span(1)
    for found in _CARD.finditer(plain):
        if length := _card_in(found[1]):
            yield found.start(1), found.start(1) + length


def _digits(text: str) -> str:
    return re.sub("[^0-9Xx]", "", text)


def _card_in(written: str) -> int:
    """How much of this is a card: all of it, else some whole groups from its start; 0 for none."""
    digits, found = "", 0
    for group in _GROUP.finditer(written):
        digits += group[0]
        if _SHORTEST_CARD <= len(digits) <= _LONGEST_CARD and passes_luhn(digits):
            found = group.end()
    return found


def is_identity_number(digits: str) -> bool:
    """Tell whether the last of 18 characters is the checksum of GB 11643-1999."""
    if not re.fullmatch(r"[0-9]{17}[0-9Xx]", digits):
        return False
    total = sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=False))
    return "10X98765432"[total % 11] == digits[-1].upper()


def is_old_identity_number(digits: str) -> bool:
    """Tell whether 15 digits name a province and a day of the twentieth century."""
    if not re.fullmatch(r"[0-9]{15}", digits) or digits[:2] not in _PROVINCES:
        return False
    try:
        date(1900 + int(digits[6:8]), int(digits[8:10]), int(digits[10:12]))
    except ValueError:
        return False
    return True


def passes_luhn(digits: str) -> bool:
    """Tell whether the digits pass Luhn's check (ISO/IEC 7812)."""
    doubled = [int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(digits))]
    return sum(digit - 9 if digit > 9 else digit for digit in doubled) % 10 == 0


def _are_figures(plain: str, span: Span) -> bool:
    """Amounts in thousands, rows of decimals, dates with something beside them are nobody's number."""
    start, end = span
    written = plain[start:end]
    if written.isdigit():
        return False
    around = plain[max(0, start - 5) : end + 3]
    return (
        _THOUSANDS.fullmatch(written) is not None
        or len(_DECIMALS.findall(around)) > 1
        or _has_a_date(written)
    )


def _has_a_date(written: str) -> bool:
    found = _DATE.search(written)
    return found is not None and found.group() != written
