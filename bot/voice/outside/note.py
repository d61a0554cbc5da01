"""A note: what a group reads, in plain sentences, before a robot's own notation is put around it."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from handlers.views.text import one_line

Inert = Callable[[str], str]
"""Makes words harmless in one robot's notation."""

_LIVE = str.maketrans(
    {
        "\\": "＼",
        "`": "｀",
        "*": "＊",
        "_": "＿",
        "~": "～",
        "[": "［",
        "]": "］",
        "<": "＜",
        ">": "＞",
        "&": "＆",
        "|": "｜",
        "#": "＃",
    }
)
_LINK = re.compile(r"(?i)(https?|ftp|dingtalk|lark|feishu|wxwork)://")


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A title, lines, and where to read on."""

    title: str
    lines: tuple[str, ...]
    link: str | None = None
    link_words: str = ""
    is_urgent: bool = False


def plainly(text: str) -> str:
    """Make one line of a text, for notations that read no marks in it."""
    return one_line(text)


def inert(text: str) -> str:
    """Make words harmless in Markdown: its signs in their full width, since not every dialect can escape.

    WeCom reads `<@userid>` even in plain text, and all clients turn addresses into links.
    """
    return _LINK.sub(r"\1：//", one_line(text)).translate(_LIVE)
