"""The piece of a text around the first hit, cut from the text as it is written."""

from collections.abc import Sequence

from storage.words import Fold, Phrase, folded
from tickets.case.snippet import Snippet

BEFORE, LENGTH = 20, 90  # characters


def snippet_of(
    content: str, others: Sequence[str], phrases: Sequence[Phrase], fold: Fold
) -> Snippet:
    """Show where a text holds what was searched; else another language's text, else the beginning."""
    for text in (content, *others):
        found = _first_hit(text, phrases, fold)
        if found:
            return _around(text, *found)
    return Snippet(_clipped(" ".join(content.split()), LENGTH))


def _first_hit(text: str, phrases: Sequence[Phrase], fold: Fold) -> tuple[int, int] | None:
    if not phrases:
        return None
    plain, places = _folded_with_places(text, fold)
    hits = [
        (at, at + len(term))
        for one in phrases
        if (term := as_written(one)) and (at := plain.find(term)) >= 0
    ]
    if not hits:
        return None
    start, end = min(hits)
    return places[start], places[end - 1] + 1


def as_written(phrase: Phrase) -> str:
    """Put the first run of a phrase together again: 退货, 货申, 申请 is 退货申请."""
    whole = phrase.words[0]
    for word in phrase.words[1:]:
        if len(word) != 2 or word[0] != whole[-1] or word.isascii():
            break
        whole += word[1]
    return whole


def _folded_with_places(text: str, fold: Fold) -> tuple[str, Sequence[int]]:
    """Fold a text and tell from which character each folded one came."""
    whole = folded(text, fold)
    if len(whole) == len(text):  # nearly always
        return whole, range(len(text))
    parts = [folded(character, fold) for character in text]
    places = [at for at, part in enumerate(parts) for _ in part]
    return "".join(parts), places


def _around(text: str, start: int, end: int) -> Snippet:
    begin = max(0, start - BEFORE)
    before = ("…" if begin else "") + _flat(text[begin:start])
    rest = max(0, LENGTH - len(before) - (end - start))
    return Snippet(before, _flat(text[start:end]), _clipped(_flat(text[end:]), rest))


def _flat(text: str) -> str:
    return text.replace("\n", " ").replace("\r", " ")


def _clipped(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[:limit].rstrip() + "…"
