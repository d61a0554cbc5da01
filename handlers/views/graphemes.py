"""What a reader calls one character: marks, joiners, modifiers and flags stay with their letter."""

import unicodedata
from collections.abc import Iterator

_JOINER = "\u200d"
_LONGEST = 48  # code points; no script needs more, a longer pile of marks may be cut


def graphemes(text: str) -> Iterator[str]:
    """Split a text into what a reader would call characters."""
    cluster = ""
    for character in text:
        if cluster and len(cluster) < _LONGEST and _belongs(cluster, character):
            cluster += character
            continue
        if cluster:
            yield cluster
        cluster = character
    if cluster:
        yield cluster


def width(text: str) -> int:
    """Count as strictly as Slack might: astral characters weigh two (UTF-16 units)."""
    return len(text) + sum(character > "\uffff" for character in text)


def _belongs(cluster: str, character: str) -> bool:
    last = cluster[-1]
    if last == "\r" and character == "\n":
        return True
    if _extends(character):
        return last not in "\r\n"
    if last == _JOINER:
        return unicodedata.category(character) in {"So", "Sk", "Sm"}
    return _is_flag_pair(cluster, character) or _is_jamo_run(last, character)


def _extends(character: str) -> bool:
    if character < "\u0300":  # nothing before the combining marks extends a letter
        return False
    code = ord(character)
    is_modifier = 0x1F3FB <= code <= 0x1F3FF or character == _JOINER
    return is_modifier or unicodedata.category(character) in {"Mn", "Me", "Mc"}


def _is_flag_pair(cluster: str, character: str) -> bool:
    return len(cluster) == 1 and _is_regional(cluster) and _is_regional(character)


def _is_regional(character: str) -> bool:
    return 0x1F1E6 <= ord(character) <= 0x1F1FF


def _is_jamo_run(last: str, character: str) -> bool:
    """Decomposed Hangul: a leading consonant takes vowels, a vowel takes finals."""
    leading, vowel, final = ("\u1100", "\u115f"), ("\u1160", "\u11a7"), ("\u11a8", "\u11ff")
    if leading[0] <= last <= leading[1]:
        return leading[0] <= character <= vowel[1]
    return vowel[0] <= last <= final[1] and vowel[0] <= character <= final[1]
