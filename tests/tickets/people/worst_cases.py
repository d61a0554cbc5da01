"""Texts that a careless pattern would look through in squares, by their length."""

from collections.abc import Callable, Mapping
from types import MappingProxyType


def _of(piece: str) -> Callable[[int], str]:
    return lambda length: piece * (length // len(piece))


WORST: Mapping[str, Callable[[int], str]] = MappingProxyType(
    {
        "one letter": _of("a"),
        "letters and dots": _of("a."),
        "addresses without an end": _of("a@a."),
        "at signs": _of("a@"),
        "one digit": _of("1"),
        "digits apart": _of("1 "),
        "beginnings of cards": _of("4 "),
        "groups of a card": _of("6222 "),
        "groups of a mobile": _of("138 "),
        "zeros apart": _of("0 "),
        "pluses": _of("+1"),
        "digits with nothing to see between": _of("1\u200b"),
        "Chinese digits": _of("一三八"),
        "mobiles": _of("13812345678，"),
        "tokens without an end": _of("xoxb-"),
        "addresses with a password": _of("://a:"),
        "blanks": _of(" "),
        "words for telephones": _of("电话"),
        "prose": _of("客户说空调坏了，出风口 27 ℃。"),
    }
)
