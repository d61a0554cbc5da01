"""What is live in a posted text: mentions, links and dates, found as Slack finds them (SLACK.md 2.4)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from sandbox.wire import Json


class Live(StrEnum):
    """What a piece of text does besides being read."""

    USER = "user"
    CHANNEL = "channel"
    USERGROUP = "usergroup"
    BROADCAST = "broadcast"
    LINK = "link"
    DATE = "date"
    BARE_LINK = "bare_link"  # no angle brackets, but Slack links it
    BARE_MENTION = "bare_mention"  # "certain mentions" Slack parses where `verbatim` is off
    EMOJI = "emoji"


@dataclass(frozen=True, slots=True)
class Token:
    """One live piece: its kind, what it points to, what it shows."""

    kind: Live
    target: str
    label: str = ""


_ANGLE = re.compile(r"<([^<>\n]+)>")
_BARE = re.compile(
    r"(?P<link>\b(?:https?://|mailto:|www\.)[^\s<>|]+)|(?P<who>@(?:channel|here|everyone)\b)"
)


def live_tokens(text: str, *, verbatim: bool = False) -> list[Token]:
    """List what is live in a mrkdwn text; `verbatim` switches the bare forms off."""
    found = [_angle(match[1]) for match in _ANGLE.finditer(text)]
    if not verbatim:
        rest = _ANGLE.sub(" ", text)
        found += [_bare(match) for match in _BARE.finditer(rest)]
    return found


def live_in_message(message: Json) -> list[Token]:
    """List what is live in a message: its text, and every mrkdwn or rich text part of its blocks."""
    parts: list[Token] = []
    if message.get("mrkdwn", True) is not False:
        parts += live_tokens(str(message.get("text") or ""))
    return parts + live_in_blocks(message.get("blocks"))


def live_in_blocks(blocks: object) -> list[Token]:
    """List what is live in blocks, views or any part of them."""
    return list(_walk(blocks))


def mentions_user(text: str, user_id: str) -> bool:
    """Tell whether a text mentions this person."""
    return any(t.kind is Live.USER and t.target == user_id for t in live_tokens(text))


def pings(message: Json, user_id: str, groups: frozenset[str] = frozenset()) -> bool:
    """Tell whether a message notifies this person, by name, group or broadcast."""
    return any(
        token.kind is Live.BROADCAST
        or (token.kind is Live.USER and token.target == user_id)
        or (token.kind is Live.USERGROUP and token.target in groups)
        for token in live_in_message(message)
    )


def _angle(inside: str) -> Token:
    target, _, label = inside.partition("|")
    if target.startswith("@"):
        return Token(Live.USER, target[1:], label)
    if target.startswith("#"):
        return Token(Live.CHANNEL, target[1:], label)
    if target.startswith("!subteam^"):
        return Token(Live.USERGROUP, target.split("^")[1], label)
    if target.startswith("!date^"):
        return Token(Live.DATE, target.removeprefix("!date^"), label)
    if target.startswith("!"):
        return Token(Live.BROADCAST, target[1:].split("^")[0], label)
    return Token(Live.LINK, target, label)


def _bare(match: re.Match[str]) -> Token:
    if match["link"]:
        return Token(Live.BARE_LINK, match["link"])
    return Token(Live.BARE_MENTION, match["who"])


_RICH = {
    "user": (Live.USER, "user_id"),
    "usergroup": (Live.USERGROUP, "usergroup_id"),
    "channel": (Live.CHANNEL, "channel_id"),
    "broadcast": (Live.BROADCAST, "range"),
    "link": (Live.LINK, "url"),
    "date": (Live.DATE, "timestamp"),
    "emoji": (Live.EMOJI, "name"),
}


def _walk(part: object) -> Iterator[Token]:
    if isinstance(part, list):
        for item in part:
            yield from _walk(item)
    elif isinstance(part, dict):
        yield from _walk_object(part)


def _walk_object(part: Json) -> Iterator[Token]:
    kind = part.get("type")
    if kind in {"mrkdwn", "markdown"}:
        yield from live_tokens(str(part.get("text", "")), verbatim=bool(part.get("verbatim")))
        return
    if kind in _RICH and _RICH[kind][1] in part:
        live, key = _RICH[kind]
        yield Token(live, str(part[key]), str(part.get("text", part.get("fallback", ""))))
        return
    for key, value in part.items():
        if key not in {"initial_value", "metadata"}:
            yield from _walk(value)
