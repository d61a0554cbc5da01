"""超时主要原因: the reason said most often of what was late (R105)."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from tickets.case.values import LateCause, Number
from tickets.insight.cohort import Lateness


@dataclass(frozen=True, slots=True, kw_only=True)
class MainCause:
    """A cause, how often it was said of how many, and the last words that went with it, redacted."""

    cause: LateCause | None  # None: only words were said
    words: str
    count: int
    explained: int


def main_cause(said: Sequence[Lateness], *, redacted: dict[Number, str]) -> MainCause | None:
    """Find the reason said most often; of equals the one said last. None where nobody said any."""
    if not said:
        return None
    named = [(_name(one, redacted), one) for one in said]
    counts = Counter(name for name, _ in named)
    last = max(named, key=lambda pair: (counts[pair[0]], pair[1].at))
    with_words = [one for name, one in named if name == last[0] and redacted.get(one.number)]
    newest = max(with_words, key=lambda one: one.at, default=None)
    return MainCause(
        cause=last[1].cause,
        words=redacted[newest.number] if newest else "",
        count=counts[last[0]],
        explained=len(said),
    )


def _name(one: Lateness, redacted: dict[Number, str]) -> str:
    return one.cause or " ".join(redacted.get(one.number, "").split()).casefold()
