"""A text as those read it who look for numbers in it: folded character for character, so that spans stay true."""

import re
import unicodedata

GLUE = "\u200b"
"""Stands for what nobody sees between two characters."""

_HAN_DIGITS = str.maketrans(
    "〇零一二三四五六七八九幺壹贰叁肆伍陆柒捌玖貳參陸", "001234567891123456789236"
)
_HAN_DIGIT = re.compile(f"[{''.join(map(chr, _HAN_DIGITS))}]")
_ALIKE = {
    **dict.fromkeys("\n\r", "\n"),
    **dict.fromkeys("·•・‧∙⋅。｡․﹒⸱", "."),
    **dict.fromkeys("−﹣➖ー―", "-"),
    **dict.fromkeys("、，﹐﹑､；;", ","),
    **dict.fromkeys("\u115f\u1160\u3164\uffa0\u2800\u034f", GLUE),
    "\t": " ",
}
_BY_CATEGORY = {**dict.fromkeys(("Cf", "Mn", "Me", "Mc"), GLUE), "Zs": " ", "Pd": "-"}


class _Folded(dict[int, int]):
    """Ordinary forms of characters, one for one; learnt as they are met."""

    def __missing__(self, code: int) -> int:
        self[code] = ord(_fold(chr(code)))
        return self[code]


def _fold(character: str) -> str:
    """Make digits of every script ASCII, blanks a space, dashes, dots and commas one each; NFKC for the rest."""
    digit = unicodedata.digit(character, None)
    if digit is not None:
        return str(digit)
    alike = _ALIKE.get(character) or _BY_CATEGORY.get(unicodedata.category(character))
    narrow = alike or unicodedata.normalize("NFKC", character)
    return narrow if len(narrow) == 1 else character


_FOLDED = _Folded()


def folded(text: str) -> str:
    """Give a text with full-width and other forms as ordinary ones; as long as it was."""
    return text.translate(_FOLDED)


def with_han_digits(plain: str) -> str:
    """Give a folded text with 一三八零 as 1380; as long as it was."""
    return plain.translate(_HAN_DIGITS)


def count_han_digits(text: str) -> int:
    """Count the characters that write a digit in Chinese."""
    return len(_HAN_DIGIT.findall(text))
