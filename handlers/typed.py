"""What a person typed, taken out of Slack's wire form: escapes undone once, references as words (SLACK.md 2.4)."""

import re
from collections.abc import Callable

from tickets.message import PersonId

_REFERENCE = re.compile(r"<([^<>]*)>")
_HALF = re.compile("[\ud800-\udfff]")  # JSON can carry one, UTF-8 and so the records cannot
_PERSON = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^<>]*)?>")

Names = Callable[[PersonId], str]


def as_typed(wire: str, names: Names) -> str:
    """Give the words a person sees in their own client; entities are decoded once, never twice (X13)."""
    wire, pieces, end = whole(wire), [], 0
    for found in _REFERENCE.finditer(wire):
        pieces += [_decoded(wire[end : found.start()]), _spoken(found[1], names)]
        end = found.end()
    return "".join([*pieces, _decoded(wire[end:])])


def whole(text: str) -> str:
    """Put a replacement mark where half a character stands (a lone surrogate); all else stays as typed."""
    return _HALF.sub("\ufffd", text)


def take_person(wire: str) -> tuple[PersonId | None, str]:
    """Find the first member mentioned in a command, and what is left of the line without the mention."""
    found = _PERSON.search(wire)
    if found is None:
        return None, wire
    rest = f"{wire[: found.start()].rstrip()} {wire[found.end() :].lstrip()}"
    return PersonId(found[1]), rest.strip()


def _spoken(reference: str, names: Names) -> str:
    target, _, label = reference.partition("|")
    mark, body = target[:1], target[1:]
    if mark == "@":
        return f"@{_decoded(label) or names(PersonId(body))}"
    if mark == "#":
        return f"#{_decoded(label) or body}"
    if mark == "!":
        return _decoded(label) or f"@{body.partition('^')[0]}"
    return _decoded(label or target).removeprefix("mailto:").removeprefix("tel:")


def _decoded(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
