"""The only way a person's words enter a block: made visible, measured, never live.

Words go into plain_text objects or rich_text text elements, both inert in Slack; `emoji` stays off so
that `:fire:` stays what was typed.
"""

import re
from collections.abc import Iterator

from slack_sdk.models.blocks import PlainTextObject

from handlers.views.graphemes import graphemes, width

TEXT_LIMIT = 3000  # of any text object (SLACK.md 2.1)
SUMMARY = 150  # SCREENS.md, the card
BLANK = "–"
ELLIPSIS = "…"

_BREAKS = re.compile("\r\n?|[\v\f\x85\u2028\u2029]")
# What could turn a line round, or cannot be told from its neighbours, is shown as a replacement mark.
_DECEIVING = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
# What nobody can see is left out: zero-width, fillers, tag characters, stray selectors.
_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u2060-\u2065"
    "\u206a-\u206f\u2800\u3164\ufeff\uffa0\ufff0-\ufffb\U000e0000-\U000e00ff\U000e01f0-\U000e0fff]"
)
_SELECTORS = re.compile(
    "([\ufe00-\ufe0f\U000e0100-\U000e01ef])[\ufe00-\ufe0f\U000e0100-\U000e01ef]+"
)
# Joiners mean something inside an emoji and in the scripts that shape letters (Arabic to Khmer).
_JOINER = re.compile("([^\u200c\u200d]?)([\u200c\u200d]+)(?=(.?))", re.DOTALL)
# Slack makes links and calls of these without any bracket (X14); an unseen joiner inside breaks them up.
_BARE = re.compile(
    r"(?:https?|ftp|mailto|tel|slack)(?=:)|\bwww(?=\.)|@(?=(?:channel|here|everyone)\b)"
    r"|(?<=[\w.%+-])@(?=\w)",
    re.IGNORECASE,
)
_WORD_JOINER = "\u2060"
_PILE = "[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]"
_PILED = re.compile(f"({_PILE}{{8}}){_PILE}+")


def visible(text: str) -> str:
    """Show what is there: no control, bidi-override, zero-width or tag character survives unseen."""
    text = _BREAKS.sub("\n", text)
    text = _UNSEEN.sub("", text)
    text = _DECEIVING.sub("\ufffd", text)
    text = _JOINER.sub(_kept_joiner, text)
    return _PILED.sub(r"\1", _SELECTORS.sub(r"\1", text))


def _kept_joiner(match: re.Match[str]) -> str:
    before, joiner, after = match.groups()
    keeps = _joins(before) and _joins(after)
    return before + (joiner[0] if keeps else "")


def _joins(character: str) -> bool:
    """Tell emoji and shaping scripts from letters that never take a joiner."""
    if not character:
        return False
    code = ord(character)
    return 0x0600 <= code <= 0x17FF or 0x2190 <= code <= 0x2BFF or code == 0xFE0F or code >= 0x1F000


def one_line(text: str) -> str:
    """Make one line of a text, for names, titles and list rows."""
    return re.sub(r"\s+", " ", visible(text)).strip()


def clip(text: str, limit: int) -> str:
    """Shorten to a limit with …, never inside what a reader calls one character."""
    if width(text) <= limit:
        return text
    kept, used = [], width(ELLIPSIS)
    for cluster in graphemes(text):
        used += width(cluster)
        if used > limit:
            break
        kept.append(cluster)
    return "".join(kept).rstrip() + ELLIPSIS


def summary(text: str) -> str:
    """Give the first 150 characters on one line, as the card shows them."""
    return clip(one_line(text), SUMMARY)


def pieces(text: str, limit: int = TEXT_LIMIT) -> Iterator[str]:
    """Split a long text so that each piece fits a block; joined again they are the whole."""
    piece, used = "", 0
    for cluster in graphemes(text):
        size = width(cluster)
        if used + size > limit:
            yield piece
            piece, used = "", 0
        piece += cluster
        used += size
    if piece:
        yield piece


def seen(text: str) -> str:
    """Give what is visible of a text, or a dash where nothing is: Slack refuses an empty text."""
    shown = visible(text)
    return shown if shown.strip() else BLANK


def plain(text: str, limit: int = TEXT_LIMIT) -> PlainTextObject:
    """Make a plain_text object of any words; blank ones show as a dash because Slack refuses nothing."""
    return PlainTextObject(text=clip(seen(text), limit), emoji=False)


def escaped(text: str, limit: int = 400) -> str:
    """Make words inert for a message's top-level `text`, which Slack reads as mrkdwn (SLACK.md 2.4)."""
    shown = clip(one_line(text), limit) or BLANK
    inert = _BARE.sub(lambda bare: bare[0] + _WORD_JOINER, shown)
    return inert.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
