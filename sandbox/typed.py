"""Turns what a person types into what Slack sends: escaped, with mentions and addresses live."""

import re

from sandbox.wire import Json, escape
from sandbox.workspace import Workspace

_LIVE = re.compile(
    r"(?P<url>https?://[^\s<>|]+[^\s<>|.,;:!?)\]'\"，。；：！？）】」』])"
    r"|(?<![\w@.])@(?P<who>[\w.-]*\w)"
    r"|(?<![\w#&])#(?P<where>[\w-]+)",
    re.UNICODE,
)
_BROADCASTS = {"here", "channel", "everyone"}


def typed_elements(workspace: Workspace, text: str) -> list[Json]:
    """Split typed text into rich text elements: text, links, people, groups, channels."""
    elements: list[Json] = []
    end = 0
    for match in _LIVE.finditer(text):
        element = _element(workspace, match)
        if element is None:
            continue
        if match.start() > end:
            elements.append({"type": "text", "text": text[end : match.start()]})
        elements.append(element)
        end = match.end()
    if end < len(text):
        elements.append({"type": "text", "text": text[end:]})
    return elements


def typed_blocks(workspace: Workspace, text: str) -> list[Json]:
    """Give the rich text block that Slack's client sends for typed text."""
    section = {"type": "rich_text_section", "elements": typed_elements(workspace, text)}
    block_id = workspace.ids.next("b").lower()
    return [{"type": "rich_text", "block_id": block_id, "elements": [section]}]


def message_text(workspace: Workspace, text: str) -> str:
    """Give typed text as it stands in a message event."""
    return "".join(
        _spelt(workspace, part, in_command=False) for part in typed_elements(workspace, text)
    )


def command_text(workspace: Workspace, text: str) -> str:
    """Give typed text as a slash command with `should_escape: true` receives it."""
    return "".join(
        _spelt(workspace, part, in_command=True) for part in typed_elements(workspace, text)
    )


def _element(workspace: Workspace, match: re.Match[str]) -> Json | None:
    if match["url"]:
        return {"type": "link", "url": match["url"]}
    if match["where"]:
        channel = workspace.channel_named(match["where"])
        return {"type": "channel", "channel_id": channel.id} if channel else None
    return _mention(workspace, match["who"])


def _mention(workspace: Workspace, name: str) -> Json | None:
    if name in _BROADCASTS:
        return {"type": "broadcast", "range": name}
    for person in workspace.people.values():
        if name == person.name and not person.deleted:
            return {"type": "user", "user_id": person.id}
    for group in workspace.groups.values():
        if group["handle"] == name:
            return {"type": "usergroup", "usergroup_id": group["id"]}
    return None


def _spelt(workspace: Workspace, part: Json, *, in_command: bool) -> str:
    match part["type"]:
        case "link":
            return f"<{escape(part['url'])}>"
        case "channel":
            return f"<#{part['channel_id']}|{workspace.channels[part['channel_id']].name}>"
        case "user":
            label = f"|{workspace.people[part['user_id']].name}" if in_command else ""
            return f"<@{part['user_id']}{label}>"
        case "usergroup":
            handle = workspace.groups[part["usergroup_id"]]["handle"]
            return f"<!subteam^{part['usergroup_id']}|@{handle}>"
        case "broadcast":
            return f"<!{part['range']}>"
        case _:
            return escape(str(part["text"]))
