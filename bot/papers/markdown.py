"""Plain Markdown that reads well as it is: a person's words stay words, whoever opens the file with what."""

import re
from collections.abc import Iterable, Iterator, Sequence

from slack_sdk.models.blocks.block_elements import RichTextElementParts

from handlers.views.rich import Run
from handlers.views.text import visible

# What would link or embed. Stars and the like may at most set words in bold: masks stay as they are read.
_LIVE = re.compile(r"[\\\[<]")
_OPENING = re.compile(r"^(\s*)([#=+\-@]|\d+[.)](?=\s))")
_ADDRESS = re.compile(r"(\w):(//)|\b(www)\.|(?<=\w)@(?=\w)", re.IGNORECASE)


def inert(text: str) -> str:
    """Write words so that nothing in them links, embeds, begins a heading, a list or a formula."""
    return "\n".join(_inert_line(line) for line in visible(text).split("\n"))


def _inert_line(line: str) -> str:
    line = _LIVE.sub(r"\\\g<0>", line)
    line = _ADDRESS.sub(_broken, line)
    return _OPENING.sub(r"\1\\\2", line)


def _broken(found: re.Match[str]) -> str:
    """Keep an address from becoming a link by itself."""
    if found[2]:
        return f"{found[1]}\\:{found[2]}"
    return f"{found[3]}\\." if found[3] else "\\@"


def flat(run: Run) -> str:
    """Say a rich-text line in plain words; moments as their full date in the reader's zone."""
    return "".join(_words(one) for one in run)


def _words(element: object) -> str:
    match element:
        case RichTextElementParts.Date(fallback=fallback):
            return str(fallback)
        case RichTextElementParts.Text(text=text):
            return str(text)
        case _:
            msg = f"{type(element).__name__} has no plain words"
            raise TypeError(msg)


def heading(text: str, level: int = 2) -> str:
    """Make a heading."""
    return f"{'#' * level} {inert(' '.join(text.split()))}"


def item(text: str, said: Iterable[tuple[str, str]] = ()) -> str:
    """Make one entry of a list; what was said stands under it, whole, each under its label."""
    return "\n".join([f"- {_hanging(inert(text))}", *_quotes(said)])


def _quotes(said: Iterable[tuple[str, str]]) -> Iterator[str]:
    for label, text in said:
        first, *rest = inert(text).split("\n")
        yield f"  > {inert(label)}: {first}"
        yield from (f"  > {line}" for line in rest)


def _hanging(text: str) -> str:
    return text.replace("\n", "\n  ")


def document(parts: Sequence[str]) -> str:
    """Put a document together, a blank line between its parts."""
    return "\n\n".join(part for part in parts if part) + "\n"
