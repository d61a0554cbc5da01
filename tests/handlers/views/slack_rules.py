"""What Slack would refuse or bring to life, checked on the JSON itself (SLACK.md 2.1, 2.4)."""

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from handlers.views.screen import Screen
from sandbox.limits.messages import checked_blocks
from sandbox.limits.views import checked_view

Json = dict[str, Any]

LIVE = re.compile(r"<[!@#]|<https?:|<mailto:|<\w+\|")
INERT_PARTS = {"text", "date", "user", "channel"}
LIMITS = {"title": 24, "submit": 24, "close": 24}


def width(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def nodes(thing: Any) -> Iterator[Json]:
    if isinstance(thing, dict):
        yield thing
        for value in thing.values():
            yield from nodes(value)
    elif isinstance(thing, list | tuple):
        for value in thing:
            yield from nodes(value)


def as_json(blocks: Sequence[Block]) -> list[Json]:
    """Validate by Slack's own models, then look at what would go over the wire."""
    made = [block.to_dict() for block in blocks]
    assert json.loads(json.dumps(made)) == made
    return made


def check_screen(screen: Screen) -> list[Json]:
    """Hold a message against every limit; give its JSON."""
    made = as_json(screen.blocks)
    assert screen.text.strip()
    assert width(screen.text) <= 4000
    assert not LIVE.search(screen.text)
    assert len(made) <= 50
    assert sum(width(text) for text in shown(made)) <= 13_200
    _check_blocks(made)
    checked_blocks(made)
    return made


def check_view(view: View) -> Json:
    """Hold a modal or a home against every limit; give its JSON."""
    made: Json = view.to_dict()
    assert json.loads(json.dumps(made)) == made
    assert 1 <= len(made["blocks"]) <= 100
    assert len(json.dumps(made)) <= 250_000
    assert len(made.get("private_metadata", "")) <= 3000
    for part, limit in LIMITS.items():
        if part in made:
            assert made[part]["type"] == "plain_text"
            assert 1 <= width(made[part]["text"]) <= limit, made[part]["text"]
    if any(block["type"] == "input" for block in made["blocks"]) and made["type"] == "modal":
        assert "submit" in made
    _check_blocks(made["blocks"])
    checked_view(made, made["type"])
    return made


def shown(thing: Any) -> list[str]:
    """List every text a person would read."""
    return [node["text"] for node in nodes(thing) if isinstance(node.get("text"), str)]


def said(thing: Any) -> str:
    """Give what a person would read, block by block; moments as Slack's fallback says them."""
    return "\n".join(_read(thing))


def _read(thing: Any) -> Iterator[str]:
    if isinstance(thing, list | tuple):
        for one in thing:
            yield from _read(one)
    elif isinstance(thing, dict):
        if thing.get("type") == "rich_text_section":
            yield "".join(
                part.get("text") or part.get("fallback", "") for part in thing["elements"]
            )
        elif isinstance(thing.get("text"), str):
            yield thing["text"]
        else:
            yield from _read(list(thing.values()))


def _check_blocks(blocks: list[Json]) -> None:
    ids = [block["block_id"] for block in blocks if "block_id" in block]
    assert len(ids) == len(set(ids)), ids
    for block in blocks:
        _check_block(block)
        actions = [n["action_id"] for n in nodes(block) if "action_id" in n]
        assert len(actions) == len(set(actions)), actions
        assert all(len(one) <= 255 for one in actions)
    for node in nodes(blocks):
        _check_node(node)


def _check_block(block: Json) -> None:
    assert len(block.get("block_id", "")) <= 255
    match block["type"]:
        case "header":
            assert width(block["text"]["text"]) <= 150
        case "section":
            assert "text" in block or block.get("fields")
        case "context":
            assert 1 <= len(block["elements"]) <= 10
        case "actions":
            assert 1 <= len(block["elements"]) <= 25
        case "input":
            assert width(block["label"]["text"]) <= 2000
            assert width(block.get("hint", {"text": ""})["text"]) <= 2000
        case "rich_text":
            assert block["elements"] and all(part["elements"] for part in block["elements"])
            assert sum(width(text) for text in shown(block)) <= 3000 + 400
        case other:
            assert other == "divider", other


def _check_node(node: Json) -> None:
    _check_text(node)
    _check_choices(node)
    kind = node.get("type")
    if kind == "rich_text_section":
        assert {part["type"] for part in node["elements"]} <= INERT_PARTS
    if kind == "button":
        assert width(node["text"]["text"]) <= 75
        assert len(node.get("value", "")) <= 2000
    if "placeholder" in node:
        assert width(node["placeholder"]["text"]) <= 150
    if kind == "plain_text_input":
        assert width(node.get("initial_value", "")) <= node.get("max_length", 3000) <= 3000


def _check_text(node: Json) -> None:
    assert node.get("type") != "mrkdwn", "no screen of this desk needs mrkdwn"
    text = node.get("text")
    if node.get("type") == "plain_text":
        assert node["text"].strip() and width(node["text"]) <= 3000
        assert node.get("emoji") is False
    if isinstance(text, str):
        assert not re.search("[\x00-\x08\u202a-\u202e\u2066-\u2069\u200b\ud800-\udfff]", text)


def _check_choices(node: Json) -> None:
    if "options" not in node:
        return
    most = 10 if node.get("type") in {"checkboxes", "radio_buttons"} else 100
    assert 1 <= len(node["options"]) <= most
    values = [option["value"] for option in node["options"]]
    assert len(values) == len(set(values))
    for option in node["options"]:
        assert 1 <= width(option["text"]["text"]) <= 75
        assert 1 <= len(option["value"]) <= 150
        assert width(option.get("description", {"text": ""})["text"]) <= 75
    chosen = [*node.get("initial_options", ()), *filter(None, [node.get("initial_option")])]
    assert all(option in node["options"] for option in chosen)
