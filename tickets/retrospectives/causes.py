"""Why it came so: the answers to 5 Why as a tree, each branch under one of four dimensions (R119)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tickets.case.values import CauseDimension, Text
from tickets.errors import Incomplete
from tickets.message import say

UNSAID = Text("")
DEEPEST = 5  # R119, 5 Why
MOST = 60  # what a screen and a picture can show


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """One answer to a why; what stands under it answers the why of it. Its words are redacted."""

    place: int  # from 1, in the order they were said; given once, also after it was taken out
    under: int | None  # None: a branch of its own
    dimension: CauseDimension
    text: Text


@dataclass(frozen=True, slots=True)
class Standing:
    """A cause as it stands in the tree, branches counted from depth 1."""

    cause: Cause
    depth: int


def tree(causes: Sequence[Cause]) -> tuple[Standing, ...]:
    """List causes as they are read: by dimension, each followed by what explains it."""
    return tuple(
        one
        for dimension in CauseDimension
        for root in causes
        if root.under is None and root.dimension is dimension
        for one in _below(root, causes, 1)
    )


def _below(cause: Cause, causes: Sequence[Cause], depth: int) -> Iterator[Standing]:
    yield Standing(cause, depth)
    for one in causes:
        if one.under == cause.place:
            yield from _below(one, causes, depth + 1)


def with_cause(
    causes: Sequence[Cause],
    text: Text,
    *,
    dimension: CauseDimension | None,
    under: int | None,
    place: int,
) -> tuple[Cause, ...]:
    """Add an answer at a place of its own; under another it has the other's dimension. Raises Incomplete."""
    above = next((one for one in tree(causes) if one.cause.place == under), None)
    if under is not None and above is None:
        raise Incomplete({"under": say("retro.cause_gone")})
    if above and above.depth >= DEEPEST:
        raise Incomplete({"under": say("retro.cause_too_deep", most=DEEPEST)})
    if len(causes) >= MOST:
        raise Incomplete({"cause": say("retro.causes_full", most=MOST)})
    of = above.cause.dimension if above else dimension
    if of is None:
        raise Incomplete({"dimension": say("retro.dimension_missing")})
    return (*causes, Cause(place=place, under=under, dimension=of, text=text))


def without(causes: Sequence[Cause], place: int) -> tuple[Cause, ...]:
    """Take a cause out, with everything that explains it."""
    here = [one for one in tree(causes) if one.cause.place == place]
    gone = {one.cause.place for top in here for one in _below(top.cause, causes, top.depth)}
    return tuple(one for one in causes if one.place not in gone)


def roots_of(causes: Sequence[Cause]) -> tuple[Cause, ...]:
    """Give the root causes: those nobody asked a further why of."""
    asked = {one.under for one in causes}
    return tuple(one.cause for one in tree(causes) if one.cause.place not in asked)
