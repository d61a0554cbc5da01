"""Telephone numbers in a text, however they are spaced: mobiles, landlines, hotlines, numbers from abroad.

Every pattern is bounded and no separator is a digit, so that a text is looked through in linear time (X39).
"""

import re
from collections.abc import Iterator

from tickets.people.figures import GAP, NARROW_GAP, Span, are_figures
from tickets.people.folding import GLUE, count_han_digits, with_han_digits

_DIGIT = "[0-9]"
_BEFORE, _AFTER = "(?<![0-9])", "(?![0-9])"
_NO_DECIMAL = r"(?<![0-9]\.)"


def _more(least: int, most: int | None = None, gap: str = GAP) -> str:
    return f"(?:{gap}{_DIGIT}){{{least},{most or least}}}"


_MOBILE = rf"(?:(?:\+|00)?86{GAP})?(?:0{GAP})?1{GAP}[3-9]{_more(9)}"
_CITY = rf"0(?:10|2[0-9])\)?{GAP}[1-9]{_more(7)}"
_TOWN = rf"0[3-9][0-9]{{2}}\)?{GAP}[1-9]{_more(6, 7)}"
_SPELT_CITY = rf"0(?:[ .\-,{GLUE}]{{1,3}}{_DIGIT}){{10,11}}"  # each digit by itself
_TAIWAN = (
    rf"(?:09[0-9]{{2}}{NARROW_GAP}[0-9]{{3}}{NARROW_GAP}[0-9]{{3}}|"
    rf"0[2-8]{NARROW_GAP}[0-9]{{4}}{NARROW_GAP}[0-9]{{4}})"
)
_LANDLINE = rf"{_NO_DECIMAL}(?:{_CITY}|{_TOWN}|{_SPELT_CITY}|{_TAIWAN})"
_HOTLINE = rf"[48]{NARROW_GAP}0{NARROW_GAP}0{_more(7, gap=NARROW_GAP)}"
_ABROAD = (
    rf"\+{GAP}[1-9]{_more(7, 14)}|"
    rf"{_NO_DECIMAL}00{GAP}(?:[17]{_more(10)}|[2-689]{_more(9, 13)})"
)
_AFTER_A_WORD = (
    r"(?:电话|電話|座机|座機|手机|手機|号码|號碼|致电|致電|拨打|撥打|联系方式|聯繫方式|聯絡方式|"
    r"\btel|\bphone|\bcall|\bmobile|\bfax|传真|傳真)[ :.,(是为為号號码碼改成换換到]{0,6}"
)
# Seven or eight digits without an area code, but no day of this century.
_LOCAL = rf"(?!20[0-9]{{2}}[01][0-9][0-3][0-9])[2-9][0-9]{{2,3}}{NARROW_GAP}[0-9]{{4}}"

_TELEPHONES = tuple(
    re.compile(rf"{_BEFORE}(?=({pattern}){_AFTER})")
    for pattern in (_MOBILE, _LANDLINE, _HOTLINE, _ABROAD)
)
# Each of them begins so and goes on for eight digits more: most texts hold no such run and are looked through once.
_MAY_BEGIN = re.compile(rf"{_BEFORE}[0148+](?:\)?{GAP}{_DIGIT}){{8}}")
_NAMED = re.compile(rf"(?i:{_AFTER_A_WORD})({_LOCAL}){_AFTER}")
_HAN = re.compile(rf"(?=({_MOBILE}|{_CITY}|{_TOWN}))")
_MOST_HAN = 7  # of a number's digits, to be one written in Chinese


def telephones(plain: str) -> Iterator[Span]:
    """Find telephone numbers of a folded text; spans may overlap."""
    for pattern in _TELEPHONES if _MAY_BEGIN.search(plain) else ():
        for found in pattern.finditer(plain):
            if not are_figures(plain, found.span(1)):
                yield found.span(1)
    yield from (found.span(1) for found in _NAMED.finditer(plain))


def telephones_in_han(plain: str) -> Iterator[Span]:
    """Find 一三八零零…; it counts where most of it is written so: a stray 一 beside figures is a word."""
    for found in _HAN.finditer(with_han_digits(plain)):
        start, end = found.span(1)
        written = count_han_digits(plain[start:end])
        if written >= _MOST_HAN:
            yield start, end
