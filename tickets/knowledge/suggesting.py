"""Which articles help with a case: those of its category, and those that speak of what it speaks of."""

from collections import Counter
from collections.abc import Iterable, Sequence
from math import log

from tickets.knowledge.shelves import Candidate

MOST = 3  # offered at once; more would not be read on a call
ENOUGH = 2.0  # what shared words must weigh where the category does not fit
_EXACT, _ROUGHLY = 3.0, 1.5  # the second level, the first
_TITLE = 2.0  # a word of the title counts twice


def suggested(
    wanted: Iterable[str], category: str, candidates: Sequence[Candidate]
) -> tuple[int, ...]:
    """Give the best by id; rare words weigh more than those that many articles share, uses decide between equals."""
    words = frozenset(wanted)
    known = Counter(word for one in candidates for word in one.words & words)
    weights = {word: log(1 + len(candidates) / count) for word, count in known.items()}
    scored = [(_score(one, words, category, weights), one) for one in candidates]
    fit = [(score, one) for score, one in scored if score >= ENOUGH]
    best = sorted(fit, key=lambda pair: (-round(pair[0], 6), -pair[1].uses, -pair[1].id))
    return tuple(one.id for _, one in best[:MOST])


def _score(
    one: Candidate, words: frozenset[str], category: str, weights: dict[str, float]
) -> float:
    shared = one.words & words
    said = sum(weights[word] * (_TITLE if word in one.title else 1.0) for word in shared)
    return said + fits_category(one.cases, category)


def fits_category(cases: frozenset[str], category: str) -> float:
    """Weigh how well the cases an article is for fit a ticket's category."""
    if not category:
        return 0.0
    if category in cases:
        return _EXACT
    first = category.partition("/")[0]
    return _ROUGHLY if any(one.partition("/")[0] == first for one in cases) else 0.0


def joined(typed: str, words: str) -> str:
    """Put an article's words behind what was typed; those that stand there already are not said twice."""
    return typed if words in typed else f"{typed}\n{words}".strip()
