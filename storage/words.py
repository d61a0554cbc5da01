"""Cuts text into the words that search compares: Han and kana into overlapping pairs, all else word by word.

A run of Han characters gives its pairs and, at its end, its last character alone. So every character
begins some word (one character is found as the beginning of a word), and a phrase never runs on
from one run into the next. What is found is then what a plain scan would find (BASELINES.md 5).
"""

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import add

Fold = Callable[[str], str]
"""Makes characters alike that readers take for the same, one by one (Traditional → Simplified)."""

# Han with its marks, hiragana, katakana without the middle dot, and the planes of rare characters.
_HAN = (
    "\u3005\u3007\u3041-\u3096\u30a1-\u30fa\u30fc-\u30fe\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff"
)
_RUNS = re.compile(f"[{_HAN}]+|[^\\W_{_HAN}]+")
_SECOND = re.compile(f"(?<=[{_HAN}])[{_HAN}] ")  # of a pair, which the next word begins with
_HAN_START = re.compile(f"[{_HAN}]")
_WORD_LENGTH = (
    64  # characters; longer ones are compared by their beginning, in text and query alike
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that stand side by side; the last one may go on."""

    words: tuple[str, ...]
    goes_on: bool


def folded(text: str, fold: Fold) -> str:
    """Make texts alike that differ in width, case or script."""
    return unicodedata.normalize("NFKC", fold(unicodedata.normalize("NFKC", text)).casefold())


def tokens_of(text: str, fold: Fold) -> str:
    """Give a text's words in order, a space between them."""
    words: list[str] = []
    for run in _RUNS.findall(folded(text, fold)):
        words += _whole(run)
    return " ".join(words)


def is_han(text: str) -> bool:
    """Tell whether a text begins with a Han character or kana."""
    return _HAN_START.match(text) is not None


def in_a_row(tokens: str) -> str:
    """Put cut words together again, a space between runs: folded and without signs, but to be read."""
    return _SECOND.sub("", tokens)


def phrases_of(query: str, fold: Fold) -> tuple[Phrase, ...]:
    """Read a query: every term between spaces must be found, the last Latin word may be half typed."""
    terms = [runs for term in folded(query, fold).split() if (runs := _RUNS.findall(term))]
    last = len(terms) - 1
    return tuple(_phrase(runs, is_last=place == last) for place, runs in enumerate(terms))


def _phrase(runs: Sequence[str], *, is_last: bool) -> Phrase:
    *before, end = runs
    words = [word for run in before for word in _whole(run)]
    if not _HAN_START.match(end):
        return Phrase((*words, *_whole(end)), goes_on=is_last)
    if len(end) == 1:
        return Phrase((*words, end), goes_on=True)
    return Phrase((*words, *_pairs(end)), goes_on=False)


def _whole(run: str) -> list[str]:
    if _HAN_START.match(run):
        return [*_pairs(run), run[-1]]
    return [run[:_WORD_LENGTH]]


def _pairs(run: str) -> list[str]:
    return list(map(add, run, run[1:]))
