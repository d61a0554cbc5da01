"""What a person sees on Slack's objects: the words of a message, its buttons, the inputs of a form."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]

_ON_ITS_OWN = frozenset({"rich_text_section", "section", "header", "input", "actions"})
_WORDS = ("text", "label", "title", "hint", "fallback", "placeholder", "description")


@dataclass(frozen=True, slots=True)
class Placed:
    """A button or an input, and the block it stands in."""

    block: Json
    element: Json

    @property
    def block_id(self) -> str:
        """Give the block's id."""
        return str(self.block.get("block_id", ""))

    @property
    def action_id(self) -> str:
        """Give the element's id."""
        return str(self.element.get("action_id", ""))

    @property
    def words(self) -> str:
        """Give what is written on a button, or over an input."""
        named = self.element.get("text") or self.block.get("label") or {}
        return str(named.get("text", ""))


def words_of(shown: Json) -> str:
    """Read a message or a view as a person does, block by block; a mention reads `<@U…>`."""
    if not shown.get("blocks"):
        return str(shown.get("text", ""))
    title = shown.get("title") or {}
    lines = [title.get("text", ""), *("".join(_read(block)) for block in shown["blocks"])]
    return "\n".join(line for line in lines if line)


def _read(part: object) -> Iterator[str]:
    match part:
        case list():
            for one in part:
                yield from _read(one)
        case {"type": "user", "user_id": person}:
            yield f"<@{person}>"
        case {"type": "channel", "channel_id": channel}:
            yield f"<#{channel}>"
        case {"type": "date", "fallback": fallback}:
            yield str(fallback)
        case dict():
            yield from _inside(part)
            if part.get("type") in _ON_ITS_OWN:
                yield "\n"


def _inside(part: Json) -> Iterator[str]:
    for name in _WORDS:
        if isinstance(part.get(name), str):
            yield part[name]
        elif isinstance(part.get(name), dict):
            yield from _read(part[name])
            yield " "
    for name in ("fields", "elements", "accessory", "element", "options", "rows"):
        yield from _read(part.get(name) or [])


def mentions_of(message: Json) -> set[str]:
    """Tell whom a message calls, in its blocks or, without blocks, in its text."""
    spoken = words_of(message)
    return {piece.split(">")[0] for piece in spoken.split("<@")[1:]}


def buttons_of(shown: Json) -> list[Placed]:
    """List the buttons of a message or a view."""
    return [one for one in _elements(shown) if one.element.get("type") == "button"]


def button_of(shown: Json, named: str) -> Placed | None:
    """Find a button by its action id or by what is written on it."""
    for one in buttons_of(shown):
        if named in {one.action_id, one.words, one.words.rstrip("…")}:
            return one
    return None


def inputs_of(view: Json) -> list[Placed]:
    """List the inputs of a view."""
    return [one for one in _elements(view) if one.block.get("type") == "input"]


def input_of(view: Json, named: str) -> Placed | None:
    """Find an input by its block id, with or without what stands before the dot, or by its label."""
    for one in inputs_of(view):
        if named in {one.block_id, one.block_id.partition(".")[2], one.words}:
            return one
    return None


def _elements(shown: Json) -> Iterator[Placed]:
    for block in shown.get("blocks") or []:
        inside = [block.get("element"), block.get("accessory"), *(block.get("elements") or [])]
        yield from (Placed(block, one) for one in inside if isinstance(one, dict))
