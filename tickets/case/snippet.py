"""The piece of a text that a hit is shown with."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Snippet:
    """A piece of a content around what was searched; without a hit its beginning."""

    before: str
    hit: str = ""
    after: str = ""
