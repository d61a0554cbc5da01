"""How a text is looked at: its length as people count, vague words and phrases nobody should say (R10–R13)."""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache

_QUOTED = re.compile(r"“[^”]*”|‘[^’]*’|「[^」]*」|『[^』]*』|\"[^\"]*\"|《[^》]*》")
_JOINER = "\u200d"


def graphemes(text: str) -> int:
    """Count what a reader would call characters: marks, joiners and modifiers do not count apart."""
    count = 0
    joined = False
    flags = 0
    for character in text.strip():
        if character == _JOINER:
            joined = True
            continue
        if _extends(character):
            continue
        is_flag = 0x1F1E6 <= ord(character) <= 0x1F1FF
        flags = flags + 1 if is_flag else 0
        if not joined and not (is_flag and flags % 2 == 0):
            count += 1
        joined = False
    return count


def _extends(character: str) -> bool:
    code = ord(character)
    selector = 0xFE00 <= code <= 0xFE0F or 0x1F3FB <= code <= 0x1F3FF or 0xE0020 <= code <= 0xE007F
    return selector or unicodedata.category(character) in {"Mn", "Me", "Mc", "Cf", "Cc"}


def vague_word(text: str, words: Iterable[str], spare: Iterable[str]) -> str | None:
    """Find the first vague word (R11), not inside a spared word nor in the customer's quoted words."""
    plain = _QUOTED.sub(" ", unicodedata.normalize("NFKC", text))
    for spared in sorted(spare, key=len, reverse=True):
        plain = re.sub(re.escape(spared), " ", plain, flags=re.IGNORECASE)
    found = [
        (match.start(), match.group()) for word in words if (match := _pattern(word).search(plain))
    ]
    return min(found)[1] if found else None


def forbidden_phrase(text: str, phrases: Iterable[str]) -> str | None:
    """Find a phrase the desk's people should never use (禁用语, R13)."""
    plain = unicodedata.normalize("NFKC", text)
    return next((phrase for phrase in phrases if _pattern(phrase).search(plain)), None)


@cache
def _pattern(word: str) -> re.Pattern[str]:
    """Han words match anywhere, Latin ones as whole words."""
    core = re.escape(unicodedata.normalize("NFKC", word))
    bounded = rf"(?<![0-9A-Za-z]){core}(?![0-9A-Za-z])" if word.isascii() else core
    return re.compile(bounded, re.IGNORECASE)
