"""A text as those read it who look for numbers in it: folded character for character, so that spans stay true."""

import unicodedata

GLUE = "\u200b"
"""Stands for what nobody sees between two characters."""

_HAN_DIGITS = str.maketrans(
    "〇零一二三四五六七八九幺壹贰叁肆伍陆柒捌玖貳參陸", "001234567891123456789236"
)
_DOTS = frozenset("·•・‧∙⋅。｡․﹒⸱●")
_DASHES = frozenset("−﹣➖ー―")
_COMMAS = frozenset("、，﹐﹑､；;")
_UNSEEN = frozenset({"Cf", "Mn", "Me", "Mc"})
_FILLERS = frozenset("\u115f\u1160\u3164\uffa0\u2800\u034f")


class _Folded(dict[int, int]):
    """Ordinary forms of characters, one for one; learnt as they are met."""

    def __missing__(self, code: int) -> int:
        self[code] = ord(_fold(chr(code)))
        return self[code]


def _fold(character: str) -> str:
    """Make digits of every script ASCII, blanks a space, dashes, dots and commas one each; NFKC for the rest."""
    if character in "\n\r":
        return "\n"
    if (digit := unicodedata.digit(character, None)) is not None:
        return str(digit)
    kind = unicodedata.category(character)
    if character in _FILLERS or kind in _UNSEEN:
        return GLUE
    if kind == "Zs" or character == "\t":
        return " "
    if kind == "Pd" or character in _DASHES:
        return "-"
    if character in _DOTS:
        return "."
    if character in _COMMAS:
        return ","
    narrow = unicodedata.normalize("NFKC", character)
    return narrow if len(narrow) == 1 else character


_FOLDED = _Folded()


def folded(text: str) -> str:
    """Give a text with full-width and other forms as ordinary ones; as long as it was."""
    return text.translate(_FOLDED)


def with_han_digits(plain: str) -> str:
    """Give a folded text with 一三八零 as 1380; as long as it was."""
    return plain.translate(_HAN_DIGITS)


def is_han_digit(character: str) -> bool:
    """Tell whether a character writes a digit in Chinese."""
    return ord(character) in _HAN_DIGITS
