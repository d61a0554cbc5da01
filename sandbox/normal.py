"""What Slack adds to what an app sent: missing ids, escapes."""

import re

from sandbox.wire import Ids, Json

_KEPT = re.compile(r"<[^\s<>][^<>\n]*>|&(?:amp|lt|gt);")


def with_ids(ids: Ids, blocks: list[Json]) -> list[Json]:
    """Copy blocks with the block_ids and action_ids that the app left out."""
    return [_block(ids, block) for block in blocks]


def normal_text(text: str) -> str:
    """Escape what is neither markup nor escaped yet, as Slack does with a message's text."""
    parts: list[str] = []
    end = 0
    for match in _KEPT.finditer(text):
        parts += [_escaped(text[end : match.start()]), match[0]]
        end = match.end()
    return "".join((*parts, _escaped(text[end:])))


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _block(ids: Ids, block: Json) -> Json:
    block = {**block, "block_id": block.get("block_id") or ids.next("b").lower()}
    for key in ("element", "accessory"):
        if key in block:
            block[key] = _element(ids, block[key])
    if block["type"] == "actions":
        block["elements"] = [_element(ids, element) for element in block["elements"]]
    return block


def _element(ids: Ids, element: Json) -> Json:
    if element["type"] == "image" or element.get("action_id"):
        return element
    return {**element, "action_id": ids.next("a").lower()}
