"""What was searched, shown where it stands: in a case's summary, else in the redacted words of the index."""

from collections.abc import Mapping, Sequence

from sqlalchemy import ColumnElement, Connection, func, literal, select

from storage.numbers import key_of, number_of
from storage.search import WordIndex
from storage.snippets import BEFORE, LENGTH, snippet_of
from storage.words import Fold, Phrase, in_a_row
from tickets.case.listing import Line
from tickets.case.snippet import Snippet
from tickets.case.values import Number

_BEFORE, _BEHIND = 8 * BEFORE, 8 * LENGTH  # characters of tokens, which say a Han character thrice


def hits_of(
    connection: Connection,
    index: WordIndex,
    lines: Sequence[Line],
    phrases: Sequence[Phrase],
    fold: Fold,
) -> Mapping[Number, Snippet]:
    """Give the piece around the first hit of each line whose words its reader may read."""
    readable = [line for line in lines if line.summary]
    found = {line.number: snippet_of(line.summary, (), phrases, fold) for line in readable}
    hits = {number: one for number, one in found.items() if one.hit}
    keys = [key_of(line.number) for line in readable if line.number not in hits]
    if keys:  # the index holds more of a case than its summary
        kept = select(index.key, index.table.c.tokens).where(index.key.in_(keys))
        for key, tokens in connection.execute(kept):
            one = snippet_of(in_a_row(_near(tokens, phrases)), (), phrases, str)  # folded already
            if one.hit:
                hits[number_of(key)] = one
    return hits


def _near(tokens: str, phrases: Sequence[Phrase]) -> str:
    """Cut out the words around the first hit: more than a snippet shows, of a case that may have thousands."""
    found = [f" {tokens}".find(f" {' '.join(one.words)}") for one in phrases]
    at = min((place for place in found if place >= 0), default=0)
    begin = tokens.rfind(" ", 0, max(0, at - _BEFORE)) + 1
    return tokens[begin : at + _BEHIND]


def how_often(index: WordIndex, phrases: Sequence[Phrase]) -> ColumnElement[int]:
    """Count how often a case says these phrases; the same on either engine."""
    padded = literal(" ") + index.table.c.tokens
    counts = [_times(padded, f" {' '.join(one.words)}") for one in phrases]
    total = counts[0]
    for one in counts[1:]:
        total = total + one
    return total


def _times(padded: ColumnElement[str], said: str) -> ColumnElement[int]:
    without = func.length(func.replace(padded, said, ""))
    return (func.length(padded) - without) // len(said)
